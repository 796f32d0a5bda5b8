"""A machine that reaches packages through a mirror says so to pip; uv is told the same."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("uv_settings", Path(__file__).parents[1] / "tools" / "uv.py")
uv = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(uv)

MIRROR = "https://mirror.example.go.kr/simple"
LISTING = f"""\
:env:.disable-pip-version-check='1'
:env:.find-links='/srv/wheels'
global.cert='/etc/ssl/city.pem'
global.extra-index-url='\\nfile:///srv/one\\nfile:///srv/two'
global.find-links='/srv/old'
global.index-url='{MIRROR}'
install.cert='/etc/ssl/install.pem'
list.format='columns'
"""


def test_the_environment_wins_over_the_file_and_install_over_global():
    settings = uv.pip_settings(LISTING)
    assert settings["find-links"] == "/srv/wheels"
    assert settings["cert"] == "/etc/ssl/install.pem"
    assert "format" not in settings


def test_every_index_of_pip_is_asked_by_uv():
    assert uv.passed_on(uv.pip_settings(LISTING), {}, locking=False) == {
        "UV_DEFAULT_INDEX": MIRROR,
        "UV_INDEX": "file:///srv/one file:///srv/two",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "/srv/wheels",
        "SSL_CERT_FILE": "/etc/ssl/install.pem",
    }


def test_a_lock_is_made_from_the_index_alone():
    told = uv.passed_on(uv.pip_settings(LISTING), {}, locking=True)
    assert told == {"UV_DEFAULT_INDEX": MIRROR, "SSL_CERT_FILE": "/etc/ssl/install.pem"}


@pytest.mark.parametrize("name", ["UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX"])
def test_who_gave_uv_an_index_of_its_own_is_left_alone(name):
    assert uv.passed_on(uv.pip_settings(LISTING), {name: "x"}, locking=False).keys() == {"SSL_CERT_FILE"}


def test_a_machine_without_settings_gets_none():
    assert uv.passed_on(uv.pip_settings(""), {}, locking=False) == {}
