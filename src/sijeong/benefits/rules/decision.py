"""Runs the rules for one person in plain Python, with a trace of every criterion."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sijeong.benefits.rules.inputs import Inputs
from sijeong.benefits.rules.rulebook import BenefitRule, Rulebook

NO: Final = -1
UNKNOWN: Final = -2
EXCLUDED: Final = -3


class Status(enum.Enum):
    """What the rule says."""

    YES = "받을 수 있음"
    NO = "받을 수 없음"
    UNKNOWN = "더 알아야 함"
    NOT_IN_FORCE = "시행 기간이 아님"
    EXCLUDED = "다른 지원과 함께 받을 수 없음"


class Missing(Exception):
    """A rule read a fact that is not known; carries the input's name."""


class Person:
    """What a rule sees as `p`: reading an unknown fact raises `Missing`."""

    __slots__ = ("_answers", "_groups", "_prefix")

    def __init__(self, answers: Mapping[str, Any], groups: Mapping[str, Any], prefix: str = "") -> None:
        self._answers, self._groups, self._prefix = answers, groups, prefix

    def __getattr__(self, name: str) -> Any:
        if not self._prefix and name in self._groups:
            return Person(self._answers, self._groups, name + ".")
        try:
            return self._answers[self._prefix + name]
        except KeyError:
            raise Missing(self._prefix + name) from None


@dataclass(frozen=True)
class Step:
    """One criterion: held, failed, or open (None) for want of `missing`."""

    name: str
    korean: str
    holds: bool | None
    missing: str = ""


@dataclass(frozen=True)
class Decision:
    """What one benefit's rule says of one person on one day, and how it came about. `amount` is in won."""

    benefit: str
    on: dt.date
    status: Status
    amount: int
    trace: tuple[Step, ...]
    missing: tuple[str, ...] = ()
    excluded_by: str = ""

    @property
    def failed(self) -> list[str]:
        return [step.name for step in self.trace if step.holds is False]

    @property
    def code(self) -> int:
        """The number the kernel writes for this person: the amount, or why there is none."""
        if self.status is Status.YES:
            return self.amount
        return {Status.UNKNOWN: UNKNOWN, Status.EXCLUDED: EXCLUDED}.get(self.status, NO)


def decide(rule: BenefitRule, answers: Mapping[str, Any], on: dt.date, inputs: Inputs) -> Decision:
    """Decide one benefit from checked answers (see `Inputs.accept`); an absent answer is unknown.

    All criteria are run, so that every reason is told; one that fails decides, whatever else is unknown.
    """
    law = rule.law_on(on)
    if law is None:
        return Decision(rule.name, on, Status.NOT_IN_FORCE, 0, ())
    person = Person(answers, inputs.groups)
    trace = []
    for criterion in rule.criteria:
        try:
            trace.append(Step(criterion.name, criterion.korean, bool(criterion.holds(person, law))))
        except Missing as missing:
            trace.append(Step(criterion.name, criterion.korean, None, str(missing)))
    if any(step.holds is False for step in trace):
        return Decision(rule.name, on, Status.NO, 0, tuple(trace))
    lacking = list(dict.fromkeys(step.missing for step in trace if step.holds is None))
    try:
        amount = rule.rounding(rule.amount(person, law))
    except Missing as missing:
        lacking = list(dict.fromkeys([*lacking, str(missing)]))
    if lacking:
        return Decision(rule.name, on, Status.UNKNOWN, 0, tuple(trace), tuple(lacking))
    return Decision(rule.name, on, Status.YES, amount, tuple(trace))


def decide_all(rulebook: Rulebook, answers: Mapping[str, Any], on: dt.date) -> dict[str, Decision]:
    """Decide every benefit of the rulebook, then what excludes what."""
    decisions = {name: decide(rule, answers, on, rulebook.inputs) for name, rule in rulebook.benefits.items()}
    for this, other, stays in rulebook.exclusions():
        first, second = decisions[this], decisions[other]
        if first.status is Status.YES and second.status is Status.YES:
            keep_this = stays == "this" or (stays == "higher" and first.amount >= second.amount)
            loser, winner = (other, this) if keep_this else (this, other)
            decisions[loser] = replace(decisions[loser], status=Status.EXCLUDED, amount=0, excluded_by=winner)
    return decisions
