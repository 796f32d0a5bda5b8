"""What every page tells a person beside its own matter, asked for in one statement."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from django.db.models import Aggregate, Exists, IntegerField, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest

from sijeong.notices.access import unread_of
from sijeong.org.models import Role, User
from sijeong.org.viewer import Viewer
from sijeong.prepared import Prepared
from sijeong.search.saved import views_of

from .models import CaseTypeVersion
from .work import waiting


class AtHand(NamedTuple):
    """``views``: whether any list has one saved for the person. ``types``: which are in force, by keys and digests."""

    waiting: int
    unread: int
    views: bool
    types: str


class _Counted(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class _Joined(Aggregate):
    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def _told(
    person: int, government: int, units: tuple[int, ...], decides_for: tuple[int, ...], members: tuple[int, ...],
    *, plans: bool,
) -> QuerySet[Any, tuple[Any, ...]]:  # fmt: skip
    types = CaseTypeVersion.objects.filter(government_id=government, current=True).order_by()
    which = Concat(Cast("pk", TextField()), Value(":"), "digest")
    told = {
        "waiting": _Counted(waiting(person, government, decides_for, members, plans=plans).values("pk")),
        "unread": _Counted(unread_of(person).values("pk")),
        "views": Exists(views_of(person, government, units)),
        "types": Subquery(types.values("government_id").annotate(all=_Joined(which)).values("all")),
    }
    return User.objects.filter(pk=person).annotate(**told).values_list(*AtHand._fields)


_TOLD = Prepared(_told)


def told(viewer: Viewer) -> AtHand:
    """Of this moment."""
    found = _TOLD.first(
        viewer.pk, viewer.government_id, tuple(sorted({post.unit_id for post in viewer.posts})),
        tuple(sorted(viewer.headed | viewer.deputised.keys())), tuple(sorted(viewer.members)),
        plans=viewer.has(Role.PLANNING_OFFICER),
    )  # fmt: skip
    return AtHand(*cast("tuple[int, int, bool, str]", found))


def at_hand(request: HttpRequest) -> AtHand:
    """Of the request, whose viewer is known; asked for once, however many places of the page tell it."""
    found = getattr(request, "_at_hand", None)
    if found is None:
        found = request._at_hand = told(request.viewer)  # type: ignore[attr-defined]
    return cast("AtHand", found)
