"""The public self-check: which benefits, what was answered, on which day. It lives in the person's browser only.

What was answered travels signed from page to page in a field of the form: nothing is kept here, nothing stands
in an address, and no cookie is set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core import signing

from .rules.decision import Decision, Status, decide_all
from .rules.inputs import BadAnswer
from .rules.interview import Explanation, Question, explain_decision, next_question
from .rules.rulebook import Rulebook

SALT = "sijeong.benefits.selfcheck"
A_DAY = 24 * 60 * 60
UNKNOWN = "unknown"
ORDER = [Status.YES, Status.UNKNOWN, Status.EXCLUDED, Status.NO, Status.NOT_IN_FORCE]
SPAN = {"days": "일", "months": "개월", "years": "년", "calendar_years": "년"}
Given = bool | int | str | None  # a date as its ISO text; None: the person does not know


class StaleCheck(Exception):
    """What came back is not what was sent out, or is older than a day."""


@dataclass(frozen=True)
class Check:
    """One run of the self-check. ``answers`` in the order asked."""

    book: Rulebook
    on: dt.date
    answers: tuple[tuple[str, Given], ...] = ()

    @classmethod
    def of(cls, token: str, book: Rulebook) -> Check:
        """Raises StaleCheck."""
        try:
            told = signing.loads(token, salt=SALT, max_age=A_DAY)
            chosen = book.only([name for name in told["benefits"] if name in book.benefits])
            check = cls(chosen, dt.date.fromisoformat(told["on"]), tuple((k, v) for k, v in told["answers"]))
            check.accepted  # noqa: B018 - a question may have changed since
        except (signing.BadSignature, KeyError, BadAnswer) as error:
            raise StaleCheck from error
        return check

    @property
    def token(self) -> str:
        told = {"benefits": list(self.book.benefits), "on": self.on.isoformat(), "answers": self.answers}
        return signing.dumps(told, salt=SALT, compress=True)

    @cached_property
    def accepted(self) -> dict[str, Any]:
        """The answers as the rules see them."""
        given = {key: _value(self.book, key, value) for key, value in self.answers if value is not None}
        return self.book.inputs.accept(given, self.on)

    @cached_property
    def question(self) -> Question | None:
        """What to ask next; None: all is decided that can be."""
        unknown = {key for key, value in self.answers if value is None}
        return next_question(self.book, self.accepted, self.on, unknown)

    def told(self, value: Given) -> Check:
        """The check with the open question answered. Raises BadAnswer."""
        if self.question is None:
            return self
        further = replace(self, answers=(*self.answers, (self.question.key, value)))
        further.accepted  # noqa: B018
        return further

    def back(self, key: str = "") -> Check:
        """The check before its last answer, or before the answer to ``key``."""
        keys = [asked for asked, _ in self.answers]
        place = keys.index(key) if key in keys else len(keys) - 1
        return replace(self, answers=self.answers[: max(place, 0)])

    @property
    def decided(self) -> int:
        """How many of the chosen benefits are settled."""
        return sum(d.status is not Status.UNKNOWN for d in self.decisions.values())

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """What the rules say of the answers: the function that also decides applications and costs reforms."""
        return decide_all(self.book, self.accepted, self.on)

    def results(self) -> list[Result]:
        """Each benefit explained, what one gets first."""
        explained = [
            Result(explain_decision(self.book, decision, self.accepted), *_dates(self.book, decision))
            for decision in self.decisions.values()
        ]
        return sorted(explained, key=lambda result: ORDER.index(result.told.decision.status))

    def review(self) -> list[tuple[str, str, str]]:
        """Key, question and answer in words, as the person gave them."""
        inputs = self.book.inputs
        return [(key, inputs.asked(key).question, inputs.worded(key, value)) for key, value in self.answers]


@dataclass(frozen=True)
class Result:
    """One benefit's explanation, the day its law is in force from, and the day it is known to change."""

    told: Explanation
    since: dt.date | None
    changes_on: dt.date | None

    @property
    def name(self) -> str:
        return self.told.decision.benefit

    @property
    def status(self) -> Status:
        return self.told.decision.status


def _value(book: Rulebook, key: str, value: Given) -> Any:
    dated = isinstance(value, str) and book.inputs.asked(key).since
    return dt.date.fromisoformat(str(value)) if dated else value


def _dates(book: Rulebook, decision: Decision) -> tuple[dt.date | None, dt.date | None]:
    changes = book[decision.benefit].changes()
    past, coming = [d for d in changes if d <= decision.on], [d for d in changes if d > decision.on]
    return (max(past, default=None), min(coming, default=None))


def read(question: Question, book: Rulebook, sent: Mapping[str, str], on: dt.date) -> Given:
    """The answer in what the form sent. Raises BadAnswer in words for the person."""
    pick, text = sent.get("pick", ""), sent.get("answer", "").strip()
    if pick == UNKNOWN:
        return None
    if pick == "shortcut" and question.shortcut:
        return question.shortcut[1]
    if question.kind == "bool":
        if pick not in {"yes", "no"}:
            raise BadAnswer("예, 아니오, 모르겠습니다 가운데 하나를 누르십시오.")
        return pick == "yes"
    if question.kind == "choice":
        if pick not in question.choices:
            raise BadAnswer("하나를 고르십시오.")
        return pick
    return _date(question, book, text, on) if question.kind == "date" else _number(question, text)


def _number(question: Question, text: str) -> int:
    digits = text.replace(",", "").removesuffix(question.unit).strip()
    if not (digits.isascii() and digits.isdigit()):
        raise BadAnswer(f"숫자로 적으십시오. 단위는 {question.unit}입니다. 예: 3")
    if not question.low <= int(digits) <= question.high:
        raise BadAnswer(
            f"{question.low:,}{question.unit}부터 {question.high:,}{question.unit}까지 적을 수 있습니다."
        )
    return int(digits)


def _date(question: Question, book: Rulebook, text: str, on: dt.date) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise BadAnswer("날짜를 2024-01-31처럼 적으십시오.") from None
    if day > on:
        raise BadAnswer("오늘보다 뒤의 날짜는 적을 수 없습니다.")
    try:
        book.inputs.accept({question.key: day}, on)
    except BadAnswer:
        span = SPAN[book.inputs.asked(question.key).since]
        raise BadAnswer(f"오늘부터 {question.high:,}{span} 안의 날짜를 적으십시오.") from None
    return day.isoformat()
