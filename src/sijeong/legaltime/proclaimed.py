"""Reads `holidays.yaml` of a city folder: days added to the calendar or taken from it, each with its basis.

known_until: 2027                  # the last year whose almanac is out
days:
  - add: 2024-10-01
    name: 임시공휴일(국군의 날)
    basis: 국무회의 의결
    proclaimed_on: 2024-09-03
  - remove: 2031-06-12
    basis: …
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import yaml

from .errors import LegalTimeError

FILE = "holidays.yaml"
_TOP = ("known_until", "days")
_OF_DAY = ("add", "remove", "name", "basis", "proclaimed_on")


@dataclass(frozen=True, slots=True)
class Override:
    """`day` is a public holiday called `name`, or none if `name` is None, by `basis`."""

    day: dt.date
    name: str | None
    basis: str
    proclaimed_on: dt.date | None = None


def read_proclaimed(path: Path) -> tuple[tuple[Override, ...], int | None]:
    """The overrides of the file and the last year it calls known; nothing where there is no file."""
    if not path.exists():
        return (), None
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise LegalTimeError(f"{path}: 열 수 없습니다 ({error.strerror}).") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise LegalTimeError(f"{path}:{mark.line + 1 if mark else 1}: YAML로 읽을 수 없습니다.") from None
    if root is None:
        return (), None
    return _File(path).read(root)


class _File:
    """The nodes of one file; every complaint names the line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, root: yaml.Node) -> tuple[tuple[Override, ...], int | None]:
        top = self.mapping(root, _TOP)
        known = self.year(top["known_until"]) if "known_until" in top else None
        overrides: dict[dt.date, Override] = {}
        for node in self.items(top.get("days")):
            override = self.override(node)
            if override.day in overrides:
                self.fail(node, f"{override.day}: 두 번 적혀 있습니다; 하루는 한 번만 적습니다")
            overrides[override.day] = override
        return tuple(overrides.values()), known

    def override(self, node: yaml.Node) -> Override:
        entry = self.mapping(node, _OF_DAY)
        if ("add" in entry) == ("remove" in entry):
            self.fail(node, "add와 remove 가운데 하나만 있어야 합니다")
        for key in ("name", "basis") if "add" in entry else ("basis",):
            if key not in entry:
                self.fail(node, f"{key}이(가) 없습니다; 필요한 것: {key}")
        if "remove" in entry and "name" in entry:
            self.fail(entry["name"], "name은 add에만 씁니다")
        return Override(
            day=self.date(entry["add"] if "add" in entry else entry["remove"]),
            name=self.text(entry["name"]) if "add" in entry else None,
            basis=self.text(entry["basis"]),
            proclaimed_on=self.date(entry["proclaimed_on"]) if "proclaimed_on" in entry else None,
        )

    def mapping(self, node: yaml.Node, keys: tuple[str, ...]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, f"'이름: 값' 꼴이어야 합니다; 쓸 수 있는 이름: {', '.join(keys)}")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value not in keys or key.value in found:
                self.fail(key, f"{key.value!r}: 쓸 수 있는 이름은 {', '.join(keys)}, 각각 한 번입니다")
            found[key.value] = value
        return found

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, "days는 '-'로 시작하는 목록이어야 합니다")
        return list(node.value)

    def text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.fail(node, "빈칸이 아닌 글이어야 합니다")
        return str(node.value).strip()

    def date(self, node: yaml.Node) -> dt.date:
        try:
            return dt.date.fromisoformat(self.text(node))
        except ValueError:
            self.fail(node, f"{node.value!r}: 있는 날짜를 2024-10-01처럼 적어야 합니다")

    def year(self, node: yaml.Node) -> int:
        text = self.text(node)
        if not (text.isdecimal() and len(text) == 4):
            self.fail(node, f"{text!r}: 해를 2027처럼 적어야 합니다")
        return int(text)

    def fail(self, node: yaml.Node, what: str) -> NoReturn:
        raise LegalTimeError(f"{self.path}:{node.start_mark.line + 1}: {what}.")
