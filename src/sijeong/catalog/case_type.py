"""A case type: what a city promises about one kind of case. Frozen: a running case keeps its own.

Only the shape is checked here, so that a version stored years ago can still be read; whether the parts agree
with one another is for `checks` and `life`, when a city folder is read.
"""

import hashlib
import json
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from sijeong.catalog.vocabulary import (
    Act,
    Asker,
    BasisKind,
    Clock,
    FieldType,
    Mask,
    Need,
    OutcomeNeed,
    RetentionStart,
    Rule,
    SetBy,
    Unit,
    Who,
)

SAME, PREVIOUS = "same", "previous"

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Label = Annotated[str, StringConstraints(pattern=r"^[^\p{Cc}\u2028\u2029]+$", max_length=80)]
Prefix = Annotated[str, StringConstraints(pattern=r"^[^\p{Cc}\s\-]{1,20}$")]
Note = Annotated[str, StringConstraints(max_length=2000)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, validate_by_name=True)


class Basis(Part):
    kind: BasisKind
    article: Note = ""
    note: Note = ""


class Term(Part):
    """`length` in `unit`, counted by `rule` from the date field `starts`, or from receipt if it names none.

    `set_by` says whose number it is.
    """

    length: int = Field(ge=1, le=9999)
    unit: Unit
    rule: Rule
    set_by: SetBy
    starts: Code | None = None

    @property
    def in_hours(self) -> bool:
        """민원 처리에 관한 법률 제19조 ①: a petition of 5 days or fewer is counted in working hours."""
        short = self.rule == Rule.PETITION and self.unit == Unit.DAYS and self.length <= 5
        return short or self.unit == Unit.HOURS


class Extension(Part):
    """Each of `times` extensions may add up to `length`."""

    times: int = Field(ge=1, le=9)
    length: int = Field(ge=1, le=9999)
    unit: Unit
    needs_reason: bool
    note: Note = ""


class Reminders(Part):
    """Who is reminded when: before the due date by working days left, after it by days late."""

    before: tuple[Annotated[int, Field(ge=0, le=60)], ...] = Field(
        default=(3, 1, 0), min_length=1, max_length=9
    )
    head_from: int = Field(default=2, ge=1, le=60)
    """The day of lateness (1: the first day after the due date) from which the head is told too."""


class Named(Part):
    code: Code
    name: Label


class FormField(Named):
    type: FieldType
    required: bool = False
    help: Note = ""
    choices: tuple[Named, ...] = ()


class Outcome(Named):
    """`final` outcomes end the matter; they count only with what they need."""

    needs: OutcomeNeed
    final: bool


class State(Named):
    """`name` is what the staff see, `public` what the asker and the citizens see."""

    public: Label
    order: int = Field(ge=1, le=99)
    open: bool
    clock: Clock


class Transition(Part):
    """One act; `to` is a state, or `same` (it stays), or `previous` (the state before the present one)."""

    act: Act
    from_: tuple[Code, ...] = Field(alias="from", min_length=1)
    to: Code
    who: tuple[Who, ...] = Field(min_length=1)
    needs_reason: bool = False
    needs: tuple[Need, ...] = ()

    def target(self, state: str, previous: str | None = None) -> str:
        """The state a case in `state`, which it entered from `previous`, is in after this act."""
        if self.to == SAME:
            return state
        if self.to != PREVIOUS:
            return self.to
        if previous is None:
            raise ValueError(f"{self.act} leads to the state before {state!r}, which was not given")
        return previous


class Publication(Part):
    """`after` is the state from which a case may be published; `mask` what is taken out before."""

    public: bool
    after: Code | None = None
    mask: tuple[Mask, ...] = ()


RETENTION_YEARS = (1, 3, 5, 10, 30)
"""공공기록물 관리에 관한 법률 시행령 제26조 ①, without 영구 and 준영구: these are the archive's to decide."""


class Retention(Part):
    years: int
    from_: RetentionStart = Field(alias="from")
    basis: Note


class CaseType(Part):
    code: Code
    name: Label
    number: Prefix
    digits: int = Field(default=5, ge=3, le=9)
    basis: Basis
    askers: tuple[Asker, ...] = Field(min_length=1)
    term: Term
    norm: int | None = Field(default=None, ge=1)
    """Service norm in the unit of the term: sooner than the law asks, never later."""
    extension: Extension | None = None
    pause: bool
    reminders: Reminders = Reminders()
    kinds: tuple[Named, ...] = ()
    fields: tuple[FormField, ...] = Field(min_length=1)
    asks: Code
    """The field that holds what is asked; the others are about it."""
    answer_fields: tuple[FormField, ...] = Field(min_length=1)
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    states: tuple[State, ...] = Field(min_length=1)
    transitions: tuple[Transition, ...] = Field(min_length=1)
    publication: Publication
    retention: Retention

    @property
    def initial(self) -> State:
        """Where every case begins: the state of the lowest order."""
        return min(self.states, key=lambda state: state.order)

    @property
    def question(self) -> FormField:
        """What is asked. Raises KeyError if `asks` names no field."""
        for field in self.fields:
            if field.code == self.asks:
                return field
        raise KeyError(f"{self.code} has no field {self.asks!r}")

    @property
    def extra_fields(self) -> tuple[FormField, ...]:
        """What is told beside the question."""
        return tuple(field for field in self.fields if field.code != self.asks)

    def state(self, code: str) -> State:
        """Raises KeyError if the type has no such state."""
        for state in self.states:
            if state.code == code:
                return state
        raise KeyError(f"{self.code} has no state {code!r}")

    def acts_from(self, state: str) -> tuple[Transition, ...]:
        return tuple(each for each in self.transitions if state in each.from_)

    def transition(self, act: str, state: str) -> Transition | None:
        """The transition that `act` makes from `state`, or None if the state doesn't allow it."""
        return next((each for each in self.acts_from(state) if each.act == act), None)

    def befores(self, state: str) -> tuple[str, ...]:
        """The states from which a case may have come into `state`."""
        return tuple(code for each in self.transitions if each.to == state for code in each.from_)

    def targets(self, transition: Transition, state: str) -> tuple[str, ...]:
        """Every state that `transition` may lead to from `state`."""
        if transition.to == PREVIOUS:
            return tuple(dict.fromkeys(self.befores(state)))
        return (transition.target(state),)

    def numbered(self, year: int, serial: int) -> str:
        """자료요구-2026-00001"""
        return f"{self.number}-{year}-{serial:0{self.digits}d}"

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls.model_validate(data)


def digest(case_type: CaseType) -> str:
    """SHA-256 (hex) of what the type says.

    Values left at their default don't count: a field that a later release adds changes no digest of a type
    which doesn't use it.
    """
    said = case_type.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
