// SPDX-License-Identifier: GPL-3.0-or-later
// What the widget says, in the four languages of the desk.
const texts = {
  en: {
    desk: "Service desk", open: "Chat with us", close: "Close the chat", log: "Conversation", send: "Send",
    hello: "Hello! What can we help you with? We answer here, and by mail if you have left.",
    input: "Your message", hint: "Write a message", you: "You", sending: "Sending …", delivered: "Delivered",
    connected: "Connected", connecting: "Connecting …",
    offline: "No connection. What you write is kept and sent when it is back.",
    unread: (n) => (n === 1 ? "1 new answer" : n + " new answers"), answered: (who) => "New answer from " + who,
    who: "Leave your address so that we can answer when you have gone", name: "Name", address: "Mail address",
    optional: "optional", save: "Save", add: "Leave address", change: "Change", known: (a) => "Answers also reach you at " + a,
    wrong: "That does not look like a mail address.", articles: "Does one of these help?", tab: "opens in a new tab",
    long: "That is too long for one message. Please send it in parts.",
    full: "Too many messages are waiting to be sent. Please wait until the connection is back.",
    too_fast: "That was a little fast. We send it again in a moment.", busy: "Just a moment, we are busy.",
    bad_frame: "That message could not be read. Please send it again.", bad_session: "A new conversation begins here.",
    forget: "Forget this conversation on this device", sure: "Really forget it?",
    more: "More", sound_on: "Sound on", sound_off: "Sound off", download: "Download the conversation", emoji: "Emoji",
    answered_mark: "Answered",
  },
  nb: {
    desk: "Brukerstøtte", open: "Chat med oss", close: "Lukk chatten", log: "Samtale", send: "Send",
    hello: "Hei! Hva kan vi hjelpe deg med? Vi svarer her, og på e-post hvis du har gått.",
    input: "Meldingen din", hint: "Skriv en melding", you: "Du", sending: "Sender …", delivered: "Levert",
    connected: "Tilkoblet", connecting: "Kobler til …",
    offline: "Ingen forbindelse. Det du skriver, blir tatt vare på og sendt når den er tilbake.",
    unread: (n) => (n === 1 ? "1 nytt svar" : n + " nye svar"), answered: (who) => "Nytt svar fra " + who,
    who: "Legg igjen adressen din, så kan vi svare når du har gått", name: "Navn", address: "E-postadresse",
    optional: "valgfritt", save: "Lagre", add: "Legg igjen", change: "Endre", known: (a) => "Svar når deg også på " + a,
    wrong: "Det ser ikke ut som en e-postadresse.", articles: "Hjelper en av disse?", tab: "åpnes i ny fane",
    long: "Det er for langt for én melding. Send det i flere deler.",
    full: "For mange meldinger venter på å bli sendt. Vent til forbindelsen er tilbake.",
    too_fast: "Det gikk litt fort. Vi sender det på nytt om et øyeblikk.", busy: "Et øyeblikk, vi har det travelt.",
    bad_frame: "Meldingen kunne ikke leses. Send den en gang til.", bad_session: "Her begynner en ny samtale.",
    forget: "Glem samtalen på denne enheten", sure: "Vil du virkelig glemme den?",
    more: "Mer", sound_on: "Slå på lyd", sound_off: "Slå av lyd", download: "Last ned samtalen", emoji: "Emoji",
    answered_mark: "Besvart",
  },
  "zh-Hans": {
    desk: "服务台", open: "在线咨询", close: "关闭聊天窗口", log: "对话", send: "发送",
    hello: "您好！有什么可以帮您？我们会在这里回复；如果您已离开，则通过邮件回复。",
    input: "您的消息", hint: "请输入消息", you: "您", sending: "正在发送…", delivered: "已送达",
    connected: "已连接", connecting: "正在连接…", offline: "连接已断开。您输入的内容会保留，恢复后自动发送。",
    unread: (n) => n + " 条新回复", answered: (who) => who + " 回复了您",
    who: "留下邮箱地址，您离开后我们也能回复", name: "姓名", address: "邮箱地址",
    optional: "选填", save: "保存", add: "留下地址", change: "更改", known: (a) => "回复也会发送到 " + a,
    wrong: "这不像是一个邮箱地址。", articles: "这些文章对您有帮助吗？", tab: "在新标签页中打开",
    long: "这条消息太长，请分几条发送。", full: "等待发送的消息太多，请等连接恢复。",
    too_fast: "发送得有点快，我们稍后会自动重发。", busy: "请稍等，系统正忙。",
    bad_frame: "这条消息无法识别，请重新发送。", bad_session: "新的对话从这里开始。",
    forget: "从此设备上删除这段对话", sure: "确定删除吗？",
    more: "更多", sound_on: "打开提示音", sound_off: "关闭提示音", download: "下载对话记录", emoji: "表情",
    answered_mark: "已回复",
  },
  "zh-Hant": {
    desk: "服務台", open: "線上諮詢", close: "關閉聊天視窗", log: "對話", send: "傳送",
    hello: "您好！有什麼可以協助您的？我們會在這裡回覆；如果您已離開，則以電子郵件回覆。",
    input: "您的訊息", hint: "請輸入訊息", you: "您", sending: "正在傳送…", delivered: "已送達",
    connected: "已連線", connecting: "正在連線…", offline: "連線已中斷。您輸入的內容會保留，恢復後自動傳送。",
    unread: (n) => n + " 則新回覆", answered: (who) => who + " 回覆了您",
    who: "留下電子郵件地址，您離開後我們也能回覆", name: "姓名", address: "電子郵件地址",
    optional: "選填", save: "儲存", add: "留下地址", change: "變更", known: (a) => "回覆也會寄到 " + a,
    wrong: "這看起來不是電子郵件地址。", articles: "這些文章對您有幫助嗎？", tab: "在新分頁開啟",
    long: "這則訊息太長，請分成幾則傳送。", full: "等待傳送的訊息太多，請等連線恢復。",
    too_fast: "傳送得有點快，我們稍後會自動重送。", busy: "請稍候，系統忙碌中。",
    bad_frame: "無法讀取這則訊息，請重新傳送。", bad_session: "新的對話從這裡開始。",
    forget: "從此裝置上刪除這段對話", sure: "確定要刪除嗎？",
    more: "更多", sound_on: "開啟提示音", sound_off: "關閉提示音", download: "下載對話紀錄", emoji: "表情符號",
    answered_mark: "已回覆",
  },
};

/** The language we speak that comes nearest to a BCP 47 tag. */
function spoken(tag) {
  const t = (tag || "").toLowerCase();
  if (/^zh\b/.test(t)) return /hant|tw|hk|mo/.test(t) ? "zh-Hant" : "zh-Hans";
  return /^(nb|nn|no)\b/.test(t) ? "nb" : "en";
}
