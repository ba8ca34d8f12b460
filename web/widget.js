// SPDX-License-Identifier: GPL-3.0-or-later
// The chat widget: <script src="https://desk.example.org/widget.js" data-desk="Service desk" defer></script>
//
// Attributes: data-desk (title), data-server (where the desk is, else this script's origin), data-language
// (en, zh-Hans, zh-Hant, nb), data-theme (light, dark). Colours and place: the --spoc-* variables of the style below.
// The protocol is the comment on top of parser/frame.hpp. A line that is typed is kept in localStorage until the desk
// says that it has it, and its ref makes sending it again harmless; what the desk sends is put in order by seq.
"use strict";
(() => {
  if (customElements.get("spoc-chat")) return;

  // ---- words -------------------------------------------------------------------------------------------------

  const texts = {
    en: {
      desk: "Service desk", open: "Chat with us", close: "Close the chat", log: "Conversation", send: "Send",
      hello: "Hello! What can we help you with? We answer here, and by mail if you have left.",
      input: "Your message", hint: "Write a message", you: "You", sending: "Sending …", delivered: "Delivered",
      connected: "Connected", connecting: "Connecting …",
      offline: "No connection. What you write is kept and sent when it is back.",
      unread: (n) => (n === 1 ? "1 new answer" : n + " new answers"), answered: (who) => "New answer from " + who,
      who: "Leave your address so that we can answer when you have gone", name: "Name", address: "Mail address",
      optional: "optional", save: "Save", add: "Leave address", change: "Change", known: (a) => "Answers also reach you at " + a,
      wrong: "That does not look like a mail address.", articles: "Does one of these help?", tab: "opens in a new tab",
      long: "That is too long for one message. Please send it in parts.",
      full: "Too many messages are waiting to be sent. Please wait until the connection is back.",
      too_fast: "That was a little fast. We send it again in a moment.", busy: "Just a moment, we are busy.",
      bad_frame: "That message could not be read. Please send it again.", bad_session: "A new conversation begins here.",
      forget: "Forget this conversation on this device", sure: "Really forget it?",
    },
    nb: {
      desk: "Brukerstøtte", open: "Chat med oss", close: "Lukk chatten", log: "Samtale", send: "Send",
      hello: "Hei! Hva kan vi hjelpe deg med? Vi svarer her, og på e-post hvis du har gått.",
      input: "Meldingen din", hint: "Skriv en melding", you: "Du", sending: "Sender …", delivered: "Levert",
      connected: "Tilkoblet", connecting: "Kobler til …",
      offline: "Ingen forbindelse. Det du skriver, blir tatt vare på og sendt når den er tilbake.",
      unread: (n) => (n === 1 ? "1 nytt svar" : n + " nye svar"), answered: (who) => "Nytt svar fra " + who,
      who: "Legg igjen adressen din, så kan vi svare når du har gått", name: "Navn", address: "E-postadresse",
      optional: "valgfritt", save: "Lagre", add: "Legg igjen", change: "Endre", known: (a) => "Svar når deg også på " + a,
      wrong: "Det ser ikke ut som en e-postadresse.", articles: "Hjelper en av disse?", tab: "åpnes i ny fane",
      long: "Det er for langt for én melding. Send det i flere deler.",
      full: "For mange meldinger venter på å bli sendt. Vent til forbindelsen er tilbake.",
      too_fast: "Det gikk litt fort. Vi sender det på nytt om et øyeblikk.", busy: "Et øyeblikk, vi har det travelt.",
      bad_frame: "Meldingen kunne ikke leses. Send den en gang til.", bad_session: "Her begynner en ny samtale.",
      forget: "Glem samtalen på denne enheten", sure: "Vil du virkelig glemme den?",
    },
    "zh-Hans": {
      desk: "服务台", open: "在线咨询", close: "关闭聊天窗口", log: "对话", send: "发送",
      hello: "您好！有什么可以帮您？我们会在这里回复；如果您已离开，则通过邮件回复。",
      input: "您的消息", hint: "请输入消息", you: "您", sending: "正在发送…", delivered: "已送达",
      connected: "已连接", connecting: "正在连接…", offline: "连接已断开。您输入的内容会保留，恢复后自动发送。",
      unread: (n) => n + " 条新回复", answered: (who) => who + " 回复了您",
      who: "留下邮箱地址，您离开后我们也能回复", name: "姓名", address: "邮箱地址",
      optional: "选填", save: "保存", add: "留下地址", change: "更改", known: (a) => "回复也会发送到 " + a,
      wrong: "这不像是一个邮箱地址。", articles: "这些文章对您有帮助吗？", tab: "在新标签页中打开",
      long: "这条消息太长，请分几条发送。", full: "等待发送的消息太多，请等连接恢复。",
      too_fast: "发送得有点快，我们稍后会自动重发。", busy: "请稍等，系统正忙。",
      bad_frame: "这条消息无法识别，请重新发送。", bad_session: "新的对话从这里开始。",
      forget: "从此设备上删除这段对话", sure: "确定删除吗？",
    },
    "zh-Hant": {
      desk: "服務台", open: "線上諮詢", close: "關閉聊天視窗", log: "對話", send: "傳送",
      hello: "您好！有什麼可以協助您的？我們會在這裡回覆；如果您已離開，則以電子郵件回覆。",
      input: "您的訊息", hint: "請輸入訊息", you: "您", sending: "正在傳送…", delivered: "已送達",
      connected: "已連線", connecting: "正在連線…", offline: "連線已中斷。您輸入的內容會保留，恢復後自動傳送。",
      unread: (n) => n + " 則新回覆", answered: (who) => who + " 回覆了您",
      who: "留下電子郵件地址，您離開後我們也能回覆", name: "姓名", address: "電子郵件地址",
      optional: "選填", save: "儲存", add: "留下地址", change: "變更", known: (a) => "回覆也會寄到 " + a,
      wrong: "這看起來不是電子郵件地址。", articles: "這些文章對您有幫助嗎？", tab: "在新分頁開啟",
      long: "這則訊息太長，請分成幾則傳送。", full: "等待傳送的訊息太多，請等連線恢復。",
      too_fast: "傳送得有點快，我們稍後會自動重送。", busy: "請稍候，系統忙碌中。",
      bad_frame: "無法讀取這則訊息，請重新傳送。", bad_session: "新的對話從這裡開始。",
      forget: "從此裝置上刪除這段對話", sure: "確定要刪除嗎？",
    },
  };

  /** The language we speak that comes nearest to a BCP 47 tag. */
  function spoken(tag) {
    const t = (tag || "").toLowerCase();
    if (/^zh\b/.test(t)) return /hant|tw|hk|mo/.test(t) ? "zh-Hant" : "zh-Hans";
    return /^(nb|nn|no)\b/.test(t) ? "nb" : "en";
  }

  // ---- looks -------------------------------------------------------------------------------------------------

  const dark = `--accent:var(--spoc-accent,#2f6bcb);--ground:var(--spoc-ground,#16191f);
    --text:var(--spoc-text,#e8eaee);--soft:var(--spoc-soft,#262b34);--faint:var(--spoc-faint,#a3abb8);
    --edge:var(--spoc-edge,#3a414d);--link:var(--spoc-link,#8ab4ff);--alarm:#ff9d8f;color-scheme:dark`;
  const css = `
  :host{--accent:var(--spoc-accent,#1d5bb5);--on:var(--spoc-on-accent,#fff);--ground:var(--spoc-ground,#fff);
    --text:var(--spoc-text,#1c2330);--soft:var(--spoc-soft,#eef1f6);--faint:var(--spoc-faint,#5b6575);
    --edge:var(--spoc-edge,#cfd6e0);--link:var(--spoc-link,#174f9f);--alarm:#b3261e;color-scheme:light;
    font:400 15px/1.45 var(--spoc-font,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC",sans-serif);
    position:fixed;z-index:var(--spoc-layer,2147483000);right:var(--spoc-right,20px);bottom:var(--spoc-bottom,20px)}
  @media (prefers-color-scheme:dark){:host(:not([theme=light])){${dark}}}
  :host([theme=dark]){${dark}}
  *{box-sizing:border-box}
  [hidden]{display:none!important}
  button,input,textarea{font:inherit;color:inherit}
  button{cursor:pointer}
  :focus-visible{outline:3px solid var(--link);outline-offset:2px}
  .away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
  .open{position:relative;float:right;width:58px;height:58px;border:1px solid transparent;border-radius:50%;
    background:var(--accent);color:var(--on);box-shadow:0 4px 14px #0005;display:grid;place-items:center}
  .open svg{width:28px;height:28px}
  .badge{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;
    background:#c62828;color:#fff;font-size:13px;font-weight:700;line-height:22px}
  .panel{width:min(384px,calc(100vw - 24px));height:min(640px,calc(100vh - 40px));
    height:min(640px,calc(100dvh - 40px));display:flex;flex-direction:column;
    background:var(--ground);color:var(--text);border:1px solid var(--edge);border-radius:var(--spoc-radius,14px);
    box-shadow:0 10px 40px #0006;overflow:hidden}
  header{display:flex;align-items:center;gap:12px;padding:14px 12px 14px 18px;background:var(--accent);color:var(--on)}
  header div{flex:1;min-width:0}
  h2{margin:0;font-size:17px;line-height:1.25;overflow-wrap:anywhere}
  .status{margin:2px 0 0;font-size:13px;line-height:1.3}
  .dot{display:inline-block;width:8px;height:8px;margin-right:7px;border-radius:50%;background:#ffd54f}
  [data-link=up] .dot{background:#69e08a}
  .close{flex:none;width:40px;height:40px;border:0;border-radius:8px;background:none;color:inherit;display:grid;place-items:center}
  .close:hover{background:#fff3}
  .close svg{width:20px;height:20px}
  header :focus-visible{outline-color:var(--on);outline-offset:-3px}
  .log{flex:1;min-height:80px;overflow-y:auto;overscroll-behavior:contain;padding:16px 14px 8px;display:flex;
    flex-direction:column;gap:10px}
  .log,.articles,textarea{scrollbar-width:thin;scrollbar-color:var(--edge) transparent}
  .log:focus-visible{outline-offset:-3px}
  input:focus-visible,textarea:focus-visible{outline-width:2px;outline-offset:0;border-color:transparent}
  .line,.hello{max-width:86%;align-self:flex-start}
  .line{display:flex;flex-direction:column;align-items:flex-start}
  .line.you{align-self:flex-end;align-items:flex-end}
  .text,.hello{margin:0;padding:9px 13px;border:1px solid transparent;border-radius:14px;border-bottom-left-radius:4px;
    background:var(--soft);white-space:pre-wrap;overflow-wrap:anywhere}
  .you .text{background:var(--accent);color:var(--on);border-radius:14px;border-bottom-right-radius:4px}
  .you[data-state=sending] .text{opacity:.72}
  .text a{color:var(--link)}
  .you .text a{color:inherit}
  .meta{margin:3px 4px 0;font-size:12.5px;color:var(--faint)}
  .meta b{font-weight:600;color:var(--text)}
  .articles{padding:10px 14px 12px;border-top:1px solid var(--edge);max-height:34%;overflow-y:auto;flex:none}
  .articles p{margin:0 0 6px;font-size:13.5px;color:var(--faint)}
  .articles ul{margin:0;padding:0;list-style:none;display:grid;gap:6px}
  .articles a{display:block;padding:8px 12px;border:1px solid var(--edge);border-radius:10px;color:var(--link);
    text-decoration:none;overflow-wrap:anywhere}
  .articles a:hover{background:var(--soft);text-decoration:underline}
  .notice{margin:0;padding:8px 16px;font-size:14px;color:var(--alarm);border-top:1px solid var(--edge)}
  .who{padding:10px 14px;border-top:1px solid var(--edge);font-size:13.5px;flex:none}
  .who p{margin:0 0 8px;color:var(--faint)}
  .who .row{display:grid;grid-template-columns:2fr 3fr auto;gap:8px;align-items:end}
  label{display:block;font-size:12.5px;color:var(--faint);min-width:0}
  input,textarea{width:100%;border:1px solid var(--faint);border-radius:9px;background:var(--ground);color:var(--text);
    padding:7px 10px;line-height:20px}
  input[aria-invalid=true]{border-color:var(--alarm)}
  .plain{border:1px solid var(--faint);border-radius:9px;background:none;color:var(--text);padding:7px 12px;line-height:20px}
  .plain:hover{background:var(--soft)}
  .sum{display:flex;gap:10px;align-items:center;justify-content:space-between;overflow-wrap:anywhere}
  .quiet{border:0;background:none;padding:4px;color:var(--link);text-decoration:underline;font-size:13px;text-align:start;flex:none}
  .log .quiet{color:var(--faint);font-size:12.5px;margin:-6px 0 2px}
  .say{display:flex;gap:8px;align-items:flex-end;padding:12px 14px calc(12px + env(safe-area-inset-bottom));
    border-top:1px solid var(--edge)}
  textarea{flex:1;resize:none;max-height:9.5em;border-radius:12px;padding:9px 13px;display:block;font-size:16px;line-height:1.4}
  textarea::placeholder{color:var(--faint);opacity:1}
  .send{flex:none;width:44px;height:44px;border:1px solid transparent;border-radius:12px;background:var(--accent);color:var(--on);display:grid;
    place-items:center}
  .send svg{width:21px;height:21px}
  .send:disabled{opacity:.45;cursor:default}
  @media (max-width:480px){
    .panel{position:fixed;inset:0;width:100%;height:100%;height:100dvh;border:0;border-radius:0}
    input{font-size:16px}
    .who .row{grid-template-columns:1fr auto}.who .row label:first-child{grid-column:1/-1}}
  @media (prefers-reduced-motion:no-preference){
    .panel{animation:rise .18s ease-out}.open{transition:transform .15s}.open:hover{transform:scale(1.06)}
    @keyframes rise{from{opacity:0;transform:translateY(12px)}}}
  @media print{:host{display:none}}`;

  /** An element with attributes, listeners (functions) and children; words always become text nodes. */
  function make(tag, attributes, ...children) {
    const drawn = tag === "svg" || tag === "path";
    const element = drawn ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  const icon = (d) =>
    make("svg", { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "2", "aria-hidden": "true",
      "stroke-linecap": "round", "stroke-linejoin": "round" }, make("path", { d }));

  /** An absolute http or https address, else nothing: never javascript:, data: and the like. */
  function safe(address, base) {
    try {
      const url = new URL(address, base);
      return /^https?:$/.test(url.protocol) ? url.href : null;
    } catch {
      return null;
    }
  }

  /** JSON knows no half surrogates. */
  const whole = (text) => text.replace(/[\ud800-\udfff]/gu, "\ufffd");

  const anchor = (href, words) => make("a", { href, target: "_blank", rel: "noopener noreferrer" }, words);

  /** Text with its web addresses made into links. An address ends at the first sign that is not ASCII: Chinese has no blanks. */
  function linked(text) {
    const pieces = [];
    let at = 0;
    for (const match of text.matchAll(/\bhttps?:\/\/[!#-&(-;=?-_a-z~]+/gi)) {
      let words = match[0].replace(/[.,;:!?*_\]]+$/, "");
      if (words.endsWith(")") && !words.includes("(")) words = words.slice(0, -1).replace(/[.,;:!?]+$/, "");
      const href = safe(words);
      if (!href) continue;
      pieces.push(text.slice(at, match.index), anchor(href, words));
      at = match.index + words.length;
    }
    pieces.push(text.slice(at));
    return pieces;
  }

  // ---- what this browser remembers ---------------------------------------------------------------------------

  const longest = 8000; // bytes of UTF-8 in a line, as parser/frame.hpp has it
  const most = { seen: 200, unsent: 100 };
  const blank = () => ({ session: null, last: 0, read: 0, seen: [], unsent: [], name: "", address: "", who: false });

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
      if (!this.works) return;
      try {
        localStorage.setItem(this.key, JSON.stringify(this.state));
      } catch {
        this.works = false;
      }
    }
    begin(session) {
      this.change((s) => Object.assign(s, { session, last: 0, read: 0, seen: [] }));
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
  }

  // ---- the connection ----------------------------------------------------------------------------------------

  /** Keeps one WebSocket to the desk, for ever; `told(what, frame)` hears "up", "down" and every frame. */
  class Wire {
    constructor(address, memory, language, told) {
      Object.assign(this, { address, memory, language, told });
      this.failures = 0;
      this.up = false;
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
      try {
        this.socket = new WebSocket(this.address);
      } catch {
        return this.again();
      }
      this.patience(15000);
      this.socket.onopen = () => {
        this.memory.read();
        this.greeted = this.memory.state.session;
        this.say({ t: "hello", session: this.greeted, last: this.memory.state.last, language: this.language });
      };
      this.socket.onmessage = (event) => this.heard(event.data);
      this.socket.onclose = () => this.again();
    }
    /** Drops the socket and dials anew: at once, or after a growing time with jitter, so that a restart is no stampede. */
    again(after) {
      if (!this.wanted) return;
      for (const timer of [this.waiting, this.patient, this.steady, this.pinging]) clearTimeout(timer);
      if (this.socket) {
        this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
        this.socket.close();
        this.socket = null;
      }
      this.up = false;
      this.flying = null;
      this.told("down");
      const delay = after ?? Math.min(60000, 1000 * 2 ** this.failures++) * (0.5 + Math.random() / 2);
      this.waiting = setTimeout(() => this.connect(), delay);
    }
    /** Something must be heard within that time. */
    patience(time) {
      clearTimeout(this.patient);
      this.patient = setTimeout(() => this.again(), time);
    }
    ping() {
      if (!this.up) return;
      clearTimeout(this.pinging);
      this.pinging = setTimeout(() => this.ping(), 25000);
      this.say({ t: "ping" });
      this.patience(10000);
    }
    say(frame) {
      if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
    }
    heard(data) {
      let frame;
      try {
        frame = JSON.parse(data);
      } catch {
        return;
      }
      clearTimeout(this.patient);
      const deed = { welcome: this.welcome, kept: this.kept, line: this.line, known: this.known, no: this.no }[frame.t];
      if (deed) deed.call(this, frame);
      if (this.flying && !this.refused) this.patience(15000);
      this.told(frame.t, frame);
    }
    welcome(frame) {
      this.memory.read();
      const { session, last } = this.memory.state;
      // Another tab was first: join its conversation instead of beginning a second one.
      if (session && session !== this.greeted && session !== frame.session) return this.again(0);
      if (session !== frame.session) this.memory.begin(frame.session);
      // The desk lost lines (an older backup?): its numbers count.
      else if (frame.next <= last) {
        this.memory.change((s) => {
          s.last = frame.next - 1;
          s.seen = s.seen.filter((line) => line.seq < frame.next);
        });
      }
      this.up = true;
      this.steady = setTimeout(() => (this.failures = 0), 10000);
      this.pinging = setTimeout(() => this.ping(), 25000);
      this.who();
      this.pump();
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
      const { seq, from, name, text, at, ref } = frame;
      this.memory.keep({ seq, from, name, text, at, ref: from === "you" ? ref : null });
      if (from === "you") this.landed(ref);
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
      if (frame.why === "too_fast" || frame.why === "busy") {
        // The line stays where it is; its ref makes the second try harmless.
        this.flying = null;
        clearTimeout(this.refused);
        this.refused = setTimeout(() => this.pump(), 2000 + Math.random() * 1000);
        return;
      }
      // What can't be read has no ref: then it was the line under way, which must not block the others for ever.
      const ref = frame.ref || this.flying;
      if (!ref) return;
      this.memory.change((s) => (s.unsent = s.unsent.filter((line) => line.ref !== ref)));
      this.landed(ref);
    }
  }

  // ---- the element -------------------------------------------------------------------------------------------

  class SpocChat extends HTMLElement {
    connectedCallback() {
      if (this.memory) return;
      const server = new URL(this.getAttribute("server") || location.href, location.href);
      this.server = server.origin;
      this.language = spoken(this.getAttribute("language") || document.documentElement.lang || navigator.language);
      this.words = texts[this.language];
      // The reader's own way to write a time, where it is in the widget's language.
      const [own] = navigator.language.split("-");
      this.region = own === this.language.split("-")[0] ? navigator.language : this.language;
      this.memory = new Memory("spoc:" + this.server);
      this.rows = new Map(); // ref or seq -> element
      this.build();
      this.wire = new Wire(this.server.replace(/^http/, "ws") + "/chat", this.memory, this.language, (what, frame) =>
        this.told(what, frame));
      addEventListener("storage", (event) => (event.key === this.memory.key || event.key === null) && this.changed());
      document.addEventListener("visibilitychange", () => this.show());
      // A page whose reader never asked for anything costs the desk no connection.
      if (this.memory.state.session || this.memory.state.unsent.length) this.wire.start();
      if (recall("open") && innerWidth > 480) this.toggle(true, true);
      this.show();
    }

    build() {
      const w = this.words;
      const root = this.attachShadow({ mode: "open" });
      try {
        const sheet = new CSSStyleSheet(); // no style element: a page's Content-Security-Policy may forbid those
        sheet.replaceSync(css);
        root.adoptedStyleSheets = [sheet];
      } catch {
        root.append(make("style", {}, css)); // Safari before 16.4
      }
      this.lang = this.language;
      const mark = (name, more) => ({ class: name, part: name, "data-test": name, ...more });

      this.badge = make("span", mark("badge", { hidden: true }));
      this.opener = make("button", mark("open", { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false",
        click: () => this.toggle(true) }),
        icon("M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.7A8.4 8.4 0 1 1 21 11.5z"), this.badge);
      this.announcer = make("p", { class: "away", role: "status" });

      this.status = make("span", { "data-test": "status" });
      this.heading = make("h2", { id: "title" }, this.getAttribute("desk") || w.desk);
      this.top = make("header", { part: "header" },
        make("div", {}, this.heading,
          make("p", { class: "status", role: "status" }, make("span", { class: "dot" }), this.status)),
        make("button", mark("close", { type: "button", "aria-label": w.close, title: w.close,
          click: () => this.toggle(false) }), icon("M6 6l12 12M18 6L6 18")));

      this.forget = make("button", { class: "quiet", type: "button", "data-test": "forget", click: () => this.forgetting() },
        w.forget);
      this.log = make("div", mark("log", { role: "log", "aria-live": "polite", "aria-relevant": "additions",
        "aria-label": w.log, tabindex: "0" }));
      this.hello = make("p", { class: "hello", part: "hello" }, w.hello);

      this.articles = make("div", mark("articles", { hidden: true, role: "region", "aria-live": "polite",
        "aria-label": w.articles }));
      this.notice = make("p", mark("notice", { hidden: true, role: "alert" }));
      this.buildWho(mark);

      this.input = make("textarea", mark("input", { rows: "1", "aria-label": w.input, placeholder: w.hint,
        autocomplete: "off", enterkeyhint: "send", input: () => this.typed(), keydown: (event) => this.pressed(event) }));
      this.send = make("button", mark("send", { type: "submit", "aria-label": w.send, title: w.send, disabled: true }),
        icon("M4 12l16-8-6 16-3-6z"));
      const form = make("form", { class: "say", submit: (event) => this.submitted(event) }, this.input, this.send);

      this.panel = make("section", mark("panel", { role: "dialog", "aria-labelledby": "title", hidden: true,
        keydown: (event) => event.key === "Escape" && !event.isComposing && this.toggle(false) }),
        this.top, this.log, this.articles, this.notice, this.whoForm, this.whoSum, form);
      root.append(this.opener, this.announcer, this.panel);
    }

    buildWho(mark) {
      const w = this.words;
      const optional = " (" + w.optional + ")";
      this.name = make("input", mark("name", { type: "text", autocomplete: "name", maxlength: "200" }));
      this.address = make("input", mark("address", { type: "email", autocomplete: "email", maxlength: "254",
        input: () => this.address.removeAttribute("aria-invalid") }));
      this.whoForm = make("form", mark("who", { novalidate: true, "aria-label": w.who,
        submit: (event) => (event.preventDefault(), this.saveWho() && this.input.focus()) }),
        make("p", {}, w.who + optional),
        make("div", { class: "row" }, make("label", {}, w.name, this.name), make("label", {}, w.address, this.address),
          make("button", { class: "plain", type: "submit", "data-test": "save" }, w.save)));
      this.sum = make("span", { "data-test": "known" });
      this.change = make("button", { class: "quiet", type: "button", "data-test": "change", click: () => this.changeWho() });
      this.whoSum = make("div", { class: "who sum" }, this.sum, this.change);
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

    // -- what comes in

    told(what, frame) {
      if (what === "no" && frame.why !== "bad_session") this.refused(frame);
      if (what === "no" && frame.why === "bad_session") this.say(this.words.bad_session);
      if (what === "kept") this.say("");
      if (what === "articles") return this.offer(frame);
      if (what === "welcome" && !this.getAttribute("desk") && frame.desk) this.heading.textContent = frame.desk;
      if (what === "welcome") this.typed();
      const fresh = what === "line" && frame.from === "desk" && frame.seq > this.memory.state.read;
      if (fresh && this.panel.hidden) this.announcer.textContent = this.words.answered(frame.name || this.words.desk);
      this.show();
    }

    refused(frame) {
      const row = frame.ref && this.rows.get(frame.ref);
      const final = frame.why !== "too_fast" && frame.why !== "busy";
      // The words go back to where they can be changed.
      if (final && row && !this.input.value) this.input.value = row.words;
      this.say(frame.text || this.words[frame.why] || this.words.bad_frame);
      this.typed();
    }

    /** Another tab changed what we remember together. */
    changed() {
      const before = this.memory.state.session;
      this.memory.read();
      if (before && this.memory.state.session !== before) this.wire.again(0);
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
      const text = whole(this.input.value.trim());
      if (!text) return;
      if (new TextEncoder().encode(text).length > longest) return this.say(this.words.long);
      if (this.memory.state.unsent.length >= most.unsent) return this.say(this.words.full);
      if (!this.whoForm.hidden && !this.saveWho()) return;
      this.memory.change((s) => s.unsent.push({ ref: newRef(), text, at: new Date().toISOString() }));
      this.input.value = "";
      this.say("");
      this.typed();
      this.show(true);
      this.wire.start();
      this.wire.pump();
    }

    /** False when the address is none. */
    saveWho() {
      const name = this.name.value.trim();
      const address = this.address.value.trim();
      if (address && !/^[^\s@<>]+@[^\s@<>]+$/.test(address)) {
        this.address.setAttribute("aria-invalid", "true");
        this.say(this.words.wrong);
        this.address.focus();
        return false;
      }
      const { name: oldName, address: oldAddress } = this.memory.state;
      if (name !== oldName || address !== oldAddress) {
        this.memory.change((s) => Object.assign(s, { name, address, who: true }));
        this.wire.start();
        this.wire.who();
      }
      this.asking = false;
      this.say("");
      this.show();
      return true;
    }

    changeWho() {
      this.asking = true;
      this.name.value = this.memory.state.name;
      this.address.value = this.memory.state.address;
      this.show();
      this.address.focus();
    }

    forgetting() {
      if (this.forget.textContent !== this.words.sure) {
        this.forget.textContent = this.words.sure;
        return;
      }
      this.memory.forget();
      this.wire.again(0);
      this.name.value = this.address.value = "";
      this.show();
      this.input.focus();
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
      if (!enough || this.isUnderWay()) return this.offer(null);
      this.thinking = setTimeout(() => {
        if (!this.wire.up) return;
        this.asked = text;
        this.wire.say({ t: "ask", text: whole(text.slice(0, 500)) });
      }, 300);
    }

    isUnderWay() {
      const { seen, unsent } = this.memory.state;
      return unsent.length > 0 || seen.some((line) => line.from === "you");
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
        list.append(make("li", {}, link));
      }
      this.articles.hidden = !list.childElementCount;
      this.articles.replaceChildren(...(this.articles.hidden ? [] : [make("p", {}, this.words.articles), list]));
    }

    // -- showing

    say(sentence) {
      clearTimeout(this.saying);
      this.notice.textContent = sentence;
      this.notice.hidden = !sentence;
      if (sentence) this.saying = setTimeout(() => this.say(""), 12000);
    }

    show(toEnd) {
      const w = this.words;
      const isOpen = !this.panel.hidden;
      if (isOpen && !document.hidden && this.memory.state.read < this.memory.state.last) {
        this.memory.change((s) => (s.read = s.last));
      }
      const { seen, unsent, read, address } = this.memory.state;
      const unread = seen.filter((line) => line.from === "desk" && line.seq > read).length;
      this.badge.hidden = !unread;
      this.badge.textContent = unread > 99 ? "99+" : unread;
      this.opener.setAttribute("aria-label", unread ? w.open + " (" + w.unread(unread) + ")" : w.open);
      this.opener.title = w.open;
      this.top.dataset.link = this.wire.up ? "up" : "down";
      const failing = this.wire.failures > 1 || navigator.onLine === false;
      setText(this.status, this.wire.up ? w.connected : failing ? w.offline : w.connecting);
      this.whoForm.hidden = !this.asking && Boolean(address || this.isUnderWay());
      this.whoSum.hidden = !this.whoForm.hidden;
      setText(this.sum, address ? w.known(address) : w.who);
      setText(this.change, address ? w.change : w.add);
      this.showLines(seen, unsent, toEnd);
    }

    showLines(seen, unsent, toEnd) {
      const atEnd = toEnd || this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
      const before = this.log.childElementCount;
      const wanted = seen.length ? [this.hello, this.forget] : [this.hello];
      for (const line of seen) wanted.push(this.row(line, line.from === "you" ? "delivered" : "answer"));
      for (const line of unsent) wanted.push(this.row(line, "sending"));
      if (!seen.length) this.forget.textContent = this.words.forget;
      const keep = new Set(wanted);
      for (const [key, row] of this.rows) if (!keep.has(row)) this.rows.delete(key);
      for (const child of [...this.log.children]) if (!keep.has(child)) child.remove();
      // Only what is new is moved in, so that a screen reader says only that.
      let next = this.log.firstElementChild;
      for (const element of wanted) {
        if (element === next) next = next.nextElementSibling;
        else this.log.insertBefore(element, next);
      }
      if (atEnd && (toEnd || before !== wanted.length)) this.log.scrollTop = this.log.scrollHeight;
    }

    row(line, state) {
      const key = line.ref || line.seq;
      let row = this.rows.get(key);
      if (!row) {
        row = make("div", { class: "line " + (state === "answer" ? "desk" : "you"), part: "line", "data-test": "line" },
          make("p", { class: "text", dir: "auto", "data-test": "text" }, ...linked(String(line.text))),
          make("p", { class: "meta" }));
        row.words = line.text;
        this.rows.set(key, row);
      }
      if (row.dataset.state === state) return row;
      row.dataset.state = state;
      const w = this.words;
      const at = moment(line.at, this.region);
      row.lastChild.replaceChildren(
        ...(state === "answer"
          ? [make("b", { "data-test": "agent" }, line.name || w.desk), " · " + at]
          : [make("span", { class: "away" }, w.you + ": "), at + " · " + (state === "sending" ? w.sending : w.delivered)]));
      return row;
    }
  }

  function setText(element, words) {
    if (element.textContent !== words) element.textContent = words;
  }

  /** The time of day, with the day when it is another one. */
  function moment(iso, language) {
    const time = new Date(iso);
    if (isNaN(time)) return "";
    const day = time.toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "short" };
    return time.toLocaleString(language, { hour: "numeric", minute: "2-digit", ...day });
  }

  /** A small fact about this tab alone. */
  function recall(name, value) {
    try {
      if (value === undefined) return sessionStorage.getItem("spoc:" + name) === "true";
      sessionStorage.setItem("spoc:" + name, String(value));
    } catch {
      return false;
    }
  }

  customElements.define("spoc-chat", SpocChat);

  const script = document.currentScript;
  if (!script || document.querySelector("spoc-chat")) return;
  const { desk, language, theme, server } = script.dataset;
  const element = make("spoc-chat", { desk, language, theme, server: server || new URL(script.src, location.href).origin });
  if (document.body) document.body.append(element);
  else addEventListener("DOMContentLoaded", () => document.body.append(element));
})();
