"""Rounds in any state, made by the same actions that people use. Give a test the fixture ``made``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from sijeong.allocation import actions
from sijeong.allocation.models import Round, Scheme
from sijeong.allocation.solving import demo, engine
from sijeong.allocation.tasks import work
from sijeong.org.tests.people import City
from sijeong.org.viewer import Viewer

FOLDER = Path(settings.CITIES) / "seoul"
FIRST, LAST = dt.date(2022, 3, 23), dt.date(2022, 3, 29)
SCALE = {
    "home_care": 0.004,
    "tests": 0.01,
    "care_visits": 0.1,
    "jeju_retreat": 0.01,
    "next_local": 0.3,
    "beds": 0.02,
}


@dataclass(frozen=True)
class Made:
    """The small city and its rounds; ``officer`` prepares, ``head`` signs, both of 총무과."""

    city: City

    def viewer(self, who: str) -> Viewer:
        return self.city.viewer(who)

    def scheme(self, code: str) -> Scheme:
        text = (FOLDER / "allocations" / f"{code}.yaml").read_text("utf-8")
        return actions.adopt(government=self.city.seoul, text=text, by=None)

    def tables(self, code: str, seed: int = 1, scale: float | None = None) -> dict[str, list[list[str]]]:
        definition = self.scheme(code).definition
        return demo.tables(
            definition, engine.districts_of(definition, FOLDER), seed, scale or SCALE.get(code, 1)
        )

    def round(self, code: str = "home_care", *, tables: dict | None = None, **more) -> Round:
        """A round with its tables in, of 총무과."""
        officer = self.viewer("officer")
        dates = {"valid_from": FIRST, "valid_to": LAST} | more
        found = actions.found(
            scheme=self.scheme(code),
            unit=self.city.units["general_affairs"],
            title=f"{code} 시험",
            by=officer,
            **dates,
        )
        for role, rows in (self.tables(code) if tables is None else tables).items():
            if rows:
                actions.bring(found=found, role=role, rows=rows, by=officer)
        return found

    def worked(self, found: Round) -> Round:
        """What the worker does with the round's waiting run."""
        work.func(found.runs.latest("pk").pk)
        found.refresh_from_db()
        return found

    def bring(self, found: Round, state: str) -> Round:
        """Carry the round on to a state, by whoever does each step."""
        officer, head = self.viewer("officer"), self.viewer("head")
        if found.by_lottery and found.state == "preparing":
            actions.freeze(found=found, by=officer)
            self.worked(found)
        way = [
            ("solved", actions.solve, officer),
            ("submitted", actions.submit, officer),
            ("released", actions.release, head),
        ]
        names = [name for name, *_ in way]
        begun = names.index(found.state) + 1 if found.state in names else 0
        for wanted, act, by in way[begun:]:
            if found.state == state:
                break
            act(found=found, by=by)
            if wanted == "solved":
                self.worked(found)
            found.refresh_from_db()
            if found.state != wanted:
                break
        return found


@pytest.fixture
def made(city) -> Made:
    return Made(city)
