"""Many rows are written at once as one by one: the same values, keys that go on, and what refers to them."""

import datetime as dt

import pytest

from sijeong.audit import rows
from sijeong.audit.models import GENESIS, Event

AT = dt.datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=dt.UTC)
TEXTS = ["탭\t줄\n되돌림\r역빗금\\N", "'\"\\.", "", "NULL", "가나다 🙂"]


def event(seq, text):
    return Event(
        government_id=1, subject="case", subject_id=7, seq=seq, act="receive", at=AT, actor_id=None, actor=text,
        data={"text": text, "n": [1, None, True]}, previous=GENESIS, digest=f"{seq:064}",
    )  # fmt: skip


@pytest.mark.django_db
def test_values_come_back_as_they_went_in():
    rows.write(event(seq, text) for seq, text in enumerate(TEXTS, 1))
    found = list(Event.objects.order_by("seq"))
    assert [(one.actor, one.data["text"]) for one in found] == [(text, text) for text in TEXTS]
    assert {one.at for one in found} == {AT}
    assert found[0].data["n"] == [1, None, True]
    assert found[0].actor_id is None


@pytest.mark.django_db
def test_keys_taken_ahead_go_on_after_those_there_are():
    event(1, "하나씩").save()
    first = [event(seq, "함께") for seq in (2, 3)]
    rows.number(first)
    rows.write(first)
    event(4, "다시 하나씩").save()
    keys = list(Event.objects.order_by("seq").values_list("pk", flat=True))
    assert keys == sorted(set(keys))
    assert keys[1:3] == [one.pk for one in first]
    assert not first[0]._state.adding


@pytest.mark.django_db
def test_nothing_is_written_of_nothing():
    rows.number([])
    rows.write([])
    assert not Event.objects.exists()
