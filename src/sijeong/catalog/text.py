"""A YAML file of a city folder as plain data, with the place of every node.

Plain scalars stay text (a code `no` is no boolean; the model knows what a length is), only an empty value is
None. No object is ever constructed, and whatever the bytes are, the answer is data or a CatalogError.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath

import yaml

from sijeong.catalog.problems import CatalogError, Path, Problem, Remark

LARGEST = 100_000
"""Bytes. The longest case type shipped has a tenth of it."""
DEEPEST = 12
"""Levels of nesting. A case type has 5; the limit keeps the composer's recursion shallow."""

_NULL = "tag:yaml.org,2002:null"
_STR = "tag:yaml.org,2002:str"
_PLAIN = {_NULL, _STR, "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] == _NULL]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise yaml.MarkedYAMLError(
                problem="anchors and aliases are not used here", problem_mark=event.start_mark
            )
        if self.depth == DEEPEST:
            raise yaml.MarkedYAMLError(
                problem=f"nested more than {DEEPEST} levels deep", problem_mark=event.start_mark
            )
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


@dataclass(frozen=True)
class Text:
    """One file read: its data, and where each node stands (line and column from 1)."""

    file: str
    data: object
    places: dict[Path, tuple[int, int]]

    def problem(self, remark: Remark) -> Problem:
        """The remark at its node, or at the nearest node above if that one isn't written."""
        path = remark.path
        while path not in self.places:
            path = path[:-1]
        return Problem(self.file, *self.places[path], remark.what, remark.allowed)


def read_text(folder: FilePath, file: str) -> Text:
    """Raises CatalogError with every fault of the YAML itself."""
    text = _decoded(_bytes(folder, file), file)
    node = _composed(text, file)
    places: dict[Path, tuple[int, int]] = {(): (1, 1)}
    faults: list[Remark] = []
    result = Text(file, _plain(node, (), places, faults), places)
    if faults:
        raise CatalogError(map(result.problem, faults))
    return result


def _bytes(folder: FilePath, file: str) -> bytes:
    try:
        with (folder / file).open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise CatalogError([Problem(file, 1, 1, f"can't be read: {error.strerror}")]) from error
    if len(content) > LARGEST:
        raise CatalogError([Problem(file, 1, 1, "the file is too large", f"at most {LARGEST} bytes")])
    return content


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogError([Problem(file, line, 1, "not UTF-8", "text encoded in UTF-8")]) from error


def _composed(text: str, file: str) -> yaml.Node | None:
    loader = None
    try:
        loader = _Loader(text)
        return loader.get_single_node()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problem = Problem(file, line, 1, f"the character {error.character:#06x} can't stand in YAML")
    except yaml.MarkedYAMLError as error:
        problem = _unreadable(error, file)
    except (ValueError, OverflowError):  # PyYAML lets chr() and int() fail on \UFFFFFFFF and long versions
        line = loader.line + 1 if loader else 1
        problem = Problem(file, line, 1, "a number too large for YAML")
    raise CatalogError([problem])


def _unreadable(error: yaml.MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    what = str(error.problem)
    if "'\\t'" in what:
        return Problem(file, line, column, "a tab where YAML wants spaces", "spaces")
    ours = type(error) is yaml.MarkedYAMLError
    return Problem(file, line, column, what if ours else f"not YAML: {what}")


def _plain(
    node: yaml.Node | None, path: Path, places: dict[Path, tuple[int, int]], faults: list[Remark]
) -> object:
    if node is None:
        return None
    places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
    if node.tag not in _PLAIN:
        faults.append(Remark(path, f"the tag {node.tag} is not used here", "values without a tag"))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, (*path, index), places, faults) for index, each in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return {
            key: _plain(value, (*path, key), places, faults)
            for key, value in _entries(node, path, places, faults)
        }
    if _halved(node.value):
        faults.append(Remark(path, "half of a surrogate pair", "whole characters"))
    return None if node.tag == _NULL else node.value


def _entries(
    node: yaml.MappingNode, path: Path, places: dict[Path, tuple[int, int]], faults: list[Remark]
) -> Iterator[tuple[str, yaml.Node]]:
    """The entries whose keys are usable; a nested value is placed at its key, a scalar at itself."""
    seen: set[Hashable] = set()
    for key, value in node.value:
        place = (key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, yaml.ScalarNode) or key.tag != _STR or _halved(key.value):
            faults.append(Remark(path, f"a key that is no text in line {place[0]}", "a word as key"))
        elif key.value in seen:
            again = (*path, key.value, "again")
            places[again] = place
            faults.append(Remark(again, f"{key.value!r} is said twice", "each key once"))
        else:
            seen.add(key.value)
            if not isinstance(value, yaml.ScalarNode):
                places[(*path, key.value)] = place
            yield key.value, value


def _halved(text: str) -> bool:
    """YAML's "\\ud800" puts half of a surrogate pair into a string, which no database or page accepts."""
    return any("\ud800" <= character <= "\udfff" for character in text)
