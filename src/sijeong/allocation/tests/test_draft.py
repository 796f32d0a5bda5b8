"""A division brings two spreadsheets, answers some questions, and gets a definition that runs."""

from datetime import date
from pathlib import Path

import pytest

from sijeong.allocation.solving import demo, draft, engine
from sijeong.allocation.solving.definition import BadDefinition, load, parse

CITY = Path(__file__).parents[4] / "cities" / "seoul"
NIGHTS = {
    "first": date(2022, 4, 1),
    "last": date(2022, 12, 31),
    "rooms": [
        {"room": room, "high": 9, "low": 9} for room in ("18평", "24평", "24평확장", "27평", "27평확장")
    ],
}


@pytest.mark.parametrize(
    ("name", "part", "more"),
    [
        ("home_care", {"districts": "seoul"}, {}),
        ("benefit_places", {}, {}),
        ("jeju_retreat", NIGHTS, {"shares": ["기관", "개인"], "quotas": [{"share": "기관", "percent": 70}]}),
        ("next_local", {}, {}),
    ],
)
def test_two_spreadsheets_become_a_definition_that_runs(name, part, more):
    model = load(CITY / "allocations" / f"{name}.yaml")
    districts = engine.districts_of(model, CITY)
    tables = demo.tables(model, districts, 1, 0.02 if name != "next_local" else 1)
    rooms = ["객실", "성수기", "비수기"]
    headings = (tables["applicants"][0], tables["resources"][0] if tables["resources"] else rooms)
    applicants, resources = draft.guess(model.structure, *headings)
    assert not draft.missing(model.structure, applicants, resources)
    if model.nights:
        assert resources == dict(zip(draft.ROOMS, rooms, strict=True))
        resources = {}
    assert applicants == model.applicants.columns and resources == model.resources.columns
    found = draft.classes_in(tables["applicants"], applicants["class"])
    text = draft.draft(
        draft.Answers(
            name,
            model.title,
            ("방침",),
            model.structure,
            model.tie,
            (model.applicants.noun, model.resources.noun),
            applicants,
            resources,
            [(code, "방침") for code in sorted(found)],
            part,
            more,
        )
    )
    definition = parse(text, f"{name}.yaml")
    seed = b"x" if definition.tie == "lottery" else None
    assert engine.run(definition, tables, districts, seed).status == "optimal"


def test_a_heading_that_means_nothing_is_asked_for():
    applicants, resources = draft.guess("places", ["번호", "접수일", "누구"], ["기관번호", "정원"])
    assert draft.missing("places", applicants, resources) == ("class",)


def test_answers_without_a_basis_make_no_definition():
    answers = draft.Answers("x", "x", (), "places", "received", ("신청", "자리"), {}, {}, [])
    with pytest.raises(BadDefinition, match="basis"):
        draft.draft(answers)
