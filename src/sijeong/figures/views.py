"""Budget books: the list, one book as a tree, a sheet brought in and confirmed."""

from __future__ import annotations

import tempfile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.cases.korean import settled
from sijeong.documents.actions import FileRefused, local_path, store
from sijeong.org.address import Address
from sijeong.org.viewer import Request
from sijeong.sheets.reading import SheetRefused

from . import access, actions
from .forms import BringForm
from .incoming import UNITS, shown, understand
from .models import Book
from .sheet import write_book, write_template


@require_GET
def books(request: Request) -> HttpResponse:
    """Every book of a year, the latest year with any first."""
    seen = access.books(request.viewer)
    years = list(seen.order_by("-year").values_list("year", flat=True).distinct())
    asked = Address(request.GET)
    year = int(asked.choice("year", "회계연도", set(map(str, years)), str(max(years, default=0))))
    found = list(seen.filter(year=year).order_by("unit__path", "kind", "-base_on", "-pk"))
    facts = {
        "books": found,
        "years": years,
        "year": year,
        "keeps": access.keeps_any(request.viewer),
        "misread": asked.misread,
    }
    return render(request, "figures/books.html", facts)


@require_GET
def book(request: Request, pk: int) -> HttpResponse:
    """One book: its lines as a tree with what is spent of each."""
    found = access.book(request.viewer, pk)
    facts = {
        "book": found, "lines": list(found.lines.all()), "keeps": access.keeps(request.viewer, found.unit),
        "past": access.books(request.viewer).filter(unit=found.unit, year=found.year, kind=found.kind)
        .exclude(pk=found.pk).order_by("-base_on"),
    }  # fmt: skip
    return render(request, "figures/book.html", facts)


@require_http_methods(["GET", "POST"])
def bring(request: Request) -> HttpResponse:
    """A sheet comes; what does not tie is told cell by cell and nothing is kept."""
    if not access.keeps_any(request.viewer):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringForm(request.viewer, *sent)
    wrong: list[str] = []
    if request.method == "POST" and form.is_valid():
        brought, wrong = _brought(request, form)
        if brought:
            return redirect("budget_book", brought.pk)
    status = 422 if form.errors or wrong else 200
    return render(request, "figures/bring.html", {"form": form, "wrong": shown(wrong)}, status=status)


def _brought(request: Request, form: BringForm) -> tuple[Book | None, list[str]]:
    data = form.cleaned_data
    viewer = request.viewer
    try:
        with transaction.atomic():
            file = store(
                stream=data["file"], name=data["file"].name, government=viewer.user.government, by=viewer.user
            )
            rows, wrong = understand(local_path(file), file.kind, data["money"])
            if wrong:
                transaction.set_rollback(True)
                return None, wrong
            given = {name: data[name] for name in ("unit", "year", "kind", "base_on", "source")}
            return actions.bring(**given, rows=rows, by=viewer, file=file, scale=UNITS[data["money"]]), []
    except (FileRefused, SheetRefused) as error:
        form.add_error("file", str(error))
    except actions.FiguresRefused as error:
        form.add_error(None, str(error))
    return None, []


@require_POST
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """Confirm a draft, or discard it."""
    found = access.book(request.viewer, pk)
    if not access.keeps(request.viewer, found.unit):
        raise PermissionDenied
    try:
        if act == "confirm":
            actions.confirm(book=found, by=request.viewer)
            messages.success(request, settled(f"{found}을(를) 현행으로 했습니다."))
        else:
            actions.discard(book=found, by=request.viewer)
            messages.success(request, "올린 예산을 지웠습니다.")
            return redirect("budget_books")
    except actions.FiguresRefused as error:
        messages.error(request, str(error))
    return redirect("budget_book", found.pk)


@require_GET
def download(request: Request, pk: int) -> FileResponse:
    """The book in the columns that the upload reads."""
    found = access.book(request.viewer, pk)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_book(found, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{found} {found.base_on}.xlsx")


@require_GET
def template(request: Request) -> FileResponse:
    """An empty sheet with its columns."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_template(out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename="예산 양식.xlsx")
