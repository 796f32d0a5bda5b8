"""Every number opens to its cases: the list behind it has as many rows."""

import datetime as dt
import html
import re

import pytest
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from sijeong.cases import actions as acts
from sijeong.cases.listing import Filters
from sijeong.cases.narrowing import FATES, Narrowing
from sijeong.cases.tests.filed import ask, bring
from sijeong.links.tests.keys import program
from sijeong.org.address import Address
from sijeong.org.tests.laid import laid
from sijeong.statistics.figures import figures
from sijeong.statistics.reading import Wanted, read

__all__ = ["program"]

NUMBER = re.compile(r'<a[^>]* href="(/cases/[^"]+)"[^>]*>(\d+)</a>')


@pytest.fixture
def busy(applied):
    """Cases in every fate, some of another month, of two divisions and two types."""
    laid("busy in every way", lambda: _work(applied), settings.CITIES, timezone.localdate())
    return applied


def _work(applied):
    for ago in (0, 1, 15, 40):
        ask(applied, days_ago=ago)
        for state in ("in_hand", "delivered"):
            bring(applied, ask(applied, days_ago=ago), state)
    spoken = {"session": "제1회", "spoken_on": "2026-01-05"}
    bring(applied, ask(applied, type_code="five_minute_speech", days_ago=2, fields=spoken), "published")
    extended, away = (bring(applied, ask(applied), "assigned") for _ in range(2))
    acts.extend(case=extended, reason="방대함", by=None)
    acts.withdraw(case=away, reason="받음", by=None)
    acts.pass_on(case=extended, to=applied.units["personnel"], reason="소관", by=None)


def listed(city, who="planning_officer", **query):
    told = QueryDict(mutable=True)
    told.update({"scope": "all"} | {name: str(value) for name, value in query.items()})
    return Filters.of(told).applied(city.viewer(who)).count()


def test_each_sum_is_the_length_of_its_list(busy):
    day = timezone.localdate()
    lines = read(busy.seoul.pk, Wanted("month", each_unit=True, each_type=True)).lines
    assert len(lines) > 3
    for line, counts in lines.items():
        found = figures(counts, day)
        where = {"lead": line.unit, "type": line.type_code, "month": f"{line.start:%Y-%m}"}
        assert listed(busy, **where) == found.received
        assert listed(busy, **where, extended=1) == found.extended
        for fate in FATES:
            expected = {"delivered": found.on_time + found.late}.get(fate)
            assert listed(busy, **where, fate=fate) == (
                getattr(found, fate) if expected is None else expected
            ), fate


def test_a_list_from_a_number_says_how_many(signed_in, busy):
    text = signed_in("planning_officer").get("/cases/?scope=all&fate=delivered").content.decode()
    assert "모두 <strong>5</strong>건" in text


@pytest.mark.parametrize("where", ["/statistics/", "/statistics/?year=all", "/statistics/units/"])
def test_every_number_of_a_page_is_what_its_list_says(signed_in, busy, where):
    client = signed_in("planning_officer")
    found = NUMBER.findall(client.get(where).content.decode())
    numbers = {one for one in found if not one[0].endswith("fate=delivered")}  # days in the middle, no count
    assert len(numbers) > 10
    for address, number in numbers:
        page = client.get(html.unescape(address)).content.decode()
        assert f"모두 <strong>{number}</strong>건" in page, address


@pytest.mark.parametrize("query", ["month=2026-13", "fate=never", "lead=x", "lead=99999999999", "extended=2"])
def test_what_is_unknown_narrows_nothing(query):
    assert Narrowing.of(Address(QueryDict(query))) == Narrowing()


def test_a_month_ends_where_the_next_begins(busy):
    this = timezone.localdate().replace(day=1)
    before = this - dt.timedelta(days=1)
    every = sum(
        listed(busy, month=f"{day:%Y-%m}")
        for day in (this, before, before.replace(day=1) - dt.timedelta(days=1))
    )
    assert every == listed(busy)


def test_another_system_opens_each_number_too(program, busy):
    """The tables of both pages, and the cases behind each number by the address that stands beside it."""
    client = program("planning_officer")
    tables = {table["code"]: table for table in client.read("/statistics").json()["tables"]}
    assert list(tables) == ["years", "months", "types", "units"] and len(tables["units"]["rows"]) == 3
    for table in tables.values():
        for row in (*table["rows"], table["total"]):
            where = row["cases"].removeprefix("/api/v1") + "&size=200"
            told = {
                "received": "",
                "on_time": "&fate=on_time",
                "open": "&fate=open",
                "extended": "&extended=1",
            }
            found = {name: len(client.read(where + more).json()["cases"]) for name, more in told.items()}
            assert found == {name: row[name] for name in told}, (table["code"], row["label"])
    assert tables["types"]["total"]["median"] is not None
    sums = program("member").read("/statistics").json()["tables"]
    assert {row["cases"] for table in sums for row in table["rows"]} == {None}
