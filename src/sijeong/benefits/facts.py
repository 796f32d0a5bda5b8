"""The facts of an application as the rule sees them: what was verified, what the office itself knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from .models import Application, Decision
from .rules.inputs import Inputs
from .rules.interview import Question, question_of
from .rules.rulebook import BenefitRule, Rulebook

Facts = dict[str, Any]


def questions(rule: BenefitRule, inputs: Inputs) -> list[Question]:
    """What a form for this benefit asks; the age follows from the day of birth, which every application tells."""
    keys = dict.fromkeys(inputs[name].source or name for name in rule.inputs if name != "age")
    return [question_of(inputs.asked(key), [rule]) for key in keys]


def plain(facts: Facts) -> Facts:
    """Facts as JSON keeps them."""
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in facts.items()}


def accepted(book: Rulebook, rule: BenefitRule, told: Facts, application: Application) -> Facts:
    """Facts as the rule sees them on the day of receipt. Raises BadAnswer."""
    given: Facts = {}
    for key, value in told.items():
        dated = isinstance(value, str) and book.inputs.asked(key).since
        given[key] = dt.date.fromisoformat(value) if dated else value
    if "age" in rule.inputs:
        given["age"] = application.born_on
    return book.inputs.accept(given, application.received_on)


def with_history(inputs: Inputs, rule: BenefitRule, facts: Facts, earlier: Iterable[Decision]) -> Facts:
    """The facts with what the office's own decisions say: nobody is paid again because a form said otherwise.

    Won already granted in the year and once-only grants are taken from the records where these say more than the
    form. How often one was supported stays as verified: some laws begin to count anew.
    """
    granted = list(earlier)
    filled = dict(facts)
    for name in rule.inputs:
        declared = inputs[name]
        if not declared.history:
            continue
        known = [decision for decision in granted if decision.application.benefit == declared.history]
        if declared.kind == "bool" and known:
            filled[name] = True
        elif declared.unit == "원" and known:
            filled[name] = max(int(filled.get(name, 0)), sum(decision.amount for decision in known))
    return filled


def earlier_grants(application: Application, names: Iterable[str], inputs: Inputs) -> list[Decision]:
    """The person's standing grants of these benefits that count against this application.

    Won count within the calendar year; what is given once counts as long as the input declares (`within` months, or
    for ever).
    """
    found = Decision.objects.filter(
        application__in=Application.objects.of_person(application), application__benefit__in=list(names),
        status=Decision.Status.GRANTED, current=True,
    ).exclude(application=application).exclude(application__case__state="withdrawn")  # fmt: skip
    return [
        decision
        for decision in found.select_related("application__case")
        if _counts(decision.application, application, inputs)
    ]


def _counts(earlier: Application, now: Application, inputs: Inputs) -> bool:
    within = [one.within for one in inputs.by_name.values() if one.history == earlier.benefit and one.within]
    in_won = any(one.unit == "원" for one in inputs.by_name.values() if one.history == earlier.benefit)
    if in_won:
        return earlier.received_on.year == now.received_on.year
    months = (now.received_on.year - earlier.received_on.year) * 12
    months += now.received_on.month - earlier.received_on.month
    return not within or abs(months) < max(within)
