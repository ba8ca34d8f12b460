// SPDX-License-Identifier: GPL-3.0-or-later
// What this browser remembers of the conversation.
const longest = 8000; // bytes of UTF-8 in a line, as parser/frame.hpp has it
const most = { seen: 200, unsent: 100 };
const blank = () => ({ session: null, last: 0, read: 0, seen: [], unsent: [], name: "", address: "", who: false,
  sound: false, rung: 0, signed: false, over: false });

function newRef() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only on https and localhost
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

/** One conversation in localStorage, shared by all tabs; in this tab alone where storage is forbidden or full. */
class Memory {
  constructor(key) {
    this.key = key;
    this.state = blank();
    this.works = true;
    this.read();
  }
  read() {
    if (!this.works) return;
    try {
      const kept = JSON.parse(localStorage.getItem(this.key));
      this.state = { ...blank(), ...kept };
      if (!Array.isArray(this.state.seen) || !Array.isArray(this.state.unsent)) this.state = blank();
    } catch (error) {
      if (error instanceof SyntaxError) this.state = blank();
      else this.works = false;
    }
  }
  /** Reads, changes and writes in one turn, so that tabs do not undo one another. */
  change(fn) {
    this.read();
    fn(this.state);
    this.state.seen.sort((a, b) => a.seq - b.seq).splice(0, this.state.seen.length - most.seen);
    // Where the page's store is full (it is the intranet's too), what the desk has goes first: never what it has not.
    for (const keep of [most.seen, 20, 1]) {
      if (!this.works) return;
      if (this.state.seen.length > keep) this.state.seen = this.state.seen.slice(-keep);
      try {
        return localStorage.setItem(this.key, JSON.stringify(this.state));
      } catch (error) {
        if (keep === 1 || error.name === "SecurityError") this.works = false;
      }
    }
  }
  /** A new conversation has to hear who writes, though they said it to an earlier one. */
  begin(session) {
    this.change((s) => Object.assign(s, { session, last: 0, read: 0, rung: 0, seen: [], who: Boolean(s.name || s.address) }));
  }
  keep(line) {
    this.change((s) => {
      if (!s.seen.some((other) => other.seq === line.seq)) s.seen.push(line);
      if (line.ref) s.unsent = s.unsent.filter((other) => other.ref !== line.ref);
      s.last = Math.max(s.last, line.seq);
    });
  }
  kept(frame) {
    const line = this.state.unsent.find((other) => other.ref === frame.ref);
    if (line) this.keep({ seq: frame.seq, from: "you", text: line.text, at: frame.at, ref: frame.ref });
  }
  forget() {
    this.change((s) => Object.assign(s, blank()));
  }
  isUnderWay() {
    const { unsent, over } = this.state;
    return unsent.length > 0 || (!over && this.hasSaid());
  }
  hasBegun() {
    return this.state.unsent.length > 0 || this.hasSaid();
  }
  hasSaid() {
    return this.state.seen.some((line) => line.from === "you");
  }
}
