// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk wants to know before the first line; "name" and "address" are the visitor's own form.

class Questions {
  constructor(chat) {
    this.chat = chat;
    this.box = make("div", mark("questions", { hidden: true, role: "group", "aria-label": chat.words.questions }));
    this.set(chat.questions?.form || []);
  }

  set(form) {
    const typed = this.form && JSON.stringify(form) === JSON.stringify(this.form) && this.fields;
    if (typed) return this.show();
    // In another language they are the same questions: what was typed stays.
    const had = (this.fields || this.chat.questions?.fields || []).map(({ field }) => field.value);
    this.form = form;
    this.fields = [];
    this.who = new Set();
    for (const { label, required } of form) {
      if (label === "name" || label === "address") {
        if (required) this.who.add(label);
        continue;
      }
      const field = make("input", { type: "text", maxlength: "500", required, "data-test": "question", value: had[this.fields.length],
        change: () => this.chat.files.next() });
      this.fields.push({ label, required, field });
    }
    this.box.replaceChildren(...this.fields.map(({ label, required, field }) =>
      make("label", {}, label + (required ? "" : " (" + this.chat.words.optional + ")"), field)));
    this.show();
  }

  show() {
    this.box.hidden = !this.fields.length || this.chat.memory.hasBegun();
  }

  /** A file may be the first that is said, but the answers come before it. */
  done() {
    const { chat } = this;
    if (chat.memory.hasBegun()) return true;
    const text = this.complete("");
    if (text === null) return false;
    if (!chat.who.form.hidden && !chat.who.save()) return false;
    if (text) chat.post(text.trim());
    return true;
  }

  /** The first line with the answers below it; nothing while one is missing. */
  complete(text) {
    const { chat } = this;
    if (chat.memory.hasBegun()) return text;
    const missing = this.fields.find(({ required, field }) => required && !field.value.trim())?.field ||
      ["name", "address"].filter((one) => this.who.has(one))
        .filter((one) => !chat.memory.state[one] && !chat.who[one].value.trim()).map((one) => chat.who[one])[0];
    if (missing) {
      chat.say(chat.words.missing);
      chat.who.ask(true);
      missing.focus();
      return null;
    }
    const answers = this.fields.filter(({ field }) => field.value.trim()).map(({ label, field }) => label + ": " + whole(field.value.trim()));
    return answers.length ? text + "\n\n" + answers.join("\n") : text;
  }
}
