"""What an allocation is, as text in the city folder: read from YAML, checked, errors with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

P = TypeVar("P", bound="Part")
Percent = Annotated[int, Field(ge=0, le=100)]


class BadDefinition(Exception):
    """One message a fault: `file:line: what is wrong`."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Table(Part):
    """Whose table it is (`noun`), and the heading under which each column stands in the spreadsheet."""

    noun: str
    columns: dict[str, str]


class PriorityClass(Part):
    code: str = Field(min_length=1, max_length=20)
    name: str
    basis: str = Field(min_length=1, description="the law or policy that puts this class where it stands")


class Quota(Part):
    """Of every place at most `percent` for `share`; above that at `price` a place, or never without a price."""

    share: str
    percent: Percent
    price: int | None = Field(default=None, ge=1)


class ByDivision(Part):
    """The class of what divisions ask for: of divisions by `named`, of those with so many open cases by `busy`, else
    the last one. Who draws up the list decides by it, not who applies."""

    named: dict[str, tuple[str, ...]] = {}
    busy: dict[str, Annotated[int, Field(ge=1)]] = {}


class Places(Part):
    """Places with a capacity: nearest first. Without `districts` distance plays no part."""

    districts: str | None = None
    reach: int = Field(default=99, ge=0)
    weights: tuple[int, ...] = ()
    tiers: tuple[tuple[Percent, int], ...] = ((100, 0),)
    stay: dict[str, int] = {}
    step_down: dict[str, tuple[int, str]] = {}

    @model_validator(mode="after")
    def rising(self) -> Places:
        shares, prices = zip(*self.tiers, strict=True)
        if list(shares) != sorted(set(shares)) or shares[-1] != 100 or list(prices) != sorted(set(prices)):
            raise ValueError("tiers: shares and prices must both rise, the last share being 100")
        return self


class Season(Part):
    """Rooms of one type: `high` in high season, `low` otherwise."""

    room: str
    high: int = Field(ge=0)
    low: int = Field(ge=0)


class Nights(Part):
    """Rooms over nights: from `first` to `last` night; high season by month, weekday (0 Monday) or date."""

    first: date
    last: date
    high_months: tuple[int, ...] = ()
    high_weekdays: tuple[int, ...] = ()
    high_dates: tuple[date, ...] = ()
    rooms: tuple[Season, ...]
    longest: int = Field(default=4, ge=1)


class Choices(Part):
    """Choice by both sides: up to `up_to` regions of one area; scores of the regions; mentors one to one."""

    up_to: int = Field(default=3, ge=1)
    mentors: bool = False


class Visits(Part):
    """Visits of one week: `slots` as written in calendars; `each` visits a slot, `most` a week by one person."""

    districts: str
    slots: tuple[str, ...]
    fields: tuple[str, ...]
    each: int = Field(default=2, ge=1)
    most: int = Field(default=12, ge=1)
    longest: int = Field(default=10, ge=1, description="visits a household may have in all")
    average: int | None = Field(default=None, ge=1, description="visits a household should have on average")
    seconds: int = Field(default=60, ge=1)


def present(part: P | None) -> P:
    """A part that the structure of the definition says is there."""
    if part is None:
        raise TypeError("a definition of another structure")
    return part


class Definition(Part):
    allocation: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    basis: tuple[str, ...] = Field(min_length=1)
    applicants: Table
    resources: Table
    classes: tuple[PriorityClass, ...] = Field(min_length=1)
    by_division: ByDivision | None = None
    must_serve: tuple[str, ...] = ()
    tie: Literal["received", "lottery"]
    needs: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    quotas: tuple[Quota, ...] = ()
    aims: tuple[str, ...] = ()
    places: Places | None = None
    nights: Nights | None = None
    choices: Choices | None = None
    visits: Visits | None = None

    @property
    def the_places(self) -> Places:
        return present(self.places)

    @property
    def the_nights(self) -> Nights:
        return present(self.nights)

    @property
    def the_visits(self) -> Visits:
        return present(self.visits)

    @property
    def structure(self) -> str:
        return next(name for name in STRUCTURES if getattr(self, name) is not None)

    @property
    def lends(self) -> bool:
        """Whether a share may take rooms of the others at a price."""
        return self.nights is not None and any(quota.price for quota in self.quotas)

    @property
    def method(self) -> str:
        return "lending" if self.lends else self.structure

    @model_validator(mode="after")
    def coherent(self) -> Definition:
        if sum(getattr(self, name) is not None for name in STRUCTURES) != 1:
            raise ValueError(f"allocation: exactly one of {', '.join(STRUCTURES)} is needed")
        codes = [each.code for each in self.classes]
        if len(set(codes)) != len(codes):
            raise ValueError("classes: a code stands twice")
        unknown = set(self.must_serve) - set(codes) | {q.share for q in self.quotas} - set(self.shares)
        if unknown:
            raise ValueError(f"must_serve, quotas: unknown {', '.join(sorted(unknown))}")
        allowed = AIMS[self.structure]
        if set(self.aims) - set(allowed) or len(set(self.aims)) != len(self.aims):
            raise ValueError(f"aims: each once, of {', '.join(allowed)}")
        for side, needed in (("applicants", APPLICANT), ("resources", RESOURCE)):
            missing = set(needed[self.structure]) - set(getattr(self, side).columns)
            if missing:
                raise ValueError(f"{side}.columns: {', '.join(sorted(missing))} is missing")
        return self

    @model_validator(mode="after")
    def known_terms(self) -> Definition:
        if any(quota.price for quota in self.quotas) != ("quota" in self.aims):
            raise ValueError("aims: quota belongs to quotas with a price, and they to it")
        if len({quota.share for quota in self.quotas}) != len(self.quotas):
            raise ValueError("quotas: a share stands twice")
        first = {each.code for each in self.classes[: len(set(self.must_serve))]}
        if set(self.must_serve) != first and self.must_serve:
            raise ValueError(
                "must_serve: these must be the first of the classes, or others would go before them"
            )
        told = self.by_division or ByDivision()
        if unknown := {*told.named, *told.busy} - {each.code for each in self.classes}:
            raise ValueError(f"by_division: unknown class {', '.join(sorted(unknown))}")
        if "even" in self.aims and not (
            self.visits and self.visits.average and "done" in self.applicants.columns
        ):
            raise ValueError("aims: even needs visits.average and the column done")
        if self.quotas and (self.choices or self.visits):
            raise ValueError("quotas: possible with places and nights only")
        if self.places:
            strange = set(self.places.stay) - {each.code for each in self.classes}
            steps = self.places.step_down.items()
            strange |= {need for key, (_, after) in steps for need in (key, after)} - set(self.needs)
            if strange:
                raise ValueError(f"places: stay, step_down: unknown {', '.join(sorted(strange))}")
        return self


STRUCTURES = ("places", "nights", "choices", "visits")
AIMS = {
    "places": ("moved", "quota", "own", "distance", "balance"),
    "nights": ("quota", "before", "nights", "rank"),
    "choices": (),
    "visits": ("served", "even", "same", "travel", "balance", "rank"),
}
APPLICANT = {
    "places": ("id", "received", "class"),
    "nights": ("id", "received", "class", "room", "start", "nights"),
    "choices": ("id", "received", "class", "area", "wish1"),
    "visits": ("id", "received", "class", "place", "field", "slots"),
}
RESOURCE = {
    "places": ("id", "capacity"),
    "nights": (),
    "choices": ("id", "area", "capacity"),
    "visits": ("id", "place", "field", "slots"),
}


def load(path: Path) -> Definition:
    """The definition in a YAML file. Raises BadDefinition with `file:line: what is wrong`."""
    text = path.read_text(encoding="utf-8")
    return parse(text, path.name)


def parse(text: str, name: str) -> Definition:
    """The definition in a YAML text; `name` stands in the errors."""
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = mark.line + 1 if mark else 1
        raise BadDefinition([f"{name}:{at}: {getattr(error, 'problem', error)}"]) from None
    try:
        return Definition.model_validate(data)
    except ValidationError as error:
        raise BadDefinition(
            [f"{name}:{line_of(tree, where)}: {what}" for where, what in faults(error)]
        ) from None


def faults(error: ValidationError) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Path and words of each fault; our own checks name the place before a colon."""
    for fault in error.errors(include_url=False):
        where, what = tuple(fault["loc"]), fault["msg"]
        if fault["type"] == "value_error":
            named, _, what = what.removeprefix("Value error, ").partition(": ")
            where += tuple(named.split(", ")[0].split("."))
        yield where, f"{'.'.join(str(step) for step in where)}: {what}"


def line_of(node: yaml.Node | None, path: tuple[Any, ...]) -> int:
    """The line of the deepest part of `path` that is written down."""
    line = node.start_mark.line + 1 if node else 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line
