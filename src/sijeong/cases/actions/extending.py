"""More time: the division asks for it, its head or planning grants or refuses it, as far as the type's law allows."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from sijeong.audit import journal
from sijeong.catalog.case_type import Extension
from sijeong.legaltime import Length, Term
from sijeong.legaltime import Unit as TermUnit
from sijeong.org.viewer import Viewer

from ..errors import CaseError
from ..korean import day
from ..models import Case
from ..terms import calendar
from .acts import NO_REQUEST, begin, entering, moment

AGAIN = "쪽을 다시 열어 보십시오."


@transaction.atomic
def ask_extension(
    *, case: Case, reason: str, by: Viewer | None, length: int | None = None, at: dt.datetime | None = None
) -> Case:
    """Ask for more time: ``length`` in the unit of the type's extension, all that the law allows where not told.

    Raises CaseError where the term could not be extended any more, or a request is open.
    """
    case, transition = begin(case, "ask_extension", by, reason=reason)
    if case.extension_asked_at:
        raise CaseError("이미 연장을 요청했습니다. 부서장이나 총괄이 정하면 알려 드립니다.")
    when = moment(at, not_before=case.received_at)
    rule, _ = _extendable(case, when)
    changes = {
        "extension_asked_at": when, "extension_asked_by_id": by.pk if by else None,
        "extension_reason": reason.strip(), "extension_length": _allowed(rule, length),
    }  # fmt: skip
    case.move(
        "ask_extension", by=by, at=when, reason=reason.strip(), changes={**entering(case, transition), **changes},
        length=f"{changes['extension_length']}{rule.unit.label}",
    )  # fmt: skip
    return case


@transaction.atomic
def extend(
    *, case: Case, by: Viewer | None, reason: str = "", length: int | None = None, asked: dt.datetime | None = None,
    at: dt.datetime | None = None,
) -> Case:  # fmt: skip
    """Extend the term as often and as far as the type's statute allows; an open request is thereby granted.

    What is not told is taken from the request: reason and length; without one, ``length`` is all that the law
    allows. ``asked`` says which request is granted (its moment). Raises CaseError if that one is decided already,
    if the type allows no extension, or none is left, or the term is over: a late answer is not made timely afterwards.
    """
    case = Case.objects.locked(case.pk)
    reason = reason.strip() or case.extension_reason
    # With a request that was decided meanwhile its reason went, too: who decided is told, not that a reason is missing.
    gone = asked is not None and asked != case.extension_asked_at
    case, transition = begin(case, "extend", by, reason=reason or (AGAIN if gone else ""))
    _require_open(case, asked)
    when = moment(at, not_before=case.received_at)
    rule, term = _extendable(case, when)
    more = _allowed(rule, case.extension_length if length is None else length)
    term = _longer(case, rule, term, more, reason)
    case.term_data = term.as_json()
    case.move(
        "extend", by=by, at=when, reason=reason, length=f"{more}{rule.unit.label}",
        asked_by=case.extension_asked_by_id,
        changes={
            **entering(case, transition), **NO_REQUEST, "due_on": term.last_day, "extensions": case.extensions + 1,
        },
    )  # fmt: skip
    return case


@transaction.atomic
def refuse_extension(*, case: Case, reason: str, by: Viewer | None, asked: dt.datetime | None = None) -> Case:
    """Refuse the open request, with a reason; the term stays, and the division may ask again while it runs."""
    case, transition = begin(case, "refuse_extension", by, reason=reason)
    _require_open(case, asked or case.extension_asked_at or timezone.now())
    case.move(
        "refuse_extension", by=by, reason=reason, asked_by=case.extension_asked_by_id,
        changes={**entering(case, transition), **NO_REQUEST},
    )  # fmt: skip
    return case


def extended_to(case: Case) -> dt.date | None:
    """The day that the term would end on if the open request were granted today; None where it can't be."""
    rule, term = case.case_type.extension, case.term
    if rule is None or term is None or not case.extension_length or not case.extendable(timezone.localdate()):
        return None
    return _longer(case, rule, term, case.extension_length, case.extension_reason).last_day


def _extendable(case: Case, when: dt.datetime) -> tuple[Extension, Term]:
    rule, term = case.case_type.extension, case.term
    if rule is None or term is None:
        raise CaseError(f"{case.case_type.name}은(는) 기한을 연장할 수 없습니다.")
    if case.extensions >= rule.times:
        raise CaseError(
            "이미 한 차례 연장했습니다." if rule.times == 1 else f"이미 {rule.times}차례 연장했습니다."
        )
    if timezone.localtime(when).date() > term.last_day:
        raise CaseError(
            f"기한({day(term.last_day)})이 지난 뒤에는 연장할 수 없습니다. 연장은 기한 안에 정해야 하고, "
            "이제 전달하는 답변은 늦은 것으로 셉니다."
        )
    return rule, term


def _allowed(rule: Extension, length: int | None) -> int:
    if length is not None and not 1 <= length <= rule.length:
        raise CaseError(
            f"1{rule.unit.label}부터 {rule.length}{rule.unit.label}까지 연장할 수 있습니다.", field="length"
        )
    return length or rule.length


def _longer(case: Case, rule: Extension, term: Term, length: int, reason: str) -> Term:
    return term.extended(
        Length(length, TermUnit(rule.unit)), reason=reason, calendar=calendar(case.government)
    )


def _require_open(case: Case, asked: dt.datetime | None) -> None:
    """Raises CaseError, telling who decided, unless that very request is still open."""
    if asked is None or asked == case.extension_asked_at:
        return
    decided = journal.of(case).filter(act__in=["extend", "refuse_extension"]).order_by("-seq").first()
    if decided and decided.at >= asked:
        what = "받아들였습니다" if decided.act == "extend" else "거절했습니다"
        raise CaseError(f"그 사이 {decided.actor.split('(')[0]} 님이 연장 요청을 {what}. {AGAIN}")
    raise CaseError(f"열려 있는 연장 요청이 없습니다. {AGAIN}")
