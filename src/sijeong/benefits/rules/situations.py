"""Situations beside each rule: a person, a day, and what the rule must say. Text a lawyer can read and
add to.

    base: {resident: true, age: 35, …}          # a person who gets it
    situations:
      - {name: 상한, day: 2024-03-02, given: {cost: 9000000}, expect: {amount: 2000000}}
      - {name: 남성, day: 2024-03-02, given: {female: false}, expect: {fails: [woman]}}
      - {name: 비용 모름, day: 2024-03-02, given: {cost: null}, expect: {unknown: [cost]}}
      - {name: 시행 전, day: 2023-08-31, expect: {not_in_force: true}}

`given` overlays `base`; null takes a fact away. Dates stand for ages and durations.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sijeong.benefits.rules import marks
from sijeong.benefits.rules.decision import Decision, Status, decide
from sijeong.benefits.rules.inputs import BadAnswer, Inputs
from sijeong.benefits.rules.marks import Marked, Problem
from sijeong.benefits.rules.parameters import Parameter, Value
from sijeong.benefits.rules.rulebook import BenefitRule

_EXPECTATIONS = {"amount", "fails", "unknown", "not_in_force"}


@dataclass(frozen=True)
class Situation:
    """One case with its expected outcome; `line` is where it is written."""

    name: str
    on: dt.date
    answers: dict[str, Any]
    expect: dict[str, Any]
    line: int


def path_of(rule: BenefitRule) -> Path:
    return rule.path.with_suffix(".situations.yaml")


def load(rule: BenefitRule, inputs: Inputs) -> list[Situation]:
    """Read a rule's situations. Raises `Problem` with file and line."""
    path = path_of(rule)
    content = marks.read(path)
    marks.demand(path, content, required={"base", "situations"}, allowed=set())
    return [_situation(path, content["base"], entry, inputs) for entry in content["situations"]]


def _situation(path: Path, base: Marked, entry: Marked, inputs: Inputs) -> Situation:
    marks.demand(path, entry, required={"name", "day", "expect"}, allowed={"given"})
    marks.demand(path, entry["expect"], required=set(), allowed=_EXPECTATIONS)
    given = {**base, **entry.get("given", {})}
    try:
        answers = inputs.accept(
            {name: value for name, value in given.items() if value is not None}, entry["day"]
        )
    except BadAnswer as error:
        raise Problem(path, entry.line, str(error)) from None
    return Situation(entry["name"], entry["day"], answers, dict(entry["expect"]), entry.line)


def outcome(decision: Decision) -> dict[str, Any]:
    """Return a decision in the words of `expect`."""
    if decision.status is Status.NOT_IN_FORCE:
        return {"not_in_force": True}
    if decision.status is Status.NO:
        return {"fails": sorted(decision.failed)}
    if decision.status is Status.UNKNOWN:
        return {"unknown": sorted(decision.missing)}
    return {"amount": decision.amount}


def expected(situation: Situation) -> dict[str, Any]:
    return {
        key: sorted(value) if isinstance(value, list) else value for key, value in situation.expect.items()
    }


def worded(told: dict[str, Any]) -> str:
    """An outcome in words for who wrote the rule; names of criteria and inputs stay as they are written."""
    match told:
        case {"amount": int(won)}:
            return f"{won:,}원"
        case {"fails": names}:
            return f"{', '.join(names)}이(가) 어긋남"
        case {"unknown": names}:
            return f"{', '.join(names)}을(를) 모름"
    return "시행 전이나 시행 뒤"


def failures(rule: BenefitRule, situations: list[Situation], inputs: Inputs) -> Iterator[Problem]:
    """Name each situation whose outcome is not the expected one."""
    for situation in situations:
        found = outcome(decide(rule, situation.answers, situation.on, inputs))
        if found != expected(situation):
            message = f"'{situation.name}': {worded(expected(situation))}이어야 하는데 {worded(found)}입니다"
            yield Problem(path_of(rule), situation.line, message)


def gaps(rule: BenefitRule, situations: list[Situation], inputs: Inputs) -> Iterator[Problem]:
    """Name what the situations leave untested.

    Someone who gets it; each criterion failing alone; the day before and the day of each change of the
    law; and the border of every parameter in use: moved by one step, at least one situation must come out
    differently.
    """
    path = path_of(rule)
    if not any("amount" in situation.expect for situation in situations):
        yield Problem(path, 1, "받는 사람의 상황이 없습니다")
    for criterion in rule.criteria:
        if not any(situation.expect.get("fails") == [criterion.name] for situation in situations):
            yield Problem(path, 1, f"'{criterion.name}'({criterion.korean})만 어긋나는 상황이 없습니다")
    days = {situation.on for situation in situations}
    for change in rule.changes():
        for day in (change - dt.timedelta(days=1), change):
            if day not in days and not _shared_only(rule, change):
                yield Problem(path, 1, f"법이 바뀌는 때({change})의 {day} 상황이 없습니다")
    for parameter, place in _in_use(rule):
        for step in (-1, 1):
            if not _noticed(rule, parameter, place, step, situations=situations, inputs=inputs):
                value = f"'{parameter.name}' {parameter.values[place].start} 값"
                yield Problem(path, 1, f"{value}의 경계({step:+d})를 가르는 상황이 없습니다")


def _shared_only(rule: BenefitRule, day: dt.date) -> bool:
    """Whether only parameters shared with other benefits change that day."""
    shared = rule.about.get("uses", [])
    return all(
        name in shared or day not in parameter.changes() for name, parameter in rule.parameters.items()
    )


def _in_use(rule: BenefitRule) -> Iterator[tuple[Parameter, int]]:
    """The benefit's own parameters that its formulas read, value by value."""
    formulas = [*(criterion.formula for criterion in rule.criteria), rule.amount_formula]
    used = {name for formula in formulas for name in formula.parameters} - set(rule.about.get("uses", []))
    for name in sorted(used):
        for place, dated in enumerate(rule.parameters[name].values):
            if not dated.expected:
                yield rule.parameters[name], place


def _noticed(
    rule: BenefitRule,
    parameter: Parameter,
    place: int,
    step: int,
    *,
    situations: list[Situation],
    inputs: Inputs,
) -> bool:
    """Whether a situation comes out differently when the value is moved by one step."""
    old = parameter.values[place].value
    size = rule.rounding.value[0] if parameter.unit == "원" else 1
    if isinstance(old, tuple) or (old + step < 0):
        return True
    changed = replace(parameter, values=_with(parameter, place, old + step * size))
    moved = replace(rule, parameters={**rule.parameters, parameter.name: changed}, laws={})
    return any(
        decide(moved, s.answers, s.on, inputs).code != decide(rule, s.answers, s.on, inputs).code
        for s in situations
    )


def _with(parameter: Parameter, place: int, value: Value) -> tuple[Any, ...]:
    return tuple(replace(v, value=value) if i == place else v for i, v in enumerate(parameter.values))
