# SPDX-License-Identifier: GPL-3.0-or-later
"""Replies as mail clients really write them: what stands above, what is quoted, and how it is marked."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import email.charset
import email.utils
import hashlib
import html
import textwrap
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from typing import Callable


@dataclasses.dataclass
class Quoted:
    """The mail being answered, as a client shows it."""

    text: str
    html: str
    sender: str
    name: str
    to: str
    subject: str
    date: datetime.datetime
    message_id: str


def part(words: str, kind: str, flowed: bool = False) -> Message:
    """A text part in quoted-printable UTF-8."""
    charset = email.charset.Charset("utf-8")
    charset.body_encoding = email.charset.QP
    out = MIMENonMultipart("text", kind, charset="utf-8", **({"format": "flowed"} if flowed else {}))
    out.set_payload(words, charset)
    return out


def alternative(text: str, markup: str) -> Message:
    """Both renderings, the plainest first."""
    out = MIMEMultipart("alternative")
    out.attach(part(text, "plain"))
    out.attach(part(markup, "html"))
    return out


def related(text: str, markup: str, pictures: dict[str, bytes]) -> Message:
    """The same with pictures that the HTML shows, by their Content-IDs."""
    out = MIMEMultipart("related")
    out.attach(alternative(text, markup))
    for content_id, content in pictures.items():
        one = MIMEImage(content, "png", name=content_id.split("@")[0] + ".png")
        one.add_header("Content-ID", f"<{content_id}>")
        one.add_header("Content-Disposition", "inline")
        out.attach(one)
    return out


def marked(text: str) -> str:
    """Each line behind a "> "."""
    return "\n".join("> " + line if line else ">" for line in text.rstrip("\n").split("\n"))


def body_of(markup: str) -> str:
    """What stands inside <body>."""
    start = markup.lower().find("<body")
    end = markup.lower().rfind("</body>")
    return markup[markup.find(">", start) + 1:end] if 0 <= start < end else markup


def outlook(words: str, quoted: Quoted) -> Message:
    """Outlook on Windows: Word's HTML, a header block under a line, nothing marked."""
    sent = quoted.date.strftime("%A, %B %d, %Y %I:%M %p").replace(" 0", " ")
    block = [("From", f"{quoted.name} <{quoted.sender}>"), ("Sent", sent), ("To", quoted.to),
             ("Subject", quoted.subject)]
    text = words + "\n\n" + "\n".join(f"{key}: {value}" for key, value in block) + "\n\n" + quoted.text
    lines = "".join(f"<p class=MsoNormal>{html.escape(line) or '<o:p>&nbsp;</o:p>'}<o:p></o:p></p>\n"
                    for line in words.split("\n"))
    rows = "<br>\n".join(f"<b>{key}:</b> {html.escape(value)}" for key, value in block)
    markup = ('<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">'
              '<head><meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!--\np.MsoNormal, '
              'li.MsoNormal\n\t{margin:0cm;font-size:11.0pt;font-family:"Calibri",sans-serif;}\n--></style></head>'
              '<body lang=EN-GB link="#0563C1" vlink="#954F72" style=\'word-wrap:break-word\'><div class=WordSection1>'
              f'{lines}<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style=\'border:none;border-top:solid #E1E1E1 '
              f'1.0pt;padding:3.0pt 0cm 0cm 0cm\'><p class=MsoNormal>{rows}<o:p></o:p></p></div></div>'
              f'<p class=MsoNormal><o:p>&nbsp;</o:p></p>{body_of(quoted.html)}</div></body></html>')
    return alternative(text, markup)


def outlook_plain(words: str, quoted: Quoted) -> Message:
    """Outlook writing plain text: "-----Original Message-----"."""
    sent = quoted.date.strftime("%A, %d %B %Y %H:%M")
    return part(f"{words}\n\n-----Original Message-----\nFrom: {quoted.name} <{quoted.sender}> \nSent: {sent}\n"
                f"To: {quoted.to}\nSubject: {quoted.subject}\n\n{quoted.text}", "plain")


def gmail(words: str, quoted: Quoted) -> Message:
    """Gmail's web page: attribution, marks, gmail_quote."""
    when = f"{quoted.date:%a, %b} {quoted.date.day}, {quoted.date:%Y at %I:%M\u202f%p}"
    said = f"On {when} {quoted.name} <{quoted.sender}>"
    text = f"{words}\n\n" + "\n".join(textwrap.wrap(said + " wrote:", 76)) + f"\n\n{marked(quoted.text)}\n"
    lines = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in words.split("\n"))
    link = f'<a href="mailto:{quoted.sender}">{quoted.sender}</a>'
    who = f"{html.escape(said[:said.rfind('<')])}&lt;{link}&gt; wrote:<br>"
    markup = (f'<div dir="ltr">{lines}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
              f'class="gmail_attr">{who}</div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
              f'border-left:1px solid rgb(204,204,204);padding-left:1ex">{body_of(quoted.html)}</blockquote></div>\n')
    return alternative(text, markup)


def apple(words: str, quoted: Quoted) -> Message:
    """Apple Mail on a telephone: its signature, and the attribution inside the quotation."""
    said = f"On {quoted.date.day} {quoted.date:%b %Y, at %H:%M}, {quoted.name} <{quoted.sender}> wrote:"
    text = f"{words}\n\nSent from my iPhone\n\n> {said}\n> \n{marked(quoted.text)}\n"
    lines = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in words.split("\n"))
    markup = ('<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">'
              f'<div dir="ltr">{lines}</div><div dir="ltr"><br>Sent from my iPhone</div><div dir="ltr"><br>'
              f'<blockquote type="cite">{html.escape(said)}<br><br></blockquote></div><blockquote type="cite">'
              f'<div dir="ltr">\ufeff{body_of(quoted.html)}</div></blockquote></body></html>')
    return alternative(text, markup)


def flow(text: str) -> str:
    """RFC 3676: a line that goes on ends in a blank."""
    out: list[str] = []
    for line in text.split("\n"):
        pieces = textwrap.wrap(line, 72, break_long_words=False) if len(line) > 72 else [line]
        out += [piece + " " for piece in pieces[:-1]] + pieces[-1:]
    return "\n".join(out)


def thunderbird_attribution(quoted: Quoted) -> str:
    """The line over Thunderbird's quotation."""
    return f"On {quoted.date:%d/%m/%Y %H:%M}, {quoted.name} wrote:"


def thunderbird(words: str, quoted: Quoted) -> Message:
    """Thunderbird, the answer on top, HTML and text; cite= names the mail."""
    said = thunderbird_attribution(quoted)
    text = f"{words}\n\n-- \nBest regards,\nSent with care\n\n{said}\n{marked(quoted.text)}\n"
    lines = "<br>\n".join(html.escape(line) for line in words.split("\n"))
    markup = ('<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>'
              f'<body><p>{lines}<br></p><div class="moz-signature">-- <br>Best regards,<br>Sent with care</div>'
              f'<div class="moz-cite-prefix">{html.escape(said)}<br></div><blockquote type="cite" '
              f'cite="mid:{html.escape(quoted.message_id)}">{body_of(quoted.html)}</blockquote></body></html>')
    return alternative(text, markup)


def thunderbird_bottom(words: str, quoted: Quoted) -> Message:
    """Thunderbird in plain text: quotation first, answer below, format=flowed."""
    return part(f"{thunderbird_attribution(quoted)}\n{marked(quoted.text)}\n\n{flow(words)}\n", "plain", flowed=True)


SHAPES: dict[str, Callable[[str, Quoted], Message]] = {
    "outlook": outlook, "outlook-plain": outlook_plain, "gmail": gmail, "apple": apple, "thunderbird": thunderbird,
    "thunderbird-bottom": thunderbird_bottom,
}


def new_message_id(shape: str, seed: str) -> str:
    """A Message-ID in the client's own handwriting."""
    word = hashlib.sha256(seed.encode()).hexdigest()
    forms = {"outlook": f"DB9PR04MB{word[:12].upper()}@DB9PR04MB8000.eurprd04.prod.example.com",
             "gmail": f"CA+{word[:40]}@mail.gmail.example",
             "apple": f"{word[:8]}-{word[8:12]}-4{word[13:16]}-8{word[17:20]}-{word[20:32]}@example.net".upper(),
             "thunderbird": f"{word[:8]}-{word[8:12]}-4{word[13:16]}-8{word[17:20]}-{word[20:32]}@example.net"}
    return "<" + forms[shape.split("-")[0]] + ">"


def client_headers(shape: str, seed: str) -> dict[str, str]:
    """What the client adds of its own."""
    if shape.startswith("outlook"):
        index = base64.b64encode(b"\x01\xdb" + hashlib.sha256(seed.encode()).digest()[:20] + b"\0\0\0\x01\0").decode()
        return {"X-Mailer": "Microsoft Outlook 16.0", "Thread-Index": index, "Content-Language": "en-gb"}
    if shape.startswith("thunderbird"):
        return {"User-Agent": "Mozilla Thunderbird", "Content-Language": "en-GB"}
    return {"X-Mailer": "iPhone Mail (22B91)"} if shape == "apple" else {}
