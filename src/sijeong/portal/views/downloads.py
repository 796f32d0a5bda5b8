"""What programs fetch: data, feeds, calendars, the map of the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from urllib.parse import quote

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from sijeong.links.listing import refusal
from sijeong.org.viewer import viewer_for

from .. import access, calendars, feeds
from ..actions.calendars import digest_of
from ..freshness import public_data, public_page
from ..listing import Filters
from ..models import CalendarKey, PublicCase
from ..open_data import SETS, csv_lines, json_lines, schema


def _address_of(request: HttpRequest, code: str) -> Callable[[str], str]:
    return lambda number: request.build_absolute_uri(reverse("public_case", args=[code, number]))


@public_data
def data(request: HttpRequest, code: str, dataset: str, form: str) -> HttpResponseBase:
    """A data set as CSV or JSON, streamed: every row."""
    government, chosen = access.government(code), SETS[dataset]
    address = request.build_absolute_uri(reverse("public_data", args=[code]))
    lines = csv_lines(chosen, government) if form == "csv" else json_lines(chosen, government, address)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    response = StreamingHttpResponse(lines, content_type=kind)
    day = timezone.localdate()
    response["Content-Disposition"] = f'attachment; filename="{code}-{dataset}-{day}.{form}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public_page
def data_schema(request: HttpRequest, code: str, dataset: str) -> HttpResponse:
    """The JSON Schema of a data set."""
    access.government(code)
    address = request.build_absolute_uri(reverse("public_data", args=[code]))
    body = orjson.dumps(schema(SETS[dataset], address), option=orjson.OPT_INDENT_2)
    response = HttpResponse(body, content_type="application/schema+json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public_page
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """What was published last, of a filter."""
    government = access.government(code)
    filters = Filters.of(request.GET, government)
    if filters.misread:  # whoever reads by program is not told of something else
        return refusal(filters.misread).response()
    query = request.GET.urlencode()
    link = request.build_absolute_uri(reverse("public_home", args=[code]) + (f"?{query}" if query else ""))
    own = request.build_absolute_uri(request.get_full_path())
    body = feeds.atom(government, filters, link, own, _address_of(request, code))
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@public_page
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """What was promised, by day."""
    body = calendars.public_calendar(
        access.government(code), _address_of(request, code), request.get_host(), timezone.localdate()
    )
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


@require_safe
def own_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's own due dates, for who knows the secret. Not there once it is revoked or the person has left."""
    key = CalendarKey.objects.filter(digest=digest_of(secret), revoked_at=None).select_related("user").first()
    if key is None or not key.user.is_active:
        raise Http404("calendar")
    viewer = viewer_for(key.user, timezone.localdate())
    body = calendars.own_calendar(
        viewer, lambda number: request.build_absolute_uri(reverse("case", args=[number])), request.get_host()
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    patch_cache_control(response, private=True, no_store=True)
    return response


MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The most that a map may hold (sitemaps.org).
MOST = 50_000


def _map(root: str, entry: str, rows: Iterator[tuple[str, dt.datetime | None]]) -> HttpResponse:
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{MAP}">']
    for address, changed in rows:
        told = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        lines.append(f"<{entry}><loc>{quote(address, safe=':/')}</loc>{told}</{entry}>")
    response = HttpResponse("\n".join([*lines, f"</{root}>\n"]), content_type="application/xml")
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """The maps of every government and year."""

    def rows() -> Iterator[tuple[str, dt.datetime | None]]:
        pairs = (
            PublicCase.objects.shown()
            .values_list("government__code", "year")
            .order_by("government__code", "year")
        )
        for code, year in pairs.distinct():
            yield request.build_absolute_uri(reverse("public_map", args=[code, year])), None

    return _map("sitemapindex", "sitemap", rows())


@public_page
def year_map(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The pages of a year."""

    def rows() -> Iterator[tuple[str, dt.datetime | None]]:
        public = access.public_cases(access.government(code)).filter(year=year).order_by("pk")
        for number, changed in public.values_list("number", "changed_at")[:MOST].iterator(2000):
            yield request.build_absolute_uri("/") + f"public/{code}/cases/{number}/", changed

    return _map("urlset", "url", rows())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages, nothing else."""
    lines = [
        "User-agent: *",
        "Allow: /public/",
        "Allow: /static/",
        "Disallow: /",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=86_400)
    return response
