# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences of support mails in English, Norwegian and both Chinese scripts, made from a seed."""

import random

# The slots: {t} a term of a long-tailed vocabulary, {n} a number, {p} a product, {d} a moment.
ENGLISH = (
    "Since {d} the {p} on our floor shows the error {t} and stops after a few seconds.",
    "I have restarted it twice and it still says {t} {n} on the display.",
    "Could somebody please have a look before the meeting on {d}?",
    "My colleague in room {n} has the same trouble with {t}.",
    "The invoice {n} names the wrong address, and {t} was charged twice.",
    "When I open {p} the window stays white and nothing happens at all.",
    "We tried the steps from your last letter, but {t} is not in the menu.",
    "The password was changed on {d}, yet {p} keeps asking for the old one.",
    "Please tell me how I can give {t} access to the shared folder {n}.",
    "It worked last week, before the update to version {n}.{n} of {p}.",
    "The line drops as soon as {t} is connected to the docking station.",
    "I attach what I see on my screen; look at the line with {t}.",
    "Is there a cable or an adapter for {p} in the store room?",
    "Our order {n} should have come on {d}, and we have not heard anything.",
    "Nobody here may install {t} without your permission, so I ask first.",
    "The backup of {t} reported {n} files that could not be read.",
    "I would like to borrow {p} for two days, starting on {d}.",
    "Thank you for the quick answer, that solved the first half of it.",
    "The calendar shows every appointment of {t} one hour too late.",
    "There is plenty of paper in it, and the toner was replaced on {d}.",
    "Do you need the serial number? It is {t}-{n}.",
    "I can be reached on extension {n} until four o'clock.",
)
NORWEGIAN = (
    "Siden {d} viser {p} i tredje etasje feilen {t} og stopper etter få sekunder.",
    "Jeg har startet den på nytt to ganger, og det står fortsatt {t} {n} på skjermen.",
    "Kan noen være så snille å se på dette før møtet {d}?",
    "Kollegaen min på rom {n} har det samme problemet med {t}.",
    "Faktura {n} har feil adresse, og {t} er belastet to ganger.",
    "Når jeg åpner {p} blir vinduet hvitt og ingenting skjer.",
    "Vi prøvde det dere skrev sist, men {t} finnes ikke i menyen.",
    "Passordet ble endret {d}, men {p} spør fremdeles etter det gamle.",
    "Hvordan gir jeg {t} tilgang til fellesmappen {n}?",
    "Det virket forrige uke, før oppdateringen til versjon {n} av {p}.",
    "Forbindelsen brytes så snart {t} kobles til dokkingstasjonen.",
    "Jeg legger ved et bilde av skjermen; se på linjen med {t}.",
    "Bestilling {n} skulle ha kommet {d}, og vi har ikke hørt noe.",
    "Takk for raskt svar, det løste den første halvdelen.",
    "Kalenderen viser alle avtalene til {t} en time for sent.",
    "Dere når meg på internnummer {n} frem til klokken fire.",
)
SIMPLIFIED = (
    "从{d}开始，我们这一层的{p}一直显示错误{t}，几秒钟后就停止工作。",
    "我已经重新启动了两次，屏幕上仍然显示{t} {n}。",
    "请问在{d}的会议之前，能不能派人来看一下？",
    "{n}号房间的同事使用{t}时也遇到了同样的问题。",
    "发票{n}上的地址不对，而且{t}被收了两次费用。",
    "打开{p}以后窗口是空白的，什么也没有发生。",
    "我们按照上次来信的步骤试过了，但是菜单里没有{t}。",
    "密码在{d}已经修改，可是{p}还是要求输入旧密码。",
    "请告诉我怎样让{t}访问共享文件夹{n}。",
    "上个星期还可以用，{p}更新到版本{n}之后就不行了。",
    "附件是屏幕截图，请看带有{t}的那一行。",
    "订单{n}本来应该在{d}送到，可是我们没有收到任何消息。",
    "谢谢您的快速回复，问题已经解决了一半。",
    "下午四点以前可以打分机{n}找到我。",
)
TRADITIONAL = (
    "從{d}開始，我們這一層的{p}一直顯示錯誤{t}，幾秒鐘後就停止運作。",
    "我已經重新啟動了兩次，螢幕上仍然顯示{t} {n}。",
    "請問在{d}的會議之前，能不能派人來看一下？",
    "{n}號房間的同事使用{t}時也遇到了同樣的問題。",
    "發票{n}上的地址不對，而且{t}被收了兩次費用。",
    "打開{p}以後視窗是空白的，什麼也沒有發生。",
    "我們按照上次來信的步驟試過了，但是選單裡沒有{t}。",
    "密碼在{d}已經修改，可是{p}還是要求輸入舊密碼。",
    "請告訴我怎樣讓{t}存取共用資料夾{n}。",
    "上個星期還可以用，{p}更新到版本{n}之後就不行了。",
    "附件是螢幕截圖，請看帶有{t}的那一行。",
    "訂單{n}本來應該在{d}送到，可是我們沒有收到任何消息。",
    "謝謝您的快速回覆，問題已經解決了一半。",
    "下午四點以前可以打分機{n}找到我。",
)
PRODUCTS = {
    "en": ("the printer", "the scanner", "the projector", "the mail program", "the time sheet", "the headset",
           "the wireless network", "the label printer", "the archive", "the booking page"),
    "nb": ("skriveren", "skanneren", "projektoren", "e-postprogrammet", "timelisten", "hodesettet",
           "det trådløse nettet", "etikettskriveren", "arkivet", "bestillingssiden"),
    "zh-Hans": ("打印机", "扫描仪", "投影仪", "邮件程序", "考勤表", "耳机", "无线网络", "标签打印机", "档案系统"),
    "zh-Hant": ("印表機", "掃描器", "投影機", "郵件程式", "考勤表", "耳機", "無線網路", "標籤印表機", "檔案系統"),
}
MOMENTS = {
    "en": ("Monday", "Tuesday morning", "yesterday", "last night", "the first of the month"),
    "nb": ("mandag", "tirsdag morgen", "i går", "i natt", "den første i måneden"),
    "zh-Hans": ("星期一", "星期二上午", "昨天", "昨天夜里", "一号"),
    "zh-Hant": ("星期一", "星期二上午", "昨天", "昨天夜裡", "一號"),
}
SENTENCES = {"en": ENGLISH, "nb": NORWEGIAN, "zh-Hans": SIMPLIFIED, "zh-Hant": TRADITIONAL}
SUBJECTS = {
    "en": ("{t} does not start", "Error {n} from {t}", "Access to {t}", "Order {n}", "Invoice {n} is wrong",
           "Question about {t}", "{t} is slow since {d}"),
    "nb": ("{t} starter ikke", "Feil {n} fra {t}", "Tilgang til {t}", "Bestilling {n}", "Faktura {n} er feil",
           "Spørsmål om {t}"),
    "zh-Hans": ("{t}无法启动", "{t}报错{n}", "申请访问{t}", "订单{n}", "发票{n}有误"),
    "zh-Hant": ("{t}無法啟動", "{t}發生錯誤{n}", "申請存取{t}", "訂單{n}", "發票{n}有誤"),
}
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


def vocabulary(rng, size=20000):
    """Made-up names of devices, programs and accounts; the first are the most frequent (see `term`)."""
    out, seen = [], set()
    while len(out) < size:
        word = "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(rng.choice((2, 3, 3, 4))))
        word += rng.choice(("", "", "n", "x", "s", "tor"))
        if word not in seen:
            seen.add(word)
            out.append(word.capitalize())
    return out


class Words:
    """Sentences by language, from pools that are filled once."""

    def __init__(self, seed, pool=3000):
        self.rng = random.Random(f"words {seed}")
        self.terms = vocabulary(self.rng)
        self.pools = {language: [self.fill(rng_text, language) for rng_text in self.spread(SENTENCES[language], pool)]
                      for language in SENTENCES}

    def spread(self, templates, count):
        """Each template about equally often."""
        return [templates[i % len(templates)] for i in range(count)]

    def term(self):
        """Log-uniform over the ranks, which is Zipf's law."""
        return self.terms[int(len(self.terms) ** self.rng.random()) - 1]

    def fill(self, template, language):
        """The slots of a template."""
        return template.format(t=self.term(), n=self.rng.randrange(10, 9999),
                               p=self.rng.choice(PRODUCTS[language]), d=self.rng.choice(MOMENTS[language]))

    def subject(self, language):
        """A subject, rarely the same twice."""
        return self.fill(self.rng.choice(SUBJECTS[language]), language)
