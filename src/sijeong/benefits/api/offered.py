"""The benefits there are, and the self-check: what the rules say of facts. Nothing is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import Field

from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer, reads, writes
from sijeong.links.problems import Kind, Problem
from sijeong.links.shapes import Body, Day, line

from ..books import book_of
from ..rules.decision import Decision, decide_all
from ..rules.inputs import BadAnswer
from ..rules.interview import Question, explain_decision, next_question, question_of
from ..rules.rulebook import BenefitRule, Rulebook

router = Router(tags=["지원사업"])
LAST = dt.date(2100, 1, 1)


class QuestionShape(Schema):
    """What is asked for a benefit. A ``date`` is told as one; ``choices`` are all that is taken."""

    key: str
    text: str
    why: str
    kind: str
    unit: str
    choices: list[str]
    low: int
    high: int


class BenefitShape(Schema):
    """A benefit; ``law`` are the values in force today, null where it is not in force."""

    name: str
    korean: str
    life: list[str]
    law: dict[str, Any] | None
    changes_on: list[dt.date]
    questions: list[QuestionShape]


class Catalogue(Schema):
    day: dt.date
    benefits: list[BenefitShape]


class Facts(Body):
    """Facts of somebody, by the keys of the questions; what is not told is not known."""

    benefits: list[line(50, 1)] = Field(  # type: ignore[valid-type]
        default=[], max_length=100, description="/benefits의 name. 없으면 모두"
    )
    facts: dict[str, bool | int | line(100)] = Field(default={}, max_length=200)  # type: ignore[valid-type]
    on: Day | None = Field(None, description="어느 날의 법으로. 없으면 오늘")


class CheckResult(Schema):
    """What a rule says. ``status``: yes, no, unknown (``missing`` tells what to ask), excluded, not_in_force."""

    benefit: str
    korean: str
    status: str
    amount: int
    summary: str
    reasons: list[str]
    missing: list[str]
    excluded_by: str
    basis: str


class Checked(Schema):
    """``question``: what to ask next to settle most."""

    on: dt.date
    results: list[CheckResult]
    question: QuestionShape | None


@reads(router, "/benefits", "지원사업", scope=None, gives=Catalogue)
def benefits(request: Asking) -> HttpResponse:
    """Every benefit that the city promises, with the values in force and what is asked."""
    book, day = book_of(request.viewer.user.government), request.viewer.day
    return answer({"day": day, "benefits": [_benefit(book, rule, day) for rule in book.benefits.values()]})


@writes(router, "/benefits/check", "자가진단", scope=None, gives=Checked, status=200)
def benefit_check(request: Asking, check: Facts) -> HttpResponse:
    """What somebody would get: the function that also decides applications. It binds nobody, and is not kept."""
    book, on = book_of(request.viewer.user.government), check.on or request.viewer.day
    if unknown := [name for name in check.benefits if name not in book.benefits]:
        raise _wrong("benefits", f"없는 지원: {', '.join(unknown)}")
    if on >= LAST:
        raise _wrong("on", f"{LAST} 전의 날짜여야 합니다.")
    book = book.only(check.benefits) if check.benefits else book
    try:
        facts = book.inputs.accept(given(book, check.facts), on)
    except BadAnswer as error:
        raise _wrong("facts", str(error)) from error
    question = next_question(book, facts, on)
    decided = decide_all(book, facts, on).values()
    return answer(
        {
            "on": on, "results": [_result(book, decision, facts) for decision in decided],
            "question": _asked(question) if question else None,
        }
    )  # fmt: skip


def given(book: Rulebook, facts: dict[str, Any]) -> dict[str, Any]:
    """Facts with their dates as such. Raises BadAnswer for a key that nothing asks, or what is no date."""
    found = dict(facts)
    for key, value in facts.items():
        if key not in book.inputs and not book.inputs.of_source(key):
            raise BadAnswer(f"{key}: 묻지 않는 것입니다.")
        if isinstance(value, str) and book.inputs.asked(key).since:
            try:
                found[key] = dt.date.fromisoformat(value)
            except ValueError as error:
                raise BadAnswer(f"{key}: 날짜를 2024-01-31처럼 적으십시오.") from error
    return found


def _wrong(where: str, message: str) -> Problem:
    return Problem(Kind.INVALID, errors=[{"where": f"body.{where}", "message": message}])


def _benefit(book: Rulebook, rule: BenefitRule, day: dt.date) -> dict[str, Any]:
    keys = dict.fromkeys(book.inputs[name].source or name for name in rule.inputs)
    law = rule.law_on(day)
    return {
        "name": rule.name, "korean": rule.korean, "life": rule.life, "law": vars(law) if law else None,
        "changes_on": rule.changes(),
        "questions": [_asked(question_of(book.inputs.asked(key), [rule])) for key in keys],
    }  # fmt: skip


def _asked(question: Question) -> dict[str, Any]:
    return {
        "key": question.key, "text": question.text, "why": question.why, "kind": question.kind, "unit": question.unit,
        "choices": list(question.choices), "low": question.low, "high": question.high,
    }  # fmt: skip


def _result(book: Rulebook, decision: Decision, facts: dict[str, Any]) -> dict[str, Any]:
    told = explain_decision(book, decision, facts)
    return {
        "benefit": decision.benefit, "korean": told.benefit, "status": decision.status.name.lower(), "amount": decision.amount,
        "summary": told.summary, "reasons": list(told.reasons), "missing": list(decision.missing),
        "excluded_by": decision.excluded_by, "basis": told.basis,
    }  # fmt: skip
