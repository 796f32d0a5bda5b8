"""Every address of the room, for every role: who sees, who acts, who is refused, and what is not there at all."""

import pytest
from django.urls import reverse

from sijeong.allocation import actions
from sijeong.allocation.receipts import secret_of
from sijeong.allocation.urls import urlpatterns
from sijeong.org.tests.everyone import told_to
from sijeong.org.tests.people import JUNG_GU_PEOPLE

pytestmark = pytest.mark.django_db

GOVERNMENT = {"planning_officer", "mayors_officer", "auditor", "administrator"}
DIVISION = {"officer", "colleague", "team_officer", "head", "bureau_head"}
HEADS = {"head", "bureau_head"}
OTHERS = {
    "planning_head", "personnel_officer", "personnel_head", "joint_officer", "joint_head", "joint_bureau_head",
    "other_officer", "other_head",
}  # fmt: skip
STAFF = GOVERNMENT | DIVISION | OTHERS
SEES = GOVERNMENT | DIVISION
DAY = {"title": "다음", "valid_from": "2022-03-30", "valid_to": "2022-03-30"}
# act: (definition, state it is done in, who may, what is sent)
ACTS = {
    "freeze": ("jeju_retreat", "preparing", DIVISION, {}),
    "thaw": ("jeju_retreat", "frozen", DIVISION, {"reason": "명단 누락"}),
    "solve": ("home_care", "preparing", DIVISION, {}),
    "cancel": ("home_care", "solving", DIVISION, {}),
    "undo": ("home_care", "solved", DIVISION, {"reason": "정원이 틀림"}),
    "submit": ("home_care", "solved", DIVISION, {}),
    "send_back": ("home_care", "submitted", HEADS, {"reason": "보완"}),
    "release": ("home_care", "submitted", HEADS, {}),
    "follow": ("home_care", "released", DIVISION, DAY),
}
OF_ROUND = {
    "allocation_round", "allocation_people", "allocation_places", "allocation_decisions", "allocation_bundle",
    "allocation_person",
}  # fmt: skip
PUBLIC = {"public_allocations", "public_allocation", "public_mine", "public_bundle", "public_verify"}
SCHEMES = {"allocations", "allocation_scheme", "allocation_apply", "allocation_begin"}
GUIDE = {"allocation_guide", "allocation_draft"}


def test_the_table_covers_every_address_of_the_room():
    told = OF_ROUND | PUBLIC | SCHEMES | GUIDE | {"allocation_act", "allocation_bring"}
    assert {p.name for p in urlpatterns} == told


def test_who_sees_a_round_and_to_whom_it_is_not_there(signed_in, made):
    found = made.bring(made.round(), "solved")
    for name in sorted(OF_ROUND):
        args = [found.pk, found.run.decisions.first().pk] if name == "allocation_person" else [found.pk]
        where = reverse(name, args=args)
        expected = lambda who: 200 if who in SEES else 404  # noqa: E731
        assert told_to(signed_in, expected, lambda client, to=where: client.get(to)) == {}, name


@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(signed_in, made, act):
    code, state, may, data = ACTS[act]
    found = made.round(code)
    if state == "solving":
        actions.solve(found=found, by=made.viewer("officer"))
    elif state == "frozen":
        made.bring(found, "frozen")
    elif state != "preparing":
        made.bring(found, state)
    where = reverse("allocation_act", args=[found.pk, act])

    def expected(who):
        return 404 if who not in SEES else 302 if who in may else 403

    assert told_to(signed_in, expected, lambda client: client.post(where, data)) == {}
    assert told_to(signed_in, lambda who: 405, lambda client: client.get(where)) == {}


def test_who_puts_tables_in(signed_in, made):
    found = made.round(tables={})
    where = reverse("allocation_bring", args=[found.pk])
    data = {"role": "resources", "source": "units"}
    # Units have no district, and are refused at the field; who may not is refused before.
    answers = told_to(
        signed_in,
        lambda who: 404 if who not in SEES else 302 if who in DIVISION else 403,
        lambda client: client.post(where, data),
    )
    assert answers == {}


@pytest.mark.parametrize("name", ["allocations", "allocation_scheme", "allocation_apply"])
def test_definitions_are_there_for_who_works_here(signed_in, made, name):
    made.scheme("home_care")
    where = reverse(name, args=[] if name == "allocations" else ["home_care"])

    def expected(who):
        if who in STAFF:
            return 200
        mine = who in JUNG_GU_PEOPLE and name == "allocations"
        return 200 if mine else 404

    assert told_to(signed_in, expected, lambda client: client.get(where)) == {}


def test_who_begins_a_round_and_for_which_division(signed_in, made):
    made.scheme("home_care")
    where = reverse("allocation_begin", args=["home_care"])
    data = {**DAY, "unit": made.city.units["general_affairs"].pk}

    def expected(who):
        if who in JUNG_GU_PEOPLE:
            return 404 if who == "jung_gu_head" else 403
        return 302 if who in DIVISION else 422 if who in OTHERS else 403

    assert told_to(signed_in, expected, lambda client: client.post(where, data)) == {}


def test_what_is_public_needs_no_one_signed_in(client, made):
    draft = made.round()
    found = made.bring(made.round(), "released")
    row = found.run.decisions.first()
    code = made.city.seoul.code
    told = {"number": row.number, "secret": secret_of(found, row.number)}
    assert client.get(reverse("public_allocations", args=[code])).status_code == 200
    page = client.get(reverse("public_allocation", args=[code, found.pk]))
    assert (page.status_code, page.cookies) == (200, {})
    assert client.get(reverse("public_allocation", args=[code, draft.pk])).status_code == 404
    assert client.get(reverse("public_allocation", args=["jung-gu", found.pk])).status_code == 404
    assert client.get(reverse("public_bundle", args=[code, draft.pk])).status_code == 404
    mine = client.post(reverse("public_mine", args=[code, found.pk]), told)
    assert mine.status_code == 200 and row.sentence in mine.content.decode()
    for secret in ("AAAAAAAAAA", "확인번호"):
        wrong = client.post(reverse("public_mine", args=[code, found.pk]), {**told, "secret": secret})
        assert wrong.status_code == 422 and row.sentence not in wrong.content.decode()
    for name in OF_ROUND - {"allocation_person"}:
        assert client.get(reverse(name, args=[found.pk])).status_code == 302


def test_who_is_guided_to_a_definition(signed_in, made):
    where = reverse("allocation_guide")
    allowed = DIVISION | OTHERS | {"jung_gu_head"}
    assert (
        told_to(signed_in, lambda who: 200 if who in allowed else 403, lambda client: client.get(where)) == {}
    )
