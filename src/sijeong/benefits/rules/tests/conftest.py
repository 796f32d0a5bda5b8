from pathlib import Path

import pytest

from sijeong.benefits.rules import kernel
from sijeong.benefits.rules import rulebook as rulebooks
from sijeong.benefits.rules.rulebook import Rulebook

SEOUL = Path(__file__).parents[5] / "cities" / "seoul" / "benefits"


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return rulebooks.load(SEOUL)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """Compiled rules go to a folder of the test run: every run compiles."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("SIJEONG_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def compiled(rulebook, cache):
    return kernel.build(rulebook)
