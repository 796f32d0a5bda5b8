"""Taking an application in: at the counter by an officer, or on the public page by whoever says who they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from sijeong.cases import actions as cases
from sijeong.cases.models import Case
from sijeong.links import preconditions
from sijeong.org.models import Government, Post, Unit
from sijeong.org.viewer import Viewer
from sijeong.privacy import Kind, mask

from ..books import book_of
from ..errors import BenefitError
from ..facts import accepted, plain
from ..models import Application
from ..permissions import OFFICE, handles, may_receive, require
from ..rules.inputs import BadAnswer

TYPE = "benefit_application"


@dataclass(frozen=True)
class Applicant:
    """Who applies: no more than the decision and the payment need."""

    name: str
    born_on: dt.date
    phone: str
    bank: str = ""
    account: str = ""
    claims: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def apply(
    *,
    government: Government,
    benefit: str,
    applicant: Applicant,
    by: Viewer | None,
    received_at: dt.datetime | None = None,
) -> Application:
    """Receive an application as a case. ``by`` None: from the public page, where nobody proved who they are.

    At the counter the officer's division takes it at once; from the public page planning assigns it. Raises
    BenefitError for a benefit not in force, a birth to come, or a claim that cannot be.
    """
    require(by is None or may_receive(by))
    book, when = book_of(government), received_at or timezone.now()
    day = timezone.localtime(when).date()
    if benefit not in book.benefits or book[benefit].law_on(day) is None:
        raise BenefitError("지금 시행하지 않는 지원입니다.")
    if applicant.born_on > day:
        raise BenefitError("생년월일이 접수일보다 뒤입니다.")
    rule, shown = book[benefit], mask(Kind.NAME, applicant.name)
    case = cases.receive(
        government=government, type_code=TYPE, title=f"{rule.korean} 신청({shown})",
        question="신청한 사람의 답과 확인한 사실은 지원사업 화면에 있습니다.", asker_name=shown,
        fields={"benefit": rule.korean}, by=by, received_at=when, source="counter" if by else "public",
    )  # fmt: skip
    application = Application.objects.create(
        government=government, case=case, benefit=benefit, benefit_name=rule.korean, year=day.year, received_on=day,
        channel=Application.Channel.COUNTER if by else Application.Channel.PUBLIC, name=applicant.name.strip(),
        born_on=applicant.born_on, phone=applicant.phone, bank=applicant.bank, account=applicant.account,
        claims=plain(applicant.claims),
    )  # fmt: skip
    try:
        accepted(book, rule, applicant.claims, application)
    except BadAnswer as error:
        raise BenefitError(str(error)) from error
    application.record(
        "apply", by=by, at=when, number=case.number, benefit=benefit, channel=application.channel
    )
    if by:
        cases.assign(case=case, lead=_division(by), by=None, at=when)
        cases.start(case=case, by=None, officer=by.user, at=when)
    return application


def _division(viewer: Viewer) -> Unit:
    """The division in which the officer at the counter works."""
    posts = (
        Post.objects.on(viewer.day).filter(user=viewer.user, role__in=OFFICE).select_related("unit__parent")
    )
    for post in posts:
        for unit in (post.unit, post.unit.parent):
            if unit is not None and unit.answers_cases:
                return unit
    raise BenefitError("신청을 맡을 부서(과·담당관)에 속해 있지 않습니다.")


@transaction.atomic
def verify(
    *, application: Application, facts: dict[str, Any], proof: str, by: Viewer, bank: str = "", account: str = ""
) -> Application:  # fmt: skip
    """Keep what an officer verified, by what proof; the claims stay as they were said.

    Raises BenefitError once a decision stands, without a proof, or for a fact that cannot be.
    """
    case, application = locked(application)
    require(handles(by, application))
    standing = application.latest
    if case.state != "in_hand" or (standing and not standing.may_be_followed):
        raise BenefitError("심사 중인 신청만 사실을 고칠 수 있습니다. 이의신청을 받으면 다시 열립니다.")
    if not proof.strip():
        raise BenefitError("무엇으로 확인했는지 적어야 합니다.")
    book = book_of(application.government)
    try:
        accepted(book, book[application.benefit], facts, application)
    except BadAnswer as error:
        raise BenefitError(str(error)) from error
    application.facts, application.proof = plain(facts), proof.strip()
    application.bank, application.account = bank or application.bank, account or application.account
    application.verified_at, application.verified_by = timezone.now(), by.user
    application.save(
        update_fields=["facts", "proof", "bank", "account", "verified_at", "verified_by"]
    )  # fmt: skip
    application.record("verify", by=by, questions=sorted(facts), proof=proof.strip())
    return application


def locked(application: Application) -> tuple[Case, Application]:
    """The case's row, held until the transaction ends, and the application as it is now."""
    case = Case.objects.locked(application.case_id)
    fresh = Application.objects.select_related("government", "case__government", "case__type").get(
        pk=application.pk
    )
    fresh.case = case
    # Read under the case's lock, which every change of an application takes.
    preconditions.locked(fresh)
    return case, fresh
