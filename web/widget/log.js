// SPDX-License-Identifier: GPL-3.0-or-later
// The conversation as it is shown, line by line, and as a text to keep.

class Log {
  constructor(chat) {
    this.chat = chat;
    this.rows = new Map(); // ref or seq -> element
    this.element = make("div", mark("log", { role: "log", "aria-live": "polite", "aria-relevant": "additions",
      "aria-label": chat.words.log, tabindex: "0" }));
    this.hello = make("p", { class: "hello", part: "hello", dir: "auto" }, chat.words.hello);
  }

  show(toEnd) {
    const { seen, unsent } = this.chat.memory.state;
    const log = this.element;
    const atEnd = toEnd || log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    const before = log.childElementCount;
    const answered = seen.findLast((line) => line.from === "desk")?.seq || 0;
    const wanted = [this.hello];
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
    if (atEnd && (toEnd || before !== wanted.length)) log.scrollTop = log.scrollHeight;
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
    row.append(make("p", { class: "text", dir: "auto", "data-test": "text" }, ...linked(String(line.text))),
      make("p", { class: "meta", dir: "auto" }));
    row.words = line.text;
    return row;
  }

  /** The words of a line that came back, where they are shown. */
  wordsOf(ref) {
    return this.rows.get(ref)?.words;
  }

  /** The conversation as plain text. */
  transcript() {
    const { words: w, region, memory } = this.chat;
    const lines = [...memory.state.seen, ...memory.state.unsent].map((line) => {
      const at = new Date(line.at).toLocaleString(region);
      return at + "  " + (line.from === "desk" ? line.name || w.desk : w.you) + "\r\n" + line.text.replace(/\r?\n/g, "\r\n");
    });
    return [this.chat.heading.textContent, ...lines, ""].join("\r\n\r\n");
  }

  download() {
    const href = URL.createObjectURL(new Blob(["\ufeff" + this.transcript()], { type: "text/plain;charset=utf-8" }));
    make("a", { href, download: "chat-" + new Date().toISOString().slice(0, 10) + ".txt" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
  }
}
