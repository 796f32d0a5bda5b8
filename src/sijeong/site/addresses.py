"""Addresses as templates write them, dozens a page; routes do not change while it runs."""

from __future__ import annotations

import string
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.http import RFC3986_SUBDELIMS

# As ``reverse`` quotes them.
PLAIN = frozenset((string.ascii_letters + string.digits + "_.-~/:@" + RFC3986_SUBDELIMS).encode())
QUOTED = [chr(byte) if byte in PLAIN else f"%{byte:02X}" for byte in range(256)]
NUMBER = "가-2026-00001"


@lru_cache(maxsize=4096)
def _address_of(urlconf: str, prefix: str, name: str, *args: Any) -> str:
    return reverse(name, args=args)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a route. Reversing one costs as much as a row of a list."""
    if kwargs:
        return reverse(name, args=args, kwargs=kwargs)
    return _address_of(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, *args)


@lru_cache(maxsize=64)
def _around(urlconf: str, prefix: str) -> tuple[str, str]:
    """What stands before and behind the number in the address of a case."""
    before, after = reverse("case", args=[NUMBER]).split(_quoted(NUMBER))
    return before, after


def _quoted(text: str) -> str:
    return "".join([QUOTED[byte] for byte in text.encode()])


def case_url(number: str) -> str:
    """The address of the case of a number that stands in the database: of each row of a list a new one."""
    before, after = _around(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return before + _quoted(number) + after
