"""This machine's index of a government: it follows the outbox, one process at a time, and answers all of them."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.crypto import get_random_string

from sijeong.org.models import Government

from . import outbox
from .engine import Reader, Writer
from .models import Change
from .outbox import Position
from .sources import engine, sources

AT_ONCE = 100
BUILD_HEAP = 64_000_000
TRIES = 3
Progress = Callable[[int, int], None]


class NotBuilt(Exception):
    """There is no index yet that this version can read."""


@dataclass(frozen=True)
class Lag:
    """How many changes the index is behind, at most counted to ``MOST``."""

    changes: int
    MOST = 1000


_readers: dict[Path, Reader] = {}
_opening = threading.Lock()


class Replica:
    """The index of one government on this machine."""

    def __init__(self, government: Government) -> None:
        self.government = government
        self.folder = settings.SEARCH_ROOT / engine().shape() / government.code

    def reader(self) -> Reader:
        """The index as of its last commit. Raises NotBuilt."""
        for _ in range(TRIES):
            place = self._current()
            try:
                reader = _readers.get(place) or self._opened(place)
                reader.refresh()
            except (OSError, ValueError):
                # A rebuild took this one's place between the two steps.
                _readers.pop(place, None)
                continue
            return reader
        raise NotBuilt(f"{self.government}: 검색 색인을 읽을 수 없습니다 (sijeong search rebuild)")

    def _opened(self, place: Path) -> Reader:
        with _opening:
            # What a rebuild left behind is let go with it.
            for old in [known for known in _readers if known.parent == place.parent and known != place]:
                del _readers[old]
            return _readers.setdefault(place, engine().reader(place))

    def position(self) -> Position:
        return Position.of(self.reader().mark())

    def behind(self) -> Lag:
        """How far the index is behind the database. Raises NotBuilt."""
        waiting = outbox.after(self.government.pk, self.position())
        return Lag(waiting[: Lag.MOST].count())

    def follow(self, budget: float = 60.0, *, tidy: bool = False) -> Lag:
        """Apply what waits, as far as it goes within ``budget`` seconds; what is left. Raises NotBuilt.

        Another process that follows at this moment does the work; this one waits for it within the budget.
        """
        until = time.monotonic() + budget
        while (lag := self.behind()).changes:
            with self._held("writing") as ours:
                if ours and not self._step(until, tidy=tidy):
                    return self.behind()
            if time.monotonic() >= until:
                return self.behind()
            if not ours:
                time.sleep(0.01)
        return lag

    def _step(self, until: float, *, tidy: bool) -> bool:
        """Apply changes with one writer until none waits or time is up; whether any was applied."""
        # Read anew under the lock: another process may have moved it.
        position = self.position()
        writer = engine().writer(self._current())
        applied = False
        try:
            while time.monotonic() < until or not applied:
                oldest = outbox.horizon()
                changes = list(outbox.after(self.government.pk, position)[:AT_ONCE])
                if not changes or len(position.ahead) > outbox.MOST_AHEAD:
                    break
                self._apply(writer, changes)
                position = outbox.moved(self.government.pk, position, changes, oldest)
                writer.commit(position.as_mark())
                applied = True
        finally:
            writer.close(tidy=tidy)
        return applied

    def _apply(self, writer: Writer, changes: list[Change]) -> None:
        """Write what the rows say now of everything named, which may already be more than the change itself."""
        named: dict[str, set[int]] = {}
        for change in changes:
            named.setdefault(change.kind, set()).update(change.keys)
        for source in sources().values():
            ids = {id for kind, named_ids in named.items() for id in source.concerned(kind, named_ids)}
            left = set(ids)
            for document in source.documents(self.government.pk, sorted(ids)):
                writer.put(document)
                left.discard(document.id)
            writer.delete(source.kind, left)

    def rebuild(self, progress: Progress = lambda done, total: None) -> int:
        """Build the index anew beside the old one, and put it in its place in one step; how many documents.

        The old one answers, and follows, meanwhile. What changes while it is built is followed afterwards.
        """
        with self._held("building", wait=True):
            fresh = self.folder / get_random_string(12).lower()
            try:
                done = self._fill(fresh, progress)
                with self._held("writing", wait=True):
                    self._point_to(fresh)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
        return done

    def _fill(self, fresh: Path, progress: Progress) -> int:
        # Before the first row is read: a change made meanwhile is then read twice rather than never.
        position = outbox.now(self.government.pk)
        listed = [(source, list(source.ids(self.government.pk))) for source in sources().values()]
        total, done = sum(len(ids) for _, ids in listed), 0
        writer = engine().writer(fresh, heap=BUILD_HEAP)
        try:
            for source, ids in listed:
                for start in range(0, len(ids), 500):
                    for document in source.documents(self.government.pk, ids[start : start + 500]):
                        writer.put(document)
                    done += len(ids[start : start + 500])
                    progress(done, total)
            writer.commit(position.as_mark())
        finally:
            writer.close(tidy=True)
        return total

    def _point_to(self, fresh: Path) -> None:
        told = self.folder / "current.new"
        with told.open("w") as file:
            file.write(fresh.name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(told, self.folder / "current")
        for old in self.folder.iterdir():
            if old.is_dir() and old != fresh:
                shutil.rmtree(old, ignore_errors=True)

    def is_sound(self) -> bool:
        """Whether there is an index and the log still continues it."""
        try:
            return outbox.knows(self.government.pk, self.position())
        except NotBuilt:
            return False

    def _current(self) -> Path:
        try:
            return self.folder / (self.folder / "current").read_text()
        except FileNotFoundError as error:
            raise NotBuilt(
                f"{self.government}: 검색 색인이 아직 없습니다 (sijeong search rebuild)"
            ) from error

    @contextmanager
    def _held(self, what: str, *, wait: bool = False) -> Iterator[bool]:
        """Whether this process holds the lock now. The system lets go of a dead one's."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f".{what}").open("w") as door:
            try:
                fcntl.flock(door, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True
