import datetime as dt

import pytest

from sijeong.legaltime import KST, Calendar, Length, count


@pytest.fixture(scope="session")
def korea():
    return Calendar.korea()


@pytest.fixture(scope="session")
def counted(korea):
    """`counted("civil", "2024-09-12", 10, "days")`; a start with a time of day is a moment in Korea."""

    def counted(rule, start, amount, unit, **more):
        start = (
            dt.datetime.fromisoformat(start).replace(tzinfo=KST)
            if "T" in start
            else dt.date.fromisoformat(start)
        )
        return count(rule=rule, start=start, length=Length(amount, unit), calendar=korea, **more)

    return counted


@pytest.fixture(scope="session")
def last_day(counted):
    """As `counted`, the last day alone, as text."""
    return lambda *args, **more: str(counted(*args, **more).last_day)
