"""Taking a case in: its number, its term, its first event."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from sijeong.audit.models import Actor
from sijeong.catalog import CaseType
from sijeong.cleaned import line
from sijeong.org.models import Government, Unit, User

from ..errors import CaseError
from ..models import Case, CaseTypeVersion, NumberSeries
from ..models.tally import count_new
from ..terms import term_for
from .acts import moment


def current_type(government: Government, code: str) -> CaseTypeVersion:
    """The version of the type in force. Raises CaseError naming those there are."""
    versions = CaseTypeVersion.objects.filter(government=government, current=True)
    try:
        return versions.get(code=code)
    except CaseTypeVersion.DoesNotExist:
        known = ", ".join(versions.order_by("code").values_list("code", flat=True)) or "없음"
        raise CaseError(f"사안 종류 {code}이(가) 없습니다. 있는 종류: {known}") from None


def take_numbers(government: Government, case_type: CaseType, year: int, how_many: int = 1) -> list[str]:
    """The next numbers of the type's series, in the caller's transaction: rolled back with it, never skipped."""
    series, _ = NumberSeries.objects.select_for_update().get_or_create(
        government=government, prefix=case_type.number, year=year
    )
    first = series.last + 1
    series.last += how_many
    series.save(update_fields=["last"])
    return [case_type.numbered(year, n) for n in range(first, first + how_many)]


def check_facts(case_type: CaseType, kind: str, fields: dict[str, Any]) -> None:
    """Raises CaseError for an unknown kind or field, or a missing required one."""
    kinds = {k.code: k.name for k in case_type.kinds}
    if kinds and kind not in kinds:
        raise CaseError(f"구분 ‘{kind}’이(가) 없습니다. 가능한 값: {', '.join(kinds.values())}", field="kind")
    if not kinds and kind:
        raise CaseError(f"{case_type.name}에는 구분이 없습니다.", field="kind")
    known = {field.code: field for field in case_type.extra_fields}
    for code in fields:
        if code not in known:
            raise CaseError(
                f"{case_type.name}에는 항목 {code}이(가) 없습니다. 있는 항목: {', '.join(known) or '없음'}"
            )
    starts = str(fields.get(case_type.term.starts or "") or "")
    if starts > timezone.localdate().isoformat():
        raise CaseError(
            f"{known[case_type.term.starts or ''].name} {starts}은 아직 오지 않은 날입니다.",
            field=f"x_{case_type.term.starts}",
        )
    for field in known.values():
        if field.required and not fields.get(field.code):
            raise CaseError(f"{field.name}을(를) 적어야 합니다.", field=f"x_{field.code}")


@transaction.atomic
def receive(
    *,
    government: Government,
    type_code: str,
    title: str,
    question: str,
    asker_name: str,
    by: Actor | None,
    asker: User | None = None,
    asker_unit: Unit | None = None,
    kind: str = "",
    fields: dict[str, Any] | None = None,
    received_at: dt.datetime | None = None,
    source: str = "page",
    source_key: str | None = None,
    again_of: Case | None = None,
) -> Case:
    """Take a case in: number it in its year's series, count its term from receipt, and journal it.

    Raises CaseError for a type, kind or field that is not there, or a receipt in the future. Who may ask for a type is
    asked where somebody files: an import or a meeting takes in for others.
    """
    version = current_type(government, type_code)
    case_type = version.case_type
    check_facts(case_type, kind, fields or {})
    if not line(title) or not question.strip():
        raise CaseError("제목과 내용을 적어야 합니다.")
    received_at = moment(received_at, field="received_at")
    year = timezone.localtime(received_at).year
    term = term_for(case_type, received_at, government, fields)
    first = case_type.initial
    case = Case.objects.create(
        government=government, type=version, type_code=version.code,
        number=take_numbers(government, case_type, year)[0], title=line(title)[:200], question=question.strip(),
        kind=kind, fields=fields or {}, asker=asker, asker_unit=asker_unit, asker_name=asker_name,
        source=source, source_key=source_key, received_at=received_at, state=first.code, open=first.open,
        term_data=term.as_json(), due_on=term.last_day, created_by_id=by.pk if by else None, again_of=again_of,
    )  # fmt: skip
    case.record(
        "receive", by=by, at=received_at, number=case.number, type=f"{version.code}@{version.number}",
        asker=asker_name, source=source, **({"again_of": again_of.number} if again_of else {}),
        set={
            "state": case.state, "open": case.open, "due_on": case.due_on, "kind": case.kind, "received_at": received_at,
        },
    )  # fmt: skip
    count_new(government.pk, [case.facts])
    return case


@transaction.atomic
def receive_many(
    *, government: Government, type_code: str, rows: Sequence[dict[str, Any]], once: str, by: Actor
) -> list[Case]:
    """Take in all rows (keyword arguments of ``receive``) or none; their cases in the order of the rows.

    ``once`` names this filing: a form sent twice brings the cases of the first time. Raises CaseError with the row.
    """
    # Held to the end, so that two sendings of one form cannot both find its rows new.
    Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    keys = [hashlib.sha256(f"{by.pk}\x1f{once}\x1f{n}".encode()).hexdigest() for n in range(len(rows))]
    already = list(Case.objects.filter(government=government, source_key__in=keys).order_by("pk"))
    if already:
        return already
    filed = []
    for n, (key, row) in enumerate(zip(keys, rows, strict=True), 1):
        try:
            filed.append(receive(government=government, type_code=type_code, by=by, source_key=key, **row))
        except CaseError as error:
            raise CaseError(f"{n}번째 사안: {error}") from error
    return filed
