"""The search of every page: words over all that a case says, with what to narrow them by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from sijeong.org.models import Unit
from sijeong.org.viewer import Request, Viewer
from sijeong.search import searching
from sijeong.search.engine import Asked, Hit
from sijeong.search.highlight import Marked, marked, snippet

from .. import access
from ..models import Case, CaseTypeVersion
from ..searching import KIND, reaches

SHOWN = 20
MOST_PAGES = 50
FACETS = {"type": "종류", "state": "상태", "unit": "부서", "year": "접수 연도", "file": "붙임"}


@dataclass(frozen=True)
class Line:
    """A hit as the page shows it."""

    case: Case
    title: Marked
    text: Marked
    inner: Marked


@dataclass(frozen=True)
class Choice:
    """A value of a facet: what it is called, how many hits have it, and the address that takes or drops it."""

    label: str
    count: int
    address: str
    chosen: bool


@require_GET
def search(request: Request) -> HttpResponse:
    """A number opens its case; anything else is looked for in all that the viewer may read."""
    q = request.GET.get("q", "").strip()[:200]
    narrowed = {name: value[:40] for name in FACETS if (value := request.GET.get(name, ""))}
    if not narrowed and access.cases(request.viewer).filter(number=q).exists():
        return redirect("case", q)
    page = request.GET.get("page", "1")
    number = min(int(page), MOST_PAGES) if page.isdecimal() and len(page) < 5 and int(page) else 1
    newest = request.GET.get("order") == "newest"
    asked = Asked(
        q, reaches(request.viewer), kinds=(KIND,), tags=narrowed, facets=tuple(FACETS), newest=newest,
        offset=(number - 1) * SHOWN, limit=SHOWN,
    )  # fmt: skip
    facts: dict[str, Any] = {"q": q, "newest": newest, "answered": None, "number": number}
    if q:
        answered = searching.search(request.viewer.user.government, asked)
        near = {"q": q, **narrowed}
        orders = {"near": near, "newest": near | {"order": "newest"}}
        facts |= {"answered": answered, "orders": orders, "given": orders["newest" if newest else "near"]}
        if answered.found:
            facts |= _found(request.viewer, answered.found.hits, q)
            facts["last"] = min(MOST_PAGES, -(-answered.found.total // SHOWN))
            facts["facets"] = _facets(request.viewer, answered.found.facets, facts["given"])
    return render(
        request, "cases/search_hits.html" if request.htmx.target == "hits" else "cases/search.html", facts
    )


def _found(viewer: Viewer, hits: list[Hit], q: str) -> dict[str, Any]:
    """The hits that pass the access door as the rows are now: the index may be a moment behind."""
    cases = access.cases(viewer).select_related("type", "lead", "officer").in_bulk([hit.id for hit in hits])
    lines = [_line(cases[hit.id], hit, q) for hit in hits if hit.id in cases]
    return {"lines": lines}


def _line(case: Case, hit: Hit, q: str) -> Line:
    inner = snippet(hit.inner, q) if hit.inner else []
    if not any(on for _, on in inner):
        inner = []
    return Line(case, marked(case.title, q), snippet(hit.text, q), inner)


def _facets(
    viewer: Viewer, counts: dict[str, dict[str, int]], given: dict[str, str]
) -> list[tuple[str, str, list[Choice]]]:
    """Code, name and choices of each facet that tells hits apart."""
    labels = _labels(viewer, counts)
    found = []
    for code, name in FACETS.items():
        values = sorted(counts[code].items(), key=lambda item: (-item[1], item[0]))
        if code == "year":
            values.sort(reverse=True)
        choices = []
        for value, n in values:
            chosen = given.get(code) == value
            other = {k: v for k, v in given.items() if k != code} | ({} if chosen else {code: value})
            choices.append(Choice(labels[code].get(value, value), n, f"?{urlencode(other)}", chosen))
        if choices:
            found.append((code, name, choices))
    return found


def _labels(viewer: Viewer, counts: dict[str, dict[str, int]]) -> dict[str, dict[str, str]]:
    versions = CaseTypeVersion.objects.filter(government_id=viewer.government_id, current=True)
    types = list(versions)
    states = {
        state.code: state.public if viewer.members else state.name
        for version in types
        for state in version.case_type.states
    }
    units = Unit.objects.filter(government_id=viewer.government_id, pk__in=map(int, counts["unit"]))
    return {
        "type": {version.code: version.name for version in types},
        "state": states,
        "unit": {str(pk): name for pk, name in units.values_list("pk", "name")},
        "year": {year: f"{year}년" for year in counts["year"]},
        "file": {"yes": "붙임 있음"},
    }
