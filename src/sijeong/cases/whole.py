"""A case and all that its page shows, by statements kept ready; of what it does not have, nothing is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from sijeong.notices.models import Subscription
from sijeong.org.viewer import Sight, Viewer
from sijeong.prepared import Prepared, attach

from .models import Answer, Attachment, Case, Delivery, FollowUp, Has, Judgement, Part


def _subject() -> Any:
    """The case as subscriptions name it."""
    return Concat(Value("case:"), Cast(OuterRef("pk"), TextField()))


def _case(
    number: str, person: int, units: tuple[int, ...], members: tuple[int, ...], committees: tuple[int, ...],
    *, government_id: int, sees_government: bool,
) -> QuerySet[Any]:  # fmt: skip
    # Who sees a case does not depend on the day.
    sight = Sight(government_id, sees_government, units, members, committees, dt.date.min)
    below = {
        "has_answers": Answer.objects.filter(case=OuterRef("pk")),
        "has_files": Attachment.objects.filter(answer__case=OuterRef("pk")),
        "has_deliveries": Delivery.objects.filter(case=OuterRef("pk")),
        "has_follow_ups": FollowUp.objects.filter(case=OuterRef("pk")),
        "has_judgements": Judgement.objects.filter(case=OuterRef("pk")),
        "has_asked_again": Case.objects.filter(again_of=OuterRef("pk")),
        "has_subscriber": Subscription.objects.filter(person_id=person, subject=_subject()),
    }
    found = Case.objects.visible_to(sight).filter(number=number).with_type("government", "lead", "officer")
    return found.annotate(**{name: Exists(rows) for name, rows in below.items()})


_CASE = Prepared(_case)
_PARTS = Prepared(lambda pk: Part.objects.filter(case_id=pk).select_related("unit"))
_ANSWERS = Prepared(lambda pk: Answer.objects.filter(case_id=pk).select_related("author", "signer"))
_FILES = Prepared(
    lambda pk: (
        Attachment.objects.filter(answer__case_id=pk).select_related("file").order_by("answer_id", "pk")
    )
)
_DELIVERIES = Prepared(
    lambda pk: Delivery.objects.filter(case_id=pk).select_related("file", "acknowledged_by")
)
_FOLLOW_UPS = Prepared(
    lambda pk: FollowUp.objects.filter(case_id=pk).select_related("unit", "file", "closed_by")
)
_JUDGEMENTS = Prepared(lambda pk: Judgement.objects.filter(case_id=pk).select_related("by"))
_ASKED_AGAIN = Prepared(lambda pk: Case.objects.filter(again_of_id=pk))


def found(viewer: Viewer, number: str) -> Case | None:
    """The case of that number that the viewer may see, with its parts and what is known of the rest."""
    government_id, sees_government, units, members, committees, _ = viewer.sight
    case = _CASE.first(
        number, viewer.pk, units, members, committees, government_id=government_id, sees_government=sees_government
    )  # fmt: skip
    if case is None:
        return None
    case.has = Has(*(getattr(case, f"has_{name}") for name in Has._fields))
    attach(case, "parts", _PARTS(case.pk))
    return case


def now(case: Case) -> Case:
    """The case as it is now, whoever sees it: what an act that failed on it left."""
    return Case.objects.with_type("government", "lead", "officer").get(pk=case.pk)


def readable_answers(case: Case, *, insiders: bool) -> list[Answer]:
    """The versions a viewer may read, oldest first: who only asked reads what was delivered, and a source's word."""
    answers = _with_files(case, _ANSWERS(case.pk)) if case.has.answers else []
    if not insiders:
        delivered = {delivery.answer_id for delivery in _deliveries(case)}
        return [
            one for one in answers if one.pk in delivered or (delivered and one.state == Answer.State.SOURCE)
        ]
    # A draft that holds nothing but files was never saved: the editor shows it.
    return [one for one in answers if one.edition or any(one.body.values())]


def _deliveries(case: Case) -> list[Delivery]:
    return _DELIVERIES(case.pk) if case.has.deliveries else []


def _with_files(case: Case, answers: list[Answer]) -> list[Answer]:
    files = _FILES(case.pk) if case.has.files else []
    of = {pk: list(held) for pk, held in groupby(files, key=attrgetter("answer_id"))}
    for answer in answers:
        attach(answer, "attachments", of.get(answer.pk, []))
    return answers


def delivered(case: Case, answers: Iterable[Answer]) -> list[Delivery]:
    """The deliveries of the case, each with its answer out of those that its page shows anyway."""
    known = {answer.pk: answer for answer in answers}
    deliveries = _deliveries(case)
    for delivery in deliveries:
        if delivery.answer_id in known:
            delivery.answer = known[delivery.answer_id]
    return deliveries


def follow_ups(case: Case) -> list[FollowUp]:
    """What its answers promised."""
    return _FOLLOW_UPS(case.pk) if case.has.follow_ups else []


def judgements(case: Case) -> list[Judgement]:
    """What was said of its answers."""
    return _JUDGEMENTS(case.pk) if case.has.judgements else []


def asked_again(case: Case) -> list[Case]:
    """The cases that ask again what this one did not answer."""
    return _ASKED_AGAIN(case.pk) if case.has.asked_again else []
