"""Rows of a sheet understood as cases, or refused with the cell and the reason. Reads the database, writes nothing."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone

from sijeong.catalog.case_type import FormField
from sijeong.org.models import Government, Post, Role, Unit, User
from sijeong.sheets.reading import Row, folded, read

from . import cells
from .columns import columns_for, title_of
from .korean import settled
from .models import Case, CaseTypeVersion
from .plans import Dated, dated

LONGEST = 20_000


@dataclass(frozen=True)
class Refusal:
    """A cell that cannot be taken as it is."""

    place: str
    value: str
    why: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "why", settled(self.why))


@dataclass(frozen=True)
class Incoming:
    """A row understood."""

    place: int
    key: str
    order: int | None
    number: str
    kind: str
    title: str
    question: str
    fields: dict[str, Any]
    asker_name: str
    asker: User | None
    received_on: dt.date
    lead: Unit | None
    joint: tuple[Unit, ...]
    outcome: str
    body: dict[str, str]
    plans: tuple[Dated, ...]


@dataclass
class Reading:
    """What a file would bring: rows to take, rows already here, and what must be mended first."""

    version: CaseTypeVersion
    rows: list[Incoming] = field(default_factory=list)
    known: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # headings of columns that are left alone

    @property
    def by_kind(self) -> Counter[str]:
        names = {k.code: k.name for k in self.version.case_type.kinds}
        return Counter(names.get(row.kind, "") for row in self.rows)

    @property
    def by_outcome(self) -> Counter[str]:
        names = {o.code: o.name for o in self.version.case_type.outcomes}
        return Counter(names.get(row.outcome, "결과 없음") for row in self.rows)


def key_of(type_code: str, question: str, *, kind: str, order: str, asker: str, received: str) -> str:
    """By which a row that came once is known when it comes again: what its cells ask."""
    told = (type_code, kind, order, folded(question), asker, received)
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()


class Reader:
    """Understands rows for one government, type and default day of receipt."""

    def __init__(self, government: Government, version: CaseTypeVersion, received_on: dt.date) -> None:
        self.version, self.case_type, self.received_on = version, version.case_type, received_on
        alive = Unit.objects.filter(government=government, valid_to=None).order_by("pk")
        self.units = {folded(unit.name): unit for unit in alive if unit.answers_cases}
        seats = Post.objects.on(timezone.localdate()).filter(
            role=Role.COUNCIL_MEMBER, unit__government=government
        )
        names = Counter[str]()
        self.members: dict[str, User] = {}
        for member in User.objects.filter(pk__in=seats.values("user_id")):
            names[member.name] += 1
            self.members[member.name] = member
        # Two members of one name: the sheet does not say which, so that neither is named.
        self.members = {name: user for name, user in self.members.items() if names[name] == 1}

    def understand(self, row: Row) -> tuple[Incoming | None, list[Refusal]]:
        """The row as a case, or what is wrong with its cells."""
        refused: list[Refusal] = []

        def refuse(code: str, why: str) -> None:
            refused.append(Refusal(row.place(code), row.values.get(code, "")[:80], why))

        def value(code: str) -> str:
            return row.values.get(code, "")

        for code, given in row.values.items():
            if len(given) > LONGEST:
                refuse(
                    code, f"{len(given):,}자입니다. {LONGEST:,}자까지 받습니다. 나머지는 파일로 붙이십시오"
                )
        question = value("question")
        if not question:
            refuse("question", f"{self.case_type.question.name}이(가) 비었습니다")
        kind = self._choice(
            value("kind"), self.case_type.kinds, lambda why: refuse("kind", why), bool(self.case_type.kinds)
        )
        outcome = self._choice(
            value("outcome"), self.case_type.outcomes, lambda why: refuse("outcome", why), False
        )
        order = value("order")
        if order and not order.isdecimal():
            refuse("order", "연번은 숫자여야 합니다")
        received = self._day(value("received"), lambda why: refuse("received", why))
        units = self._units(value("units"), lambda why: refuse("units", why))
        fields = self._told(row, "field.", self.case_type.extra_fields, refuse)
        body = {
            code: str(value)
            for code, value in self._told(row, "answer.", self.case_type.answer_fields, refuse).items()
        }
        if refused:
            return None, refused
        key = key_of(
            self.version.code,
            question,
            kind=kind,
            order=order,
            asker=value("asker"),
            received=value("received"),
        )
        return Incoming(
            place=row.number, key=key,
            order=int(order) if order else None, number=value("number"), kind=kind, title=(value("title") or title_of(question))[:200],
            question=question, fields=fields, asker_name=value("asker")[:80] or "출처에 없음",
            asker=self.members.get(value("asker")), received_on=received or self.received_on,
            lead=units[0] if units else None, joint=tuple(units[1:]), outcome=outcome, body=body,
            plans=tuple(dated(body.get("plan", ""))),
        ), []  # fmt: skip

    def _choice(self, given: str, choices: tuple, refuse: Callable[[str], None], required: bool) -> str:
        if not given and not required:
            return ""
        for choice in choices:
            if folded(given) in {folded(choice.name), folded(choice.code)} and given:
                return str(choice.code)
        refuse("가능한 값: " + ", ".join(choice.name for choice in choices))
        return ""

    def _day(self, given: str, refuse: Callable[[str], None]) -> dt.date | None:
        if not given:
            return None
        try:
            day = cells.day_of(given)
        except ValueError as error:
            refuse(str(error))
            return None
        if day > timezone.localdate():
            refuse("아직 오지 않은 날입니다")
        return day

    def _told(
        self, row: Row, prefix: str, fields: Iterable[FormField], refuse: Callable[[str, str], None]
    ) -> dict[str, Any]:
        """The fields of the type that the row tells."""
        found = {}
        for one in fields:
            code = prefix + one.code
            if given := row.values.get(code, ""):
                try:
                    found[one.code] = cells.taken(one, given)
                except ValueError as error:
                    refuse(code, str(error))
        return found

    def _units(self, given: str, refuse: Callable[[str], None]) -> list[Unit]:
        found: dict[int, Unit] = {}
        for name in filter(None, (part.strip() for part in re.split(r"[,、/;\n]", given))):
            unit = self.units.get(folded(name))
            if unit is None:
                near = difflib.get_close_matches(folded(name), self.units, n=3, cutoff=0.5)
                hint = f" 비슷한 부서: {', '.join(self.units[key].name for key in near)}" if near else ""
                refuse(f"‘{name}’은(는) 지금 있는 부서가 아닙니다.{hint}")
            else:
                found[unit.pk] = unit
        return list(found.values())


def understand(
    *, government: Government, version: CaseTypeVersion, path: Path, kind: str, received_on: dt.date,
    progress: Callable[[int], None] = lambda rows: None,
) -> Reading:  # fmt: skip
    """Read the whole file against the database: the dry run. Raises SheetRefused where it is no sheet of the type."""
    reader, reading = Reader(government, version, received_on), Reading(version)
    seen: dict[str, int] = {}
    rows = read(path, kind, columns_for(version.case_type), reading.unread.extend)
    for number, row in enumerate(rows, 1):
        incoming, refused = reader.understand(row)
        reading.refusals += refused
        if incoming and incoming.key in seen:
            reading.refusals.append(
                Refusal(
                    f"{row.number}행",
                    incoming.title,
                    f"{seen[incoming.key]}행과 같은 행입니다. 하나를 지우십시오",
                )
            )
        elif incoming:
            seen[incoming.key] = row.number
            reading.rows.append(incoming)
        if number % 1000 == 0:
            progress(number)
    known = _known(government, seen) | _filed_here(government, reading)
    reading.known = len(known)
    reading.rows = [row for row in reading.rows if row.key not in known]
    return reading


def _filed_here(government: Government, reading: Reading) -> set[str]:
    """Keys of rows that tell the number of a case of ours; refused where the case asks something else."""
    numbered = [row for row in reading.rows if row.number]
    found = set[str]()
    for start in range(0, len(numbered), 500):
        chunk = numbered[start : start + 500]
        ours = Case.objects.filter(government=government, number__in={row.number for row in chunk})
        questions = dict(ours.values_list("number", "question"))
        for row in chunk:
            if row.number not in questions:
                continue
            found.add(row.key)
            if folded(questions[row.number]) != folded(row.question):
                why = "이미 있는 사안의 번호인데 내용이 다릅니다. 새 사안이면 번호를 지우십시오"
                reading.refusals.append(Refusal(f"{row.place}행", row.number, why))
    return found


def _known(government: Government, keys: dict[str, int]) -> set[str]:
    """Keys of rows that an earlier import took in."""
    listed, known = list(keys), set[str]()
    for start in range(0, len(listed), 500):
        chunk = Case.objects.filter(government=government, source_key__in=listed[start : start + 500])
        known.update(key for key in chunk.values_list("source_key", flat=True) if key)
    return known
