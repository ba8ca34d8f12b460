// SPDX-License-Identifier: GPL-3.0-or-later
// The conversation as it is shown, line by line, and as a text to keep.

class Log {
  constructor(chat) {
    this.chat = chat;
    this.all = new Map(); // seq -> line
    this.rows = new Map(); // ref or seq -> element
    this.element = make("div", mark("log", { role: "log", "aria-live": "polite", "aria-relevant": "additions",
      "aria-label": chat.words.log, tabindex: "0" }));
    // What opens below it, and a picture that comes late, must not push the newest line out of sight.
    this.atEnd = true;
    this.element.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.element;
      this.atEnd = scrollHeight - scrollTop - clientHeight < 60;
    });
    new ResizeObserver(() => this.stay()).observe(this.element);
    this.hello = make("p", { class: "hello", part: "hello", dir: "auto" }, chat.words.hello);
    this.hours = make("p", mark("hours", { dir: "auto" }));
    this.earlier = make("button", mark("earlier", { class: "quiet", type: "button",
      click: () => chat.wire.say({ t: "earlier", before: this.first }) }), chat.words.earlier);
  }

  /** All lines that this tab has had: the memory keeps fewer. */
  lines() {
    const { session, seen, last } = this.chat.memory.state;
    if (this.session !== session || !this.all.has(seen[0]?.seq - 1)) this.all = new Map();
    this.session = session;
    for (const line of seen) this.all.set(line.seq, line);
    const lines = [...this.all.values()].filter((line) => line.seq <= last).sort((a, b) => a.seq - b.seq);
    this.first = lines[0]?.seq;
    return lines;
  }

  /** Older lines came: they are put above, and what is being read stays where it is. */
  before(lines) {
    const log = this.element;
    for (const line of lines) this.all.set(line.seq, line);
    const below = log.scrollHeight - log.scrollTop;
    log.ariaLive = "off";
    this.show();
    log.scrollTop = log.scrollHeight - below;
    setTimeout(() => (log.ariaLive = "polite"), 1000);
  }

  stay() {
    if (this.atEnd) this.element.scrollTop = this.element.scrollHeight;
  }

  show(toEnd) {
    const { unsent } = this.chat.memory.state;
    const seen = this.lines();
    const log = this.element;
    if (toEnd) this.atEnd = true;
    const answered = seen.findLast((line) => line.from === "desk" && !line.auto)?.seq || 0;
    this.showHours();
    const wanted = this.hours.textContent ? [this.hello, this.hours] : [this.hello];
    if (this.first > 1) wanted.push(this.earlier);
    for (const line of seen) wanted.push(this.row(line, line.from === "you" ? "delivered" : "answer", line.seq < answered));
    for (const line of unsent) wanted.push(this.row(line, "sending"));
    const keep = new Set(wanted);
    for (const [key, row] of this.rows) if (!keep.has(row)) this.rows.delete(key);
    for (const child of [...log.children]) if (!keep.has(child)) child.remove();
    // Only what is new is moved in, so that a screen reader says only that.
    let next = log.firstElementChild;
    for (const element of wanted) {
      if (element === next) next = next.nextElementSibling;
      else log.insertBefore(element, next);
    }
    this.stay();
  }

  /** What the visitor may expect, from what the desk has measured. */
  showHours() {
    const { words: w, region, hours } = this.chat;
    const [amount, unit] = hours.minutes > 90 ? [Math.ceil(hours.minutes / 60), "hour"] : [hours.minutes, "minute"];
    // Behind a week of holidays a weekday alone would be the wrong one.
    const far = new Date(hours.opens) - Date.now() > 6 * 86400000;
    const opens = hours.opens && new Date(hours.opens).toLocaleString(region,
      { weekday: "long", hour: "numeric", minute: "2-digit", ...(far && { day: "numeric", month: "long" }) });
    const usual = () => w.usual(new Intl.NumberFormat(region, { style: "unit", unit, unitDisplay: "long" }).format(amount));
    setText(this.hours, !hours.open ? w.closed(opens) : hours.minutes ? usual() : "");
  }

  row(line, state, answered) {
    const key = line.ref || line.seq;
    const shown = state + (answered ? " answered" : "");
    let row = this.rows.get(key);
    if (!row) this.rows.set(key, (row = this.newRow(line, state)));
    if (row.shown === shown) return row;
    row.shown = shown;
    row.dataset.state = state;
    const w = this.chat.words;
    const at = moment(line.at, this.chat.region);
    const mark = state === "sending" ? w.sending : answered ? w.answered_mark : w.delivered;
    row.lastChild.replaceChildren(
      ...(state === "answer"
        ? [make("b", { "data-test": "agent" }, line.name || w.desk), " · " + at]
        : [make("span", { class: "away" }, w.you + ": "), at + " · ", make("span", { "data-test": "mark" }, mark)]));
    return row;
  }

  newRow(line, state) {
    const fromDesk = state === "answer";
    const row = make("div", { class: "line " + (fromDesk ? "desk" : "you"), part: "line", "data-test": "line" });
    if (fromDesk) {
      const initial = [...(line.name || this.chat.words.desk)][0].toLocaleUpperCase();
      row.append(make("span", { class: "face", part: "face", "aria-hidden": "true" }, initial));
    }
    const files = this.filesOf(line);
    row.append(make("p", { class: "text", dir: "auto", "data-test": "text", hidden: Boolean(files) && line.from === "you" },
      ...linked(String(line.text))), ...(files ? [files] : []),
      make("p", { class: "meta", dir: "auto" }));
    row.words = line.text;
    return row;
  }

  /** Pictures are shown, where the page's policy lets them; all files can be fetched. */
  filesOf(line) {
    if (!Array.isArray(line.files) || !line.files.length) return null;
    const { words: w, server } = this.chat;
    return make("ul", { class: "files", "data-test": "files" }, ...line.files.map(({ name, type, url }) => {
      const href = safe(url, server);
      if (!href || new URL(href).origin !== server) return make("li", {}, String(name));
      const link = anchor(href, String(name));
      if (!/^image\/(png|jpeg|gif|webp)$/.test(type)) return make("li", { class: "other" }, link);
      const picture = make("img", { src: href, alt: w.picture + ": " + name, loading: "lazy",
        load: () => this.stay(), error: () => (link.replaceChildren(String(name)), (link.parentNode.className = "other")) });
      link.replaceChildren(picture);
      return make("li", {}, link);
    }));
  }

  /** The words of a line that came back, where they are shown. */
  wordsOf(ref) {
    return this.rows.get(ref)?.words;
  }

  /** The conversation as plain text. */
  transcript() {
    const { words: w, region, memory } = this.chat;
    const lines = [...this.lines(), ...memory.state.unsent].map((line) => {
      const at = new Date(line.at).toLocaleString(region);
      const fromDesk = line.from === "desk";
      // A visitor's file is a line of its own, which has its name for words.
      const files = fromDesk && Array.isArray(line.files) ? line.files.map(({ name }) => "\n[" + name + "]").join("") : "";
      return at + "  " + (fromDesk ? line.name || w.desk : w.you) + "\r\n" + (line.text + files).replace(/\r?\n/g, "\r\n");
    });
    return [this.chat.heading.textContent, ...lines, ""].join("\r\n\r\n");
  }

  download() {
    const href = URL.createObjectURL(new Blob(["\ufeff" + this.transcript()], { type: "text/plain;charset=utf-8" }));
    make("a", { href, download: "chat-" + new Date().toISOString().slice(0, 10) + ".txt" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
  }
}
