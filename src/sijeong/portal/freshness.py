"""When what citizens see last changed: one short query, so that a page that is still fresh costs no more than that."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any

from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from sijeong.audit.models import Event
from sijeong.cases.models import Case

from . import access
from .models import PublicCase

Answer = Callable[..., HttpResponseBase]
RELEASE = version("sijeong")


def edition(request: HttpRequest, code: str, **_: Any) -> str | None:
    """Changes with every publication and withdrawal, with every event of a public case (its follow-ups), and at midnight.

    What words find has none: the index follows a moment later, and what it did not know yet would be kept.
    """
    government = access.government(code)
    if request.GET.get("q"):
        return None
    told = PublicCase.objects.filter(government=government).aggregate(
        cases=Count("pk"), events=Sum("case__version"), last=Max("changed_at")
    )
    parts = (
        RELEASE,
        government.pk,
        *told.values(),
        timezone.localdate(),
        request.get_full_path(),
        request.get_host(),
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def last_modified(request: HttpRequest, code: str, **_: Any) -> dt.datetime | None:
    """The moment of the last event of a public case."""
    subjects = PublicCase.objects.filter(government=access.government(code)).values("case")
    return Event.objects.filter(subject=Case.SUBJECT, subject_id__in=subjects).aggregate(at=Max("at"))["at"]


def public_page(view: Answer) -> Answer:
    """For everyone, by GET and HEAD; any cache may keep it, and asks by its ETag before showing it again.

    Nothing is shown from a cache unasked: what is taken back is gone at once.
    """
    return _kept(require_safe(condition(etag_func=edition)(view)))


def public_data(view: Answer) -> Answer:
    """As ``public_page``, with the moment of the last change too, for programs that know no ETag."""
    return _kept(require_safe(condition(etag_func=edition, last_modified_func=last_modified)(view)))


def _kept(view: Answer) -> Answer:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return answer
