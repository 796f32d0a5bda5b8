"""Benefits in the demo: applications in every state and a reform to look at, by the actions that people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

from django.utils import timezone

from sijeong.benefits import actions
from sijeong.benefits.actions import Applicant
from sijeong.benefits.models import Application
from sijeong.benefits.tasks import run_simulation
from sijeong.cases import actions as cases
from sijeong.org.viewer import Viewer, viewer_for

from .organisation import DemoCity
from .people import Names

Progress = Callable[[int, int], None]
HOUSE = {"resident": True, "months_resident": 80}
CLAIMS: dict[str, dict[str, Any]] = {
    "officer_medical": {"city_official": True, "abused_by_caller": True, "abuse_medical_cost": 340_000},
    "defector_dental": {"resident": True, "defector": True, "welfare": "해당 없음", "dental_cost": 2_400_000},
    "pregnancy_transport": {
        **HOUSE, "female": True, "pregnancy_weeks": 20, "gave_birth": False, "transport_received": False,
    },
    "prenatal_tests": {**HOUSE, "female": True, "pregnancy_weeks": 16, "prenatal_cost": 780_000},
    "egg_freezing": {
        **HOUSE, "female": True, "egg_freezing_done": True, "egg_freezing_received": False,
        "early_menopause_risk": False, "egg_freezing_cost": 3_600_000,
    },
}  # fmt: skip
# Division, benefit, how many, how far: taken in, verified, decided, approved, delivered, paid, or from the public page.
FILED = [
    ("총무과", "officer_medical", 3, "received"), ("총무과", "officer_medical", 2, "verified"),
    ("총무과", "officer_medical", 2, "decided"), ("총무과", "officer_medical", 4, "approved"),
    ("총무과", "officer_medical", 3, "delivered"), ("총무과", "defector_dental", 3, "approved"),
    ("저출생담당관", "pregnancy_transport", 9, "paid"), ("저출생담당관", "prenatal_tests", 5, "approved"),
    ("저출생담당관", "egg_freezing", 8, "decided"), ("", "pregnancy_transport", 4, "public"),
]  # fmt: skip
WAY = ["received", "verified", "decided", "approved", "delivered", "paid"]
REFORM = {
    "year": 2024, "benefits": ["defector_dental"], "against": "2023-12-31",
    "population": {"people": 1_000_000, "seed": 2024}, "whole": 9_384_739, "changes": {}, "take_up": {},
    "budget": {"defector_dental": 100_000_000},
}  # fmt: skip


class Applications:
    """Lays them down, from one seed."""

    def __init__(self, city: DemoCity, random: Random) -> None:
        self.city, self.random, self.names = city, random, Names(random)
        self.today = timezone.localdate()

    def lay(self, progress: Progress) -> None:
        for number, told in enumerate(FILED, start=1):
            self._file(*told)
            progress(number, len(FILED))
        self._hand_over()
        assert self.city.planning is not None  # noqa: S101 - laid with the organisation
        found = actions.ask(
            title="2024년 치과 지원 개편(표본)", request=REFORM, by=viewer_for(self.city.planning, self.today)
        )
        run_simulation.enqueue(simulation_id=found.pk)

    def _hand_over(self) -> None:
        """Those who wait for places of egg freezing go to an allocation, which its officers carry on by hand."""
        officer = viewer_for(self.city.officers[self.city.units["저출생담당관"].pk][0], self.today)
        actions.hand_over(benefit="egg_freezing", year=self.today.year, until=self.today, by=officer)

    def _file(self, division: str, benefit: str, how_many: int, state: str) -> None:
        unit = self.city.units.get(division)
        officer = viewer_for(self.city.officers[unit.pk][0], self.today) if unit else None
        head = viewer_for(self.city.heads[unit.pk], self.today) if unit else None
        for _ in range(how_many):
            application = self._receive(benefit, officer)
            if officer and head:
                self._bring(application, state, officer, head)

    def _receive(self, benefit: str, officer: Viewer | None) -> Application:
        born = dt.date(self.today.year - 38, 1, 1) + dt.timedelta(self.random.randrange(1000))
        digits = self.random.randrange(10**8)
        given = Applicant(
            name=self.names.draw(), born_on=born, phone=f"010-{digits // 10**4:04d}-{digits % 10**4:04d}", bank="우리",
            account=f"1002-{digits % 1000:03d}-{digits:08d}", claims=CLAIMS[benefit],
        )  # fmt: skip
        return actions.apply(
            government=self.city.government, benefit=benefit, applicant=given, by=officer,
            received_at=timezone.now() - dt.timedelta(hours=self.random.randrange(2, 60)),
        )  # fmt: skip

    def _bring(self, application: Application, state: str, officer: Viewer, head: Viewer) -> None:
        for step in WAY[1 : WAY.index(state) + 1]:
            match step:
                case "verified":
                    actions.verify(
                        application=application, facts=application.claims, proof="신분증과 영수증", by=officer
                    )
                case "decided":
                    actions.decide(application=application, by=officer)
                case "approved":
                    cases.submit(case=application.case, by=officer)
                    cases.approve(case=application.case, by=head)
                case "delivered":
                    cases.deliver(case=application.case, channel="post", receipt="등기 통지", by=officer)
                case "paid":
                    actions.pay(decisions=[_standing(application)], on=self.today, by=officer)


def _standing(application: Application) -> Any:
    return application.decisions.get(current=True)
