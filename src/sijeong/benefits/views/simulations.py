"""Costing a year or a reform over the population: asked, run by the worker, shown, handed out."""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sijeong.documents.actions import FileRefused, store
from sijeong.org.viewer import Request

from .. import access, figures, simulating, workbook
from ..books import assumptions_of, book_of
from ..forms import SimulationForm
from ..models import Simulation
from ..permissions import may_read, may_simulate, require
from ..rules.runs import FORMAT


@require_GET
def simulations(request: Request) -> HttpResponse:
    """What was run, newest first."""
    require(may_read(request.viewer))
    pages = Paginator(access.simulations(request.viewer), 50)
    facts = {"page": pages.get_page(request.GET.get("page")), "may": may_simulate(request.viewer)}
    return render(request, "benefits/simulations.html", facts)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Ask for a run; what was typed stays when something is wrong."""
    require(may_simulate(request.viewer))
    government = request.viewer.user.government
    posted = request.method == "POST"
    form = SimulationForm(
        book_of(government), assumptions_of(government), request.POST if posted else None,
        request.FILES if posted else None, initial={"benefits": request.GET.getlist("benefit")},
    )  # fmt: skip
    if posted and form.is_valid():
        try:
            found = _begin(request, form)
        except FileRefused as error:
            form.add_error("file", str(error))
        else:
            return redirect("simulation", found.pk)
    chosen = set(request.POST.getlist("benefits") if posted else request.GET.getlist("benefit"))
    facts = {"form": form, "chosen": chosen}
    return render(request, "benefits/simulation_new.html", facts, status=422 if form.errors else 200)


@transaction.atomic
def _begin(request: Request, form: SimulationForm) -> Simulation:
    viewer, sent, file = request.viewer, form.cleaned_data["file"], None
    if form.cleaned_data["people"] == simulating.FILE:
        file = store(stream=sent, name=sent.name, government=viewer.user.government, by=viewer.user)
    return simulating.begin(form=form, file=file, by=viewer)


@require_GET
def simulation(request: Request, pk: int) -> HttpResponse:
    """The figures, charts and tables; while it runs the page asks again by itself."""
    require(may_read(request.viewer))
    found = access.simulation(request.viewer, pk)
    facts: dict[str, Any] = {
        "simulation": found,
        "unreadable": _unreadable(found),
        "may": may_simulate(request.viewer),
    }
    if found.state == Simulation.State.DONE and not facts["unreadable"]:
        facts |= _told(request, found)
    part = request.htmx and found.state != Simulation.State.DONE
    response = render(
        request, "benefits/simulation_status.html" if part else "benefits/simulation.html", facts
    )
    if request.htmx and not found.busy:
        response["HX-Refresh"] = "true"
    return response


def _unreadable(found: Simulation) -> str:
    """In which shape the figures were kept, where this version knows only another."""
    kept = found.result.get("format", 0)
    return str(kept or "없음") if found.state == Simulation.State.DONE and kept != FORMAT else ""


def _told(request: Request, found: Simulation) -> dict[str, Any]:
    given, benefits = assumptions_of(found.government), found.result["benefits"]
    name = request.GET.get("benefit", "")
    name = name if name in benefits else next(iter(benefits), "")
    total = int(given["total"])
    asked = found.request.get("population") or {}
    reform = found.result["reform"].get(name)
    return {
        "name": name, "one": benefits.get(name), "benefits": benefits, "reform": reform,
        "groups": figures.groups(benefits[name], given), "tiles": figures.tiles(benefits[name], given),
        "months": figures.months(benefits[name]), "book": book_of(found.government),
        "compared": figures.compared(reform, given) if reform else [],
        "sample": total / asked["people"] if asked.get("people", total) < total else None,
    }  # fmt: skip


def _done(request: Request, pk: int) -> Simulation:
    require(may_read(request.viewer))
    found = access.simulation(request.viewer, pk)
    if found.state != Simulation.State.DONE:
        raise Http404("result")
    return found


@require_GET
def sheet(request: Request, pk: int) -> HttpResponse | FileResponse:
    """Everything as a workbook; of figures that cannot be read, the page that says so."""
    found = _done(request, pk)
    if _unreadable(found):
        return redirect("simulation", pk)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    workbook.write(out, found, assumptions_of(found.government))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{found.title}.xlsx")


@require_GET
def repeat(request: Request, pk: int) -> JsonResponse:
    """What ``sijeong simulate --reproduce`` needs to run it again and to compare."""
    found = _done(request, pk)
    told = {"title": found.title, "request": found.request, "digests": found.digests, "result": found.result}
    return JsonResponse(
        told, json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": f'attachment; filename="simulation-{found.pk}.json"'},
    )  # fmt: skip
