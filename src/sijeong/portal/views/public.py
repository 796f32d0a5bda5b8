"""What citizens see: no sign-in, no cookie, nothing written."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from sijeong.documents.answers import download
from sijeong.org.address import Address
from sijeong.search.highlight import snippet

from .. import access, listing, statistics
from ..city import portal_of
from ..freshness import public_page
from ..listing import Filters
from ..models import PublicCase
from ..open_data import SETS, VERSION


@require_safe
def governments(request: HttpRequest) -> HttpResponse:
    """Who has published anything here."""
    response = render(request, "portal/governments.html", {"governments": access.governments()})
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


@public_page
def home(request: HttpRequest, code: str) -> HttpResponse:
    """The list of published questions, filtered by the address."""
    government = access.government(code)
    filters, after = Filters.of(request.GET, government), request.GET.get("after", "")
    page = listing.page(government, filters, after)
    query = request.GET.copy()
    query.pop("after", None)
    told = [(public, _snippet(public, filters.q)) for public in page.cases]
    facts = {
        "government": government, "portal": portal_of(government), "filters": filters, "page": page, "told": told,
        "choices": listing.choices(government), "labels": listing.LABELS, "query": query.urlencode(), "first": not after,
        "count": None if filters.any else access.public_cases(government).count(),
    }  # fmt: skip
    return render(request, "portal/home.html", facts)


def _snippet(public: PublicCase, q: str) -> list[tuple[str, bool]]:
    texts = [public.question, *(text for _, text in public.answer)]
    return snippet(" ".join("\n".join(texts).split()), q)


@public_page
def case(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One published case; of one taken back the tombstone (410)."""
    government = access.government(code)
    public = access.public_case(government, number)
    facts = {"government": government, "portal": portal_of(government), "public": public}
    if public.withdrawn_at or public.case.published_at is None:
        return render(request, "portal/gone.html", facts, status=410)
    follow_ups = public.follow_ups.select_related("follow_up__unit", "file__file", "file__copy")
    facts |= {
        "follow_ups": list(follow_ups), "files": list(public.files.select_related("file", "copy")),
        "address": request.build_absolute_uri(request.path),
    }  # fmt: skip
    return render(request, "portal/case.html", facts)


@public_page
def file(request: HttpRequest, code: str, number: str, pk: int) -> HttpResponseBase:
    """A published file: as it is, without the picture of its first page, or its text with the masks."""
    found = access.public_file(access.government(code), number, pk)
    if found.original:
        response: HttpResponseBase = download(found.handed_out, name=found.name)
        del response["ETag"]
    else:
        response = FileResponse(
            io.BytesIO(found.text.encode()),
            as_attachment=True,
            filename=found.name,
            content_type="text/plain; charset=utf-8",
        )
        response["X-Content-Type-Options"] = "nosniff"
    return response


@public_page
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """How many were asked, and answered in time."""
    government = access.government(code)
    asked = Address(request.GET)
    told = statistics.opened(government, asked.text("year"), timezone.localdate())
    asked.choice("year", "접수 연도", {line.name for line in told.years})
    facts = {
        "government": government, "portal": portal_of(government), "told": told, "misread": asked.misread
    }  # fmt: skip
    return render(request, "portal/statistics.html", facts)


@public_page
def data(request: HttpRequest, code: str) -> HttpResponse:
    """The dictionary of the open data."""
    government = access.government(code)
    facts = {
        "government": government,
        "portal": portal_of(government),
        "sets": SETS.values(),
        "version": VERSION,
    }
    return render(request, "portal/data.html", facts)
