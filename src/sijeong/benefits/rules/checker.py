"""Checks a city's benefits before they are used; every finding names file and line.

Undeclared inputs and parameters, gaps and overlaps of dates, criteria nobody can meet or nobody can fail,
amounts over their ceiling, missing basis, and situations that fail or leave a border untested.
"""

import ast
import datetime as dt
import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sijeong.benefits.rules import inputs as declared
from sijeong.benefits.rules import marks, parameters, situations
from sijeong.benefits.rules.decision import Person
from sijeong.benefits.rules.expressions import Formula, ordered
from sijeong.benefits.rules.inputs import Inputs
from sijeong.benefits.rules.marks import Problem
from sijeong.benefits.rules.rulebook import BenefitRule, benefit_files, load_benefit

_TRIES = 20_000


def check(folder: Path) -> list[Problem]:
    """Return everything wrong in a city's benefits folder; an empty list means it can be used."""
    try:
        inputs = declared.load(folder / "inputs.yaml")
        common = parameters.parse(folder / "common.yaml", marks.read(folder / "common.yaml"))
    except Problem as problem:
        return [problem]
    problems = [found for parameter in common.values() for found in parameters.date_problems(parameter)]
    rules = []
    for path in benefit_files(folder):
        try:
            rules.append(load_benefit(path, inputs, common))
        except Problem as problem:
            problems.append(problem)
        except SyntaxError as error:
            problems.append(Problem(path.with_suffix(".py"), error.lineno or 1, "파이썬 문법이 아닙니다"))
    for rule in rules:
        problems += check_rule(rule, inputs, {other.name for other in rules})
    return problems + ([] if problems else unused_inputs(rules, inputs))


def check_rule(rule: BenefitRule, inputs: Inputs, names: set[str]) -> list[Problem]:
    """Return everything wrong with one benefit."""
    yaml = rule.path.with_suffix(".yaml")
    problems = [
        found for parameter in rule.parameters.values() for found in parameters.date_problems(parameter)
    ]
    if not rule.korean:
        problems.append(Problem(rule.path, 1, "클래스에 한국어 이름(첫 줄)이 없습니다"))
    if not str(rule.about["basis"]).strip():
        problems.append(Problem(yaml, rule.about.line_of("basis"), "근거(basis)가 비어 있습니다"))
    for other, stays in rule.about.get("excludes", {}).items():
        if other not in names or stays not in ("higher", "this", "other"):
            message = f"excludes의 '{other}: {stays}'은(는) 쓸 수 없습니다 (지원 이름: higher, this, other)"
            problems.append(Problem(yaml, rule.about.line_of("excludes"), message))
    for situation in rule.life:
        if situation not in inputs.life:
            message = f"life의 '{situation}'은(는) inputs.yaml의 life에 없습니다"
            problems.append(Problem(yaml, rule.about.line_of("life"), message))
    problems += _spans(rule)
    try:
        for day in rule.changes():
            if rule.law_on(day) is not None:
                problems += [*_reach(rule, day, inputs), *_ceiling(rule, day, inputs)]
        cases = situations.load(rule, inputs)
        problems += [*situations.failures(rule, cases, inputs), *situations.gaps(rule, cases, inputs)]
    except Problem as problem:
        problems.append(problem)
    except IndexError:
        problems.append(_out_of_list(rule))
    return problems


def _spans(rule: BenefitRule) -> Iterator[Problem]:
    """A benefit is in force only while each of its parameters has a value: one that begins late or ends early is told."""
    own = [one for name, one in rule.parameters.items() if name not in rule.about.get("uses", [])]
    begins = min(one.values[0].start for one in own) if own else dt.date.min
    ends = [one.values[-1].end for one in own]
    for one in own:
        first, last = one.values[0], one.values[-1]
        if first.start > begins:
            message = f"{one.name}: {begins}부터 값이 없어 {first.start}까지 지원이 시행되지 않습니다"
            yield Problem(one.path, first.line, message)
        if last.end and any(end is None or end > last.end for end in ends):
            message = (
                f"{one.name}: {last.end} 뒤에 값이 없어 지원이 끝납니다. 끝났으면 모든 값에 to를 적으십시오"
            )
            yield Problem(one.path, last.line, message)


def _out_of_list(rule: BenefitRule) -> Problem:
    formulas = [*(criterion.formula for criterion in rule.criteria), rule.amount_formula]
    line = next(f.line for f in formulas if any(isinstance(node, ast.Subscript) for node in ordered(f.tree)))
    return Problem(rule.path, line, "목록에 없는 자리를 읽습니다. 자리를 min(…, 목록의 끝)으로 막으십시오")


def candidates(rule: BenefitRule, formula: Formula, name: str, day: dt.date, inputs: Inputs) -> list[Any]:
    """Values of an input worth trying: its ends, and each border the law draws, one step to both sides."""
    one = inputs[name]
    if one.kind == "bool":
        return [False, True]
    if one.kind == "choice":
        return list(one.choices)
    law = rule.law_on(day)
    borders = {one.low, one.high, 0, 1, 2}
    for parameter in formula.parameters:
        value = getattr(law, parameter)
        borders |= {value} if isinstance(value, int) else set(value)
    spread = {border + step for border in borders for step in (-1, 0, 1)}
    return sorted(value for value in spread if one.low <= value <= one.high)


def people(
    rule: BenefitRule, formula: Formula, day: dt.date, inputs: Inputs, fixed: dict[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Persons that try a formula out: all combinations of candidates, or a fixed random part of very many."""
    pools = {name: candidates(rule, formula, name, day, inputs) for name in formula.inputs}
    pools.update({name: [value] for name, value in (fixed or {}).items() if name in pools})
    count = 1
    for pool in pools.values():
        count *= len(pool)
    if count <= _TRIES:
        for values in itertools.product(*pools.values()):
            yield dict(zip(pools, values, strict=True))
        return
    rng = random.Random(0)  # noqa: S311  (a search, not a secret)
    for _ in range(_TRIES):
        yield {name: rng.choice(pool) for name, pool in pools.items()}


def _reach(rule: BenefitRule, day: dt.date, inputs: Inputs) -> Iterator[Problem]:
    law = rule.law_on(day)
    for criterion in rule.criteria:
        seen = set()
        for person in people(rule, criterion.formula, day, inputs):
            seen.add(bool(criterion.holds(Person(person, inputs.groups), law)))
            if len(seen) > 1:
                break
        if seen == {False}:
            message = f"'{criterion.korean}'({criterion.name})은(는) {day}에 아무도 채울 수 없습니다"
            yield Problem(rule.path, criterion.formula.line, message)
        elif seen == {True} and not _switched_off(rule, criterion.formula, day):
            message = f"'{criterion.korean}'({criterion.name})은(는) {day}에 누구나 채웁니다"
            yield Problem(rule.path, criterion.formula.line, message)
    if rule.criteria and _satisfying(rule, day, inputs) is None:
        yield Problem(rule.path, 1, f"{day}에 모든 조건을 함께 채우는 사람을 찾지 못했습니다")


def _switched_off(rule: BenefitRule, formula: Formula, day: dt.date) -> bool:
    """A condition is lifted, not forgotten, where the law sets its parameter to nought that day."""
    return any(getattr(rule.law_on(day), name) == 0 for name in formula.parameters)


def _satisfying(rule: BenefitRule, day: dt.date, inputs: Inputs) -> dict[str, Any] | None:
    """Return a person who meets all criteria, searched criterion by criterion with backtracking."""

    def extend(place: int, person: dict[str, Any]) -> dict[str, Any] | None:
        if place == len(rule.criteria):
            return person
        criterion = rule.criteria[place]
        for tried in people(rule, criterion.formula, day, inputs, fixed=person):
            if criterion.holds(Person(tried, inputs.groups), rule.law_on(day)):
                found = extend(place + 1, {**person, **tried})
                if found is not None:
                    return found
        return None

    return extend(0, {})


def _ceiling(rule: BenefitRule, day: dt.date, inputs: Inputs) -> Iterator[Problem]:
    law, named = rule.law_on(day), rule.about["ceiling"]
    highest = max(getattr(law, name) for name in named) if isinstance(named, list) else 2**31 - 1
    meets = _satisfying(rule, day, inputs)
    if meets is None:
        return  # said by _reach
    for tried in people(rule, rule.amount_formula, day, inputs):
        person = {**meets, **tried}
        if not all(criterion.holds(Person(person, inputs.groups), law) for criterion in rule.criteria):
            continue
        amount = rule.rounding(rule.amount(Person(person, inputs.groups), law))
        if not 0 <= amount <= highest:
            message = f"{day}: {amount:,}원은 0~{highest:,}원을 벗어납니다. 예: {_shown(person)}"
            yield Problem(rule.path, rule.amount_formula.line, message)
            return


def _shown(person: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in person.items())


def unused_inputs(rules: list[BenefitRule], inputs: Inputs) -> list[Problem]:
    """Name declared inputs that no rule reads: a question nobody needs is not asked."""
    read = {name for rule in rules for name in rule.inputs}
    read |= {inputs[name].aggregate[1] for name in read}
    return [
        Problem(inputs.path, one.line, f"'{name}'을(를) 읽는 규칙이 없습니다")
        for name, one in inputs.by_name.items()
        if name not in read
    ]
