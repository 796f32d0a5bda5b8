"""However many rows a page shows, it asks the database the same number of times."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .filed import ask, bring


def asked(client, path) -> int:
    client.get(path)  # the first look of a minute also notes that the session was seen
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["planning_officer", "officer", "member", "administrator"])
def test_lists_ask_the_same_whatever_their_length(signed_in, applied, who):
    client = signed_in(who)
    bring(applied, ask(applied), "in_hand")
    paths = ["/cases/?scope=all", "/cases/?order=due", "/"]
    few = [asked(client, path) for path in paths]
    for _ in range(6):
        bring(applied, ask(applied), "in_hand")
    assert [asked(client, path) for path in paths] == few
    assert few[0] <= 18


def test_a_case_asks_the_same_however_much_is_in_it(signed_in, applied, promise):
    client, path = signed_in("auditor"), f"/cases/{promise.case.number}/"
    few = asked(client, path)
    for day in range(1, 6):
        promise.pk, promise.due_on = None, promise.due_on.replace(day=day)
        promise.save()
    assert asked(client, path) == few
