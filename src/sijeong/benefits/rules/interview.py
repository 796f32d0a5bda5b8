"""The public self-check: which question next, and what the answers so far mean. Stores nothing.

Questions are asked in the order that decides soonest: the one whose likely answers settle the most
benefits. Only inputs that some undecided rule would read are asked. Each function is one call for a page.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sijeong.benefits.rules.decision import Decision, Missing, Person, Status, decide
from sijeong.benefits.rules.inputs import Input, Inputs
from sijeong.benefits.rules.rulebook import BenefitRule, Rulebook


@dataclass(frozen=True)
class Question:
    """What to ask next. `key` is the name to answer by: an input, or the date behind several inputs."""

    key: str
    text: str
    why: str
    kind: str  # bool | int | choice | date
    unit: str
    choices: tuple[str, ...]
    benefits: tuple[str, ...]  # the undecided benefits that need it
    shortcut: tuple[str, int] | None = None
    low: int = 0
    high: int = 0


def next_question(
    rulebook: Rulebook, answers: Mapping[str, Any], on: dt.date, unknown: Collection[str] = ()
) -> Question | None:
    """Return the question that decides soonest, or None when nothing more would decide.

    `answers` as returned by `Inputs.accept`; `unknown` are the keys of questions the person could not answer.
    """
    open_rules = [
        rule
        for rule in rulebook.benefits.values()
        if decide(rule, answers, on, rulebook.inputs).status is Status.UNKNOWN
    ]
    needed: dict[str, list[BenefitRule]] = {}
    for rule in open_rules:
        for name in lacking(rule, answers, on, rulebook.inputs):
            if (rulebook.inputs[name].source or name) not in unknown:
                needed.setdefault(name, []).append(rule)
    if not needed:
        return None
    order = {name: place for place, name in enumerate(rulebook.inputs.by_name)}
    best = max(
        needed, key=lambda name: (_worth(name, needed[name], answers, on, rulebook.inputs), -order[name])
    )
    return question_of(rulebook.inputs[best], needed[best])


def lacking(rule: BenefitRule, answers: Mapping[str, Any], on: dt.date, inputs: Inputs) -> list[str]:
    """Return the unknown inputs that a criterion, or else the amount, would read first. Amounts wait for
    criteria."""
    decision = decide(rule, answers, on, inputs)
    open_criteria = [step.missing for step in decision.trace if step.holds is None]
    return list(dict.fromkeys(open_criteria or decision.missing))


def _worth(
    name: str, rules: Iterable[BenefitRule], answers: Mapping[str, Any], on: dt.date, inputs: Inputs
) -> tuple[float, float]:
    """How much an answer is expected to settle: benefits ruled out, then criteria settled."""
    out = settled = 0.0
    for value, odds in _likely(inputs[name]):
        told = {**answers, name: value}
        for rule in rules:
            decision = decide(rule, told, on, inputs)
            out += odds * (decision.status is not Status.UNKNOWN)
            settled += odds * sum(step.holds is not None for step in decision.trace)
    return (round(out, 9), round(settled, 9))


def _likely(declared: Input) -> list[tuple[Any, float]]:
    """The answers to reckon with, and how likely each is; without odds, the ends of the range alike."""
    if declared.odds:
        total = sum(declared.odds.values())
        return [(value, weight / total) for value, weight in declared.odds.items()]
    values: list[Any] = [True, False] if declared.kind == "bool" else [declared.low, declared.high]
    return [(value, 0.5) for value in (declared.choices or values)]


def question_of(declared: Input, rules: list[BenefitRule]) -> Question:
    """The question that asks for an input, for the benefits that need it."""
    return Question(
        key=declared.source or declared.name, text=declared.question, why=declared.why,
        kind="date" if declared.since else declared.kind, unit=declared.unit, choices=declared.choices,
        benefits=tuple(rule.name for rule in rules), shortcut=declared.shortcut, low=declared.low, high=declared.high,
    )  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One thing that would make a failed benefit be granted: an input's value, or a day."""

    input: str
    value: Any
    text: str


@dataclass(frozen=True)
class Explanation:
    """A decision in words: what a page shows for one benefit. It does not bind."""

    decision: Decision
    benefit: str
    summary: str
    reasons: tuple[str, ...]
    changes: tuple[Change, ...]
    missing: tuple[str, ...]
    basis: str
    apply_where: str
    period: str


def explain(rulebook: Rulebook, name: str, answers: Mapping[str, Any], on: dt.date) -> Explanation:
    """Explain one benefit's decision: amount and period, failed criteria and what would change them, or
    what is open."""
    return explain_decision(rulebook, decide(rulebook[name], answers, on, rulebook.inputs), answers)


def explain_decision(rulebook: Rulebook, decision: Decision, answers: Mapping[str, Any]) -> Explanation:
    """Explain a decision already made (with exclusions, see `decision.decide_all`)."""
    rule, inputs = rulebook[decision.benefit], rulebook.inputs
    failed = tuple(step.korean for step in decision.trace if step.holds is False)
    return Explanation(
        decision=decision, benefit=rule.korean, summary=_summary(rulebook, decision), reasons=failed,
        changes=tuple(would_change(rule, answers, decision.on, inputs)) if failed else (),
        missing=tuple(inputs[missing].question for missing in decision.missing),
        basis=rule.about["basis"], apply_where=rule.about["apply"]["where"], period=rule.about["per"],
    )  # fmt: skip


def _summary(rulebook: Rulebook, decision: Decision) -> str:
    rule = rulebook[decision.benefit]
    if decision.status is Status.YES:
        gift = rule.about.get("in_kind") or f"{decision.amount:,}원"
        return f"받을 수 있습니다: {gift} ({rule.about['per']}){_places(rule, decision.on)}"
    if decision.status is Status.NOT_IN_FORCE:
        return f"{decision.on}에는 시행하지 않습니다 (시행일: {rule.in_force_from()})"
    if decision.status is Status.EXCLUDED:
        return f"'{rulebook[decision.excluded_by].korean}'과(와) 함께 받을 수 없습니다"
    failed = ", ".join(step.korean for step in decision.trace if step.holds is False)
    return f"받을 수 없습니다: {failed}" if failed else "더 알아야 합니다"


def _places(rule: BenefitRule, on: dt.date) -> str:
    """That not everyone who may have it gets it: how many places there are, and who they go to."""
    law = rule.law_on(on)
    if not rule.quota or law is None:
        return ""
    how = "추첨 등 배정으로 정합니다" if rule.places_by else "접수한 차례로 돌아갑니다"
    return f". 한 해 {getattr(law, rule.quota):,}자리이며 {how}"


def would_change(
    rule: BenefitRule, answers: Mapping[str, Any], on: dt.date, inputs: Inputs
) -> Iterable[Change]:
    """Find each single fact that, being otherwise, would leave no criterion failed; the nearest such value.

    Facts nobody can change (`fixed`) are left out, except those that time changes: an age is still told.
    """
    law = rule.law_on(on)
    if law is None:
        return
    failing = [criterion for criterion in rule.criteria if _holds(criterion, answers, law, inputs) is False]
    shared = set.intersection(*(set(criterion.formula.inputs) for criterion in failing))
    for name in (name for name in rule.inputs if name in shared and name in answers):
        declared = inputs[name]
        if declared.fixed and not declared.since:
            continue
        value = _nearest(rule, name, answers, on, inputs)
        if value is not None:
            yield Change(name, value, f"{declared.question} → {_worded(declared, value)}")


def _holds(criterion: Any, answers: Mapping[str, Any], law: Any, inputs: Inputs) -> bool | None:
    try:
        return bool(criterion.holds(Person(answers, inputs.groups), law))
    except Missing:
        return None


def _nearest(rule: BenefitRule, name: str, answers: Mapping[str, Any], on: dt.date, inputs: Inputs) -> Any:
    """The value nearest to the answer that leaves nothing failed: by steps of doubling size, then by
    halving."""

    def passes(value: Any) -> bool:
        return not decide(rule, {**answers, name: value}, on, inputs).failed

    declared, now = inputs[name], answers[name]
    if declared.kind != "int":
        others = [True, False] if declared.kind == "bool" else list(declared.choices)
        return next((value for value in others if value != now and passes(value)), None)
    found = [value for sign in (1, -1) if (value := _search(declared, now, sign, passes)) is not None]
    return min(found, key=lambda value: abs(value - now), default=None)


def _search(declared: Input, now: int, sign: int, passes: Any) -> int | None:
    end = declared.high if sign > 0 else declared.low
    step, failing = 1, now
    while failing != end:
        tried = min(now + step, end) if sign > 0 else max(now - step, end)
        if passes(tried):
            good = tried
            while abs(good - failing) > 1:
                middle = (good + failing) // 2
                good, failing = (middle, failing) if passes(middle) else (good, middle)
            return good
        failing, step = tried, step * 2
    return None


def _worded(declared: Input, value: Any) -> str:
    if declared.kind == "bool":
        return "예" if value else "아니오"
    return f"{value:,}{declared.unit}" if declared.kind == "int" else str(value)
