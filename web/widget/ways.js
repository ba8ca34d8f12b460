// SPDX-License-Identifier: GPL-3.0-or-later
// Two ways to the desk that carry the same frames: a WebSocket, and an event stream with POSTs where that is blocked.

const socketAddress = (server) => server.replace(/^http/, "ws") + "/chat";

class SocketWay {
  constructor(server, { opened, text, gone }) {
    this.socket = new WebSocket(socketAddress(server));
    this.socket.onopen = opened;
    this.socket.onmessage = (event) => text(event.data);
    this.socket.onclose = gone;
  }
  send(words) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(words);
  }
  close() {
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }
}

class StreamWay {
  constructor(server, { opened, text, gone }) {
    this.gone = gone;
    this.queue = Promise.resolve(); // one after the other: frames must not overtake one another
    this.source = new EventSource(server + "/chat");
    this.source.addEventListener("name", (event) => {
      this.address = server + "/chat?to=" + event.data;
      opened();
    });
    this.source.addEventListener("end", gone);
    this.source.onmessage = (event) => text(event.data);
    this.source.onerror = gone;
  }
  send(words) {
    if (!this.address) return;
    // Text and no header of ours: a request for which browsers do not ask beforehand.
    this.queue = this.queue
      .then(() => this.source && fetch(this.address, { method: "POST", body: words, credentials: "omit" }))
      .then((answer) => answer && !answer.ok && this.gone(), () => this.source && this.gone());
  }
  close() {
    this.source.close();
    this.source = null;
    this.gone = () => {};
  }
}
