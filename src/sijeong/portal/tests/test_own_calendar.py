"""A person's own calendar: for who knows the secret, as long as it holds."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from icalendar import Calendar

from sijeong.cases.tests.filed import ask, bring
from sijeong.links.models import Answered
from sijeong.links.tests.keys import program
from sijeong.org.tests.everyone import EVERYONE, told_to
from sijeong.portal import actions
from sijeong.portal.errors import PublicationStopped
from sijeong.portal.models import CalendarKey

__all__ = ["program"]


def events(client, secret):
    response = client.get(reverse("own_calendar", args=[secret]))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return [str(event["summary"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def test_it_has_what_one_handles_and_what_was_promised(client, applied, case):
    bring(applied, ask(applied, title="전달한 것"), "delivered")
    bring(applied, case, "in_hand")
    secret = actions.make_key(name="휴대전화", by=applied.viewer("officer"))
    assert events(client, secret) == [f"[기한] {case.title}", "[이행] 개선 결과 보고"]
    asked = actions.make_key(name="휴대전화", by=applied.viewer("member"))
    assert events(client, asked) == [f"[기한] {case.title}", "[이행] 개선 결과 보고"]
    assert events(client, actions.make_key(name="", by=applied.viewer("other_officer"))) == []


def test_a_revoked_address_and_one_of_who_left_are_not_there(client, applied):
    by = applied.viewer("officer")
    first, second = (actions.make_key(name="달력", by=by) for _ in range(2))
    actions.revoke_key(key=CalendarKey.objects.get(digest=actions.calendars.digest_of(first)), by=by)
    assert client.get(reverse("own_calendar", args=[first])).status_code == 404
    assert client.get(reverse("own_calendar", args=[second])).status_code == 200
    by.user.is_active = False
    by.user.save()
    assert client.get(reverse("own_calendar", args=[second])).status_code == 404
    assert client.get(reverse("own_calendar", args=["x" * 43])).status_code == 404


def test_only_the_digest_is_kept_and_only_ten_may_stand(applied):
    by = applied.viewer("officer")
    secrets = [actions.make_key(name="달력", by=by) for _ in range(10)]
    assert not set(CalendarKey.objects.values_list("digest", flat=True)) & set(secrets)
    with pytest.raises(PublicationStopped, match="10개"):
        actions.make_key(name="달력", by=by)


def test_the_page_shows_it_once_and_takes_it_back(signed_in, applied):
    client = signed_in("officer")
    where = reverse("subscription")
    made = client.post(where, {"name": "휴대전화"}).content.decode()
    assert "/ical/" in made
    again = client.get(where).content.decode()
    assert "/ical/" not in again
    assert "휴대전화" in again
    key = CalendarKey.objects.get()
    assert signed_in("head").post(reverse("subscription_revoke", args=[key.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.revoke_key(key=key, by=applied.viewer("head"))
    assert client.post(reverse("subscription_revoke", args=[key.pk])).status_code == 302
    key.refresh_from_db()
    assert key.revoked_at


def test_everyone_has_a_page_of_their_own_addresses(signed_in, applied):
    actions.make_key(name="이주무의 달력", by=applied.viewer("officer"))
    key, where = CalendarKey.objects.get(), reverse("subscription")
    assert told_to(signed_in, lambda who: 200, lambda client: client.get(where)) == {}
    for who in EVERYONE:
        assert ("이주무의 달력" in signed_in(who).get(where).content.decode()) == (who == "officer"), who
    expected = lambda who: 302 if who == "officer" else 404  # noqa: E731
    revoke = reverse("subscription_revoke", args=[key.pk])
    assert told_to(signed_in, expected, lambda client: client.post(revoke)) == {}


def test_a_program_makes_an_address_that_is_told_once(program, client, applied):
    mine = program("officer")
    made = mine.send("/calendar-keys", {"name": "업무 달력"}, Idempotency_Key="calendar-1")
    assert made.status_code == 201 and made.json()["name"] == "업무 달력"
    where = made.json()["address"]
    assert client.get(where)["Content-Type"].startswith("text/calendar")
    again = mine.send("/calendar-keys", {"name": "업무 달력"}, Idempotency_Key="calendar-1")
    assert again.json() == made.json() | {"address": None}
    assert where.rsplit("/", 2)[-2][:20] not in bytes(Answered.objects.get().body).decode()
    (listed,) = mine.read("/calendar-keys").json()["keys"]
    assert listed == {name: value for name, value in made.json().items() if name != "address"}
    path = f"/calendar-keys/{listed['id']}/revoke"
    assert (
        program("head").send(path).status_code == 404
        and program("head").read("/calendar-keys").json()["keys"] == []
    )
    assert [mine.send(path).json()["revoked_at"] is not None for _ in range(2)] == [True, True]
    assert client.get(where).status_code == 404
    assert program("officer", "notices").send("/calendar-keys").status_code == 403
    for _ in range(10):
        assert mine.send("/calendar-keys").status_code == 201
    assert mine.send("/calendar-keys").status_code == 409
