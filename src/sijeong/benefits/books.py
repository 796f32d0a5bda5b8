"""The rules of a government's city folder, as its pages and decisions use them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404

from sijeong.org.models import Government

from .rules import rulebook
from .rules.population import Assumptions, assumptions
from .rules.rulebook import BenefitRule, Rulebook


def book_of(government: Government) -> Rulebook:
    """All benefits of the government's city. Raises Http404 where the city promises none."""
    folder = settings.CITIES / government.city / "benefits"
    if not folder.is_dir():
        raise Http404("benefits")
    return rulebook.load(folder)


def rule_of(government: Government, name: str) -> BenefitRule:
    """Raises Http404."""
    book = book_of(government)
    if name not in book.benefits:
        raise Http404("benefit")
    return book[name]


def assumptions_of(government: Government) -> Assumptions:
    """What the synthetic population of the city is drawn from."""
    return assumptions(settings.CITIES / government.city / "population.yaml")


def in_force(book: Rulebook, day: dt.date) -> dict[str, BenefitRule]:
    """The benefits that can be had that day."""
    return {name: rule for name, rule in book.benefits.items() if rule.law_on(day) is not None}


def by_situation(book: Rulebook, rules: dict[str, BenefitRule]) -> dict[str, list[BenefitRule]]:
    """Benefits by the situation of life in which one asks for them, in the order the city offers these."""
    grouped = {
        situation: [rule for rule in rules.values() if situation in rule.life]
        for situation in book.inputs.life
    }
    return {situation: found for situation, found in grouped.items() if found}
