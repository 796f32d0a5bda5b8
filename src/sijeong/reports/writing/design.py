"""The designs of a city's reports (``reports/*.yaml``): which parts, in which order, under which words."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from sijeong.catalog.case_type import Code, Label
from sijeong.catalog.case_type import Part as Node
from sijeong.catalog.city import read_part
from sijeong.catalog.problems import CatalogError, Problem, Remark

FOLDER = "reports"


class Content(StrEnum):
    """What a section is filled with."""

    DUTIES = "duties"
    ORGANISATION = "organisation"
    STAFFING = "staffing"
    REVENUE = "revenue"
    SPENDING = "spending"
    PROGRAMMES = "programmes"
    FINDINGS = "findings"
    REQUESTS = "requests"
    IMPROVEMENTS = "improvements"
    PROMISES = "promises"


class Section(Node):
    """A section under a numbered bar."""

    title: Label
    content: Content


class Chapter(Node):
    """A chapter under a Roman numeral, or an annex (별첨): sections, or one content that makes its own."""

    title: Label
    sections: tuple[Section, ...] = ()
    content: Content | None = None
    annex: bool = False


class Design(Node):
    """A report's design."""

    code: Code
    title: Label
    chapters: tuple[Chapter, ...] = Field(min_length=1, max_length=12)


def read_designs(folder: Path) -> dict[str, Design]:
    """Every design of a city folder by code. Raises CatalogError with file and line of each fault."""
    problems: list[Problem] = []
    found: dict[str, Design] = {}
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        read = read_part(folder, f"{FOLDER}/{path.name}", Design, problems)
        if read is None:
            continue
        text, design = read
        if path.stem != design.code:
            what = f"the code {design.code!r} in the file of {path.stem!r}"
            problems.append(text.problem(Remark(("code",), what, "the name of the file without .yaml")))
        for number, chapter in enumerate(design.chapters):
            if bool(chapter.sections) == (chapter.content is not None):
                what = f"the chapter {chapter.title!r} has both sections and content, or neither"
                problems.append(text.problem(Remark(("chapters", number), what, "one of the two")))
            if number and design.chapters[number - 1].annex and not chapter.annex:
                what = f"the chapter {chapter.title!r} stands after an annex"
                problems.append(text.problem(Remark(("chapters", number), what, "annexes at the end")))
        found[design.code] = design
    if problems:
        raise CatalogError(problems)
    return found
