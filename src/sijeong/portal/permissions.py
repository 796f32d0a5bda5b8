"""Who reviews and publishes: whoever the case's type lets publish."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from sijeong.cases.models import Case
from sijeong.cases.permissions import allowed_acts, relations
from sijeong.org.models import Role
from sijeong.org.viewer import Viewer


def may_review(viewer: Viewer, case: Case) -> bool:
    """While it may be published, and as long as it is."""
    if case.published_at is None:
        return case.case_type.publication.public and "publish" in allowed_acts(viewer, case)
    who = {str(each) for t in case.case_type.transitions if t.act == "publish" for each in t.who}
    return bool(relations(viewer, case) & who)


def require_review(viewer: Viewer, case: Case) -> None:
    if not may_review(viewer, case):
        raise PermissionDenied


def may_list(viewer: Viewer) -> bool:
    """Who has the list of what is to be published."""
    return viewer.has(Role.PLANNING_OFFICER)
