"""Every address of the room, for every role: who sees, who is refused, and what is not there at all."""

import datetime as dt

import pytest
from django.urls import get_resolver, reverse

from sijeong.org.models import Absence, Post
from sijeong.org.tests.everyone import told_to
from sijeong.org.urls import urlpatterns

OFFICIALS = ["planning_officer", "officer", "auditor", "mayors_officer", "member", "aide", "newcomer"]
HEADS = ["head", "bureau_head", "planning_head"]
PEOPLE = [*OFFICIALS, *HEADS, "administrator"]
ADMINISTRATION = {
    "unit_new", "quota_set", "duties_set", "administration", "person_new", "enter", "enter_passwords", "enter_template", "person", "post_give", "person_absence",
    "password_reset", "person_deactivate", "post_end", "post_transfer",
}  # fmt: skip
POST_ONLY = {
    "quota_set", "duties_set", "absence_cancel", "post_give", "person_absence", "password_reset", "person_deactivate",
    "post_end", "post_transfer", "enter_passwords",
}  # fmt: skip
GET_ONLY = {"enter_template", "organisation", "staffing", "unit", "administration", "person"}
OF_UNIT = {"unit", "quota_set", "duties_set"}
OF_POST = {"post_end", "post_transfer"}
OF_PERSON = {"person", "post_give", "person_absence", "password_reset", "person_deactivate"}
ALL = [pattern.name for pattern in urlpatterns]


@pytest.fixture
def far_absence(city):
    """An absence of a head far enough ahead to be in nobody's way."""
    today = dt.date.today()  # noqa: DTZ011  a month ahead, whatever the clock's zone
    first = today + dt.timedelta(days=30)
    return {
        key: Absence.objects.create(
            user=city.people[who], deputy=city.people[deputy], valid_from=first, valid_to=first, reason="연가"
        )
        for key, who, deputy in [("own", "head", "officer"), ("jung_gu", "jung_gu_head", "jung_gu_officer")]
    }


@pytest.fixture
def address(city, far_absence):
    """The address of a route for a row of one's own city, or of the other government."""

    def of(name, side="own"):
        here = side == "own"
        if name in OF_UNIT:
            return reverse(name, args=[city.units["personnel" if here else "jung_gu_planning"].pk])
        who = city.people["personnel_officer" if here else "jung_gu_officer"]
        if name in OF_PERSON:
            return reverse(name, args=[who.pk])
        if name in OF_POST:
            return reverse(name, args=[Post.objects.get(user=who).pk])
        if name in {"enter", "enter_template"}:
            return reverse(name, args=["people"])
        if name == "absence_cancel":
            return reverse(name, args=[far_absence["own" if here else "jung_gu"].pk])
        return reverse(name)

    return of


def test_the_table_covers_every_address_of_the_room():
    assert ADMINISTRATION | POST_ONLY | GET_ONLY | {"my_absence"} == set(ALL)
    assert all(name in get_resolver().reverse_dict for name in ALL)


@pytest.mark.parametrize("name", ALL)
def test_who_is_not_signed_in_is_sent_to_the_door(client, address, name):
    response = client.get(address(name))
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", sorted(set(ALL) - POST_ONLY))
def test_pages(signed_in, address, name):
    def expected(who):
        return 403 if name in ADMINISTRATION and who != "administrator" else 200

    assert told_to(signed_in, expected, lambda client: client.get(address(name)), PEOPLE) == {}


@pytest.mark.parametrize("name", sorted(POST_ONLY - {"absence_cancel"}))
def test_acts_are_the_administrators(signed_in, address, name):
    """Sent empty: an administrator's form comes back with what is missing; an act without a form is done."""
    done = {"password_reset": 200, "enter_passwords": 302, "person_deactivate": 302, "duties_set": 302}

    def expected(who):
        return done.get(name, 422) if who == "administrator" else 403

    assert told_to(signed_in, expected, lambda client: client.post(address(name)), PEOPLE) == {}


def test_only_a_head_sets_their_absence(signed_in):
    """An administrator sets that of others on their page."""
    where = reverse("my_absence")

    def expected(who):
        return 422 if who in HEADS else 403

    assert told_to(signed_in, expected, lambda client: client.post(where), PEOPLE) == {}


def test_an_absence_is_cancelled_by_its_head_or_the_administrator(signed_in, address):
    def expected(who):
        return 302 if who in {"head", "administrator"} else 403

    where = address("absence_cancel")
    assert told_to(signed_in, expected, lambda client: client.post(where), PEOPLE) == {}


@pytest.mark.parametrize("name", sorted(OF_UNIT | OF_PERSON | OF_POST | {"absence_cancel"}))
@pytest.mark.parametrize("side", ["jung_gu", "nowhere"])
def test_another_governments_row_is_not_there(signed_in, address, name, side):
    client = signed_in("administrator")
    where = address(name, "jung_gu") if side == "jung_gu" else reverse(name, args=[10**12])
    response = client.post(where) if name in POST_ONLY else client.get(where)
    assert response.status_code == 404


@pytest.mark.parametrize("name", ALL)
def test_the_wrong_method_is_refused(signed_in, address, name):
    client = signed_in("administrator")
    response = client.get(address(name)) if name in POST_ONLY else client.delete(address(name))
    assert response.status_code == 405
