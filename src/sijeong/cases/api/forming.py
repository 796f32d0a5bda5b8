"""The page's forms fed from JSON: one place says what is right, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.utils.datastructures import MultiValueDict

from sijeong.documents.actions import FileRefused
from sijeong.documents.models import File
from sijeong.links.bearer import Asking
from sijeong.links.endpoints import answer
from sijeong.links.preconditions import tag
from sijeong.links.problems import Kind, Problem

from .. import access
from ..errors import CaseError, StaleEdit
from ..models import Case

# Names of a form's fields that stand under another name in the body.
PREFIXES = {"x_": "fields.", "a_": "body.", "f_": "facts."}


def sent(values: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """Values as a browser would send them; what is null or empty is not sent."""
    told = {key: value if isinstance(value, list) else [value] for key, value in values.items()}
    return MultiValueDict(
        {
            key: [_written(one) for one in listed]
            for key, listed in told.items()
            if listed not in ([None], [""])
        }
    )


def _written(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def facts(form: Any) -> dict[str, Any]:
    """What the form understood. Raises Problem naming each value that is wrong."""
    if not form.is_valid():
        raise Problem(Kind.INVALID, errors=_wrong(form))
    found: dict[str, Any] = form.facts() if hasattr(form, "facts") else dict(form.cleaned_data)
    return found


def _wrong(form: forms.Form) -> list[dict[str, str]]:
    return [
        {"where": _place(name), "message": " ".join(str(one) for one in errors)}
        for name, errors in form.errors.items()
    ]


def _place(name: str) -> str:
    if name == NON_FIELD_ERRORS:
        return "body"
    for prefix, written in PREFIXES.items():
        if name.startswith(prefix):
            return f"body.{written}{name.removeprefix(prefix).replace('__', '.')}"
    return f"body.{name}"


def named_file(request: Asking, pk: int) -> File:
    """A file that the asker sent before. Raises Problem where it is none of theirs."""
    return cast("File", own_file(request, pk)["file"])


def own_file(request: Asking, pk: int | None) -> MultiValueDict[str, Any]:
    """A file that the asker sent before, as a form takes it. Raises Problem where it is none of theirs."""
    if pk is None:
        return MultiValueDict()
    found = File.objects.filter(
        pk=pk, stored_by_id=request.viewer.pk, government_id=request.viewer.government_id
    ).first()
    if found is None:
        wrong = {"where": "body.file", "message": "먼저 /files로 올린 내 파일의 id여야 합니다."}
        raise Problem(Kind.INVALID, errors=[wrong])
    return MultiValueDict({"file": [found]})


@contextmanager
def refusals(*of_room: type[Exception]) -> Iterator[None]:
    """What a state forbids becomes a problem: 409, with the other's text where somebody saved in between.

    ``of_room`` are the refusals that a higher room adds to those of cases.
    """
    states: tuple[type[Exception], ...] = (CaseError, *of_room)
    try:
        yield
    except StaleEdit as stale:
        raise Problem(Kind.STALE, str(stale), theirs=stale.theirs) from stale
    except FileRefused as refusal:
        raise Problem(Kind.MEDIA, str(refusal)) from refusal
    except states as refusal:
        raise Problem(Kind.CONFLICT, str(refusal)) from refusal


def done(request: Asking, case: Case, status: int = 200, **more: Any) -> HttpResponse:
    """The answer to a change: what the case is now, and its ETag for the next one."""
    case.refresh_from_db(fields=["state", "due_on", "version", "head"])
    visible = access.cases(request.viewer).filter(pk=case.pk).exists()
    told = {
        "number": case.number,
        "state": case.state,
        "due_on": case.due_on,
        "etag": tag(case),
        "visible": visible,
    }
    return answer(told | more, status=status, subject=case)
