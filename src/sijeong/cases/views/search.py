"""The search of every page: words over all that a case says, with what to narrow them by."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from sijeong.org.access import units
from sijeong.org.address import Address
from sijeong.org.models import Unit
from sijeong.org.viewer import Request, Viewer
from sijeong.search import lines, searching
from sijeong.search.engine import Asked
from sijeong.search.lines import labels
from sijeong.search.sources import listed

from .. import access
from ..understood import is_code

SHOWN = 20
MOST_PAGES = 50
FACETS = {"type": "종류", "state": "상태", "unit": "부서", "year": "접수 연도", "file": "붙임"}


@dataclass(frozen=True)
class Choice:
    """A value of a facet: what it is called, how many hits have it, and the address that takes or drops it."""

    label: str
    count: int
    address: str
    chosen: bool


def kinds(scopes: Container[str]) -> tuple[str, ...]:
    """What may be found with these scopes; all of it without a token."""
    return tuple(kind for kind, source in listed().items() if source.scope in scopes)


@require_GET
def search(request: Request) -> HttpResponse:
    """A number opens its case; anything else is looked for in all that the viewer may read."""
    address = Address(request.GET)
    q, newest = address.text("q", 200), address.choice("order", "차례", {"near", "newest"}) == "newest"
    narrowed = narrowed_by(address, request.viewer)
    if not narrowed and access.cases(request.viewer).filter(number=q).exists():
        return redirect("case", q)
    page = request.GET.get("page", "1")
    number = min(int(page), MOST_PAGES) if page.isdecimal() and len(page) < 5 and int(page) else 1
    asked = Asked(
        q, lines.reaches(request.viewer), kinds=tuple(listed()), tags=narrowed, facets=tuple(FACETS), newest=newest,
        offset=(number - 1) * SHOWN, limit=SHOWN,
    )  # fmt: skip
    facts: dict[str, Any] = {
        "q": q,
        "newest": newest,
        "answered": None,
        "number": number,
        "misread": address.misread,
    }
    if q:
        answered = searching.search(request.viewer.user.government, asked)
        near = {"q": q, **narrowed}
        orders = {"near": near, "newest": near | {"order": "newest"}}
        facts |= {"answered": answered, "orders": orders, "given": orders["newest" if newest else "near"]}
        if answered.found:
            facts["lines"] = lines.lines(request.viewer, answered.found.hits, q)
            facts["last"] = min(MOST_PAGES, -(-answered.found.total // SHOWN))
            facts["facets"] = _facets(request.viewer, answered.found.facets, facts["given"])
    return render(
        request, "cases/search_hits.html" if request.htmx.target == "hits" else "cases/search.html", facts
    )


def narrowed_by(asked: Address, viewer: Viewer) -> dict[str, str]:
    """The facets that an address narrows by; what of it nobody understands is as if not given."""
    named = labels(viewer) if asked.text("type") or asked.text("state") else {}
    told: dict[str, Any] = {
        "file": asked.choice("file", FACETS["file"], {"yes"}),
        "year": asked.year("year", FACETS["year"]),
    }
    for name in ("type", "state"):
        given = asked.text(name, 40)
        known = given in named.get(name, {}) or is_code(name, given, viewer.government_id)
        told[name] = asked.choice(name, FACETS[name], {given} if known else ())
    unit = asked.row("unit", FACETS["unit"], units(viewer))
    told["unit"] = unit.pk if unit else ""
    return {name: str(told[name]) for name in FACETS if told[name]}


def _facets(
    viewer: Viewer, counts: dict[str, dict[str, int]], given: dict[str, str]
) -> list[tuple[str, str, list[Choice]]]:
    """Code, name and choices of each facet that tells hits apart."""
    labels = labels_of(viewer, counts)
    found = []
    for code, name in FACETS.items():
        values = sorted(counts[code].items(), key=lambda item: (-item[1], item[0]))
        if code == "year":
            values.sort(reverse=True)
        choices = []
        for value, n in values:
            chosen = given.get(code) == value
            other = {k: v for k, v in given.items() if k != code} | ({} if chosen else {code: value})
            choices.append(Choice(labels.get(code, {}).get(value, value), n, f"?{urlencode(other)}", chosen))
        if choices:
            found.append((code, name, choices))
    return found


def labels_of(viewer: Viewer, counts: dict[str, dict[str, int]]) -> dict[str, dict[str, str]]:
    """What the values that occur are called, by facet."""
    units = Unit.objects.filter(government_id=viewer.government_id, pk__in=map(int, counts["unit"]))
    return lines.labels(viewer) | {
        "unit": {str(pk): name for pk, name in units.values_list("pk", "name")},
        "year": {year: f"{year}년" for year in counts["year"]}, "file": {"yes": "붙임 있음"},
    }  # fmt: skip
