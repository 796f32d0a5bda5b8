"""Every address of the room, for every role."""

import pytest
from django.urls import reverse

from sijeong.cases.sight import seen
from sijeong.notices import actions, stopping
from sijeong.notices.models import Notice, Subscription
from sijeong.notices.urls import addresses
from sijeong.org.tests.everyone import EVERYONE

from .test_telling import tell, told

OWN = {"notices", "bell", "notice_choices"}
ONE = {"notice", "notices_read", "subscription_end"}
OTHERS = {"undelivered", "unsubscribe"}


def statuses(signed_in, where, method="get", data=None):
    return {who: getattr(signed_in(who), method)(where, data or {}).status_code for who in EVERYONE}


def test_the_table_covers_every_address_of_the_room():
    assert {pattern.name for pattern in addresses(seen)} == OWN | ONE | OTHERS


@pytest.mark.parametrize("name", sorted(OWN))
def test_everyone_has_their_own(signed_in, applied, name):
    assert set(statuses(signed_in, reverse(name)).values()) == {200}


def test_a_notice_is_its_persons_alone(signed_in, applied):
    tell(applied, told(applied.people["officer"]))
    where = reverse("notice", args=[Notice.objects.get().pk])
    mark = {"notice": Notice.objects.get().pk}
    for found in (statuses(signed_in, where), statuses(signed_in, reverse("notices_read"), "post", mark)):
        assert {who: status for who, status in found.items() if status != 404} == {"officer": 302}


@pytest.mark.parametrize(
    ("sent", "status"), [({"notice": "9" * 5000}, 404), ({"until": "0001-01-01T00:00+09:00"}, 302)]
)
def test_what_no_page_sends_is_not_an_error(signed_in, applied, sent, status):
    assert signed_in("officer").post(reverse("notices_read"), sent).status_code == status


def test_a_subscription_is_ended_by_its_person_alone(signed_in, applied):
    officer = applied.people["officer"]
    held = actions.subscribe(person=officer, subject="asker:1", label="의원", address="/", by=officer)
    where = reverse("subscription_end", args=[held.pk])
    for who in EVERYONE:
        signed_in(who).post(where)
        assert Subscription.objects.exists() == (EVERYONE.index(who) < EVERYONE.index("officer")), who


def test_only_administrators_see_what_was_not_sent(signed_in, applied):
    may = {"administrator", "jung_gu_administrator"}
    for method, done in (("get", 200), ("post", 302)):
        found = statuses(signed_in, reverse("undelivered"), method)
        assert found == {who: done if who in may else 403 for who in EVERYONE}


def test_the_link_of_a_mail_opens_for_anyone_who_has_it_and_nobody_without(client, signed_in, applied):
    tell(applied, told(applied.people["officer"]))
    where = reverse("unsubscribe", args=[stopping.token_of(Notice.objects.get())])
    assert client.get(where).status_code == 200
    assert set(statuses(signed_in, where).values()) == {200}
    assert client.get(where[:-3] + "xx/").status_code == 404


@pytest.mark.parametrize("name", sorted(OWN | {"undelivered"}))
def test_who_is_not_signed_in_is_sent_to_the_door(client, db, name):
    assert client.get(reverse(name)).status_code == 302
