"""YAML with line numbers: every mistake in a city's text is named by file and line."""

from pathlib import Path
from typing import Any

import yaml


class Problem(Exception):
    """Something wrong in a text file: `path:line: message`."""

    def __init__(self, path: Path | str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = str(path), line, message


class Marked(dict[str, Any]):
    """A mapping that knows its line and the line of each key (1-based)."""

    line: int = 1
    lines: dict[str, int]

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)


class _Loader(yaml.CSafeLoader):
    name: str


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Marked:
    marked = Marked()
    marked.line, marked.lines = node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if key in marked:
            raise Problem(loader.name, line, f"'{key}'이(가) 두 번 적혔습니다")
        marked[key] = loader.construct_object(value_node, deep=True)
        marked.lines[key] = line
    return marked


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(path: Path) -> Marked:
    """Return a YAML mapping with line marks. Raises `Problem` for text that is not a mapping."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        loader.name = str(path)
        content = loader.get_single_data()
    except FileNotFoundError:
        raise Problem(path, 1, "파일이 없습니다") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Problem(path, line, f"YAML을 읽을 수 없습니다: {error.problem}") from None
    if not isinstance(content, Marked):
        raise Problem(path, 1, "'이름: 값' 꼴이어야 합니다")
    return content


def demand(path: Path, mapping: Marked, *, required: set[str], allowed: set[str]) -> None:
    """Raise `Problem` for a key that is missing or unknown."""
    for key in mapping:
        if key not in required | allowed:
            known = ", ".join(sorted(required | allowed))
            raise Problem(
                path, mapping.line_of(key), f"'{key}'은(는) 모르는 항목입니다 (쓸 수 있는 것: {known})"
            )
    for key in sorted(required - mapping.keys()):
        raise Problem(path, mapping.line, f"'{key}'이(가) 없습니다")
