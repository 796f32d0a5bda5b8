"""What anyone may see, without signing in: announced lotteries, released results, one's own, and the check of a bundle."""

from __future__ import annotations

from django.core.cache import cache
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from sijeong.documents.actions import limit_told, local_path

from .. import access
from ..forms import LARGEST, LookForm, VerifyForm
from ..models import Round
from ..receipts import fits
from ..solving.bundle import Check
from ..solving.lottery import commitment
from ..told import definition_told
from ..verifying import checked

TRIES, MINUTES = 20, 10


@require_GET
def results(request: HttpRequest, code: str) -> HttpResponse:
    """Lotteries announced and allocations released, the latest first."""
    government = access.government(code)
    rounds = Round.objects.published().filter(government=government).select_related("unit", "scheme")
    return render(
        request,
        "allocation/public_list.html",
        {"government": government, "rounds": rounds.order_by("-pk")[:100]},
    )


@never_cache
@require_GET
def result(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One allocation: what was announced before the draw, and what came out."""
    return _result(request, code, pk)


def _result(
    request: HttpRequest, code: str, pk: int, *, status: int = 200, look: LookForm | None = None,
    checks: list[Check] | None = None, verify: VerifyForm | None = None, own: object = None,
) -> HttpResponse:  # fmt: skip
    found = access.public_round(code, pk)
    facts = {
        "government": found.government, "round": found, "run": found.run if found.final else None, "own": own,
        "sections": definition_told(found.definition), "look": look or LookForm(), "verify": verify or VerifyForm(),
        "commitment": commitment(bytes(found.seed)) if found.by_lottery and not found.beacon_round else "",
        "checks": checks, "held": checks is not None and all(check.held for check in checks),
    }  # fmt: skip
    return render(request, "allocation/public_round.html", facts, status=status)


# Somebody who is not signed in changes nothing here, and a token against forgery needs a cookie.
@csrf_exempt
@never_cache
@require_http_methods(["POST"])
def mine(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One's own result by the number and the secret of the receipt."""
    found = access.public_round(code, pk)
    form = LookForm(request.POST)
    if not form.is_valid():
        return _result(request, code, pk, look=form, status=422)
    if _too_often(request):
        form.add_error(None, f"여러 번 틀렸습니다. {MINUTES}분 뒤에 다시 하십시오.")
        return _result(request, code, pk, look=form, status=429)
    number = form.cleaned_data["number"].strip()
    row = None
    if found.run and found.final and fits(found, number, form.cleaned_data["secret"]):
        row = found.run.decisions.filter(number=number).select_related("place", "run").first()
    if row is None:
        form.add_error(None, "접수번호와 확인번호가 맞지 않거나 아직 확정되지 않았습니다.")
        return _result(request, code, pk, look=form, status=422)
    return _result(request, code, pk, own=row)


def _too_often(request: HttpRequest) -> bool:
    """Count the looks of one address, so that nobody tries secrets one after the other."""
    key = f"allocation-look-{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, MINUTES * 60)
    try:
        return cache.incr(key) > TRIES
    except ValueError:  # it ran out between the two
        return False


@require_GET
def bundle(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """The bundle of a released allocation."""
    found = access.public_round(code, pk)
    if not found.final or found.run is None or found.run.bundle is None:
        raise access.missing(None, "bundle")
    file = found.run.bundle
    return FileResponse(local_path(file).open("rb"), as_attachment=True, filename=file.name)


@csrf_exempt
@never_cache
@require_http_methods(["POST"])
def verify(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Compute an uploaded bundle again and compare it with what was announced."""
    found = access.public_round(code, pk)
    form = VerifyForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["bundle"].size > LARGEST:
        form.add_error(
            "bundle",
            f"{limit_told(LARGEST)}를 넘는 꾸러미는 명령줄(sijeong allocate verify)로 확인하십시오.",
        )
    if not form.is_valid():
        return _result(request, code, pk, verify=form, status=422)
    content = b"".join(form.cleaned_data["bundle"].chunks())
    return _result(request, code, pk, checks=checked(found, content))
