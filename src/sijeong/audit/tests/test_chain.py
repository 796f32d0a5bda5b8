"""The chain shows every change made past the database's guard."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from sijeong.audit import journal
from sijeong.audit.models import GENESIS, Event
from sijeong.org.models import Government, Unit

guards = import_module("sijeong.audit.migrations.0002_append_only")
KST = dt.timezone(dt.timedelta(hours=9))


@pytest.fixture
def seoul(db):
    seoul = Government.objects.create(code="seoul", name="서울특별시", kind="metropolitan", city="seoul")
    for act in ("founded", "renamed", "renamed", "closed"):
        seoul.record(act, by=None, name="서울특별시", on=dt.date(2026, 11, 21))
    return seoul


@pytest.fixture
def unguarded(seoul):
    """The database as an intruder with every right sees it: the triggers are gone."""
    with connection.cursor() as cursor:
        for statement in guards.UNDO[connection.vendor]:
            cursor.execute(statement)
    return seoul


def told(seoul):
    return [str(fault) for fault in journal.subject_faults(Government.objects.all())]


def test_an_untouched_chain_has_no_fault(seoul):
    assert told(seoul) == []
    first, *_, last = journal.of(seoul)
    assert first.previous == GENESIS
    assert (last.seq, last.digest) == (seoul.version, seoul.head) == (4, seoul.head)


@pytest.mark.parametrize(
    "change",
    [
        {"act": "merged"}, {"actor": "아무개"}, {"actor_id": 1}, {"data": {}}, {"government_id": 999_999},
        {"at": dt.datetime(2020, 1, 1, tzinfo=KST)},
    ],
)  # fmt: skip
@pytest.mark.parametrize("seq", [1, 2, 4])
def test_a_changed_event_shows(unguarded, change, seq):
    Event.objects.filter(seq=seq).update(**change)
    assert told(unguarded) == [f"government/{unguarded.pk}#{seq}: 기록된 내용이 지문과 다릅니다"]


def test_a_changed_event_with_its_digest_recomputed_shows_at_the_next(unguarded):
    event = Event.objects.get(seq=2)
    event.actor = "아무개"
    event.digest = event.computed_digest()
    event.save()
    assert told(unguarded) == [f"government/{unguarded.pk}#3: 앞 사건과 이어지지 않습니다"]


@pytest.mark.parametrize(
    ("seq", "says"), [(1, "사건 1번이 없습니다"), (3, "사건 3번이 없습니다"), (4, "3번에서 끝납니다")]
)
def test_a_missing_event_shows(unguarded, seq, says):
    Event.objects.filter(seq=seq).delete()
    (fault,) = told(unguarded)
    assert says in fault


def test_a_whole_journal_removed_shows(unguarded):
    Event.objects.all().delete()
    (fault,) = told(unguarded)
    assert "일지는 0번에서 끝납니다" in fault


def test_a_removed_subject_shows(seoul):
    pk = seoul.pk
    Government.objects.all().delete()
    assert told(seoul) == [f"government/{pk}: 사건은 있는데 그 행이 없습니다"]


def test_a_head_set_back_shows(seoul):
    Government.objects.update(version=3, head=journal.of(seoul)[2].digest)
    (fault,) = told(seoul)
    assert "행은 사건 3번까지" in fault


def test_two_who_write_from_the_same_head_cannot_fork_the_chain(seoul):
    one, other = (Government.objects.get() for _ in range(2))
    one.record("renamed", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.record("renamed", by=None)
    assert journal.of(seoul).count() == 5


def test_many_events_appended_at_once_are_chained_like_single_ones(seoul):
    units = [
        Unit(
            government=seoul, code=f"u{n}", name=f"제{n}과", level="division", valid_from=dt.date(2024, 1, 1)
        )
        for n in range(30)
    ]
    Unit.objects.bulk_create(units)
    events = [
        unit.next_event(act, by=None, n=n) for n, unit in enumerate(units) for act in ("founded", "renamed")
    ]
    journal.append_all(units, events)
    assert list(journal.subject_faults(Unit.objects.all())) == []
    assert set(Unit.objects.values_list("version", flat=True)) == {2}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("가나abc", max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.django_db
@given(
    told=st.dictionaries(st.sampled_from(["name", "on", "구분"]), JSON),
    second=st.integers(0, 2**32),
    microsecond=st.integers(0, 999_999),
)
def test_whatever_is_told_reads_back_with_the_same_digest(told, second, microsecond):
    at = dt.datetime.fromtimestamp(second, KST).replace(microsecond=microsecond)
    with transaction.atomic():
        seoul = Government.objects.create(code="seoul", name="서울", kind="metropolitan", city="seoul")
        seoul.record("founded", by=None, at=at, **told)
        assert list(journal.subject_faults(Government.objects.all())) == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("told", [1.5, [1, 2.0], {"rate": {"won": 0.1}}])
def test_a_fraction_is_refused_because_it_may_read_back_otherwise(seoul, told):
    with pytest.raises(TypeError, match="no fractions"):
        seoul.record("counted", by=None, told=told)
    assert journal.of(seoul).count() == 4
