"""The list of payments: on the page, as a workbook, and the record that they were made."""

from __future__ import annotations

import tempfile

from django.contrib import messages
from django.db.models import QuerySet, Sum
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from sijeong.org.address import Address
from sijeong.org.viewer import Request

from .. import actions
from ..errors import BenefitError
from ..forms import PayForm
from ..models import Decision
from ..payments import listed, write
from ..permissions import handles, may_read, require
from ..showing import shown


def _of(request: Request, paid: bool) -> QuerySet[Decision]:
    return listed(request.viewer, paid=paid).order_by("-paid_on", "pk")


@require_http_methods(["GET", "POST"])
def payments(request: Request) -> HttpResponse:
    """What is to be paid, and what was; ticked and dated when the money has gone."""
    require(may_read(request.viewer))
    asked = Address(request.GET)
    paid = asked.choice("paid", "지급한 것", {"0", "1"}) == "1"
    decisions = list(_of(request, paid)[:500])
    mine = [decision for decision in decisions if handles(request.viewer, decision.application)]
    form = PayForm(
        [(decision.pk, decision.label) for decision in mine],
        request.POST if request.method == "POST" else None,
    )
    if request.method == "POST":
        require(bool(mine) or not decisions)
        if form.is_valid() and _paid(request, form, mine):
            return redirect("benefit_payments")
    facts = {
        "paid": paid, "misread": asked.misread, "form": form, "mine": {decision.pk for decision in mine},
        "rows": [(decision, shown(request.viewer, decision.application)) for decision in decisions],
        "won": sum(decision.amount for decision in decisions), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "benefits/payments.html", facts, status=422 if form.errors else 200)


def _paid(request: Request, form: PayForm, mine: list[Decision]) -> bool:
    ticked = set(form.cleaned_data["decision"])
    chosen = [decision for decision in mine if decision.pk in ticked]
    try:
        won = actions.pay(decisions=chosen, on=form.cleaned_data["on"], by=request.viewer)
    except BenefitError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, f"{len(chosen):,}건 {won:,}원을 지급한 것으로 남겼습니다.")
    return True


@require_GET
def workbook(request: Request) -> FileResponse:
    """The list as a workbook; accounts are whole only for those who pay."""
    require(may_read(request.viewer))
    rows = _of(request, request.GET.get("paid") == "1")
    total = rows.aggregate(won=Sum("amount", default=0))["won"]
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write(out, request.viewer, rows, total)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename="지원금 지급 목록.xlsx")
