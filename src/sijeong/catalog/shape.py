"""pydantic's findings in the words of a city folder: what is wrong, and what is allowed."""

from collections.abc import Iterator
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sijeong.catalog.problems import Path, Remark, listed, meant

_WHOLE = "a whole number"


def remarks(error: ValidationError, model: type[BaseModel]) -> Iterator[Remark]:
    faults = error.errors(include_url=False)
    paths = [fault["loc"] for fault in faults]
    for fault in faults:
        # A list whose items are wrong is also "too short" to pydantic: said once is enough.
        inside = any(path[: len(fault["loc"])] == fault["loc"] != path for path in paths)
        if not (fault["type"] == "too_short" and inside):
            yield _remark(fault, model)


def _remark(fault: ErrorDetails, model: type[BaseModel]) -> Remark:
    path, kind, given = fault["loc"], fault["type"], fault["input"]
    name, holder = path[-1] if path else "", path[:-1]
    if kind == "extra_forbidden":
        keys = _keys(_type_at(model, holder))
        return Remark(path, f"unknown key {name!r}{meant(str(name), keys)}", listed(keys))
    if kind == "missing":
        return Remark(holder, f"{name!r} is missing")
    if given is None:
        return Remark(path, f"{_named(path)} is empty")
    if kind == "enum":
        words = _words(_type_at(model, path))
        return Remark(path, f"unknown {_named(path)} {given!r}{meant(str(given), words)}", listed(words))
    return Remark(path, _what(fault), _allowed(fault))


def _what(fault: ErrorDetails) -> str:
    kind, given, name = fault["type"], fault["input"], _named(fault["loc"])
    if isinstance(given, list | dict):
        return f"{name} is {_shape(given)}" if kind != "too_short" else f"{name} is empty"
    if kind == "string_too_long":
        return f"{name} has {len(given)} characters"
    return f"{name} can't be {given!r}"


def _allowed(fault: ErrorDetails) -> str:
    kind, limits = fault["type"], fault.get("ctx", {})
    match kind:
        case "greater_than_equal":
            return f"{limits['ge']} or more"
        case "less_than_equal":
            return f"{limits['le']} or less"
        case "string_too_long":
            return f"at most {limits['max_length']}"
        case "string_pattern_mismatch":
            return _PATTERNS.get(str(fault["loc"][-1]), _CODE)
    return _KINDS.get(kind, fault["msg"])


_CODE = "a-z, 0-9 and _, beginning with a letter, at most 40 characters"
_PATTERNS = {
    "name": "one line of text",
    "public": "one line of text",
    "number": "1-20 characters without space or hyphen",
}
_KINDS = {
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_type": _WHOLE,
    "bool_parsing": "true, false",
    "bool_type": "true, false",
    "string_type": "text",
    "tuple_type": "a list",
    "too_short": "one or more items",
    "model_type": "keys with values",
}


def _named(path: Path) -> str:
    """The word a reader looks for: `who` for ("transitions", 3, "who", 0)."""
    return next((part for part in reversed(path) if isinstance(part, str)), "the file")


def _shape(given: list[Any] | dict[Any, Any]) -> str:
    return "a list" if isinstance(given, list) else "a mapping"


def _keys(part: Any) -> list[str]:
    fields = part.model_fields if isinstance(part, type) and issubclass(part, BaseModel) else {}
    return [field.alias or name for name, field in fields.items()]


def _words(part: Any) -> list[str]:
    return [str(word) for word in part] if isinstance(part, type) and issubclass(part, Enum) else []


def _type_at(model: Any, path: Path) -> Any:
    """The type that the model asks for at `path`, without `| None`."""
    for part in path:
        if isinstance(part, int):
            model = get_args(model)[0]
        else:
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            model = fields[part].annotation
        if get_origin(model) in (Union, UnionType):
            model = next(each for each in get_args(model) if each is not type(None))
    return model
