// SPDX-License-Identifier: GPL-3.0-or-later
// Who the visitor is, if they want to say it.

class Who {
  constructor(chat) {
    this.chat = chat;
    const w = chat.words;
    this.name = make("input", mark("name", { type: "text", autocomplete: "name",
      maxlength: "66" })); // 200 bytes in any script
    this.address = make("input", mark("address", { type: "email", autocomplete: "email", maxlength: "254",
      input: () => this.address.removeAttribute("aria-invalid") }));
    this.form = make("form", mark("who", { novalidate: true, "aria-label": w.who,
      submit: (event) => (event.preventDefault(), this.save() && chat.input.focus()) }),
      make("p", {}, w.who),
      make("div", { class: "row" }, make("label", {}, w.name, this.name), make("label", {}, w.address, this.address),
        make("button", { class: "plain", type: "submit", "data-test": "save" }, w.save)));
    this.known = make("span", { dir: "auto", "data-test": "known" });
    this.change = make("button", { class: "quiet", type: "button", "data-test": "change", click: () => this.ask() });
    this.sum = make("div", { class: "who sum" }, this.known, this.change);
  }

  show() {
    const { memory, words: w } = this.chat;
    const { address } = memory.state;
    // Out of hours nobody may come by in time: the address is asked for until it is there.
    this.form.hidden = !this.asking && Boolean(address || (memory.hasBegun() && this.chat.hours.open));
    this.sum.hidden = !this.form.hidden;
    const asked = this.chat.questions?.who.has("address") && !memory.hasBegun();
    setText(this.form.firstChild, w.who + (asked ? "" : " (" + w.optional + ")"));
    setText(this.known, address ? w.known(address) : w.who);
    setText(this.change, address ? w.change : w.add);
    this.change.hidden = Boolean(address) && this.chat.signedIn;
  }

  /** False when the address is none. */
  save() {
    const { memory, wire, words: w } = this.chat;
    const name = whole(this.name.value.trim());
    const address = this.address.value.trim();
    // What the desk refuses must not stand here as known.
    if (address && (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(address) || bytes(address) > 200)) {
      this.address.setAttribute("aria-invalid", "true");
      this.chat.say(w.wrong);
      this.address.focus();
      return false;
    }
    if (name !== memory.state.name || address !== memory.state.address) {
      memory.change((s) => Object.assign(s, { name, address, who: true }));
      wire.start();
      wire.who();
    }
    this.asking = false;
    this.chat.say("");
    this.chat.show();
    return true;
  }

  ask(quietly) {
    this.asking = true;
    if (quietly) return this.chat.show();
    this.name.value = this.chat.memory.state.name;
    this.address.value = this.chat.memory.state.address;
    this.chat.show();
    this.address.focus();
  }
}
