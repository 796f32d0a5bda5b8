"""The guides tell today's truth: what they name in bold stands on the pages of their reader, their pictures are taken."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from sijeong.cases import actions
from sijeong.cases.tests.filed import applied, ask, bring
from sijeong.links.tests.keys import token_of
from sijeong.org.tests.people import city, signed_in

__all__ = ["applied", "city", "signed_in"]
pytestmark = pytest.mark.alike  # pages that the rooms ask for, too
DOCS = Path(__file__).parents[1] / "docs"
GUIDES = sorted((DOCS / "guides").glob("*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*")
PICTURE = re.compile(r"!\[[^\]]+\]\(\.\./screenshots/([\w-]+)\.png\)")
STORIES = Path(__file__).parent / "browser" / "test_pictures.py"
TAKEN = set(re.findall(r'picture\(\w+, "([\w-]+)"\)', STORIES.read_text("utf-8")))
# Whose pages each guide tells of: (who, address). {state} is the number of a case in that state.
READERS = {
    "officer": [
        ("officer", "/"), ("officer", "/cases/"), ("officer", "/cases/{assigned}/"), ("officer", "/cases/{in_hand}/"),
        ("officer", "/cases/{in_hand}/write/"), ("head", "/"), ("head", "/cases/{in_approval}/"),
        ("officer", "/cases/{answered}/"), ("officer", "/cases/{delivered}/"), ("joint_officer", "/cases/{in_hand}/"),
        ("officer", "/follow-ups/"), ("officer", "/notices/"), ("officer", "/notices/choices/"), ("officer", "/tokens/"),
        ("officer", "/answer-templates/"),
        ("head", "/organisation/absence/"),
    ],
    "planning": [
        ("planning_officer", "/"), ("planning_officer", "/planning/"), ("planning_officer", "/cases/new/"),
        ("planning_officer", "/cases/new/data_request/"), ("planning_officer", "/import/"),
        ("planning_officer", "/cases/{delivered}/"), ("planning_officer", "/cases/{in_hand}/"),
        ("planning_officer", "/publication/"), ("planning_officer", "/statistics/"), ("planning_officer", "/cases/?type=data_request&scope=all"),
        ("planning_officer", "/follow-ups/"), ("planning_officer", "/council/"),
    ],
    "member": [
        ("member", "/"), ("member", "/cases/new/"), ("member", "/cases/new/data_request/"), ("member", "/cases/{delivered}/"),
        ("member", "/cases/{in_hand}/"), ("member", "/cases/"), ("member", "/follow-ups/"), ("member", "/statistics/"),
        ("member", "/notices/"), ("member", "/notices/choices/"), ("member", "/subscription/"), ("member", "/council/"),
        ("member", "/cases/new/data_request/many/"),
    ],
    "administrator": [
        ("administrator", "/"), ("administrator", "/administration/{left}/"),
        ("administrator", "/administration/"), ("administrator", "/administration/new/"), ("administrator", "/administration/enter/people/"), ("administrator", "/administration/{person}/"),
        ("administrator", "/administration/{person}/tokens/"), ("administrator", "/organisation/"), ("administrator", "/organisation/new/"),
        ("administrator", "/organisation/reorganise/"), ("administrator", "/organisation/staffing/"), ("administrator", "/calendar/"),
        ("administrator", "/notices/undelivered/"), ("administrator", "/organisation/{unit}/"),
    ],
}  # fmt: skip


@pytest.fixture
def places(applied):
    """What the addresses are filled in with."""
    states = ("assigned", "in_hand", "in_approval", "answered", "delivered")
    cases = {state: bring(applied, ask(applied), state) for state in states}
    by = applied.viewer("officer")
    actions.ask_extension(case=cases["in_approval"], reason="자료가 방대함", by=by)
    actions.make_template(
        government=applied.seoul, unit=applied.units["general_affairs"], type_code="data_request", name="자료 제출",
        body={"answer": "{제목}"}, by=by,
    )  # fmt: skip
    numbers = {state: case.number for state, case in cases.items()}
    ask(applied)
    token_of(applied, "officer")
    left = applied.people["other_officer"]
    left.is_active = False
    left.save(update_fields=["is_active"])
    people = {"person": applied.people["officer"].pk, "left": left.pk}
    return numbers | people | {"unit": applied.units["general_affairs"].pk}


def told(client, path: str) -> str:
    """The words of a page, attributes too: what a button asks before it acts is on the page as well."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return html.unescape(response.content.decode())


def test_there_is_a_guide_for_each_reader():
    assert {guide.stem for guide in GUIDES} == set(READERS)


@pytest.mark.django_db
@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_what_a_guide_names_is_on_its_readers_pages(guide, signed_in, places):
    pages = " ".join(told(signed_in(who), path.format(**places)) for who, path in READERS[guide.stem])
    named = set(BOLD.findall(guide.read_text("utf-8")))
    assert named, guide
    assert {name for name in named if name not in pages} == set()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_its_pictures_are_taken_and_there(guide):
    shown = PICTURE.findall(guide.read_text("utf-8"))
    assert shown, guide
    assert set(shown) <= TAKEN


def test_every_picture_is_taken_by_a_story_and_kept_with_its_outline():
    kept = {(path.stem, path.suffix) for path in (DOCS / "screenshots").iterdir()}
    assert kept == {(name, suffix) for name in TAKEN for suffix in (".png", ".txt")}
    for name in TAKEN:
        assert (DOCS / "screenshots" / f"{name}.png").read_bytes().startswith(b"\x89PNG")
