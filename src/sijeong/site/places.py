"""The places of benefits given by allocations: the one seam between two rooms that know nothing of each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone

from sijeong.allocation import actions
from sijeong.allocation.errors import AllocationError
from sijeong.allocation.models import Round, Scheme
from sijeong.allocation.solving.intake import BadTable
from sijeong.benefits.errors import BenefitError
from sijeong.benefits.placing import Fate, Handed, Standing
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer

ASKED = {"id", "received", "class"}
GIVEN = {"id", "name", "capacity"}


class Rounds:
    """`benefits.placing.Allocator` by rounds of the room allocation."""

    def begin(self, handed: Handed, by: Viewer) -> int:
        """A round of the viewer's division with both tables in, for its officers to freeze, solve and sign."""
        scheme = Scheme.objects.filter(
            government_id=by.government_id, code=handed.allocation, current=True
        ).first()
        if scheme is None:
            raise BenefitError(f"배정 정의 ‘{handed.allocation}’이 없습니다. 관리자에게 알리십시오.")
        unit = Unit.objects.filter(
            pk__in=by.units, valid_to=None, level__in=["division", "agency"]
        ).order_by("pk").first()  # fmt: skip
        if unit is None:
            raise BenefitError("배정을 맡을 부서에 속해 있지 않습니다.")
        try:
            found = actions.found(
                scheme=scheme, unit=unit, title=handed.title[:100], valid_from=dt.date(handed.year, 1, 1),
                valid_to=dt.date(handed.year, 12, 31), by=by,
            )  # fmt: skip
            for role, rows in tables(scheme, handed).items():
                actions.bring(found=found, role=role, rows=rows, by=by, source="records")
        except (AllocationError, BadTable) as error:
            raise BenefitError(str(error)) from error
        return found.pk

    def standing(self, number: int) -> Standing:
        """As the round's page says it; of a released round that was followed, the one that stands now."""
        found = standing(number)
        return Standing(
            found.title, found.get_state_display(), reverse("allocation_round", args=[found.pk]),
            found.state == Round.State.RELEASED, found.state == Round.State.PREPARING,
        )  # fmt: skip

    def fates(self, number: int) -> Mapping[str, Fate]:
        """Everyone of the released result."""
        found = standing(number)
        assert found.run is not None  # noqa: S101 - a release has its run
        rows = found.run.decisions.select_related("place", "run")
        return {row.number: Fate(row.served, row.sentence) for row in rows}


def standing(number: int) -> Round:
    """The round, or the released one that took its place."""
    found = Round.objects.select_related("run").get(pk=number)
    while found.state == Round.State.SUPERSEDED:
        found = found.replaced_by.select_related("run").exclude(released_at=None).get()
    return found


def tables(scheme: Scheme, handed: Handed) -> dict[str, list[list[str]]]:
    """The applicants and the one resource, by the headings of the definition. Raises AllocationError."""
    definition = scheme.definition
    told = (definition.applicants.columns, definition.resources.columns)
    if set(told[0]) - ASKED or set(told[1]) - GIVEN or definition.structure != "places":
        raise AllocationError(f"‘{scheme.title}’은 접수 차례와 순위만으로 자리를 정하는 배정이 아닙니다.")
    people = [
        {
            "id": one.number, "class": one.cls,
            "received": timezone.localtime(one.received_at).replace(tzinfo=None).isoformat(timespec="seconds"),
        }
        for one in handed.waiting
    ]  # fmt: skip
    place = {"id": handed.key, "name": handed.title, "capacity": str(handed.places)}
    return {
        "applicants": [list(told[0].values()), *([one[role] for role in told[0]] for one in people)],
        "resources": [list(told[1].values()), [place[role] for role in told[1]]],
    }
