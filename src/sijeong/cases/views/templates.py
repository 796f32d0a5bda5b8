"""Templates of answers: those one may use, and their making."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sijeong.org.forms import tell_refusal
from sijeong.org.models import Role, Unit
from sijeong.org.viewer import Request

from .. import access, actions
from ..blanks import BLANKS
from ..errors import CaseError
from ..forms import TemplateForm
from ..models import CaseTypeVersion
from ..permissions import may_keep_templates


def _unit(request: Request) -> Unit | None:
    """The division for which the viewer makes templates."""
    own = Unit.objects.filter(pk__in=request.viewer.units, valid_to=None, level__in=["division", "agency"])
    return own.order_by("pk").first()


def _require(request: Request) -> None:
    if not request.viewer.units and not request.viewer.has(Role.PLANNING_OFFICER):
        raise PermissionDenied


@require_GET
def templates(request: Request) -> HttpResponse:
    """Templates by type of case, and who may change which."""
    _require(request)
    types = CaseTypeVersion.objects.filter(government_id=request.viewer.government_id, current=True).order_by(
        "code"
    )
    rows = [(one, may_keep_templates(request.viewer, one.unit)) for one in access.templates(request.viewer)]
    return render(request, "cases/templates.html", {"rows": rows, "types": {t.code: t.name for t in types}})


@require_http_methods(["GET", "POST"])
def new(request: Request, code: str) -> HttpResponse:
    """A new template of a type."""
    _require(request)
    version = CaseTypeVersion.objects.filter(
        government_id=request.viewer.government_id, current=True, code=code
    ).first()
    if version is None:
        raise Http404("type")
    unit, planning = _unit(request), request.viewer.has(Role.PLANNING_OFFICER)
    form = TemplateForm(version.case_type, request.POST or None, shared=planning and unit is not None)
    if request.method == "POST" and form.is_valid():
        try:
            everyone = unit is None or form.cleaned_data.get("everyone", False)
            template = actions.make_template(
                government=request.viewer.user.government, unit=None if everyone else unit, type_code=code,
                by=request.viewer, **form.facts(),
            )  # fmt: skip
        except CaseError as error:
            tell_refusal(form, error)
        else:
            messages.success(request, f"‘{template.name}’ 서식을 만들었습니다.")
            return redirect("answer_templates")
    facts = {"form": form, "version": version, "blanks": BLANKS, "template": None, "unit": unit}
    return render(request, "cases/template.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Another name or text for a template."""
    template = access.template(request.viewer, pk)
    if not may_keep_templates(request.viewer, template.unit):
        raise PermissionDenied
    version = CaseTypeVersion.objects.get(
        government_id=template.government_id, current=True, code=template.type_code
    )
    begin = {"name": template.name} | {f"a_{code}": text for code, text in template.body.items()}
    form = TemplateForm(version.case_type, request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_template(template=template, by=request.viewer, **form.facts())
        except CaseError as error:
            tell_refusal(form, error)
        else:
            messages.success(request, "서식을 고쳤습니다.")
            return redirect("answer_templates")
    facts = {"form": form, "version": version, "blanks": BLANKS, "template": template, "unit": template.unit}
    return render(request, "cases/template.html", facts, status=422 if form.errors else 200)


@require_POST
def retire(request: Request, pk: int) -> HttpResponse:
    """No longer offer a template."""
    template = access.template(request.viewer, pk)
    actions.retire_template(template=template, by=request.viewer)
    messages.success(request, f"‘{template.name}’ 서식을 없앴습니다. 이미 쓴 답변은 그대로입니다.")
    return redirect("answer_templates")
