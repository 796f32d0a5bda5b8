"""A notice is made once, for whom it is meant, by the channels they chose."""

import pytest

from sijeong.audit import journal
from sijeong.notices import actions
from sijeong.notices.kinds import KINDS, Channel
from sijeong.notices.models import Choice, Delivery, Notice
from sijeong.notices.told import Told
from sijeong.org.models import User


def told(person, key="a", kind="assigned", **more):
    return Told(
        person=person.pk, kind=kind, key=key, subject="자료요구-2026-00001", text="배정", address="/", **more
    )


def tell(city, *notices):
    return actions.tell(government_id=city.seoul.pk, told=notices)


def test_what_is_told_twice_is_told_once(city):
    officer, head = city.people["officer"], city.people["head"]
    assert tell(city, told(officer), told(officer), told(head)) == 2
    assert tell(city, told(officer), told(head), told(officer, "b")) == 1
    assert Notice.objects.count() == 3


def test_nobody_is_told_of_another_government_and_no_closed_account(city):
    city.people["head"].is_active = False
    city.people["head"].save()
    assert tell(city, told(city.people["jung_gu_officer"]), told(city.people["head"])) == 0


def test_without_a_mail_server_or_an_address_nothing_waits_to_be_mailed(city, settings):
    tell(city, told(city.people["officer"]))
    settings.MAIL = True
    tell(city, told(city.people["officer"], "b"))
    assert not Delivery.objects.exists()


def test_each_notice_is_mailed_to_who_has_an_address_and_takes_it(city, mail):
    officer = city.people["officer"]
    actions.choose(person=officer, chosen={("assigned", "email"): False}, by=officer)
    tell(city, told(officer), told(officer, "b", "due"), told(city.people["head"]))
    waiting = Delivery.objects.values_list("notice__person__username", "notice__kind")
    assert set(waiting) == {("officer", "due"), ("head", "assigned")}


def test_an_old_notice_is_not_mailed_because_mail_was_switched_on_since(city, mail):
    officer = city.people["officer"]
    actions.choose(person=officer, chosen={("assigned", "email"): False}, by=officer)
    tell(city, told(officer))
    actions.choose(person=officer, chosen={("assigned", "email"): True}, by=officer)
    tell(city, told(officer))
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_reminds_of_a_legal_date_or_of_ones_account_stays_on_the_page(city, kind):
    officer = city.people["officer"]
    off = {(kind.code, channel.value): False for channel in Channel}
    actions.choose(person=officer, chosen=off, by=officer)
    tell(city, told(officer, kind=kind.code))
    assert Notice.objects.get().in_app == kind.binding
    assert kind.binding == (kind.code in {"due", "late", "due_moved", "account"})


def test_choices_are_journalled_once_and_only_where_they_change_something(city):
    officer = city.people["officer"]
    chosen = {("assigned", "email"): False, ("due", "here"): False, ("digest", "here"): True}
    for _ in range(2):
        actions.choose(person=officer, chosen=chosen, by=officer)
    events = [
        e.data["chosen"] for e in journal.of(User.objects.get(pk=officer.pk)) if e.act == "notices_chosen"
    ]
    assert events == [{"assigned.email": False}]
    assert list(Choice.objects.values_list("kind", "channel", "on")) == [("assigned", "email", False)]


def test_ten_thousand_notices_are_told_in_few_statements(city, django_assert_max_num_queries):
    people = [p for p in city.people.values() if p.government_id == city.seoul.pk]
    many = [told(person, f"k{n}") for n in range(100) for person in people]
    with django_assert_max_num_queries(20 * (1 + len(many) // 500)):
        assert tell(city, *many) == len(many)
