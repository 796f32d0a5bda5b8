"""One door: what is of another government is not there, and the attempt is on record without a name."""

import pytest
import structlog
from django.http import Http404

from sijeong.org import access
from sijeong.org.models import Absence, Post
from sijeong.org.permissions import may_administer, may_set_absence
from sijeong.org.tests.people import PEOPLE


@pytest.fixture
def rows(city):
    """A door with a row of Seoul and a row of Jung-gu for each."""
    posts = {who: Post.objects.filter(user=city.people[who]).first() for who in ("head", "jung_gu_head")}
    away = {
        who: Absence.objects.create(
            user=city.people[who], deputy=city.people[deputy], valid_from="2026-01-01", valid_to="2026-01-02"
        )
        for who, deputy in (("head", "officer"), ("jung_gu_head", "jung_gu_officer"))
    }
    return {
        access.unit: (city.units["personnel"], city.units["jung_gu_planning"]),
        access.person: (city.people["head"], city.people["jung_gu_head"]),
        access.post: (posts["head"], posts["jung_gu_head"]),
        access.absence: (away["head"], away["jung_gu_head"]),
    }


DOORS = [access.unit, access.person, access.post, access.absence]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
@pytest.mark.parametrize(("who", "own"), [("administrator", 0), ("officer", 0), ("jung_gu_administrator", 1)])
def test_each_door_opens_to_ones_own_government_only(city, rows, door, who, own):
    viewer = city.viewer(who)
    assert door(viewer, rows[door][own].pk) == rows[door][own]
    with structlog.testing.capture_logs() as logs, pytest.raises(Http404):
        door(viewer, rows[door][1 - own].pk)
    (entry,) = logs
    assert entry == {
        "event": "denied", "log_level": "warning", "viewer": viewer.pk, "pk": rows[door][1 - own].pk,
        "row": rows[door][0]._meta.model_name,
    }  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_what_is_not_there_and_what_is_elsewhere_answer_alike(city, rows, door):
    viewer = city.viewer("administrator")
    with pytest.raises(Http404) as missing:
        door(viewer, 10**9)
    with pytest.raises(Http404) as elsewhere:
        door(viewer, rows[door][1].pk)
    assert str(missing.value) == str(elsewhere.value)


def test_lists_hold_ones_own_government(city):
    viewer = city.viewer("jung_gu_officer")
    assert {unit.name for unit in access.units(viewer)} == {"중구청", "기획예산과"}
    assert {user.username for user in access.people(viewer)} == {
        "jung_gu_officer", "jung_gu_head", "jung_gu_administrator",
    }  # fmt: skip


HEADS = {
    "planning_head",
    "head",
    "personnel_head",
    "bureau_head",
    "joint_head",
    "joint_bureau_head",
    "other_head",
}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_may_what(city, who):
    viewer = city.viewer(who)
    administers = who == "administrator"
    assert may_administer(viewer) == administers
    assert may_set_absence(viewer, city.people[who]) == (who in HEADS or administers)
    assert may_set_absence(viewer, city.people["head" if who != "head" else "bureau_head"]) == administers
    assert not may_set_absence(viewer, city.people["jung_gu_head"])
