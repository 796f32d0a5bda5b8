"""The review of a case before its publication: what was found, what was decided of it, what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sijeong.cases.models import Case
from sijeong.documents import asides
from sijeong.privacy import Kind, find, mask, redacted

from .city import portal_of
from .material import Enclosure, Material, Piece, material_of
from .models import Decision

# Beside the kinds of personal data: what a reviewer chose by hand, what no reader could read, a whole file.
MANUAL, UNREAD, FILE = "manual", "unread", "file"
KINDS = {MANUAL: "직접 고른 글", UNREAD: "읽지 못한 부분", FILE: "파일"}
CONTEXT = 60
# What a type need not have taken out (``publication.mask``): a number that names somebody is always asked about.
OPTIONAL = {Kind.NAME, Kind.ADDRESS}
# Why something may stay: one key each on the page.
REASONS = {
    "office": "기관·부서의 연락처",
    "duty": "공개되는 직무상 정보(공무원의 직위·성명 등)",
    "none": "개인정보가 아님",
    "consent": "당사자가 공개에 동의함",
}
LOOKED = "파일을 열어 보고 개인정보가 없음을 확인함"


@dataclass(frozen=True)
class Place:
    """Something to decide: a finding in a text, a file that could not be read whole, or what was chosen by hand."""

    piece: Piece
    start: int
    end: int
    kind: str
    certainty: str
    why: str
    decision: Decision | None

    @property
    def key(self) -> tuple[str, str, int, int, str]:
        return self.piece.key, self.piece.digest, self.start, self.end, self.kind

    @property
    def text(self) -> str:
        return self.piece.text[self.start : self.end]

    @property
    def masked(self) -> str:
        return mask(self.kind, self.text)

    @property
    def label(self) -> str:
        return Kind(self.kind).label if self.kind in set(Kind) else KINDS[self.kind]

    @cached_property
    def _line(self) -> tuple[str, int, int]:
        return asides.place_at(self.piece.text, self.start) if self.start < self.end else ("", 0, 0)

    @property
    def where(self) -> str:
        """What of a file says it, where that is not on its pages: "문서 속성: 작성자"."""
        return self._line[0]

    @property
    def before(self) -> str:
        first = max(self._line[1], self.start - CONTEXT)
        return ("…" if first > self._line[1] else "") + self.piece.text[first : self.start]

    @property
    def after(self) -> str:
        last = min(self._line[2], self.end + CONTEXT)
        return self.piece.text[self.end : last] + ("…" if last < self._line[2] else "")


class Review:
    """Material, places and decisions of one case, as the rows are now."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.material: Material = material_of(case, portal_of(case.government).rules)
        rows = Decision.objects.filter(case=case).select_related("by")
        self._decided = {(d.piece, d.digest, d.start, d.end, d.kind): d for d in rows}

    @cached_property
    def withheld(self) -> set[str]:
        """Text keys of the files that a reviewer keeps back whole: neither their names nor their texts are public."""
        return {
            enclosure.text_key
            for enclosure in self.material.enclosures
            if (decision := self._of_file(enclosure, FILE)) and decision.choice == Decision.Choice.WITHHOLD
        }

    def _of_file(self, enclosure: Enclosure, kind: str) -> Decision | None:
        """What was decided of the file as a whole; bytes never change, so neither does their digest."""
        return self._decided.get((enclosure.text_key, enclosure.file.sha256, 0, 0, kind))

    @cached_property
    def places(self) -> list[Place]:
        """Everything to decide or decided, in the order of the texts."""
        return [place for piece in self.material.pieces for place in self._in(piece)] + list(self._unread())

    def _in(self, piece: Piece) -> Iterator[Place]:
        if piece.key in self.withheld or piece.key.removesuffix(".name") + ".text" in self.withheld:
            return
        wanted = {str(kind) for kind in self.case.case_type.publication.mask}
        by_hand = [
            (d.start, d.end, d) for d in self._decided.values()
            if d.kind == MANUAL and (d.piece, d.digest) == (piece.key, piece.digest) and d.choice == Decision.Choice.MASK
        ]  # fmt: skip
        for f in find(piece.text, self.material.rules):
            if f.kind in OPTIONAL and f.kind not in wanted:
                continue
            if any(start <= f.start and f.end <= end for start, end, _ in by_hand):
                continue
            key = (piece.key, piece.digest, f.start, f.end, f.kind.value)
            yield Place(piece, f.start, f.end, f.kind, f.certainty.label, f.why, self._decided.get(key))
        for start, end, decision in sorted(by_hand, key=lambda each: each[0]):
            yield Place(piece, start, end, MANUAL, "", "검토자가 골랐습니다", decision)

    def _unread(self) -> Iterator[Place]:
        for enclosure in self.material.enclosures:
            if enclosure.contents and enclosure.contents.unread and enclosure.text_key not in self.withheld:
                piece = WholeFile(
                    enclosure.text_key, enclosure.file.name, "", enclosure.file.sha256, enclosure.file.pk
                )
                why = f"읽지 못한 것: {enclosure.contents.unread}"
                decision = self._of_file(enclosure, UNREAD)
                # Who looked at it before the reader came to say something else of it did not know what to look for.
                known = decision and decision.at >= enclosure.contents.read_at
                yield Place(piece, 0, 0, UNREAD, "", why, decision if known else None)

    @property
    def unlooked(self) -> bool:
        """Whether something of a file could not be read, and nobody has looked at it."""
        return any(place.decision is None for place in self._unread())

    @property
    def undecided(self) -> list[Place]:
        return [place for place in self.places if place.decision is None]

    @property
    def reading(self) -> list[Enclosure]:
        """Files that the worker has not read yet."""
        return [enclosure for enclosure in self.material.enclosures if enclosure.contents is None]

    @property
    def ready(self) -> bool:
        return not self.undecided and not self.reading

    def public_text(self, key: str) -> str:
        """The text under ``key`` with every masked place masked; nothing where there is no such text."""
        piece = self.material.piece(key)
        if piece is None:
            return ""
        return redacted(piece.text, [(p.start, p.end, p.kind) for p in self.masked if p.piece.key == key])

    @cached_property
    def masked(self) -> list[Place]:
        return [p for p in self.places if p.decision and p.decision.choice == Decision.Choice.MASK]


@dataclass(frozen=True)
class WholeFile(Piece):
    """A file as such, by the digest of its bytes."""

    sha256: str = ""
    file: int = 0

    @property
    def digest(self) -> str:
        return self.sha256
