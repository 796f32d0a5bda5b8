"""Reads a city folder: `city.yaml` and `case_types/*.yaml`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from sijeong.catalog import checks, life, shape
from sijeong.catalog.case_type import CaseType, Code, Label, Part
from sijeong.catalog.problems import CatalogError, Problem, Remark
from sijeong.catalog.text import Text, read_text

FOLDER = "case_types"
P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class City:
    """What one city promises. `case_types` is keyed by code, in the order of the files."""

    code: str
    name: str
    case_types: dict[str, CaseType]


class _Head(Part):
    code: Code
    name: Label


def read_city(folder: Path) -> City:
    """Raises CatalogError with every fault of every file, each with its file (from `folder`) and line."""
    if not folder.is_dir():
        raise CatalogError([Problem(str(folder), 1, 1, "no such folder", "a city folder with city.yaml")])
    problems = list(_misplaced(folder))
    head = read_part(folder, "city.yaml", _Head, problems)
    files = sorted(path.name for path in (folder / FOLDER).glob("*.yaml"))
    read = [read_part(folder, f"{FOLDER}/{file}", CaseType, problems) for file in files]
    pairs = [pair for pair in read if pair is not None]
    for text, case_type in pairs:
        problems += map(text.problem, (*checks.remarks(case_type), *life.remarks(case_type)))
    problems += _clashes(pairs)
    if problems or head is None:
        raise CatalogError(problems)
    return City(head[1].code, head[1].name, {case_type.code: case_type for _, case_type in pairs})


def read_part(folder: Path, file: str, model: type[P], problems: list[Problem]) -> tuple[Text, P] | None:
    """The text and what it says, or None with the reasons added to `problems`."""
    try:
        text = read_text(folder, file)
    except CatalogError as error:
        problems += error.problems
        return None
    try:
        return text, model.model_validate(text.data)
    except ValidationError as error:
        problems += map(text.problem, shape.remarks(error, model))
        return None


def _misplaced(folder: Path) -> Iterator[Problem]:
    """A case type that would be passed over in silence."""
    for path in sorted((folder / FOLDER).glob("*.yml")):
        yield Problem(f"{FOLDER}/{path.name}", 1, 1, "the name of the file ends in .yml", ".yaml")
    if not any((folder / FOLDER).glob("*.y*ml")):
        yield Problem(FOLDER, 1, 1, "no case types", "one file <code>.yaml for each case type")


def _clashes(pairs: list[tuple[Text, CaseType]]) -> Iterator[Problem]:
    """What is wrong only beside the other files."""
    codes: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    for text, case_type in pairs:
        stem = Path(text.file).stem
        if stem != case_type.code:
            what = f"the code {case_type.code!r} in the file of {stem!r}"
            yield text.problem(Remark(("code",), what, "the name of the file without .yaml"))
        if (other := codes.setdefault(case_type.code, text.file)) != text.file:
            yield text.problem(
                Remark(("code",), f"the code {case_type.code!r} is taken by {other}", "a code of its own")
            )
        if (other := prefixes.setdefault(case_type.number, text.file)) != text.file:
            what = f"the number prefix {case_type.number!r} is taken by {other}"
            yield text.problem(Remark(("number",), what, "a prefix of its own"))
