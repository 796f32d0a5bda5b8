"""A design of the city folder that is wrong says in which line."""

from pathlib import Path

import pytest

from sijeong.catalog.problems import CatalogError
from sijeong.reports.writing.design import Content, read_designs

SEOUL = Path(__file__).parents[4] / "cities" / "seoul"


def test_the_citys_own_design_is_sound():
    design = read_designs(SEOUL)["work_report"]
    assert {section.content for chapter in design.chapters for section in chapter.sections} | {
        chapter.content for chapter in design.chapters if chapter.content
    } == set(Content)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("code: x\ntitle: 보고\nchapters:\n  - {title: 가, content: weather}\n", 4, "weather"),
        ("code: x\ntitle: 보고\nchapters:\n  - {title: 가}\n", 4, "neither"),
        ("code: y\ntitle: 보고\nchapters:\n  - {title: 가, content: duties}\n", 1, "file of 'x'"),
        ("code: x\nchapters: []\n", 1, "title"),
        (
            "code: x\ntitle: 보고\nchapters:\n  - {title: 가, content: duties, annex: true}\n  - {title: 나, content: staffing}\n",
            5,
            "after an annex",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, text, line, what):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "x.yaml").write_text(text)
    with pytest.raises(CatalogError) as error:
        read_designs(tmp_path)
    assert any(one.line == line and what in str(one) for one in error.value.problems), str(error.value)
