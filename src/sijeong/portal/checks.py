"""What `sijeong doctor` asks of the portal: is what citizens see the version that the journal names?"""

from __future__ import annotations

from collections.abc import Iterator

from sijeong.audit.models import Event
from sijeong.cases.models import Case

from .models import PublicCase


def faults() -> Iterator[str]:
    """Published cases without a public version, and versions other than the one that the journal names last."""
    for case in Case.objects.filter(published_at__isnull=False, public=None).order_by("pk")[:100]:
        yield f"{case.number}: 공개했다고 하나 시민이 볼 글이 없습니다"
    rows = PublicCase.objects.shown().select_related("case").order_by("pk")
    told = Event.objects.filter(
        subject=Case.SUBJECT, act__in=("publish", "republish"), subject_id__in=rows.values("case")
    )
    pairs = told.order_by("subject_id", "seq").values_list("subject_id", "data")
    last = {key: data.get("public", "") for key, data in pairs.iterator(2000)}
    for public in rows.iterator(2000):
        if last.get(public.case_id) != public.digest:
            yield f"{public.number}: 시민이 보는 글이 일지에 적힌 판과 다릅니다"
