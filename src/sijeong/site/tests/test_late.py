"""What only a run needs is not read when a room is."""

import pickle
import subprocess
import sys

import pytest

from sijeong.late import Late

HEAVY = ("ortools", "pandas", "pyarrow", "polars", "numba", "scipy", "tantivy")


def test_a_web_process_begins_without_the_large_libraries():
    told = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
        f"print(*[name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_module_is_read_when_something_of_it_is_asked_for():
    module = Late("colorsys")
    assert module.rgb_to_hls is module.rgb_to_hls
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = module.nothing_such


def test_it_goes_with_code_that_is_sent_elsewhere():
    sent = pickle.dumps(Late("colorsys"))
    assert pickle.loads(sent).ONE_THIRD > 0  # noqa: S301 - our own
