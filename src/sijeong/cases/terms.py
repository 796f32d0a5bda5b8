"""The term of a case: its type's rule over its government's calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from sijeong.catalog import CaseType
from sijeong.legaltime import Calendar, Length, Term, Unit, count
from sijeong.org.models import Government


@lru_cache(maxsize=64)
def _read(folder: Path, stamp: int) -> Calendar:
    return Calendar.from_folder(folder)


def calendar(government: Government) -> Calendar:
    """The calendar with what the city folder proclaims; a changed folder is seen at the next call."""
    folder = settings.CITIES / government.city
    file = folder / "holidays.yaml"
    return _read(folder, file.stat().st_mtime_ns if file.exists() else 0)


def term_for(
    case_type: CaseType,
    received_at: dt.datetime,
    government: Government,
    fields: Mapping[str, Any] | None = None,
) -> Term:
    """The term as the type's statute counts it: from receipt, or from the day that one of its fields tells."""
    local = timezone.localtime(received_at)
    told = (fields or {}).get(case_type.term.starts or "")
    day = dt.date.fromisoformat(told) if told else local.date()
    return count(
        rule=case_type.term.rule,
        start=local if case_type.term.in_hours else day,
        length=Length(case_type.term.length, Unit(case_type.term.unit)),
        calendar=calendar(government),
        article=case_type.basis.article,
    )
