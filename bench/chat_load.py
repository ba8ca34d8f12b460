# SPDX-License-Identifier: GPL-3.0-or-later
"""Many chat sockets from one process: how long each line waits for its receipt, and what an idle socket weighs."""

import asyncio
import email
import email.message
import email.policy
import email.utils
import json
import os
import time


class Socket:
    """As much of RFC 6455 as short text frames need."""

    def __init__(self, number, port):
        self.number, self.port, self.sent, self.took = number, port, {}, []

    async def open(self):
        """From dialling to the desk's welcome. Sockets spread over many loopback addresses, as visitors would."""
        peer = f"127.0.{1 + self.number // 200}.{1 + self.number % 200}"
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(peer, 0))
        self.writer.write((f"GET /chat HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nUpgrade: websocket\r\n"
                           "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                           f"Sec-WebSocket-Version: 13\r\nOrigin: http://127.0.0.1:{self.port}\r\n\r\n").encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head:
            raise RuntimeError(head.decode("latin-1").splitlines()[0])
        self.say({"t": "hello", "session": None, "last": 0, "language": "en"})
        while (await self.hear())["t"] != "welcome":
            pass

    def say(self, frame):
        """Masked, as a client must (5.3); the mask of zeros leaves the bytes as they are."""
        data = json.dumps(frame).encode()
        size = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + len(data).to_bytes(2, "big")
        self.writer.write(b"\x81" + size + b"\0\0\0\0" + data)

    async def hear(self):
        """The next text frame."""
        while True:
            first, second = await self.reader.readexactly(2)
            size = second & 0x7F
            if size == 126:
                size = int.from_bytes(await self.reader.readexactly(2), "big")
            data = await self.reader.readexactly(size)
            if first & 0x0F == 1:
                return json.loads(data)

    async def listen(self):
        """Notes when each line was acknowledged."""
        while True:
            frame = await self.hear()
            if frame["t"] == "kept":
                self.took.append(time.monotonic() - self.sent[frame["ref"]])
            elif frame["t"] == "no":
                raise RuntimeError(str(frame))

    async def write_lines(self, seconds, wait):
        """One line a second."""
        await asyncio.sleep(wait)
        for number in range(seconds):
            ref = f"{self.number}-{number}"
            self.sent[ref] = time.monotonic()
            self.say({"t": "line", "ref": ref, "text": f"line {number} of visitor {self.number}"})
            await asyncio.sleep(1)


async def open_all(count, port):
    """A hundred at a time."""
    sockets = [Socket(number, port) for number in range(count)]
    for begin in range(0, count, 100):
        await asyncio.gather(*(one.open() for one in sockets[begin:begin + 100]))
    return sockets


async def chat(count, port, seconds):
    """Seconds from line to receipt, of every line; the first second, in which every ticket opens, apart."""
    sockets = await open_all(count, port)
    listeners = [asyncio.ensure_future(one.listen()) for one in sockets]
    await asyncio.gather(*(one.write_lines(seconds, one.number / count) for one in sockets))
    end = time.monotonic() + 30
    while sum(len(one.took) for one in sockets) < count * seconds and time.monotonic() < end:
        await asyncio.sleep(0.05)
    for listener in listeners:
        listener.cancel()
    return [one.took[0] for one in sockets if one.took], [each for one in sockets for each in one.took[1:]]


def agents_notice(desk):
    """The first letter to an agent that lies in the Maildir of letters."""
    for file in (desk.data / "out" / "new").glob("*"):
        notice = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        if "sam@example.org" in str(notice["To"]):
            return notice
    return None


def answer_to(notice, number):
    """Sam's reply to the notice, with words of its own."""
    answer = email.message.EmailMessage()
    for name, value in (("From", "Sam Example <sam@example.org>"), ("To", str(notice["Reply-To"])),
                        ("Subject", f"Re: {notice['Subject']}"), ("Message-ID", f"<answer-{number}@client.example.org>"),
                        ("In-Reply-To", str(notice["Message-ID"])), ("References", str(notice["Message-ID"]))):
        answer[name] = value
    answer["Date"] = email.utils.localtime()
    answer.set_content(f"This is answer number {number}.\n")
    return answer.as_bytes(policy=email.policy.SMTP)


async def delivered(servers, mail, to):
    """When the mailbox's server had it."""
    await asyncio.get_running_loop().run_in_executor(None, servers.put, mail, to, "sam@example.org")
    return time.monotonic()


async def answered(desk, servers, count):
    """Seconds from the mailbox's 250 to the line at the visitor's socket, for so many answers one after the other."""
    visitor = Socket(0, desk.port)
    await visitor.open()
    visitor.say({"t": "line", "ref": "first", "text": "My VPN drops every hour."})
    while (notice := agents_notice(desk)) is None:
        await asyncio.sleep(0.1)
    delays, to = [], notice["Reply-To"].addresses[0].addr_spec
    for number in range(count):
        await asyncio.sleep(0.1 + number % 7 / 10)  # at any phase of whatever waits by the clock
        put = asyncio.ensure_future(delivered(servers, answer_to(notice, number), to))
        while f"answer number {number}." not in (await asyncio.wait_for(visitor.hear(), 30)).get("text", ""):
            pass
        come = time.monotonic()
        delays.append(max(0.0, come - await put))
    return delays


async def hold(count, port, weigh):
    """The value of `weigh` while so many sockets are open."""
    sockets = await open_all(count, port)
    await asyncio.sleep(1)
    weight = weigh()
    for one in sockets:
        one.writer.transport.abort()
    return weight


def enough_files(count):
    """May this process open so many?"""
    import resource
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return min(count, hard - 100 - len(os.listdir("/proc/self/fd")))
