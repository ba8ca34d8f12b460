// SPDX-License-Identifier: GPL-3.0-or-later
// The connection to the desk: one line under way at a time, dialled again for ever.
/** Keeps one way to the desk open, for ever; `told(what, frame)` hears "up", "down" and every frame. */
class Wire {
  constructor(server, memory, token, told) {
    Object.assign(this, { server, memory, token, told });
    this.failures = 0;
    this.up = false;
    this.met = false; // the desk has answered on this way
    this.blocked = recall("stream");
    this.flying = null; // ref of the one line that waits for its kept: order is kept by sending one at a time
    addEventListener("online", () => this.again(0));
    document.addEventListener("visibilitychange", () => document.hidden || this.ping());
    // A page that is put away for the back button keeps its socket open: the desk would believe somebody still reads.
    addEventListener("pagehide", () => this.rest());
    addEventListener("pageshow", (event) => event.persisted && this.resting && this.start());
  }
  rest() {
    if (!this.wanted) return;
    this.again(0);
    clearTimeout(this.waiting);
    this.wanted = false;
    this.resting = true;
  }
  start() {
    if (this.wanted) return;
    this.wanted = true;
    this.connect();
  }
  connect() {
    clearTimeout(this.waiting);
    if (this.socket) return;
    const Way = this.blocked ? StreamWay : SocketWay;
    try {
      this.socket = new Way(this.server, {
        opened: () => this.greet(),
        text: (words) => this.heard(words),
        gone: () => this.gone(),
      });
    } catch {
      return this.gone();
    }
    this.patience(15000);
  }
  greet() {
    this.memory.read();
    this.greeted = this.memory.state.session;
    this.say({ t: "hello", session: this.greeted, last: this.memory.state.last, language: this.language, token: this.token() });
  }
  /** A way on which nothing was ever heard may be blocked (a proxy, an old gateway): the other one comes next. */
  gone() {
    if (!this.met) this.blocked = !this.blocked;
    this.again();
  }
  /** Drops the socket and dials anew: at once, or after a growing time with jitter, so that a restart is no stampede. */
  again(after) {
    if (!this.wanted) return;
    for (const timer of [this.waiting, this.patient, this.steady, this.pinging]) clearTimeout(timer);
    if (this.socket) {
      this.socket.close();
      this.socket = null;
    }
    this.up = this.met = false;
    this.flying = null;
    this.told("down");
    const delay = after ?? Math.min(60000, 1000 * 2 ** this.failures++) * (0.5 + Math.random() / 2);
    this.waiting = setTimeout(() => this.connect(), delay);
  }
  /** Something must be heard within that time. */
  patience(time) {
    clearTimeout(this.patient);
    this.patient = setTimeout(() => this.gone(), time);
  }
  ping() {
    if (!this.up) return;
    clearTimeout(this.pinging);
    this.pinging = setTimeout(() => this.ping(), 25000);
    this.say({ t: "ping" });
    this.patience(10000);
  }
  say(frame) {
    this.socket?.send(JSON.stringify(frame));
  }
  heard(data) {
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    clearTimeout(this.patient);
    const deed = { welcome: this.welcome, kept: this.kept, line: this.line, known: this.known,
      over: this.over, under_way: this.underWay, no: this.no }[frame.t];
    if (deed) deed.call(this, frame);
    if (this.flying && !this.refused) this.patience(15000);
    this.told(frame.t, frame);
  }
  welcome(frame) {
    this.memory.read();
    const { session, last } = this.memory.state;
    // Another tab was first: join its conversation instead of beginning a second one.
    if (session && session !== this.greeted && session !== frame.session) return this.again(0);
    const signed = frame.signed === true;
    // On a shared machine the next person gets nothing of what the last one wrote.
    if (session && session !== frame.session && (signed || this.memory.state.signed)) {
      this.memory.forget();
      this.told("forgotten");
    }
    if (session !== frame.session) this.memory.begin(frame.session);
    // The desk lost lines (an older backup?): its numbers count.
    else if (frame.next <= last) {
      this.memory.change((s) => {
        s.last = frame.next - 1;
        for (const mark of ["read", "rung"]) s[mark] = Math.min(s[mark], s.last);
        s.seen = s.seen.filter((line) => line.seq < frame.next);
      });
    }
    this.up = this.met = true;
    const over = frame.over === true;
    this.memory.change((s) => {
      Object.assign(s, { signed, over });
      // Too many to be said again: what lies before them is fetched when it is wanted.
      if (frame.from) s.seen = s.seen.filter((line) => line.seq >= frame.from);
    });
    this.session = frame.session;
    this.shown = 0;
    if (this.blocked && !recall("stream")) this.probe();
    this.steady = setTimeout(() => (this.failures = 0), 10000);
    this.pinging = setTimeout(() => this.ping(), 25000);
    this.who();
    this.saw();
    this.pump();
  }
  /** The newest answer that was before the visitor's eyes: others are mailed. */
  saw() {
    const { seen, read } = this.memory.state;
    const seq = seen.findLast((line) => line.from === "desk" && line.seq <= read)?.seq;
    if (!this.up || !(seq > this.shown)) return;
    this.shown = seq;
    this.say({ t: "seen", seq });
  }
  /** Another tab changed the memory: is that the conversation that this way was opened for? */
  follow() {
    if (this.up && this.memory.state.session !== this.session) this.again(0);
  }
  /** Was the desk merely away when the socket was tried? Then that way is better; else this tab remembers. */
  probe() {
    try {
      const probe = new WebSocket(socketAddress(this.server));
      probe.onclose = () => recall("stream", true);
      probe.onopen = () => {
        probe.onclose = null;
        probe.close();
        this.blocked = false;
        // What is on its way by POST arrives first: behind a closed stream it would be a 404.
        const way = this.socket;
        Promise.resolve(way?.queue).then(() => way === this.socket && this.again(0));
      };
    } catch {
      recall("stream", true);
    }
  }
  who() {
    const { name, address, who } = this.memory.state;
    if (this.up && who) this.say({ t: "who", name, address });
  }
  pump() {
    clearTimeout(this.refused);
    this.refused = null;
    if (!this.up || this.flying) return;
    const line = this.memory.state.unsent[0];
    if (!line) return;
    this.flying = line.ref;
    this.say({ t: "line", ref: line.ref, text: line.text });
    this.patience(15000);
  }
  landed(ref) {
    if (ref && ref === this.flying) this.flying = null;
    this.pump();
  }
  kept(frame) {
    this.memory.kept(frame);
    this.landed(frame.ref);
  }
  line(frame) {
    const { seq, from, name, text, at, ref, files, auto } = frame;
    this.memory.keep({ seq, from, name, text, at, files, auto, ref: from === "you" ? ref : null });
    if (from === "you") this.landed(ref);
  }
  over() {
    this.memory.change((s) => (s.over = true));
  }
  underWay() {
    this.memory.change((s) => (s.over = false));
  }
  known(frame) {
    // Said before the desk had heard our who.
    if (this.memory.state.who && !frame.name && !frame.address) return;
    this.memory.change((s) => Object.assign(s, { name: frame.name, address: frame.address, who: false }));
  }
  no(frame) {
    if (frame.why === "bad_session") {
      this.memory.begin(null);
      return this.again();
    }
    // The page has to get a new one: no use in knocking often.
    if (frame.why === "bad_token") return this.again(30000);
    // It was hello: the desk is there, and on this way no other word is heard.
    if (!this.up) return this.again();
    if (["not_yet", "no_word", "bad_word"].includes(frame.why)) return;
    if (frame.why === "too_fast" || frame.why === "busy") {
      // The line stays where it is; its ref makes the second try harmless.
      this.flying = null;
      clearTimeout(this.refused);
      this.refused = setTimeout(() => { this.memory.state.who && this.who(); this.pump(); }, 2000 + Math.random() * 1000);
      return;
    }
    // What can't be read has no ref: then it was the line under way, which must not block the others for ever.
    const ref = frame.ref || this.flying;
    if (!ref) return;
    this.memory.change((s) => (s.unsent = s.unsent.filter((line) => line.ref !== ref)));
    this.landed(ref);
  }
}
