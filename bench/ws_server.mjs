// SPDX-License-Identifier: GPL-3.0-or-later
// The rival of the row "sockets": node's `ws`, which greets each socket and keeps it open.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, backlog: 1024 });
server.on("connection", (socket) => {
  socket.on("message", () => socket.send(JSON.stringify({ t: "welcome", session: "none", next: 1 })));
});
server.on("listening", () => console.log(server.address().port));
