// SPDX-License-Identifier: GPL-3.0-or-later
// Files by button, drag or paste: one upload at a time, tied to the conversation, tried again under the same ref.

class Files {
  constructor(chat) {
    this.chat = chat;
    this.waiting = chat.files?.waiting || []; // {ref, file, row}
    this.limits = chat.files?.limits;
    const w = chat.words;
    this.button = make("button", mark("attach", { class: "tool", type: "button", "aria-label": w.attach, title: w.attach,
      hidden: true, click: () => this.picker.click() }),
      icon("M20 11.5l-8.2 8.2a5 5 0 0 1-7-7l8.5-8.6a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.8-7.7"));
    this.picker = make("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-hidden": "true", "data-test": "file",
      change: () => (this.add(this.picker.files), (this.picker.value = "")) });
    this.list = make("ul", mark("uploads", { hidden: true, "aria-label": w.uploads }));
    for (const one of this.waiting) this.list.append((one.row = this.newRow(one)));
    this.show();
  }

  /** A panel that files may be dropped on, and an input that pictures may be pasted into. */
  watch(panel, input) {
    const carries = (event) => this.limits && [...(event.dataTransfer?.types || [])].includes("Files");
    panel.addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      panel.classList.add("over");
    });
    panel.addEventListener("dragleave", (event) => panel.contains(event.relatedTarget) || panel.classList.remove("over"));
    panel.addEventListener("drop", (event) => {
      panel.classList.remove("over");
      if (!carries(event)) return;
      event.preventDefault();
      this.add(event.dataTransfer.files);
    });
    input.addEventListener("paste", (event) => {
      const files = event.clipboardData?.files;
      // A spreadsheet's cells come as words and as a picture: the words are meant.
      if (!this.limits || !files?.length || event.clipboardData.getData("text/plain")) return;
      event.preventDefault();
      this.add(files);
    });
  }

  welcome(limits) {
    this.limits = limits;
    this.picker.accept = (limits?.types || []).map((type) => "." + type).join(",");
    this.show();
    this.next();
  }

  show() {
    this.button.hidden = !this.limits;
    this.list.hidden = !this.waiting.length;
  }

  add(files) {
    const { chat, limits } = this;
    for (const file of files) {
      const suffix = file.name.split(".").pop().toLowerCase();
      if (!limits.types.includes(suffix)) chat.say(chat.words.file_type(file.name, limits.types.join(", ")));
      else if (file.size > limits.bytes) chat.say(chat.words.file_long(file.name, Math.floor(limits.bytes / 1048576)));
      else if (this.waiting.length >= 20) chat.say(chat.words.full);
      else {
        const one = { ref: newRef(), file };
        one.row = this.newRow(one);
        this.waiting.push(one);
        this.list.append(one.row);
      }
    }
    this.show();
    this.next();
  }

  newRow(one) {
    const w = this.chat.words;
    return make("li", { "data-test": "upload" }, make("span", { dir: "auto" }, one.file.name),
      make("progress", { max: "1", value: "0", "aria-label": w.uploading(one.file.name) }),
      make("button", { type: "button", class: "quiet", "aria-label": w.cancel + ": " + one.file.name, click: () => this.drop(one) },
        w.cancel));
  }

  drop(one) {
    if (this.flying === one) this.request.abort();
    this.done(one);
    this.chat.input.focus();
  }

  /** On a shared machine the next person must not send what the last one chose. */
  forget() {
    while (this.waiting.length) this.drop(this.waiting[0]);
  }

  done(one) {
    if (this.flying === one) this.flying = null;
    this.waiting.splice(this.waiting.indexOf(one), 1);
    one.row.remove();
    this.show();
    this.next();
  }

  next() {
    const { wire, memory, server } = this.chat;
    if (this.flying || !this.waiting.length || !wire?.up || !memory.state.session) return;
    if (!this.chat.questions.done() || this.flying) return;
    const one = (this.flying = this.waiting[0]);
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", server + "/chat/file");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Spoc-Session", memory.state.session);
    request.setRequestHeader("X-Spoc-Ref", one.ref);
    request.setRequestHeader("X-Spoc-Name", encodeURIComponent(whole(one.file.name)));
    request.upload.onprogress = (event) => {
      this.watchOver(one, request);
      if (event.lengthComputable) one.row.querySelector("progress").value = event.loaded / event.total;
    };
    request.onload = () => this.answered(one, request);
    request.onerror = () => this.later(one);
    request.send(one.file);
    this.watchOver(one, request);
  }

  /** A network that went away without a word would hold it, and those behind it, for a quarter of an hour. */
  watchOver(one, request) {
    clearTimeout(this.stalled);
    this.stalled = setTimeout(() => {
      if (this.flying !== one || this.request !== request) return;
      request.abort();
      this.later(one);
    }, 120000);
  }

  answered(one, request) {
    if (request.status === 201) return this.done(one);
    // Too fast, busy, being restarted, or the connection is just being made anew: its ref makes another try harmless.
    if ([408, 409, 429].includes(request.status) || request.status >= 500) return this.later(one);
    const w = this.chat.words;
    this.chat.say(request.status === 413 ? w.file_long(one.file.name, Math.floor(this.limits.bytes / 1048576))
      : request.status === 422 ? w.file_virus(one.file.name)
      : w.file_type(one.file.name, this.limits.types.join(", ")));
    this.done(one);
  }

  later(one) {
    this.flying = null;
    one.tries = (one.tries || 0) + 1;
    clearTimeout(this.again);
    this.again = setTimeout(() => this.next(), Math.min(60000, 1000 * 2 ** one.tries) * (1 + Math.random()));
  }
}
