"""Programs that ask in a person's name: ``program("officer")`` is a client with that person's token."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sijeong.links import actions, rates
from sijeong.links.scopes import Scope
from sijeong.org.tests.people import City


class Program(Client):
    """Speaks JSON, with the token of a person."""

    def __init__(self, text: str) -> None:
        super().__init__(headers={"authorization": f"Bearer {text}"}, raise_request_exception=False)

    def send(self, path: str, told: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.post(f"/api/v1{path}", told or {}, content_type="application/json", headers=named)

    def read(self, path: str, **query: Any) -> Any:
        return self.get(f"/api/v1{path}", query)

    def change(self, number: str, act: str, told: Any = None, **headers: str) -> Any:
        """The act, from the version that stands now."""
        tag = self.read(f"/cases/{number}").headers.get("ETag", '"none"')
        return self.send(f"/cases/{number}/{act}", told, If_Match=tag, **headers)


def token_of(city: City, who: str, *scopes: str) -> str:
    """The text of a new token of that person."""
    day = timezone.localdate() + dt.timedelta(days=30)
    _, text = actions.make_token(
        name="기록관리시스템", scopes=list(scopes or Scope), expires_on=day, by=city.viewer(who)
    )
    return text


@pytest.fixture
def program(city: City) -> Callable[..., Program]:
    rates._left.clear()
    return lambda who, *scopes: Program(token_of(city, who, *scopes))
