"""The figures once more, by one query over the cases that knows nothing of how they are kept."""

from __future__ import annotations

import zoneinfo
from collections import Counter

from django.db.models import Count, F, Q
from django.db.models.functions import ExtractMonth, ExtractYear, TruncDate

from sijeong.cases.models import Case

SEOUL = zoneinfo.ZoneInfo("Asia/Seoul")


def recounted(government, day):
    """(year, month, unit, type) → figures, as of ``day``."""
    given = Q(delivered_at__isnull=False)
    asked = Q(open=True) & ~given
    cases = Case.objects.filter(government=government).annotate(
        year=ExtractYear("received_at", tzinfo=SEOUL), month=ExtractMonth("received_at", tzinfo=SEOUL),
        given_on=TruncDate("delivered_at", tzinfo=SEOUL),
    )  # fmt: skip
    rows = cases.values("year", "month", "lead_id", "type_code").annotate(
        received=Count("pk"),
        on_time=Count("pk", filter=given & Q(given_on__lte=F("due_on"))),
        late=Count("pk", filter=given & Q(given_on__gt=F("due_on"))),
        open_=Count("pk", filter=asked),
        overdue=Count("pk", filter=asked & Q(due_on__lt=day, paused_on=None) & ~Q(outcome_basis="source")),
        told=Count("pk", filter=Q(open=False, outcome_basis="source") & ~given),
        ended=Count("pk", filter=Q(open=False) & ~Q(outcome_basis="source") & ~given),
        extended=Count("pk", filter=Q(extensions__gt=0)),
    )
    names = ("received", "on_time", "late", "overdue", "told", "ended", "extended")
    return {
        (row["year"], row["month"], row["lead_id"] or 0, row["type_code"]): Counter(
            {name: row[name] for name in names} | {"open": row["open_"]}
        )
        for row in rows.order_by()
    }


def days_taken(government, year):
    """Calendar days from receipt to delivery of the year's delivered cases, sorted."""
    cases = Case.objects.filter(
        government=government, received_at__year=year, delivered_at__isnull=False
    ).annotate(
        came=TruncDate("received_at", tzinfo=SEOUL), given=TruncDate("delivered_at", tzinfo=SEOUL)
    )  # fmt: skip
    return sorted((given - came).days for came, given in cases.values_list("came", "given"))
