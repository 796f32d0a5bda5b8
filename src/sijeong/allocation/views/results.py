"""What was decided: the list, one person's reasons, the resources, and both as files."""

from __future__ import annotations

import tempfile

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sijeong.documents.actions import local_path
from sijeong.org import paging
from sijeong.org.viewer import Request

from .. import access
from ..exports import write_decisions
from ..listing import GOT, Filters, page
from ..models import Decision
from ..receipts import secret_of
from ..widening import change_for


@require_GET
def people(request: Request, pk: int) -> HttpResponse:
    """Everyone of the result, filtered by the address."""
    found, run = access.solved(request.viewer, pk)
    filters = Filters.of(request.GET, found, run)
    query = request.GET.copy()
    query.pop("after", None)
    facts = {
        "round": found, "run": run, "filters": filters, "page": page(filters.applied(run), request.GET.get("after", "")),
        "query": query.urlencode(), "first": not request.GET.get("after"), "got": GOT,
        "classes": found.definition.classes, "areas": [area for area in run.outcome["by_area"] if area],
        "changes": Decision.Change.choices[1:] if found.daily else [],
        "place": filters.place,
    }  # fmt: skip
    if request.htmx.target == "rows":
        return render(request, "allocation/people_rows.html", facts)
    return render(request, "allocation/people.html", facts)


@require_GET
def person(request: Request, pk: int, row: int) -> HttpResponse:
    """One person: what was decided, why, and the letter that tells them."""
    found, decision = access.decision(request.viewer, pk, row)
    columns = found.definition.applicants.columns
    told = [(columns.get(role, role), value) for role, value in decision.given.items() if role != "received"]
    facts = {
        "round": found, "decision": decision, "told": told, "secret": secret_of(found, decision.number),
        "change": change_for(found, decision), "cls": next(c for c in found.definition.classes if c.code == decision.cls),
    }  # fmt: skip
    return render(request, "allocation/person.html", facts)


@require_GET
def places(request: Request, pk: int) -> HttpResponse:
    """Every resource: its use, and what one more would bring."""
    found, run = access.solved(request.viewer, pk)
    after = request.GET.get("after", "")
    listed, following = paging.page(run.places.all(), "id", after, 100)
    facts = {"round": found, "run": run, "places": listed, "first": not after, "next": following}
    return render(request, "allocation/places.html", facts)


@require_GET
def decisions_file(request: Request, pk: int) -> FileResponse:
    """The list for the division, with reasons and the secrets of the receipts."""
    found, run = access.solved(request.viewer, pk)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_decisions(found, run, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{found.title} 명단.xlsx")


@require_GET
def bundle(request: Request, pk: int) -> FileResponse:
    """The bundle that lets anyone compute it again."""
    _, run = access.solved(request.viewer, pk)
    if run.bundle is None:
        raise access.missing(request.viewer, "bundle")
    return FileResponse(local_path(run.bundle).open("rb"), as_attachment=True, filename=run.bundle.name)
