"""Templates of answers (답변 서식): made and mended by the officers of the division that uses them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sijeong.links.preconditions import locked
from sijeong.org.models import Government, Unit
from sijeong.org.viewer import Viewer

from ..blanks import BLANKS, unknown
from ..errors import CaseError
from ..models import AnswerTemplate
from ..permissions import may_keep_templates
from .intake import current_type


def _check(template: AnswerTemplate) -> None:
    known = {
        field.code for field in current_type(template.government, template.type_code).case_type.answer_fields
    }
    if strange := set(template.body) - known:
        raise CaseError(f"답변에는 항목 {', '.join(sorted(strange))}이(가) 없습니다.")
    if not template.name.strip() or not any(text.strip() for text in template.body.values()):
        raise CaseError("서식 이름과 글을 적어야 합니다.")
    for text in template.body.values():
        if names := unknown(text):
            raise CaseError(
                f"빈칸 ‘{{{names[0]}}}’을(를) 채울 수 없습니다. 쓸 수 있는 빈칸: {', '.join(f'{{{name}}}' for name in BLANKS)}"
            )
    same = AnswerTemplate.objects.filter(
        government_id=template.government_id, unit=template.unit, type_code=template.type_code,
        name=template.name, active=True,
    ).exclude(pk=template.pk)  # fmt: skip
    if same.exists():
        raise CaseError(f"‘{template.name}’ 서식이 이미 있습니다. 다른 이름을 적으십시오.", field="name")


def _locked(template: AnswerTemplate) -> AnswerTemplate:
    """The row, held; compared with the version that another system says it began from."""
    template = AnswerTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    locked(template)
    return template


@transaction.atomic
def make_template(
    *, government: Government, unit: Unit | None, type_code: str, name: str, body: dict[str, str], by: Viewer
) -> AnswerTemplate:
    """A new template of a division, or of the whole government (``unit`` None, planning's to make)."""
    template = AnswerTemplate(
        government=government, unit=unit, type_code=type_code, name=name.strip(), body=body
    )
    if not may_keep_templates(by, unit):
        raise PermissionDenied
    _check(template)
    template.save()
    template.record(
        "made", by=by, name=template.name, type=type_code, unit=unit.name if unit else "", body=body
    )
    return template


@transaction.atomic
def edit_template(*, template: AnswerTemplate, name: str, body: dict[str, str], by: Viewer) -> AnswerTemplate:
    """Another name or text; answers already begun with it keep theirs."""
    template = _locked(template)
    if not may_keep_templates(by, template.unit):
        raise PermissionDenied
    if not template.active:
        raise CaseError("없앤 서식입니다. 새로 만드십시오.")
    template.name, template.body = name.strip(), body
    _check(template)
    template.save(update_fields=["name", "body"])
    template.record("edited", by=by, name=template.name, body=body)
    return template


@transaction.atomic
def retire_template(*, template: AnswerTemplate, by: Viewer) -> AnswerTemplate:
    """No longer offered. A second time changes nothing."""
    template = _locked(template)
    if not may_keep_templates(by, template.unit):
        raise PermissionDenied
    if template.active:
        template.active = False
        template.save(update_fields=["active"])
        template.record("retired", by=by)
    return template
