// SPDX-License-Identifier: GPL-3.0-or-later
// The element <spoc-chat>: builds the parts in a shadow root and carries words between them and the wire.

class SpocChat extends HTMLElement {
  static observedAttributes = ["language", "accent", "token"];

  connectedCallback() {
    if (this.memory) return;
    this.hours = { open: true };
    this.server = new URL(this.getAttribute("server") || location.href, location.href).origin;
    this.memory = new Memory("spoc:" + this.server);
    this.attachShadow({ mode: "open" });
    this.wear();
    this.tint();
    this.build();
    this.wire = new Wire(this.server, this.memory, () => this.getAttribute("token"), (what, frame) => this.told(what, frame));
    this.wire.language = this.language;
    addEventListener("storage", (event) => (event.key === this.memory.key || event.key === null) && this.changed());
    document.addEventListener("visibilitychange", () => this.show());
    addEventListener("hashchange", () => this.past.take());
    // A page that is switched to another language takes the widget along.
    new MutationObserver(() => this.translate()).observe(document.documentElement, { attributeFilter: ["lang"] });
    // A page whose reader never asked for anything costs the desk no connection.
    if (this.memory.state.session || this.memory.state.unsent.length) this.wire.start();
    if (this.past.word || (recall("open") && innerWidth > 480)) this.toggle(true, true);
    this.show();
  }

  attributeChangedCallback(name) {
    if (!this.memory) return;
    if (name === "accent") this.tint();
    else if (name === "token") this.wire.again(0);
    else this.translate();
  }

  /** No style element: a page's Content-Security-Policy may forbid those. */
  wear() {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      this.shadowRoot.adoptedStyleSheets = [sheet];
    } catch {
      this.shadowRoot.append(make("style", {}, css)); // Safari before 16.4
    }
  }

  tint() {
    const accent = this.getAttribute("accent");
    const on = accent && readableOn(accent);
    if (!on) return;
    this.style.setProperty("--spoc-accent", accent);
    this.style.setProperty("--spoc-on-accent", on);
  }

  speak() {
    this.language = spoken(this.getAttribute("language") || document.documentElement.lang || navigator.language);
    this.words = texts[this.language];
    // The reader's own way to write a time, where it is in the widget's language.
    const [own] = navigator.language.split("-");
    this.region = own === this.language.split("-")[0] ? navigator.language : this.language;
    if (this.lang !== this.language) this.lang = this.language;
  }

  /** Says everything anew in the language of now; what has been typed stays. */
  translate() {
    if (spoken(this.getAttribute("language") || document.documentElement.lang || navigator.language) === this.language) return;
    const open = !this.panel.hidden;
    const typed = this.input.value;
    for (const part of [this.opener, this.announcer, this.panel]) part.remove();
    this.build();
    this.wire.language = this.language;
    this.wire.again(0); // what the desk says comes in that language, too
    this.input.value = typed;
    this.toggle(open, true);
    this.typed();
  }

  build() {
    this.speak();
    const w = this.words;
    this.badge = make("span", mark("badge", { hidden: true }));
    this.opener = make("button", mark("open", { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false",
      click: () => this.toggle(true) }),
      icon("M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.7A8.4 8.4 0 1 1 21 11.5z"), this.badge);
    this.announcer = make("p", { class: "away", role: "status" });
    this.buildForm();
    this.log = new Log(this);
    this.who = new Who(this);
    this.files = new Files(this);
    this.questions = new Questions(this);
    this.farewell = new Farewell(this);
    this.past = new Past(this);
    this.articles = make("div", mark("articles", { hidden: true, role: "region", "aria-live": "polite",
      "aria-label": w.articles }));
    this.notice = make("p", mark("notice", { hidden: true, role: "alert" }));
    this.issue = make("p", mark("issue", { hidden: true, role: "status" }));
    this.typing = make("p", mark("typing", { role: "status", dir: "auto" }));
    this.buildTop();
    const emojis = emojiBox(this, this.emoji);
    this.panel = make("section", mark("panel", { role: "dialog", "aria-labelledby": "title", hidden: true,
      keydown: (event) => this.keyed(event) }),
      this.top, this.menu.box, this.issue, this.log.element, this.typing, this.articles, this.notice, this.questions.box, this.who.form, this.who.sum, this.files.list,
      this.farewell.form, emojis, this.form, this.past.box);
    this.form.insertBefore(this.files.button, this.emoji);
    this.panel.append(this.files.picker);
    this.files.watch(this.panel, this.input);
    this.shadowRoot.append(this.opener, this.announcer, this.panel);
  }

  buildTop() {
    const w = this.words;
    this.status = make("span", { "data-test": "status" });
    this.heading = make("h2", { id: "title" }, this.getAttribute("desk") || this.deskName || w.desk);
    const more = make("button", mark("more", { type: "button", "aria-label": w.more, title: w.more }),
      icon("M5 12h.01M12 12h.01M19 12h.01", "3.4"));
    this.top = make("div", { class: "top", part: "header" },
      make("div", {}, this.heading,
        make("p", { class: "status", role: "status" }, make("span", { class: "dot" }), this.status)),
      more,
      make("button", mark("close", { type: "button", "aria-label": w.close, title: w.close,
        click: () => this.toggle(false) }), icon("M6 6l12 12M18 6L6 18")));
    this.menu = new Menu(this, more);
  }

  buildForm() {
    const w = this.words;
    this.input = make("textarea", mark("input", { rows: "1", "aria-label": w.input, placeholder: w.hint,
      autocomplete: "off", enterkeyhint: "send", input: () => (this.typed(), this.signal()), keydown: (event) => this.pressed(event) }));
    this.emoji = make("button", mark("emoji", { class: "tool", type: "button", "aria-label": w.emoji, title: w.emoji }),
      icon("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5a4.4 4.4 0 0 0 7 0M9 9.5h.01M15 9.5h.01"));
    this.send = make("button", mark("send", { type: "submit", "aria-label": w.send, title: w.send, disabled: true }),
      icon("M4 12l16-8-6 16-3-6z"));
    this.form = make("form", { class: "say", submit: (event) => this.submitted(event) }, this.input, this.emoji, this.send);
  }

  // -- opening and closing

  toggle(open, quietly) {
    this.panel.hidden = !open;
    this.opener.hidden = open;
    this.opener.setAttribute("aria-expanded", String(open));
    recall("open", open);
    if (open) this.wire.start();
    this.show(open);
    if (!quietly) (open ? this.input : this.opener).focus();
  }

  keyed(event) {
    if (event.key === "Escape" && !event.isComposing) this.toggle(false);
    // On a phone the panel hides the page: then the focus must not wander behind it.
    if (event.key !== "Tab" || !matchMedia("(max-width:480px)").matches) return;
    const stops = [...this.panel.querySelectorAll("button,input,textarea,a[href],[tabindex='0']")]
      .filter((one) => !one.disabled && one.getClientRects().length);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (this.shadowRoot.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  }

  // -- what comes in

  told(what, frame) {
    if (what === "no" && frame.why !== "bad_session") this.refused(frame);
    if (what === "no" && frame.why === "bad_session") this.say(this.words.bad_session);
    if (what === "kept") this.say("");
    if (what === "over" && this.memory.hasSaid()) this.farewell.ask();
    if (what === "under_way") this.farewell.goesOn();
    if (what === "ended") this.farewell.ended();
    if (what === "mailed" && !frame.word) this.say(this.words.mailed(frame.address), true);
    if (what === "confirmed") this.past.confirmed();
    if (what === "tickets") return this.past.tickets(frame);
    if (what === "past") return this.past.lines(frame);
    if (what === "known") this.past.known(frame);
    if (what === "articles") return this.offer(frame);
    if (what === "earlier") return this.log.before(frame.lines);
    if (what === "hours") this.hours = frame;
    if (what === "forgotten") this.forget();
    if (what === "typing") return this.types(frame.name);
    if (what === "issue") return this.known(frame.text);
    if (what === "welcome") this.welcome(frame);
    if (what === "line" && frame.from === "desk") {
      this.types();
      if (frame.seq > this.memory.state.read) this.answered(frame);
    }
    this.show();
  }

  welcome(frame) {
    this.deskName = frame.desk;
    this.hours = { open: frame.open !== false, opens: frame.opens, minutes: frame.minutes };
    this.signedIn = frame.signed === true;
    this.files.welcome(frame.files);
    this.questions.set(Array.isArray(frame.form) ? frame.form : []);
    this.past.welcome(frame);
    this.known(frame.issue);
    if (!this.getAttribute("desk") && frame.desk) setText(this.heading, frame.desk);
    this.typed();
  }

  /** What is known of outages, as it comes and goes. */
  known(issue) {
    this.issue.hidden = !issue;
    setText(this.issue, "\u26a0 " + issue);
  }

  /** Somebody at the desk is typing: shown for some seconds, said aloud once before each of their answers. */
  types(name) {
    clearTimeout(this.typist);
    setText(this.typing, name ? this.words.typing(name) : "");
    if (name) this.typist = setTimeout(() => (this.types(), (this.typing.ariaLive = "off")), 6000);
    else this.typing.ariaLive = "polite";
  }

  answered(frame) {
    const unseen = this.panel.hidden || document.hidden;
    if (this.panel.hidden) this.announcer.textContent = this.words.answered(frame.name || this.words.desk);
    if (!unseen || !this.memory.state.sound) return;
    // Behind another tab: that one may show it just now.
    if (document.hidden) setTimeout(() => this.ring(frame.seq), 1000 + Math.random() * 500);
    else this.ring(frame.seq);
  }

  /** The tabs of one browser ring once, and not for what another one shows. */
  ring(seq) {
    const { memory } = this;
    memory.read();
    if (seq <= Math.max(memory.state.read, memory.state.rung)) return;
    memory.change((s) => (s.rung = seq));
    this.menu.ring();
  }

  refused(frame) {
    if (frame.why === "bad_token") this.dispatchEvent(new CustomEvent("spoc-token", { bubbles: true }));
    if (frame.why === "no_word") this.past.refused();
    const words = frame.ref && this.log.wordsOf(frame.ref);
    const final = frame.why !== "too_fast" && frame.why !== "busy";
    // The words go back to where they can be changed.
    if (final && words && !this.input.value) this.input.value = words;
    this.say(frame.text || this.words[frame.why] || this.words.bad_frame);
    this.typed();
  }

  /** On a shared machine the next person must neither send nor see what is the last one's. */
  forget() {
    this.files.forget();
    this.past.forget();
    for (const field of [this.who.name, this.who.address, ...this.questions.fields.map((one) => one.field)]) field.value = "";
  }

  /** Another tab changed what we remember together. */
  changed() {
    const before = this.memory.state.session;
    this.memory.read();
    if (before && !this.memory.state.session) this.forget();
    this.wire.follow();
    // Its line may have been left behind when that tab was closed.
    clearTimeout(this.orphans);
    if (this.memory.state.unsent.length) this.orphans = setTimeout(() => this.wire.pump(), 20000);
    this.show();
  }

  // -- what goes out

  pressed(event) {
    // isComposing, 229: Enter that picks a word in an input method is no Enter.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.submitted(event);
  }

  submitted(event) {
    event.preventDefault();
    const typed = whole(this.input.value.trim());
    const text = typed && this.questions.complete(typed);
    if (!text) return;
    if (bytes(text) > longest) return this.say(this.words.long);
    if (this.memory.state.unsent.length >= most.unsent) return this.say(this.words.full);
    if (!this.who.form.hidden && !this.who.save()) return;
    this.input.value = "";
    this.post(text);
  }

  post(text) {
    this.farewell.drop();
    this.memory.change((s) => {
      s.unsent.push({ ref: newRef(), text, at: new Date().toISOString() });
      s.over = false;
    });
    this.say("");
    this.typed();
    this.show(true);
    this.wire.start();
    this.wire.pump();
    this.files.next();
  }

  /** The desk hears that something is being typed; what it is stays here. */
  signal() {
    if (!this.input.value || !this.memory.isUnderWay() || Date.now() - this.signed < 3000) return;
    this.signed = Date.now();
    if (this.wire.up) this.wire.say({ t: "typing" });
  }

  // -- articles while the first line is being typed

  typed() {
    this.input.rows = 1;
    while (this.input.rows < 6 && this.input.scrollHeight > this.input.clientHeight) this.input.rows += 1;
    const text = this.input.value.trim();
    this.send.disabled = !text;
    clearTimeout(this.thinking);
    if (text === this.asked) return;
    this.asked = null;
    const enough = [...text].length >= 3 || (text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g) || []).length >= 2;
    if (!enough || this.memory.isUnderWay()) return this.offer(null);
    this.thinking = setTimeout(() => {
      if (!this.wire.up) return;
      this.asked = text;
      this.wire.say({ t: "ask", text: whole(text.slice(0, 500)) });
    }, 300);
  }

  offer(frame) {
    if (frame && (this.asked === null || frame.for !== whole(this.asked.slice(0, 500)))) return;
    const list = make("ul");
    for (const article of frame?.list || []) {
      const href = safe(article.url, this.server);
      if (!href) continue;
      const link = anchor(href, String(article.title));
      link.append(make("span", { class: "away" }, " (" + this.words.tab + ")"));
      link.dataset.test = "article";
      const solved = () => {
        if (!this.wire.up) return this.say(this.words.offline);
        this.wire.say({ t: "solved", article: article.id });
        this.input.value = "";
        this.typed();
        this.say(this.words.ended, true);
        this.input.focus();
      };
      const button = make("button", { type: "button", click: solved, "data-test": "fixed",
        "aria-label": this.words.fixed + ": " + article.title }, this.words.fixed);
      list.append(make("li", {}, link, button));
    }
    this.articles.hidden = !list.childElementCount;
    this.articles.replaceChildren(...(this.articles.hidden ? [] : [make("p", {}, this.words.articles), list]));
  }

  // -- showing

  say(sentence, good) {
    clearTimeout(this.saying);
    this.notice.classList.toggle("good", Boolean(good));
    this.notice.textContent = sentence;
    this.notice.hidden = !sentence;
    if (sentence) this.saying = setTimeout(() => this.say(""), 12000);
  }

  show(toEnd) {
    const w = this.words;
    const { memory } = this;
    if (!this.panel.hidden && !document.hidden && memory.state.read < memory.state.last) {
      memory.change((s) => (s.read = s.last));
    }
    this.wire.saw();
    const unread = memory.state.seen.filter((line) => line.from === "desk" && line.seq > memory.state.read).length;
    this.badge.hidden = !unread;
    this.badge.textContent = unread > 99 ? "99+" : unread;
    this.opener.setAttribute("aria-label", unread ? w.open + " (" + w.unread(unread) + ")" : w.open);
    this.opener.title = w.open;
    this.top.dataset.link = this.wire.up ? "up" : "down";
    const failing = this.wire.failures > 1 || navigator.onLine === false;
    setText(this.status, this.wire.up ? w.connected : failing ? w.offline : w.connecting);
    this.panel.ariaModal = String(matchMedia("(max-width:480px)").matches);
    this.who.show();
    this.questions.show();
    this.log.show(toEnd);
  }
}
