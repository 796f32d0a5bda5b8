"""From the keys of an address to a case, through the access door."""

from __future__ import annotations

from typing import Annotated

from ninja import Path
from pydantic import StringConstraints

from sijeong.links.bearer import Asking
from sijeong.links.shapes import NUMBER

from .. import access
from ..models import Case

Number = Annotated[str, StringConstraints(pattern=NUMBER)]


def case_of(request: Asking, number: Path[Number]) -> Case:
    """The case of that number. Raises Http404 for one that the asker may not see."""
    return access.case(request.viewer, number)
