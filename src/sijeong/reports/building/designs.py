"""The designs that a government's reports are built from."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from sijeong.org.models import Government
from sijeong.reports.writing.design import Design, read_designs


@lru_cache(maxsize=32)
def _of(city: str) -> dict[str, Design]:
    return read_designs(settings.CITIES / city)


def designs(government: Government) -> dict[str, Design]:
    """The designs of the government's city by code."""
    return _of(government.city)
