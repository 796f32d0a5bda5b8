from collections.abc import Callable

import pytest

from sijeong.catalog import City, read_city
from sijeong.catalog.tests.small_city import SEOUL, SMALL, problems_of, write_city


@pytest.fixture(scope="session")
def seoul() -> City:
    return read_city(SEOUL)


@pytest.fixture
def faults(tmp_path) -> Callable[..., list[str]]:
    """faults(old, new, …): the problems of the small type with each `old` (once there) made `new`."""

    def broken(*changes: str) -> list[str]:
        text = SMALL
        for old, new in zip(changes[::2], changes[1::2], strict=True):
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the small type"
            text = text.replace(old, new)
        return problems_of(write_city(tmp_path, parking=text))

    return broken


@pytest.fixture
def fault_of(tmp_path) -> Callable[[str | bytes], str]:
    """The only problem of a case type with this content."""

    def only(content: str | bytes) -> str:
        [problem] = problems_of(write_city(tmp_path, parking=content))
        return problem

    return only
