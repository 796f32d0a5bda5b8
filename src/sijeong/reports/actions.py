"""Every write of the room, with its event in the same transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from sijeong.audit.models import Actor
from sijeong.documents.actions import keep
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from .building import build, designs, differences, faults
from .models import Edition, Erratum, Programme, WorkReport
from .writing import FORMATS, write
from .writing.model import Report
from .writing.storing import as_json, digest


class ReportsRefused(ValueError):
    """What cannot be done; ``reasons`` say why, one each, and ``field`` of which field of the form."""

    def __init__(self, *reasons: str, field: str = "") -> None:
        super().__init__(" ".join(reasons))
        self.field = field
        self.reasons = list(reasons)


class Overtaken(ReportsRefused):
    """Somebody else wrote meanwhile; what was typed is not lost, the form still holds it."""


@transaction.atomic
def add_programme(*, unit: Unit, year: int, title: str, by: Viewer) -> Programme:
    """A programme at the end of the unit's list."""
    unit = Unit.objects.locked(unit.pk)
    last = Programme.objects.filter(unit=unit, year=year).aggregate(last=Max("order"))["last"] or 0
    programme = Programme.objects.create(
        government_id=unit.government_id, unit=unit, year=year, order=last + 1, title=title, kept_by=by.user
    )
    programme.record("added", by=by, unit=unit.pk, year=year, title=title)
    return programme


@transaction.atomic
def write_programme(*, programme: Programme, values: dict[str, Any], version: int, by: Viewer) -> Programme:
    """Write what changed of its parts. Raises Overtaken where another has written since ``version``."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    changed = {name: value for name, value in values.items() if getattr(programme, name) != value}
    if not changed:
        return programme
    if programme.version != version:
        raise Overtaken(
            f"{programme.kept_by.name if programme.kept_by else '다른 사람'} 님이 그사이에 고쳤습니다."
        )
    for name, value in changed.items():
        setattr(programme, name, value)
    programme.kept_by = by.user
    programme.save(update_fields=[*changed, "kept_by", "kept_at"])
    programme.record("written", by=by, **changed)
    return programme


@transaction.atomic
def make_report(
    *, unit: Unit, design: str, title: str, occasion: str, base_on: dt.date, by: Actor
) -> WorkReport:
    """A report to be looked at as the records grow, until it is frozen. The command line is nobody's account."""
    if base_on > timezone.localdate():
        raise ReportsRefused(f"기준일 {base_on}: 오늘까지의 날짜를 적으십시오.", field="base_on")
    if design not in designs(unit.government):
        raise ReportsRefused(f"서식 {design}: 도시 폴더에 없습니다.", field="design")
    report = WorkReport.objects.create(
        government_id=unit.government_id, unit=unit, design=design, title=title, occasion=occasion,
        base_on=base_on, made_by=by.user if isinstance(by, Viewer) else None,
    )  # fmt: skip
    report.record("made", by=by, unit=unit.pk, design=design, title=title, base_on=base_on)
    return report


def built(report: WorkReport) -> Report:
    """The report as the records tell it now."""
    design = designs(report.unit.government)[report.design]
    page = reverse("work_report_source", args=[report.pk])
    return build(
        design, report.unit, report.base_on, title=report.title, occasion=report.occasion,
        opens=lambda key: f"{page}?{urlencode({'key': key})}",
    )  # fmt: skip


def kept(report: WorkReport) -> Report:
    """What was frozen, and is so still. Raises ReportsRefused where the content is not what its digest says."""
    if report.frozen is None or report.content is None:
        raise ReportsRefused("아직 굳히지 않은 보고서입니다.")
    if digest(report.content) != report.digest:
        raise ReportsRefused("굳힌 내용의 지문이 다릅니다. 관리자에게 알리십시오.")
    return report.frozen


def _locked(report: WorkReport, state: str, else_say: str) -> WorkReport:
    report = (
        WorkReport.objects.select_for_update(of=("self",))
        .select_related("unit__government")
        .get(pk=report.pk)
    )
    if report.state != state:
        raise ReportsRefused(else_say)
    return report


@transaction.atomic
def freeze(*, report: WorkReport, by: Actor) -> WorkReport:
    """Keep the report as it is now and put it before the head. Raises ReportsRefused with what does not tie."""
    report = _locked(report, WorkReport.State.DRAFT, "이미 결재에 올린 보고서입니다.")
    whole = built(report)
    wrong = faults(whole)
    if wrong:
        raise ReportsRefused(*wrong)
    report.content = as_json(whole)
    report.digest = digest(report.content)
    report.state, report.frozen_at = WorkReport.State.FROZEN, timezone.now()
    report.save(update_fields=["content", "digest", "state", "frozen_at"])
    report.record("frozen", by=by, digest=report.digest, figures=sum(1 for _ in whole.figures()))
    return report


@transaction.atomic
def send_back(*, report: WorkReport, reason: str, by: Viewer) -> WorkReport:
    """The head gives it back to be mended: it follows the records again."""
    report = _locked(report, WorkReport.State.FROZEN, "결재 대기 중인 보고서가 아닙니다.")
    if not reason.strip():
        raise ReportsRefused("돌려보내는 까닭을 적어야 합니다.")
    report.state, report.content, report.digest, report.frozen_at = WorkReport.State.DRAFT, None, "", None
    report.save(update_fields=["state", "content", "digest", "frozen_at"])
    report.record("sent_back", by=by, reason=reason.strip())
    return report


@transaction.atomic
def release(*, report: WorkReport, by: Viewer) -> WorkReport:
    """Sign it and write it in every format. Raises ReportsRefused where the records have moved since the freeze."""
    report = _locked(report, WorkReport.State.FROZEN, "결재 대기 중인 보고서가 아닙니다.")
    whole = kept(report)
    moved = [*faults(whole), *differences(whole, built(report))]
    if moved:
        raise ReportsRefused("결재에 올린 뒤 기록이 달라졌습니다. 돌려보내고 다시 올리십시오.", *moved)
    for format_ in FORMATS:
        kind = "text" if format_ == "md" else format_
        content = write(whole, format_, settings.PRINT_FONTS, settings.ADDRESS)
        file = keep(
            content=content, name=report.file_name(format_), kind=kind, government=report.unit.government
        )
        Edition.objects.create(report=report, format=format_, file=file)
    report.state, report.signer, report.released_at = WorkReport.State.RELEASED, by.user, timezone.now()
    report.save(update_fields=["state", "signer", "released_at"])
    files = dict(report.editions.values_list("format", "file__sha256"))
    report.record("released", by=by, digest=report.digest, files=files)
    return report


@transaction.atomic
def correct(
    *, report: WorkReport, place: str, stated: str, corrected: str, reason: str, by: Viewer
) -> Erratum:
    """Tell of a mistake in a released report: a numbered erratum, the report itself stays."""
    report = _locked(
        report, WorkReport.State.RELEASED, "확정한 보고서에만 정오표를 답니다. 아직이면 고치면 됩니다."
    )
    if stated.strip() == corrected.strip():
        raise ReportsRefused("틀린 내용과 바른 내용이 같습니다.")
    erratum = Erratum.objects.create(
        report=report, number=report.errata.count() + 1, place=place, stated=stated, corrected=corrected,
        reason=reason, told_by=by.user,
    )  # fmt: skip
    report.record(
        "corrected",
        by=by,
        number=erratum.number,
        place=place,
        stated=stated,
        corrected=corrected,
        reason=reason,
    )
    return erratum
