"""Bodies as they come in: JSON and nothing else, told as such; and what pydantic finds wrong, in Korean."""

from __future__ import annotations

import re
from typing import Any, cast

import orjson
from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.parser import Parser

from sijeong.cleaned import cleaned

from .problems import Kind, Problem

JSON = "application/json"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Parts of a place that say nothing to who sent the value: the name of our own argument.
WITHOUT_ARGUMENT = {"body", "query", "path", "header"}
TOLD = {
    "missing": "빠졌습니다.",
    "extra_forbidden": "이런 이름의 값은 받지 않습니다.",
    "string_type": "글자여야 합니다.",
    "string_unicode": "올바른 유니코드 글자가 아닙니다.",
    "string_too_short": "{min_length}자 이상이어야 합니다.",
    "string_too_long": "{max_length}자까지입니다.",
    "string_pattern_mismatch": "받지 않는 글자나 모양입니다.",
    "int_type": "정수여야 합니다.",
    "int_parsing": "정수여야 합니다.",
    "bool_type": "true나 false여야 합니다.",
    "dict_type": "이름과 값의 묶음이어야 합니다.",
    "list_type": "목록이어야 합니다.",
    "too_long": "{max_length}개까지입니다.",
    "too_short": "{min_length}개 이상이어야 합니다.",
    "greater_than_equal": "{ge} 이상이어야 합니다.",
    "less_than_equal": "{le} 이하여야 합니다.",
    "literal_error": "가능한 값: {expected}",
    "enum": "가능한 값: {expected}",
    **dict.fromkeys(
        [
            "date_from_datetime_parsing",
            "date_parsing",
            "datetime_from_date_parsing",
            "datetime_parsing",
            "date_type",
        ],
        "달력에 있는 날짜나 때가 아닙니다.",
    ),
    "value_error": "모양이 올바르지 않습니다. 날짜는 2026-03-02, 때는 2026-03-02T09:00:00+09:00처럼 적습니다.",
}
FALLBACK = "값이 올바르지 않습니다."


class JsonOnly(Parser):
    """Ninja reads any body as JSON; this one wants it to say that it is."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != JSON:
            raise Problem(Kind.MEDIA, f"본문은 Content-Type: {JSON}으로 보내십시오.")
        try:
            return cast("dict[str, Any]", _taken(orjson.loads(request.body)))
        except orjson.JSONDecodeError as error:
            raise Problem(Kind.BAD_REQUEST, f"JSON이 아닙니다: {error.lineno}행 {error.colno}열.") from error


def _taken(value: Any) -> Any:
    """Every text as it is kept, but for control characters: those the shapes refuse, at the field."""
    match value:
        case str():
            return value if CONTROL.search(value) else cleaned(value)
        case list():
            return [_taken(one) for one in value]
        case dict():
            return {name: _taken(one) for name, one in value.items()}
    return value


def told(error: ValidationError) -> Problem:
    """What is wrong with the values sent, each with its place: ``body.plans.0.due_on``."""
    wrong = [{"where": _place(one["loc"]), "message": _message(one)} for one in error.errors]
    return Problem(Kind.INVALID, errors=wrong)


def _place(loc: tuple[str | int, ...]) -> str:
    first, *rest = [str(part) for part in loc]
    if first in WITHOUT_ARGUMENT and len(rest) > 1:
        rest = rest[1:]
    return ".".join([first, *rest])


def _message(one: dict[str, Any]) -> str:
    context = {key: str(value).replace(" or ", ", ") for key, value in one.get("ctx", {}).items()}
    try:
        return TOLD.get(one["type"], FALLBACK).format_map(context)
    except KeyError:
        return FALLBACK
