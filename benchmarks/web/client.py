"""A browser sixteen times over: keep-alive connections in one thread, each asking again as soon as it is answered."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Run:
    """What came back in the time."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    size: int = 0
    tails: list[float] = field(default_factory=list)

    def add(self, one: Run) -> None:
        """Another slice of the same; p95 by p50 is of each slice, as a machine that slows down is no page's tail."""
        self.seconds += one.seconds
        self.waits += one.waits
        self.size = one.size
        self.tails.append(one.quantile(0.95) / one.p50)

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds

    def quantile(self, share: float) -> float:
        """Milliseconds."""
        return sorted(self.waits)[int(share * (len(self.waits) - 1))] * 1000

    @property
    def p50(self) -> float:
        return median(self.waits) * 1000


class Connection:
    """One keep-alive connection with its request under way."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.began, self.got, self.wanted = 0.0, bytearray(), -1

    def ask(self, request: bytes) -> None:
        self.got, self.wanted, self.began = bytearray(), -1, time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> bool:
        """Whether the answer is whole."""
        block = self.socket.recv(262_144)
        if not block:
            raise ConnectionError
        self.got += block
        if self.wanted < 0 and (end := self.got.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.got[:end]).lower()
            at = head.find(b"content-length:")
            self.wanted = end + 4 + (int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0)
        return 0 <= self.wanted <= len(self.got)


def request_of(path: str, headers: dict[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def drive(port: int, turn: Iterator[bytes], *, seconds: float, connections: int = 16) -> Run:
    """Ask for what comes next over so many connections for so long; what is under way then is waited for.

    Left behind, it would be the next measurement's load.
    """
    watch = selectors.DefaultSelector()
    for _ in range(connections):
        one = Connection(("127.0.0.1", port))
        watch.register(one.socket, selectors.EVENT_READ, one)
        one.ask(next(turn))
    run, began = Run(), time.perf_counter()
    while watch.get_map():
        for key, _ in watch.select(timeout=1):
            over = time.perf_counter() - began >= seconds
            _answered(key.data, run, watch, None if over else next(turn))
    run.seconds = time.perf_counter() - began
    watch.close()
    return run


def _answered(one: Connection, run: Run, watch: selectors.BaseSelector, request: bytes | None) -> None:
    """Note a whole answer and ask again, or, without a request, close. An answer that is not whole yet waits."""
    if not one.read():
        return
    run.waits.append(time.perf_counter() - one.began)
    run.size = len(one.got)
    if not one.got.startswith(b"HTTP/1.1 200"):
        run.wrong.append(bytes(one.got[:200]).decode(errors="replace"))
    closing = b"connection: close" in one.got[:400].lower()
    if closing or request is None:
        watch.unregister(one.socket)
        one.socket.close()
    if request is None:
        return
    if closing:  # a worker that has served its share: another takes over
        one = Connection(one.address)
        watch.register(one.socket, selectors.EVENT_READ, one)
    one.ask(request)
