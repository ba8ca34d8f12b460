// SPDX-License-Identifier: GPL-3.0-or-later
// The visitor's earlier requests: shown once it is certain whose they are.

/** A word that came with the page's address (the link in our mail); the address bar forgets it at once. */
function takeWord() {
  const word = /^#spoc=([\w-]{5,20})$/.exec(location.hash)?.[1];
  if (word) history.replaceState(history.state, "", location.pathname + location.search);
  return word;
}

class Past {
  constructor(chat) {
    this.chat = chat;
    this.list = chat.past?.list || [];
    this.proven = chat.past?.proven;
    this.address = chat.past?.address;
    this.asked = chat.past?.asked;
    this.word = chat.past ? chat.past.word : takeWord();
    const w = chat.words;
    this.field = make("input", { type: "text", autocomplete: "one-time-code", maxlength: "20", spellcheck: "false", autocapitalize: "characters",
      "data-test": "word" });
    this.proof = make("form", { class: "proof", "aria-label": w.prove, submit: (event) => (event.preventDefault(), this.prove(this.field.value)) },
      make("p", {}, w.sent_word(chat.memory.state.address)),
      make("label", {}, w.word, this.field),
      make("div", { class: "sum" },
        make("button", { class: "quiet", type: "button", "data-test": "word-again", click: () => this.ask() }, w.word_again),
        make("button", { class: "plain", type: "submit", "data-test": "prove" }, w.prove)));
    this.body = make("div", { class: "requests", role: "group", "aria-labelledby": "past-title", tabindex: "0", "data-test": "requests" });
    this.title = make("h3", { id: "past-title" });
    this.back = make("button", mark("back", { class: "tool", type: "button", "aria-label": w.back, title: w.back, click: () => this.goBack() }),
      icon("M15 5l-7 7 7 7"));
    this.box = make("section", mark("past", { hidden: true, "aria-labelledby": "past-title",
      keydown: (event) => event.key === "Escape" && (event.stopPropagation(), this.goBack()) }),
      make("div", { class: "pasthead" }, this.back, this.title), this.body);
  }

  /** From the menu, or because a link led here. */
  open() {
    this.toggle(true);
    this.showList();
    if (this.proven) this.chat.wire.say({ t: "tickets" });
    else if (!this.asked) this.ask();
    this.back.focus();
  }

  toggle(open) {
    this.box.hidden = !open;
    this.chat.panel.classList.toggle("looking", open);
  }

  goBack() {
    this.chat.say("");
    if (this.number) return this.showList();
    this.toggle(false);
    this.chat.input.focus();
  }

  ask() {
    this.asked = true;
    const [page] = location.href.split("#");
    // To a page with a longer address no link is mailed.
    this.chat.wire.say({ t: "confirm", page: page.length > 300 ? "" : page });
  }

  /** No mail could be sent: nothing to type in. */
  refused() {
    this.asked = false;
    this.toggle(false);
  }

  /** A link of ours that was followed on the page as it stands. */
  take() {
    const word = takeWord();
    if (!word) return;
    this.chat.toggle(true);
    if (this.chat.wire.up) this.prove(word);
    else this.word = word;
  }

  prove(word) {
    if (word.trim()) this.chat.wire.say({ t: "confirm", word: word.trim() });
  }

  welcome(frame) {
    this.proven = frame.confirmed === true;
    // The link was opened in the browser in which the chat is.
    if (this.word) this.prove(this.word);
    this.word = null;
  }

  /** Another address is another person's until that is proved too. */
  known(frame) {
    if (this.address !== undefined && this.address !== frame.address) this.forget();
    this.address = frame.address;
  }

  forget() {
    this.proven = this.asked = false;
    this.address = undefined;
    this.list = [];
    this.number = null;
    this.field.value = "";
    this.show([]);
    this.toggle(false);
  }

  confirmed() {
    this.proven = true;
    this.field.value = "";
    this.chat.say("");
    this.toggle(true);
    this.chat.wire.say({ t: "tickets" });
  }

  tickets(frame) {
    this.list = frame.list;
    if (!this.number) this.showList();
  }

  showList() {
    const { words: w, region } = this.chat;
    this.number = null;
    setText(this.title, w.past);
    setText(this.proof.firstChild, w.sent_word(this.chat.memory.state.address));
    if (!this.proven) return this.show([this.proof]);
    if (!this.list.length) return this.show([make("p", { class: "hello" }, w.none)]);
    this.show([make("ul", {}, ...this.list.map((one) => make("li", {},
      make("button", { type: "button", "data-test": "request", click: () => this.choose(one) },
        make("b", { dir: "auto" }, one.subject || "#" + one.number),
        make("span", {}, "#" + one.number + " · " + (w["is_" + one.status] || "") + " · " + moment(one.changed, region))))))]);
  }

  choose(one) {
    this.number = one.number;
    setText(this.title, one.subject || "#" + one.number);
    this.show([]);
    this.chat.wire.say({ t: "past", number: one.number });
    this.back.focus();
  }

  lines(frame) {
    if (frame.number !== this.number) return;
    const rows = frame.lines.map((line) => this.chat.log.newRow(line, line.from === "desk" ? "answer" : "delivered"));
    const { words: w, region } = this.chat;
    frame.lines.forEach((line, i) => {
      const who = line.from === "desk" ? line.name || w.desk : line.name || w.you;
      rows[i].lastChild.replaceChildren(make("b", {}, who), " · " + moment(line.at, region));
    });
    // Too much for one answer: the desk says so.
    if (frame.cut) rows.unshift(make("p", { class: "hello", "data-test": "cut" }, w.cut));
    this.show(rows);
  }

  show(parts) {
    this.body.replaceChildren(...parts);
  }
}
