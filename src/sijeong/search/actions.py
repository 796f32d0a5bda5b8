"""Writing saved views: preferences of a person, without events."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

from . import saved
from .models import DefaultView, SavedView

MOST, LONGEST = 50, 40


class CannotSave(Exception):
    """What is wrong with the view, in words for who saves it."""


@transaction.atomic
def save_view(
    *, list: str, name: str, query: str, by: Viewer, unit: Unit | None = None, opens: bool = False
) -> SavedView:
    """Keep a list's query under a name; the same name again is the same view, changed.

    ``unit`` shares it with a unit of the viewer's; ``opens`` has the list open with it. Raises CannotSave.
    """
    name, query = _named(name), saved.told(query)
    if len(query) > 1000:
        raise CannotSave("조건이 너무 길어 저장하지 못합니다. 조건을 줄이십시오.")
    if unit and unit not in saved.units_of(by):
        raise PermissionDenied
    own = SavedView.objects.select_for_update().filter(owner_id=by.pk, list=list)
    if not own.filter(name=name).exists() and own.count() >= MOST:
        raise CannotSave(f"보기는 목록마다 {MOST}개까지 저장합니다. 쓰지 않는 것을 지우십시오.")
    view, _ = SavedView.objects.update_or_create(
        owner_id=by.pk, list=list, name=name,
        defaults={"government_id": by.government_id, "unit": unit, "query": query},
    )  # fmt: skip
    if opens:
        open_with(view=view, by=by)
    return view


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST:
        raise CannotSave(f"보기의 이름을 {LONGEST}자까지 적어야 합니다.")
    return name


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: Viewer) -> None:
    """Another name for a view of one's own; who shares it or opens with it keeps it. Raises CannotSave."""
    if view.owner_id != by.pk:
        raise PermissionDenied
    name = _named(name)
    own = SavedView.objects.select_for_update().filter(owner_id=by.pk, list=view.list)
    if own.filter(name=name).exclude(pk=view.pk).exists():
        raise CannotSave(f"‘{name}’ 보기가 이미 있습니다. 다른 이름을 적으십시오.")
    view.name = name
    view.save(update_fields=["name"])


@transaction.atomic
def open_with(*, view: SavedView, by: Viewer) -> None:
    """Have the viewer's list open with this view."""
    DefaultView.objects.update_or_create(user_id=by.pk, list=view.list, defaults={"view": view})


@transaction.atomic
def open_plain(*, view: SavedView, by: Viewer) -> None:
    """Have the viewer's list open without a view again."""
    DefaultView.objects.filter(user_id=by.pk, list=view.list, view=view).delete()


@transaction.atomic
def forget_view(*, view: SavedView, by: Viewer) -> None:
    """Delete a view of one's own; who shared it sees it no longer."""
    if view.owner_id != by.pk:
        raise PermissionDenied
    view.delete()
