"""Allocations in the demo: each of the city's own, made by the actions that people use, at its real size or near it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from sijeong.allocation import actions
from sijeong.allocation.models import Round, Scheme
from sijeong.allocation.solving import demo, engine
from sijeong.allocation.tasks import work
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer, viewer_for

from .organisation import DemoCity

Progress = Callable[[int, int], None]
# Definition, division, share of the real size, how far it has come, days of its validity from today (first, last).
ROUNDS = (
    ("home_care", "감염병관리과", 1.0, "released", (-1, 5)),
    ("tests", "감염병관리과", 0.02, "submitted", (1, 1)),
    ("beds", "감염병관리과", 0.2, "released", (-1, 5)),
    ("jeju_retreat", "총무과", 0.25, "released", (0, 0)),
    ("next_local", "창업정책과", 1.0, "solved", (10, 70)),
    ("care_visits", "아이돌봄담당관", 0.25, "released", (0, 6)),
    ("benefit_places", "저출생담당관", 1.0, "frozen", (0, 60)),
    ("home_care", "총무과", 0.05, "preparing", (10, 16)),
    ("tests", "총무과", 0.01, "solved", (10, 10)),
    ("next_local", "총무과", 0.5, "preparing", (80, 140)),
    ("care_visits", "총무과", 0.2, "preparing", (14, 20)),
    ("benefit_places", "총무과", 0.3, "frozen", (0, 60)),
)  # fmt: skip
WAY = ("solved", "submitted", "released")


class Allocations:
    """Adopts the folder's definitions and lays the rounds down."""

    def __init__(self, city: DemoCity, folder: Path) -> None:
        self.city, self.folder = city, folder
        self.today = timezone.localdate()

    def lay(self, progress: Progress) -> None:
        """All of them, and the next day of the patients' list with its tables in."""
        actions.adopt_folder(government=self.city.government, folder=self.folder, by=None)
        made = []
        for number, told in enumerate(ROUNDS, start=1):
            made.append(self._round(number, told))
            progress(number, len(ROUNDS) + 1)
        self._next_day(made[0])
        self._applications()
        progress(len(ROUNDS) + 1, len(ROUNDS) + 1)

    def _people(self, unit: Unit) -> tuple[Viewer, Viewer]:
        officer, head = self.city.officers[unit.pk][0], self.city.heads[unit.pk]
        return viewer_for(officer, self.today), viewer_for(head, self.today)

    def _round(self, seed: int, told: tuple[str, str, float, str, tuple[int, int]]) -> Round:
        code, division, scale, state, days = told
        scheme = Scheme.objects.get(government=self.city.government, code=code, current=True)
        unit, definition = self.city.units[division], scheme.definition
        officer, head = self._people(unit)
        first, last = (self.today + dt.timedelta(day) for day in days)
        found = actions.found(
            scheme=scheme, unit=unit, title=f"{scheme.title} {first.year}-{first.month:02d}", valid_from=first,
            valid_to=last, by=officer,
        )  # fmt: skip
        tables = demo.tables(definition, engine.districts_of(definition, self.folder), seed, scale)
        for role, rows in tables.items():
            if rows:
                actions.bring(found=found, role=role, rows=rows, by=officer)
        if found.by_lottery and state != "preparing":
            self._work(actions.freeze(found=found, by=officer).pk)
        acts: tuple[Callable[..., object], ...] = (actions.solve, actions.submit, actions.release)
        for step, act, by in zip(WAY, acts, (officer, officer, head), strict=True):
            if state not in WAY[WAY.index(step) :]:
                break
            act(found=found, by=by)
            if step == "solved":
                self._work(found.runs.latest("pk").pk)
        found.refresh_from_db()
        return found

    def _work(self, pk: int) -> None:
        """What the worker does, at once."""
        work.func(run_id=pk)

    def _next_day(self, before: Round) -> None:
        """Tomorrow's arrivals, those who left early, and a hospital that takes nobody any more."""
        officer, _ = self._people(before.unit)
        day = self.today
        found = actions.follow(
            found_=before,
            title=f"{before.scheme.title} {day}",
            valid_from=day,
            valid_to=day,
            daily=True,
            by=officer,
        )
        definition = before.definition
        districts = engine.districts_of(definition, self.folder)
        today = demo.tables(definition, districts, 1, 1.0)
        coming = demo.tables(definition, districts, 77, 0.1)["applicants"]
        coming = [coming[0], *(["D" + row[0][1:], *row[1:]] for row in coming[1:])]
        today["resources"][5][3] = "0"
        left = [["접수번호"], *([row[0]] for row in today["applicants"][1:600:2])]
        for role, rows in (("applicants", coming), ("resources", today["resources"]), ("departures", left)):
            actions.bring(found=found, role=role, rows=rows, by=officer)

    def _applications(self) -> None:
        """Some applications for the retreat, filed here by divisions."""
        scheme = Scheme.objects.get(government=self.city.government, code="jeju_retreat", current=True)
        nights = scheme.definition.the_nights
        for number, unit in enumerate(self.city.divisions[:12]):
            officer, _ = self._people(unit)
            first = nights.first + dt.timedelta(90 + number % 4)
            values = {
                "등급": "일반",
                "구분": "기관",
                "객실": "18평",
                "첫밤": first.isoformat(),
                "박": "2",
                "다녀온횟수": "0",
            }
            actions.file_application(scheme=scheme, values=values, by=officer)
