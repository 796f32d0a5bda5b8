"""A connection that the database ended is given up before a request, without asking before each; moments are UTC's."""

import datetime as dt
import time

import pytest
from django.db import DataError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from sijeong.org.models import Session

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_a_live_connection_is_not_asked():
    connection.ensure_connection()
    with CaptureQueriesContext(connection) as asked:
        assert connection.is_usable()
    assert not asked.captured_queries


def test_a_connection_that_was_ended_is_known_to_be():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    until = time.monotonic() + 10
    while connection.is_usable() and time.monotonic() < until:
        time.sleep(0.02)
    assert not connection.is_usable()
    connection.close()
    assert connection.is_usable() is False
    connection.ensure_connection()
    assert connection.is_usable()


def test_a_kept_cursor_gives_what_a_new_one_would_and_outlives_faults_and_connections(
    django_assert_num_queries,
):
    ask = connection.rows_of
    assert [ask("SELECT generate_series(1, %s)", [most]) for most in (3, 0, 1)] == [
        [(1,), (2,), (3,)],
        [],
        [(1,)],
    ]
    assert ask("SELECT '%%', %s::text", ["%"]) == [("%", "%")]
    kept = connection._kept
    with pytest.raises(DataError):
        ask("SELECT 1 / %s", [0])
    assert ask("SELECT 1", []) == [(1,)]
    assert connection._kept is kept
    with django_assert_num_queries(1):  # whoever counts sees it
        ask("SELECT 1", [])
    with pytest.raises(TransactionManagementError), transaction.atomic():
        transaction.set_rollback(True)
        ask("SELECT 1", [])
    connection.close()
    assert ask("SELECT 2", []) == [(2,)]
    assert connection._kept is not kept


@given(st.datetimes(dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30)))  # noqa: DTZ001 - the zone follows
def test_a_moment_comes_back_as_it_was_kept(naive):
    moment = naive.replace(tzinfo=dt.UTC)
    kept = Session.objects.update_or_create(pk="one", defaults={"session_data": "", "expire_date": moment})[0]
    kept.refresh_from_db()
    alike = [kept.expire_date, *Session.objects.values_list("expire_date", flat=True).iterator()]
    assert alike == [moment, moment]
    assert [one.utcoffset() for one in alike] == [dt.timedelta(), dt.timedelta()]
    assert [one.isoformat() for one in alike] == [moment.isoformat()] * 2
