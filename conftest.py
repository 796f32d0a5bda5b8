"""What every test may use, whichever room it stands in."""

import pytest
from django.db import connection

pytest_plugins = ["sijeong.audit.tests.flush"]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: apt-get install postgresql, or DATABASE_URL=postgres://…")
