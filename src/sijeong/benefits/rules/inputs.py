"""The facts a rule may ask for: type, unit, range, question, and why it is asked. Text in `inputs.yaml`.

A fact belongs to a person, or to a group of persons (household, couple) as an aggregate over its members,
which the rule reads as `p.household.income`. Groups are declared with the key column that names them.
"""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from sijeong.benefits.rules.marks import Marked, Problem, demand, read

KINDS: Final = ("bool", "int", "choice")
AGGREGATES: Final = ("count", "sum", "any", "max", "min")
_REQUIRED: Final = {"type", "question", "why"}
_ALLOWED: Final = {
    "unit",
    "range",
    "missing",
    "since",
    "source",
    "choices",
    "aggregate",
    "odds",
    "fixed",
    "history",
    "shortcut",
    "within",
}


class BadAnswer(ValueError):
    """An answer of the wrong type or out of range; the message names the input and what is allowed."""


@dataclass(frozen=True)
class Input:
    """One declared fact. `missing` says what an empty cell is: refused, or counted as unknown."""

    name: str
    kind: str
    question: str
    why: str
    unit: str = ""
    low: int = 0
    high: int = 1
    missing: str = "refuse"
    since: str = ""  # asked as a date; the value is the completed years, months, days or calendar_years
    source: str = ""  # the question's own name, where one date answers for several inputs
    choices: tuple[str, ...] = ()
    aggregate: tuple[str, str] = ("", "")
    odds: dict[Any, float] = field(
        default_factory=dict
    )  # how likely each answer is, for the order of questions
    fixed: bool = False  # nothing the person could change
    history: str = ""  # filled by the office from earlier decisions of the named benefit
    within: int = (
        0  # how many months an earlier grant of `history` counts; 0: for ever, won within the calendar year
    )
    shortcut: tuple[str, int] | None = None  # an answer many give, offered in words beside the number or date
    line: int = 1

    @property
    def group(self) -> str:
        return self.name.partition(".")[0] if "." in self.name else ""

    @property
    def dtype(self) -> np.dtype[Any]:
        """The smallest integer whose ends lie outside the range; its lowest value marks an empty cell."""
        for kind in (np.int8, np.int16, np.int32):
            if np.iinfo(kind).min < self.low and self.high < np.iinfo(kind).max:
                return np.dtype(kind)
        return np.dtype(np.int64)

    @property
    def null(self) -> int:
        return int(np.iinfo(self.dtype).min)

    @property
    def allowed(self) -> str:
        if self.kind == "bool":
            return "예 또는 아니오"
        if self.kind == "choice":
            return ", ".join(self.choices)
        return f"{self.low:,}~{self.high:,}{self.unit}"

    def accept(self, answer: object, on: dt.date) -> bool | int | str:
        """Return an answer as the rules see it. A date is counted to `on` where the input is asked as one."""
        if self.since and isinstance(answer, dt.date):
            if answer > on:
                raise BadAnswer(f"{self.name}: {answer}은(는) 기준일 {on}보다 뒤입니다")
            answer = completed(self.since, answer, on)
        wanted: type = {"bool": bool, "int": int, "choice": str}[self.kind]
        if type(answer) is not wanted:
            raise BadAnswer(f"{self.name}: {answer!r}은(는) 쓸 수 없습니다 (허용: {self.allowed})")
        if self.kind == "int" and not self.low <= answer <= self.high:  # type: ignore[operator]
            raise BadAnswer(f"{self.name}: {answer:,}은(는) 범위 밖입니다 (허용: {self.allowed})")
        if self.kind == "choice" and answer not in self.choices:
            raise BadAnswer(f"{self.name}: {answer!r}은(는) 고를 수 없습니다 (허용: {self.allowed})")
        return answer  # type: ignore[return-value]

    def decode(self, code: int) -> bool | int | str:
        """Return the answer that a column's integer stands for."""
        if self.kind == "bool":
            return bool(code)
        return self.choices[code] if self.kind == "choice" else int(code)

    def encode(self, answer: bool | int | str) -> int:
        return self.choices.index(answer) if isinstance(answer, str) else int(answer)


def completed(unit: str, start: dt.date, on: dt.date) -> int:
    """Count the completed units from `start` to `on`.

    Years as in 민법 제158조 (the day of birth counts, so an age is reached on the birthday; one born on 29
    February reaches it on 1 March of a common year). `calendar_years` is the difference of the years'
    numbers.
    """
    if unit == "days":
        return (on - start).days
    if unit == "calendar_years":
        return on.year - start.year
    months = (on.year - start.year) * 12 + on.month - start.month - (on.day < start.day)
    return months // 12 if unit == "years" else months


@dataclass(frozen=True)
class Group:
    """Persons counted together; `key` is the column that names the group. `alone`: what no group at all
    means."""

    name: str
    key: str
    korean: str
    missing: str


@dataclass(frozen=True)
class Inputs:
    """All declared facts of a city, in the order they are written."""

    path: Path
    by_name: dict[str, Input]
    groups: dict[str, Group]
    life: tuple[str, ...] = ()  # the situations of life that benefits name, in the order they are offered

    def __getitem__(self, name: str) -> Input:
        return self.by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def accept(self, answers: dict[str, Any], on: dt.date) -> dict[str, bool | int | str]:
        """Return checked answers. A date given for a `source` answers every input of it. Raises
        `BadAnswer`."""
        accepted = {}
        for name, answer in answers.items():
            targets = [name] if name in self.by_name else self.of_source(name)
            if not targets:
                raise BadAnswer(f"{name}: 선언되지 않은 입력입니다")
            accepted.update({target: self.by_name[target].accept(answer, on) for target in targets})
        return accepted

    def asked(self, key: str) -> Input:
        """Return the input behind a question, or the first of those that one date answers."""
        return self.by_name[key] if key in self.by_name else self.by_name[self.of_source(key)[0]]

    def worded(self, key: str, answer: bool | int | str | None) -> str:
        """Return an answer in words; a date comes as its ISO text, None is what the person does not know."""
        declared = self.asked(key)
        if answer is None:
            return "모름"
        if isinstance(answer, bool):
            return "예" if answer else "아니오"
        if declared.shortcut and answer == declared.shortcut[1]:
            return declared.shortcut[0]
        if isinstance(answer, int):
            return f"{answer:,}{declared.unit}"
        return f"{dt.date.fromisoformat(answer):%Y. %m. %d.}" if declared.since else answer

    def of_source(self, source: str) -> list[str]:
        """Return the inputs that one question answers."""
        return [name for name, declared in self.by_name.items() if declared.source == source]


def load(path: Path) -> Inputs:
    """Read `inputs.yaml`. Raises `Problem` with file and line."""
    content = read(path)
    demand(path, content, required={"inputs"}, allowed={"groups", "life"})
    groups = {
        name: Group(name=name, key=entry["key"], korean=entry["label"], missing=entry["missing"])
        for name, entry in content.get("groups", {}).items()
    }
    inputs = {name: _input(path, name, entry) for name, entry in content["inputs"].items()}
    for name, declared in inputs.items():
        _check_group(path, declared, inputs, groups)
        if declared.kind == "int" and declared.low >= declared.high:
            raise Problem(path, declared.line, f"{name}: 범위의 아래가 위보다 작아야 합니다")
    return Inputs(path, inputs, groups, tuple(content.get("life", ())))


def _input(path: Path, name: str, entry: Marked) -> Input:
    demand(path, entry, required=_REQUIRED, allowed=_ALLOWED)
    kind, choices = entry["type"], tuple(entry.get("choices", ()))
    if kind not in KINDS:
        raise Problem(
            path, entry.line_of("type"), f"{name}: type은 {', '.join(KINDS)} 가운데 하나여야 합니다"
        )
    if kind == "int" and not {"range", "unit"} <= entry.keys():
        raise Problem(path, entry.line, f"{name}: 수에는 range와 unit이 있어야 합니다")
    if kind == "choice" and len(choices) < 2:
        raise Problem(path, entry.line, f"{name}: 고를 것(choices)이 둘 이상 있어야 합니다")
    if entry.get("missing", "refuse") not in ("refuse", "unknown"):
        raise Problem(path, entry.line_of("missing"), f"{name}: missing은 refuse 또는 unknown이어야 합니다")
    low, high = entry["range"] if kind == "int" else (0, max(1, len(choices) - 1))
    return Input(
        name=name, kind=kind, question=entry["question"], why=entry["why"], unit=entry.get("unit", ""),
        low=low, high=high, missing=entry.get("missing", "refuse"), since=entry.get("since", ""),
        source=entry.get("source", ""),
        choices=choices, aggregate=_aggregate(path, name, entry), odds=dict(entry.get("odds", {})),
        fixed=entry.get("fixed", False), history=entry.get("history", ""), within=entry.get("within", 0), line=entry.line,
        shortcut=_shortcut(path, name, entry, low, high),
    )  # fmt: skip


def _shortcut(path: Path, name: str, entry: Marked, low: int, high: int) -> tuple[str, int] | None:
    if "shortcut" not in entry:
        return None
    given = entry["shortcut"]
    demand(path, given, required={"label", "value"}, allowed=set())
    if entry["type"] != "int" or type(given["value"]) is not int or not low <= given["value"] <= high:
        raise Problem(path, entry.line_of("shortcut"), f"{name}: shortcut의 값은 범위 안의 정수여야 합니다")
    return (str(given["label"]), given["value"])


def _aggregate(path: Path, name: str, entry: Marked) -> tuple[str, str]:
    text = str(entry.get("aggregate", ""))
    if not text:
        return ("", "")
    operation, _, of = text.partition(" ")
    if operation not in AGGREGATES or (operation == "count") != (of == ""):
        message = f"{name}: aggregate는 count 또는 '{' | '.join(AGGREGATES[1:])} 입력이름'이어야 합니다"
        raise Problem(path, entry.line_of("aggregate"), message)
    return (operation, of)


def _check_group(path: Path, declared: Input, inputs: dict[str, Input], groups: dict[str, Group]) -> None:
    operation, of = declared.aggregate
    if bool(declared.group) != bool(operation):
        raise Problem(path, declared.line, f"{declared.name}: '묶음.이름' 꼴의 입력에만 aggregate를 씁니다")
    if declared.group and declared.group not in groups:
        raise Problem(
            path, declared.line, f"{declared.name}: 묶음 '{declared.group}'이(가) 선언되지 않았습니다"
        )
    if of and (of not in inputs or inputs[of].group):
        raise Problem(path, declared.line, f"{declared.name}: 모을 입력 '{of}'이(가) 선언되지 않았습니다")
