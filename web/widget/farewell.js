// SPDX-License-Identifier: GPL-3.0-or-later
// The end of a chat: was it solved, and how was it?

class Farewell {
  constructor(chat) {
    this.chat = chat;
    const w = chat.words;
    const choice = (group, value, words) => make("label", { class: "choice" },
      make("input", { type: "radio", name: group, value, "data-test": group + value }), make("span", {}, words));
    this.words = make("textarea", { rows: "2", maxlength: "2000", "aria-label": w.remark, placeholder: w.remark, "data-test": "remark" });
    this.form = make("form", mark("farewell", { hidden: true, "aria-label": w.end, submit: (event) => this.submit(event),
      keydown: (event) => event.key === "Escape" && (event.stopPropagation(), this.toggle(false)) }),
      make("fieldset", {}, make("legend", {}, w.solved), choice("solved", "1", w.yes), choice("solved", "0", w.no)),
      make("fieldset", {}, make("legend", {}, w.rate), ...[1, 2, 3, 4, 5].map((n) => choice("score", n, n))),
      this.words,
      make("div", { class: "sum" }, make("button", { class: "plain", type: "button", click: () => this.toggle(false) }, w.cancel),
        make("button", { class: "plain", type: "submit", "data-test": "finish" }, w.end)));
  }

  toggle(open) {
    this.form.hidden = !open;
    this.chat.panel.classList.toggle("leaving", open);
    (open ? this.form.querySelector("input") : this.chat.input).focus();
  }

  /** The desk has ended it: asked beside the input, which stays where it is, and once. */
  ask() {
    if (!this.told) this.form.hidden = false;
  }

  /** The visitor goes on writing instead. */
  drop() {
    this.told = false;
    this.form.hidden = true;
    this.chat.panel.classList.remove("leaving");
  }

  /** By the desk, by a mail or in another tab: what the desk asked needs no answer, what the visitor began stays. */
  goesOn() {
    if (!this.chat.panel.classList.contains("leaving")) this.drop();
  }

  submit(event) {
    event.preventDefault();
    const said = new FormData(this.form);
    // A rating that is given while the cable is out would be lost: it has no ref and is not worth one.
    if (!this.chat.wire.up) return this.chat.say(this.chat.words.offline);
    const solved = said.get("solved");
    this.unsolved = solved === "0";
    this.chat.wire.say({ t: "end", ...(solved && { solved: solved === "1" }), score: Number(said.get("score") || 0),
      text: whole(this.words.value.trim()) });
  }

  ended() {
    this.form.reset();
    if (!this.form.hidden) this.toggle(false);
    if (this.unsolved) this.chat.memory.change((s) => (s.over = false));
    this.unsolved = false;
    this.told = true;
    this.chat.say(this.chat.words.ended, true);
  }
}
