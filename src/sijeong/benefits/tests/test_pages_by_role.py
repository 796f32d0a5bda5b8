"""Every address of the room, for every role: who sees, who acts, who is refused, and what is not there at all."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from sijeong.benefits import actions
from sijeong.benefits.models import Handover
from sijeong.benefits.urls import urlpatterns
from sijeong.org.tests.everyone import told_to

from .filed import approve, decide, deliver, file

pytestmark = pytest.mark.django_db
GOVERNMENT = {"planning_officer", "mayors_officer", "auditor", "administrator"}
LEAD = {"officer", "colleague", "team_officer", "head", "bureau_head"}
COUNTER = {
    "officer", "colleague", "team_officer", "head", "planning_head", "personnel_officer", "personnel_head",
    "joint_officer", "joint_head", "other_officer", "other_head",
}  # fmt: skip
BUREAUS = {"bureau_head", "joint_bureau_head"}
JUNG_GU = {"jung_gu_officer", "jung_gu_head", "jung_gu_administrator"}
STAFF = GOVERNMENT | COUNTER | BUREAUS | JUNG_GU
SEES = GOVERNMENT | LEAD
PUBLIC = {"benefit_check", "benefit_step", "benefit_pdf", "benefit_apply", "benefit_status"}
OF_APPLICATION = {"benefit_application", "benefit_verify", "benefit_decide", "benefit_appeal"}
DESK = {"benefits", "benefit_new", "benefit_payments", "benefit_payments_file"}
OF_SIMULATION = {"simulation", "simulation_sheet", "simulation_repeat"}
SIMULATIONS = {"simulations", "simulation_new"} | OF_SIMULATION
OF_HANDOVER = {"benefit_places_progress", "benefit_places_take", "benefit_places_recall"}
PLACES = {"benefit_places"} | OF_HANDOVER


def test_the_table_covers_every_address_of_the_room():
    assert {p.name for p in urlpatterns} == PUBLIC | OF_APPLICATION | DESK | SIMULATIONS | PLACES


@pytest.mark.parametrize("name", ["benefits", "benefit_payments", "benefit_payments_file"])
def test_the_desk_is_for_who_works_for_the_government(applied, signed_in, name):
    where = reverse(name)
    assert told_to(signed_in, lambda who: 200 if who in STAFF else 403, lambda c: c.get(where)) == {}


def test_divisions_take_applications_at_the_counter(applied, signed_in):
    where = reverse("benefit_new", args=["officer_medical"])
    may = COUNTER | {"jung_gu_head"}
    assert told_to(signed_in, lambda who: 200 if who in may else 403, lambda c: c.get(where)) == {}
    assert told_to(signed_in, lambda who: 422 if who in may else 403, lambda c: c.post(where, {})) == {}


def test_who_sees_an_application_and_its_person(applied, signed_in):
    where = reverse("benefit_application", args=[file(applied).case.number])
    assert told_to(signed_in, lambda who: 200 if who in SEES else 404, lambda c: c.get(where)) == {}
    for who in SEES:
        page = signed_in(who).get(where).content.decode()
        assert ("홍길순" in page, "110-222-333444" in page, "010-1234-5678" in page) == (who in LEAD,) * 3, (
            who
        )


def test_who_costs_and_who_reads(applied, signed_in):
    """Divisions, bureaus and planning ask for runs; whoever works for the government reads them."""
    may = COUNTER | BUREAUS | {"planning_officer", "jung_gu_officer", "jung_gu_head"}
    where = reverse("simulations")
    assert told_to(signed_in, lambda who: 200 if who in STAFF else 403, lambda c: c.get(where)) == {}
    where = reverse("simulation_new")
    assert told_to(signed_in, lambda who: 200 if who in may else 403, lambda c: c.get(where)) == {}
    assert told_to(signed_in, lambda who: 422 if who in may else 403, lambda c: c.post(where, {})) == {}
    request = {"year": 2024, "population": {"people": 9, "seed": 1}}
    run = actions.ask(title="셈", request=request, by=applied.viewer("officer"))
    expected = lambda who: 404 if who in JUNG_GU else 200 if who in STAFF else 403  # noqa: E731
    where = reverse("simulation", args=[run.pk])
    assert told_to(signed_in, expected, lambda c: c.get(where)) == {}
    for name in ("simulation_sheet", "simulation_repeat"):  # nothing to hand out before it is done
        assert signed_in("officer").get(reverse(name, args=[run.pk])).status_code == 404


def test_divisions_hand_places_over_and_the_desk_reads(applied, signed_in):
    may, args = COUNTER | {"jung_gu_head"}, ["egg_freezing", 2026]
    where = reverse("benefit_places", args=args)
    assert told_to(signed_in, lambda who: 200 if who in STAFF else 403, lambda c: c.get(where)) == {}
    acts = lambda who: 422 if who in may else 403  # noqa: E731  (nobody waits, or no day is given)
    assert told_to(signed_in, acts, lambda c: c.post(where, {})) == {}
    Handover.objects.create(
        government=applied.seoul, benefit=args[0], year=args[1], number=1, round=1, places=1, handed=[],
        made_by=applied.viewer("officer").user, state="taken",
    )  # fmt: skip
    where = reverse("benefit_places_progress", args=[*args, 1])
    expected = lambda who: 404 if who in JUNG_GU else 200 if who in STAFF else 403  # noqa: E731
    assert told_to(signed_in, expected, lambda c: c.get(where)) == {}
    for name in ("benefit_places_take", "benefit_places_recall"):  # nothing of any division is on this list
        where = reverse(name, args=[*args, 1])
        expected = lambda who: 404 if who in JUNG_GU else 403  # noqa: E731
        assert told_to(signed_in, expected, lambda c, to=where: c.post(to)) == {}


ACTS = {
    "benefit_verify": {"proof": "신분증", "f_resident": "yes"},
    "benefit_decide": {},
    "benefit_appeal": {"reason": "적다", "filed_on": "today"},
}


@pytest.mark.parametrize("name", ACTS)
def test_only_the_leading_division_acts(applied, signed_in, name):
    application = file(applied)
    if name != "benefit_verify":
        decide(applied, application) if name == "benefit_appeal" else None
    if name == "benefit_appeal":
        approve(applied, application)
        deliver(applied, application)
    sent = {k: timezone.localdate().isoformat() if v == "today" else v for k, v in ACTS[name].items()}
    # Nothing verified yet: the rule is not let decide, and says so.
    done = {"benefit_decide": 422}.get(name, 302)
    where = reverse(name, args=[application.case.number])
    expected = lambda who: done if who in LEAD else 403 if who in SEES else 404  # noqa: E731
    assert told_to(signed_in, expected, lambda c: c.post(where, sent)) == {}


def test_accounts_are_whole_only_for_who_pays(applied, signed_in):
    application = file(applied)
    decide(applied, application)
    approve(applied, application)
    for who in SEES:
        page = signed_in(who).get(reverse("benefit_payments")).content.decode()
        assert ("110-222-333444" in page) == (who in LEAD), who
        assert application.case.number in page


def test_only_who_leads_records_a_payment(applied, signed_in):
    application = file(applied)
    decision = decide(applied, application)
    approve(applied, application)
    sent = {"decision": [decision.pk], "on": timezone.localdate().isoformat()}
    where = reverse("benefit_payments")
    expected = lambda who: 302 if who in LEAD else 403 if who in SEES else 422 if who in STAFF else 403  # noqa: E731
    assert told_to(signed_in, expected, lambda c: c.post(where, sent)) == {}


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_the_public_pages_are_open_and_set_no_cookie(applied, client, name):
    cache.clear()
    args = ["seoul", "defector_dental"] if name == "benefit_apply" else ["seoul"]
    posted = name in {"benefit_step", "benefit_pdf", "benefit_apply"}
    response = client.post(reverse(name, args=args)) if posted else client.get(reverse(name, args=args))
    assert response.status_code in {200, 422} and not client.cookies


@pytest.mark.parametrize("name", sorted(OF_APPLICATION | DESK | SIMULATIONS | PLACES))
def test_who_is_not_signed_in_is_sent_to_the_door(applied, client, name):
    of_one = {
        **{key: ["지원신청-2026-00001"] for key in OF_APPLICATION},
        **{key: [1] for key in OF_SIMULATION},
        **{key: ["egg_freezing", 2026, 1] for key in OF_HANDOVER},
    }
    response = client.get(
        reverse(
            name,
            args=({"benefit_new": ["egg_freezing"], "benefit_places": ["egg_freezing", 2026]} | of_one).get(
                name, []
            ),
        )
    )
    assert response.status_code == 302 and response["Location"].startswith("/account/login/")
