"""An SMTP server of a few lines: takes mails, refuses or hangs up as told, and shows what it took."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class Postbox:
    """``refuse``: the answer to a recipient; ``after_taking`` is called between taking a mail and saying so."""

    taken: list[Message] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    after_taking: Callable[[], None] = lambda: None
    hang_up_after: int | None = None
    port: int = 0

    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.taken]


class _Talk(socketserver.StreamRequestHandler):
    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self) -> None:
        box: Postbox = self.server.box
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self.say("354 go on")
                if not self._take(box):
                    return
            elif verb == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                self.say(box.refuse.get(address, "250 ok"))
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def _take(self, box: Postbox) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        box.taken.append(message_from_bytes(b"".join(lines)))
        if box.hang_up_after is not None and len(box.taken) >= box.hang_up_after:
            return False
        try:
            box.after_taking()
            self.say("250 taken")
        except OSError:  # whoever sent it is dead
            return False
        return True


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    box: Postbox


@contextmanager
def serving(box: Postbox) -> Iterator[Postbox]:
    """The postbox, open on a free port of this machine."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box, box.port = box, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
