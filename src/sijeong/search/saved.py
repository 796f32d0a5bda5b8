"""Saved views of lists: which a person sees, and with which one a list opens."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from sijeong.org.models import Unit
from sijeong.org.viewer import Request, Viewer

from .models import DefaultView, SavedView

# Where one stands in a list is no part of how one likes to see it.
PLACE = {"after", "before", "page", "view"}


def units_of(viewer: Viewer) -> list[Unit]:
    """The units that the viewer holds a post in today: with these they share."""
    held = {post.unit_id: post.unit for post in viewer.posts}
    return sorted(held.values(), key=attrgetter("name"))


def views_of(owner: int, government: int, units: tuple[int, ...]) -> QuerySet[SavedView]:
    """Views that the person saved, or that one of the units shares, whichever list they are of."""
    return SavedView.objects.filter(Q(owner_id=owner) | Q(unit_id__in=units), government_id=government)


def views(viewer: Viewer, list: str) -> QuerySet[SavedView]:
    """Views of the list that the viewer saved, or that a unit of theirs shares."""
    units = tuple(unit.pk for unit in units_of(viewer))
    return views_of(viewer.pk, viewer.government_id, units).filter(list=list)


def view(viewer: Viewer, pk: int) -> SavedView:
    """A view that the viewer sees. Raises Http404."""
    found = SavedView.objects.filter(pk=pk, government_id=viewer.government_id).first()
    if found is None or not views(viewer, found.list).filter(pk=pk).exists():
        raise Http404("view")
    return found


def told(query: str) -> str:
    """A query as it is kept: without what is empty, and without the place in the list."""
    pairs = parse_qsl(query.lstrip("?"), keep_blank_values=False)
    return urlencode([(name, value) for name, value in pairs if name not in PLACE])


def address(view: SavedView) -> str:
    """Where the view is seen."""
    return f"{reverse(view.list)}?{view.query}{'&' if view.query else ''}view={view.pk}"


def default_of(viewer: Viewer, list: str) -> SavedView | None:
    """The view that the list opens with, if the viewer chose one and still sees it."""
    chosen = DefaultView.objects.filter(user_id=viewer.pk, list=list).select_related("view").first()
    return chosen.view if chosen and views(viewer, list).filter(pk=chosen.view_id).exists() else None


class Opening:
    """Opens a list with the viewer's default view where the address asks for nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Request, *called: object) -> HttpResponse | None:
        match = request.resolver_match
        plain = request.method == "GET" and not request.META["QUERY_STRING"]
        if (
            not plain
            or match is None
            or match.url_name not in settings.SAVED_LISTS
            or not hasattr(request, "viewer")
        ):
            return None
        found = default_of(request.viewer, match.url_name)
        return redirect(address(found)) if found else None
