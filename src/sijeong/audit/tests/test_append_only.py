"""No event is changed or removed, in whatever words it is asked."""

import pytest
from django.db import IntegrityError, connection, transaction

from sijeong.audit import journal
from sijeong.audit.models import Event
from sijeong.org.models import Government

REFUSAL = "감사 일지는 고치거나 지울 수 없습니다"
COLUMNS = "government_id, subject, subject_id, seq, act, at, actor_id, actor, data, previous, digest"


@pytest.fixture
def seoul(db):
    seoul = Government.objects.create(code="seoul", name="서울특별시", kind="metropolitan", city="seoul")
    seoul.record("founded", by=None, name="서울특별시")
    return seoul


def refused(sql: str) -> None:
    with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET actor = '아무개'",
        "UPDATE audit_event SET data = '{}' WHERE subject = 'government'",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE seq = 1",
    ],
)
def test_raw_sql_changes_nothing(seoul, sql):
    before = list(Event.objects.values())
    refused(sql)
    assert list(Event.objects.values()) == before


@pytest.mark.parametrize("act", ["save", "delete"])
def test_the_orm_changes_nothing(seoul, act):
    event = Event.objects.get()
    event.act = "renamed"
    with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
        getattr(event, act)()
    assert Event.objects.get().act == "founded"


@pytest.mark.parametrize("clash", ["id", "seq"])
def test_no_event_is_replaced(seoul, clash):
    """SQLite's REPLACE removes the old row without a DELETE; PostgreSQL's upsert is an UPDATE."""
    key = {"id": "id", "seq": "id + 100"}[clash]
    seq = {"id": "seq + 100", "seq": "seq"}[clash]
    target = {"id": "(id)", "seq": "(subject, subject_id, seq)"}[clash]
    row = f"SELECT {key}, {COLUMNS.replace('seq', seq)} FROM audit_event WHERE true"  # noqa: S608
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO audit_event (id, {COLUMNS}) {row}")
    else:
        upsert = f"ON CONFLICT {target} DO UPDATE SET actor = '아무개'"
        refused(f"INSERT INTO audit_event (id, {COLUMNS}) {row} {upsert}")
    assert Event.objects.count() == 1


@pytest.mark.postgres
def test_the_table_is_not_truncated(seoul):
    refused("TRUNCATE audit_event")
    refused("TRUNCATE audit_event CASCADE")
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", [1, 2])
def test_the_guard_stands_again_after_a_flush_between_tests(round_):
    """The second round runs after the first one's flush, on an emptied journal."""
    assert not Event.objects.exists()
    Government.objects.create(code="seoul", name="서울특별시", kind="metropolitan", city="seoul").record(
        "founded", by=None
    )
    refused("DELETE FROM audit_event")
    assert journal.guard_faults() == []


@pytest.mark.django_db(transaction=True)
def test_doctor_sees_a_missing_guard():
    name = {"sqlite": "audit_event_no_delete", "postgresql": "audit_event_append_only ON audit_event"}[
        connection.vendor
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}")
        assert [fault.subject for fault in journal.guard_faults()] == ["audit_event"]
        transaction.set_rollback(True)
    assert journal.guard_faults() == []
