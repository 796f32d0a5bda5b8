"""The doors of the portal: an officer's to the case under review, a citizen's to what is public."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from sijeong.cases import access as cases
from sijeong.cases.models import Case
from sijeong.org.models import Government
from sijeong.org.viewer import Viewer

from .models import CalendarKey, PublicCase, PublicCaseQuerySet, PublicFile
from .permissions import require_review


def case_under_review(viewer: Viewer, number: str) -> Case:
    """The case of that number for who may publish it. Raises Http404, PermissionDenied."""
    case = cases.case(viewer, number)
    require_review(viewer, case)
    return case


def calendar_keys(viewer: Viewer) -> QuerySet[CalendarKey]:
    """The viewer's own keys, the newest first."""
    return CalendarKey.objects.filter(user=viewer.pk)


def calendar_key(viewer: Viewer, pk: int) -> CalendarKey:
    """One of the viewer's own keys. Raises Http404."""
    found = calendar_keys(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404("calendar key")
    return found


def governments() -> list[Government]:
    """Those that have published anything, the metropolitan ones first."""
    with_any = PublicCase.objects.shown().values("government")
    return list(Government.objects.filter(pk__in=with_any).order_by("-kind", "name"))


def government(code: str) -> Government:
    """The government of that code, which need not have published anything. Raises Http404."""
    found = Government.objects.filter(code=code).first()
    if found is None:
        raise Http404("government")
    return found


def public_cases(government: Government) -> PublicCaseQuerySet:
    """Everything that citizens see of the government."""
    return PublicCase.objects.filter(government=government).shown()


def public_case(government: Government, number: str) -> PublicCase:
    """The public version of that number, taken back or not. Raises Http404 for what was never published."""
    rows = PublicCase.objects.filter(government=government, number=number)
    found = rows.select_related("case", "lead", "committee", "government").first()
    if found is None:
        raise Http404("public case")
    return found


def public_file(government: Government, number: str, pk: int) -> PublicFile:
    """A file of a case that citizens see now. Raises Http404."""
    rows = PublicFile.objects.filter(pk=pk, public__in=public_cases(government).filter(number=number))
    found = rows.select_related("file", "copy", "public").first()
    if found is None:
        raise Http404("public file")
    return found
