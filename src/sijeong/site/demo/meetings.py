"""Meetings with the council as the reports count them, and what the desks show: templates, files, judgements."""

from __future__ import annotations

import datetime as dt
import io
from random import Random

from django.utils import timezone

from sijeong.cases import actions as cases
from sijeong.cases.models import Case
from sijeong.council import actions
from sijeong.council.models import Meeting
from sijeong.documents.actions import store
from sijeong.org.models import Unit, User
from sijeong.org.viewer import Viewer, viewer_for

from .organisation import DemoCity
from .topics import subjects_of

# Yearly counts of the city's own reports: (kind, year, last month, how many).
COUNTED = [
    ("briefing", 2021, 12, 5),
    ("talk", 2021, 12, 22),
    ("single", 2021, 12, 11),
    ("policy", 2021, 12, 4),
    ("talk", 2022, 1, 3),
]
PLACES = ["시의회 본관 소회의실", "의원회관 5층 간담회장", "의원실", "시청 본관 6층 영상회의실"]
KINDS = ["briefing", "talk", "single", "single", "policy"]
TEMPLATES = [
    ("총무과", "data_request", "자료 제출", {"answer": "{요구자} 의원께서 {접수일} 요구하신 자료를 붙임과 같이 제출합니다.\n\n□ 요구 내용\n{질문}\n\n□ 제출 자료\n○ 작성 기준일: {오늘}\n○ 작성 부서: {부서}"}),
    ("총무과", "data_request", "자료 없음", {"answer": "요구하신 자료를 확인한 결과 {부서}에서 만들거나 받은 자료가 없습니다.\n가장 가까운 자료는 붙임과 같습니다.", "withheld": "해당 기간의 자료를 작성하지 않음"}),
    (None, "city_question", "시정질문 결과", {"action": "□ 지금까지 한 일\n○ \n\n□ 남은 문제\n○ ", "plan": "○ 하반기 추진 결과 보고: "}),
    (None, "audit_finding", "처리요구 결과", {"action": "{번호} 처리요구에 대하여 다음과 같이 조치하였습니다.\n○ "}),
]  # fmt: skip
SAID = [
    "현장을 함께 점검하고 결과를 알려 줄 것",
    "자치구마다 다른 기준을 하나로 정할 것",
    "내년 예산에 반영할 방안을 찾을 것",
]


class Meetings:
    """Lays them down by the actions that people use."""

    def __init__(self, city: DemoCity, random: Random) -> None:
        self.city, self.random = city, random
        self.today = timezone.localdate()
        assert city.planning is not None  # noqa: S101 - laid a moment ago
        self.planning = self._viewer(city.planning)

    def _viewer(self, user: User) -> Viewer:
        return viewer_for(user, self.today)

    def lay(self) -> None:
        for kind, year, last_month, how_many in COUNTED:
            for n in range(how_many):
                month = 1 + n * last_month // how_many
                at = dt.datetime(
                    year, month, self.random.randint(4, 28), 10, tzinfo=timezone.get_current_timezone()
                )
                self._meet(kind, at, self.random.sample(self.city.former_members, 2), self._division())
        self._present()
        self._templates()
        self._desks()

    @staticmethod
    def _office(day: dt.date, hour: int) -> dt.datetime:
        """That hour of the day, of the Friday before where it is a weekend."""
        day -= dt.timedelta(days=max(day.weekday() - 4, 0))
        return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))

    def _division(self) -> Unit:
        return self.random.choice(self.city.divisions)

    def _meet(self, kind: str, at: dt.datetime, members: list[User], unit: Unit) -> Meeting:
        subject = self.random.choice(subjects_of(unit.name))
        return actions.record_meeting(
            government=self.city.government, kind=kind, held_at=at, place=self.random.choice(PLACES),
            subject=f"{subject} 관련 협의", content=f"{unit.name}에서 {subject}의 현황과 계획을 설명하고 의견을 들음.",
            units=[unit], members=members, officers=self.city.officers[unit.pk][:1], by=self.planning,
        )  # fmt: skip

    def _present(self) -> None:
        """Some weeks back and ahead; the demo's own member met 총무과, and what was suggested there is a case."""
        mine, own = self.city.members[0], self.city.units["총무과"]
        for n, days in enumerate((-20, -13, -6, -3, 4, 9, 16)):
            at = self._office(self.today + dt.timedelta(days=days), 10 if n % 2 else 14)
            members = [mine] if n % 2 == 0 else self.random.sample(self.city.members, 2)
            unit = own if n % 2 == 0 else self._division()
            meeting = self._meet(KINDS[n % len(KINDS)], at, members, unit)
            if days < 0:
                said = actions.suggest(
                    meeting=meeting, text=SAID[n % len(SAID)], member=members[0], by=self.planning
                )
                if n != 2:  # one is left to take up
                    actions.take_up(
                        suggestion=said, type_code="meeting_suggestion", title=said.text, by=self.planning
                    )

    def _templates(self) -> None:
        officer = self._viewer(self.city.officers[self.city.units["총무과"].pk][0])
        for unit, code, name, body in TEMPLATES:
            cases.make_template(
                government=self.city.government, unit=self.city.units[unit] if unit else None, type_code=code, name=name,
                body=body, by=officer if unit else self.planning,
            )  # fmt: skip

    def _desks(self) -> None:
        """Of 총무과: a text half written, a file on another's draft, and answers that the member has judged."""
        unit = self.city.units["총무과"]
        officers = [self._viewer(user) for user in self.city.officers[unit.pk][:2]]
        writing = Case.objects.filter(lead=unit, state="in_hand", type_code="data_request").order_by(
            "due_on", "pk"
        )[:2]
        for case, officer in zip(writing, reversed(officers), strict=False):
            text = {"a_answer": "□ 요구 내용\n○ 최근 3년 현황\n\n□ 제출 자료\n○ 자치구 자료를 모으는 중"}
            answer = case.answers.order_by("-number").first()
            edition = answer.edition if answer else 0
            cases.keep(case=case, fields=text, edition=edition, revision=0, by=officer)
            content = "연도,건수\n2024,1204\n2025,1311\n".encode()
            file = store(
                stream=io.BytesIO(content),
                name="자치구별 현황.csv",
                government=self.city.government,
                by=officer.user,
            )
            cases.attach(case=case, file=file, by=officer)
        member = self._viewer(self.city.members[0])
        asked = Case.objects.filter(asker=member.user, state="delivered").order_by("pk")
        for n, case in enumerate(asked.filter(type_code="data_request")[:3]):
            told = "2023년 자료가 빠져 있습니다."
            cases.judge(case=case, sufficient=n != 1, reason=told if n == 1 else "", by=member)
            if n == 1:
                cases.ask_again(case=case, reason=told, by=member)
