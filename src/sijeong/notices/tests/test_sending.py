"""Mails leave once, by a real SMTP server; what can't be sent waits, and what never will is shown."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.audit import journal
from sijeong.cases.sight import seen
from sijeong.cases.tests.filed import bring
from sijeong.notices import actions, checks, sending, stopping
from sijeong.notices.mails import message_id
from sijeong.notices.models import Choice, Delivery, Notice, Subscription
from sijeong.notices.sending import WAITS, claim, send_waiting
from sijeong.org.models import User

from .test_telling import tell, told

State = Delivery.State


def everything(person, abouts):
    return set(abouts)


def states():
    return sorted(Delivery.objects.values_list("state", flat=True))


def later(**by):
    """As if time had passed: whatever waits may be taken now."""
    Delivery.objects.filter(state__in=[State.WAITING, State.CLAIMED]).update(
        next_at=timezone.now() - dt.timedelta(seconds=1)
    )


@pytest.fixture
def waiting(city, postbox):
    """A mail to the officer that waits to be sent."""
    tell(city, told(city.people["officer"], title="청사 시설 개선 예산"))
    return Delivery.objects.get()


def test_a_mail_is_sent_once(waiting, postbox):
    assert send_waiting(sight=everything) == 1
    assert send_waiting(sight=everything) == 0
    assert (states(), len(postbox.taken)) == (["sent"], 1)


def test_what_a_mail_says_and_what_it_keeps_to_itself(waiting, postbox):
    send_waiting(sight=everything)
    (message,) = postbox.taken
    body = message.get_payload(decode=True).decode()
    assert message["To"] == "officer@example.go.kr"
    assert message["Message-ID"] == message_id(waiting.notice)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "자료요구-2026-00001" in body
    assert "청사" not in body
    assert reverse("unsubscribe", args=["x"])[:-2] in body


def test_a_worker_that_dies_before_sending_leaves_it_to_the_next(waiting, postbox):
    claim(timezone.now())
    assert send_waiting(sight=everything) == 0  # its lease still runs
    later()
    assert send_waiting(sight=everything) == 1
    assert len(postbox.taken) == 1


def test_a_worker_that_dies_after_sending_has_it_sent_again_under_the_same_id(waiting, postbox, monkeypatch):
    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending._Round, "_set", die)
        with pytest.raises(KeyboardInterrupt):
            send_waiting(sight=everything)
    later()
    send_waiting(sight=everything)
    waiting.refresh_from_db()
    assert (len(postbox.taken), len(set(postbox.ids()))) == (2, 1)
    assert (waiting.state, waiting.unsure) == (State.SENT, True)


def test_a_mail_that_workers_die_of_is_given_up(waiting, postbox):
    for _ in range(len(WAITS) + 1):
        later()
        claim(timezone.now())
    later()
    assert (send_waiting(sight=everything), states(), postbox.taken) == (0, ["dead"], [])


def test_who_lost_the_lease_records_nothing(waiting, postbox):
    token, _ = claim(timezone.now())
    later()
    other, batch = claim(timezone.now())
    sending._Round(token, everything)._set(batch[0], state=State.SENT)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.claim) == (State.CLAIMED, other)


def test_a_server_that_is_away_costs_no_mail_an_attempt(city, waiting, postbox, settings):
    tell(city, *[told(city.people["head"], f"k{n}") for n in range(30)])
    settings.EMAIL_PORT = 1
    for _ in range(len(WAITS) + 3):
        later()
        assert send_waiting(sight=everything) == 0
    assert set(Delivery.objects.values_list("attempts", "state")) == {(0, "waiting")}
    settings.EMAIL_PORT = postbox.port
    later()
    assert send_waiting(sight=everything) == 31


def test_a_refusal_for_good_is_shown_to_the_administrator_and_sent_again_when_asked(
    city, waiting, postbox, signed_in
):
    postbox.refuse["officer@example.go.kr"] = "550 no such user"
    send_waiting(sight=everything)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.fault[:3]) == (State.DEAD, "550")
    assert (checks.undelivered(), checks.unsent(timezone.now())) == (1, 0)
    client, where = signed_in("administrator"), reverse("undelivered")
    assert "550" in client.get(where).content.decode()
    assert "자료요구" not in signed_in("jung_gu_administrator").get(where).content.decode()
    signed_in("jung_gu_administrator").post(where, {"delivery": waiting.pk})
    assert checks.undelivered() == 1
    postbox.refuse.clear()
    client.post(where, {"delivery": waiting.pk})
    assert journal.of(city.seoul).last().act == "mail_again"
    assert send_waiting(sight=everything) == 1


def test_doctor_hears_of_mails_that_wait_for_more_than_an_hour(waiting):
    now = timezone.now()
    assert [checks.unsent(now + dt.timedelta(minutes=minutes)) for minutes in (59, 61)] == [0, 1]


def test_a_refusal_for_now_waits_longer_each_time_and_is_given_up_at_last(waiting, postbox):
    postbox.refuse["officer@example.go.kr"] = "450 later"
    waits = []
    for _ in WAITS:
        later()
        before = timezone.now()
        send_waiting(sight=everything)
        waiting.refresh_from_db()
        waits.append(round((waiting.next_at - before).total_seconds() / 60))
    assert waits == [wait.total_seconds() // 60 for wait in WAITS]
    assert waiting.state == State.WAITING
    later()
    send_waiting(sight=everything)
    assert states() == ["dead"]


def test_a_server_that_hangs_up_after_taking_a_mail_is_told_as_unsure(waiting, postbox):
    postbox.hang_up_after = 1
    send_waiting(sight=everything)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.unsure) == (State.WAITING, True)


def test_one_bad_address_does_not_hold_up_the_others(city, waiting, postbox):
    postbox.refuse["officer@example.go.kr"] = "550 no"
    tell(city, *[told(city.people["head"], f"k{n}") for n in range(25)])
    assert send_waiting(sight=everything) == 25
    assert states() == ["dead"] + ["sent"] * 25


@pytest.mark.parametrize("lost", ["sight", "account", "address", "choice"])
def test_what_changed_since_it_was_made_stops_the_mail(applied, mail, case, lost, postbox):
    officer = applied.people["officer"]
    bring(applied, case, "in_hand")
    Delivery.objects.all().delete()
    tell(applied, told(officer, about=f"case:{case.pk}"))
    match lost:
        case "sight":
            officer.posts.all().delete()
        case "account":
            User.objects.filter(pk=officer.pk).update(is_active=False)
        case "address":
            User.objects.filter(pk=officer.pk).update(email="")
        case "choice":
            Choice.objects.create(person=officer, kind="assigned", channel="email", on=False)
    assert send_waiting(sight=seen) == 0
    assert (states(), postbox.taken) == (["dropped"], [])


def test_what_one_can_no_longer_see_shows_nothing_in_the_list(applied, case, signed_in):
    bring(applied, case, "in_hand")
    tell(applied, told(applied.people["officer"], about=f"case:{case.pk}", title="비밀스러운 제목"))
    page = reverse("notices")
    assert "비밀스러운 제목" in signed_in("officer").get(page).content.decode()
    applied.people["officer"].posts.all().delete()
    text = signed_in("officer").get(page).content.decode()
    assert "비밀스러운 제목" not in text
    assert "지금은 볼 수 없는" in text


class TestStopping:
    """The link in a mail: one click, no sign-in, only its reader's own."""

    @pytest.fixture
    def link(self, city, postbox):
        officer = city.people["officer"]
        held = actions.subscribe(person=officer, subject="case:1", label="사안", address="/", by=officer)
        tell(city, told(officer, kind="subscribed", subscription=held.pk))
        send_waiting(sight=everything)
        return postbox.taken[0]["List-Unsubscribe"].strip("<>").partition("//")[2].partition("/")[2]

    def test_opening_it_changes_nothing(self, client, link):
        assert "그만둘까요" in client.get(f"/{link}").content.decode()
        assert Subscription.objects.exists()

    def test_a_click_ends_it_without_signing_in(self, client, link):
        client.handler.enforce_csrf_checks = True
        done = client.post(f"/{link}", {"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
        assert not Subscription.objects.exists()
        assert client.post(f"/{link}").status_code == 200  # and again

    def test_a_mail_of_a_kind_stops_that_kinds_mails(self, client, city, mail):
        tell(city, told(city.people["officer"]))
        client.post(reverse("unsubscribe", args=[stopping.token_of(Notice.objects.get())]))
        assert Choice.objects.get().on is False
        tell(city, told(city.people["officer"], "b"))
        assert Delivery.objects.count() == 1

    def test_what_was_unsubscribed_since_is_not_sent(self, city, mail, postbox):
        officer = city.people["officer"]
        held = actions.subscribe(person=officer, subject="case:1", label="사안", address="/", by=officer)
        tell(city, told(officer, kind="subscribed", subscription=held.pk))
        actions.unsubscribe(person=officer, subject="case:1", by=officer)
        assert send_waiting(sight=everything) == 0
