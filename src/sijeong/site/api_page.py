"""The page about the API: what it offers, for whom, and what it refuses; read from its own description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sijeong.links.endpoints import told_of
from sijeong.links.scopes import Scope
from sijeong.org.viewer import Request

from .api import api


@dataclass(frozen=True)
class Offer:
    """An operation as the page shows it."""

    method: str
    path: str
    title: str
    scope: str
    parameters: list[dict[str, Any]]
    body: list[tuple[str, str, bool, str]]
    statuses: list[str]

    @property
    def anchor(self) -> str:
        return f"{self.method}-{self.path.strip('/')}".replace("/", "-").replace("{", "").replace("}", "")


@require_GET
def docs(request: Request) -> HttpResponse:
    """Everything the API offers, by subject."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    by_subject: dict[str, list[Offer]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            by_subject.setdefault(operation["tags"][0], []).append(_offer(path, method, operation, schema))
    facts = {"subjects": by_subject, "scopes": list(Scope), "problems": told_of()}
    return render(request, "api.html", facts)


def _offer(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> Offer:
    return Offer(
        method=method.upper(), path=path, title=operation["summary"], scope=operation["x-scope"],
        parameters=[_parameter(one) for one in operation.get("parameters", [])],
        body=_body(operation.get("requestBody", {}), schema), statuses=sorted(map(str, operation["responses"])),
    )  # fmt: skip


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"], "in": one["in"], "required": one.get("required", False),
        "kind": _kind(one["schema"]), "told": one.get("description") or one["schema"].get("description", ""),
    }  # fmt: skip


def _body(sent: dict[str, Any], schema: dict[str, Any]) -> list[tuple[str, str, bool, str]]:
    """Fields of a JSON body: name, kind, whether it must be there, what it is."""
    found = sent.get("content", {}).get("application/json", {}).get("schema", {})
    shape = schema["components"]["schemas"].get(found.get("$ref", "").rpartition("/")[2], {})
    needed = shape.get("required", [])
    return [
        (name, _kind(value), name in needed, value.get("description", ""))
        for name, value in shape.get("properties", {}).items()
    ]


def _kind(value: dict[str, Any]) -> str:
    if "enum" in value or "const" in value:
        return " | ".join(str(one) for one in value.get("enum", [value.get("const")]) if one != "")
    if "anyOf" in value:
        return " | ".join(_kind(one) for one in value["anyOf"])
    if "$ref" in value:
        return str(value["$ref"].rpartition("/")[2])
    if value.get("type") == "array":
        return f"{_kind(value['items'])}[]"
    return str(value.get("format") or value.get("type") or "object")
