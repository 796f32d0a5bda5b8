"""The term calculator: the page and the address for programs show what the command line prints."""

import json

import pytest
from click.testing import CliRunner
from django.urls import reverse

from sijeong.org.tests.people import city, signed_in
from sijeong.site.cli_due import due

__all__ = ["city", "signed_in"]
ASKED = {"start": "2024-09-12", "length": "10", "unit": "days", "rule": "civil"}


def test_page_api_and_command_line_agree(signed_in, pytestconfig):
    client = signed_in("officer")
    folder = str(pytestconfig.rootpath / "cities/seoul")
    printed = json.loads(
        CliRunner()
        .invoke(due, ["2024-09-12", "--days", "10", "--rule", "civil", "--city", folder, "--json"])
        .stdout
    )
    told = client.get(reverse("api:due"), ASKED).json()
    assert told["last_day"] == printed["last_day"] == "2024-09-23"
    page = client.get(reverse("due"), ASKED).content.decode()
    assert all(step["text"] in page for step in told["steps"])
    assert [step["text"] for step in told["steps"]] == [step["text"] for step in printed["steps"]]


@pytest.mark.parametrize(
    ("wrong", "why", "where"),
    [
        ({"length": "-1"}, "-1", "query.length"),
        ({"rule": "lunar"}, "lunar", "query.rule"),
        ({"start": "2024-02-30"}, "날짜", "query.start"),
        ({"unit": "hours"}, "시각", "query"),
    ],
)
def test_what_cannot_be_counted_is_named(signed_in, wrong, why, where):
    page = signed_in("officer").get(reverse("due"), ASKED | wrong)
    assert page.status_code == 422
    assert why in page.content.decode()
    told = signed_in("officer").get(reverse("api:due"), ASKED | wrong)
    assert (told.status_code, [one["where"] for one in told.json()["errors"]]) == (422, [where])


def test_the_api_is_behind_the_sign_in(client, db):
    assert client.get(reverse("api:due"), ASKED).status_code == 401
