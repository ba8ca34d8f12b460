// SPDX-License-Identifier: GPL-3.0-or-later
// The menu behind the three dots, the emoji, and the sound of an answer.

/** A button that shows and hides a box of buttons; Escape and a choice close it again. */
class Fold {
  constructor(button, box, back) {
    Object.assign(this, { button, box, back });
    box.hidden = true;
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => this.toggle(box.hidden));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.toggle(false);
    });
  }
  toggle(open) {
    this.box.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    (open ? this.box.querySelector("button") : this.back || this.button).focus();
  }
}

function emojiBox(chat, button) {
  const some = "🙂 😀 😂 😉 😍 😎 🤔 😐 🙁 😢 😱 😡 👍 👎 👋 🙏 👏 💪 🎉 ❤️ ✅ ❌ ❓ ❗ 💻 🖨️ 📱 🔒 🔑 📎 🐌 ☕".split(" ");
  const box = make("div", mark("emojis", { role: "group", "aria-label": chat.words.emoji }));
  const fold = new Fold(button, box, chat.input);
  const put = (sign) => {
    const { input } = chat;
    input.setRangeText(sign, input.selectionStart, input.selectionEnd, "end");
    fold.toggle(false);
    chat.typed();
  };
  box.append(...some.map((sign) => make("button", { type: "button", click: () => put(sign) }, sign)));
  return box;
}

class Menu {
  constructor(chat, button) {
    this.chat = chat;
    const w = chat.words;
    const item = (name, words, deed) => make("button", { type: "button", "data-test": name, click: deed }, words);
    this.sound = item("sound", "", () => this.switchSound());
    this.mail = item("mail", w.mail_it, () => (this.fold.toggle(false), chat.wire.say({ t: "transcript" })));
    this.past = item("requests-item", w.past, () => (this.fold.toggle(false), chat.past.open()));
    this.end = item("end", w.end, () => (this.fold.toggle(false), chat.farewell.toggle(true)));
    this.forget = item("forget", w.forget, () => this.forgetting());
    this.box = make("div", mark("menu", { role: "group", "aria-label": w.more }), this.sound,
      item("download", w.download, () => (chat.log.download(), this.fold.toggle(false))), this.mail, this.past, this.end, this.forget);
    this.fold = new Fold(button, this.box);
    button.addEventListener("click", () => this.show());
    this.show();
  }

  show() {
    const { words: w, memory } = this.chat;
    setText(this.sound, memory.state.sound ? w.sound_off : w.sound_on);
    setText(this.forget, w.forget);
    this.mail.hidden = !memory.state.address || !this.chat.wire?.up;
    this.past.hidden = this.mail.hidden;
    // Whoever has said something may also say how it went when the desk has ended it.
    this.end.hidden = !memory.hasBegun() || !this.chat.wire?.up;
  }

  switchSound() {
    this.chat.memory.change((s) => (s.sound = !s.sound));
    this.show();
    if (this.chat.memory.state.sound) this.ring();
    this.fold.toggle(false);
  }

  /** Two soft tones; silent where the browser allows no sound yet. */
  ring() {
    try {
      this.audio ||= new AudioContext();
      [660, 880].forEach((tone, i) => {
        const at = this.audio.currentTime + i * 0.14;
        const voice = new OscillatorNode(this.audio, { frequency: tone });
        const volume = new GainNode(this.audio, { gain: 0.08 });
        volume.gain.setTargetAtTime(0, at + 0.08, 0.05);
        voice.connect(volume).connect(this.audio.destination);
        voice.start(at);
        voice.stop(at + 0.4);
      });
    } catch {
      this.audio = null;
    }
  }

  forgetting() {
    const { chat } = this;
    if (this.forget.textContent !== chat.words.sure) return setText(this.forget, chat.words.sure);
    chat.memory.forget();
    chat.forget();
    chat.wire.again(0);
    this.fold.toggle(false);
    chat.show();
    chat.input.focus();
  }
}
