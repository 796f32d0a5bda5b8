"""Current cases in every state, made by the same actions that people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.actions.answering import Plan
from sijeong.cases.actions.intake import current_type
from sijeong.cases.models import Case
from sijeong.cases.terms import calendar
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer, viewer_for

from .organisation import DemoCity
from .publishing import left_in, publish
from .topics import ANSWERS, LAWS, PLANS, request, subject_of

Progress = Callable[[int, int], None]
WAY = ["received", "assigned", "in_hand", "in_approval", "answered", "delivered", "published"]
# How many of the current cases stand where, and how many days ago they came (from, to).
STANDING = [
    ("received", 22, (0, 4)), ("assigned", 45, (1, 8)), ("in_hand", 84, (2, 12)), ("in_approval", 24, (4, 12)),
    ("answered", 14, (5, 12)), ("paused", 8, (3, 9)), ("late", 11, (14, 30)), ("delivered", 60, (8, 45)),
    ("published", 24, (15, 60)), ("withdrawn", 5, (5, 30)), ("merged", 4, (5, 20)), ("returned", 4, (3, 8)),
    ("extended", 9, (8, 14)), ("reopened", 3, (15, 40)), ("extension_asked", 7, (5, 9)), ("extension_refused", 3, (4, 8)),
]  # fmt: skip
TYPES = (
    ["data_request"] * 12
    + ["city_question"] * 3
    + ["five_minute_speech"] * 3
    + ["meeting_suggestion"] * 2
    + ["interview_request", "law_improvement"]
)
MORE_TIME = [
    ("자치구 자료를 모으는 데 시간이 더 걸림", 10), ("제3자 의견을 들어야 하는 계약 자료가 있음", 7),
    ("종이로 보존된 2019년 이전 자료를 서고에서 찾는 중", 10), ("협조부서의 회신이 아직 오지 않음", 5),
]  # fmt: skip
# The step of the usual way from which a standing is reached; the others are steps themselves.
FROM = {
    "late": "in_hand", "paused": "in_hand", "withdrawn": "assigned", "merged": "assigned", "returned": "in_approval",
    "extended": "in_hand", "extension_asked": "in_hand", "extension_refused": "in_hand", "reopened": "delivered",
}  # fmt: skip
PLAIN = {
    "paused",
    "extended",
    "extension_asked",
    "extension_refused",
    "merged",
}  # not every type has these acts
REASONS = {
    "paused": "요구하신 기간이 어느 해부터인지 확인 중입니다.", "withdrawn": "같은 자료를 이미 받음",
    "returned": "집행액의 기준일을 적어 주십시오.", "reopened": "빠진 연도가 있음",
}  # fmt: skip
LEFT_IN = 0.15  # of the answers have something personal in them that a review must find
MINE = 5  # every fifth goes to 총무과, so that the demo's own sign-ins have work


class Present:
    """Makes the current cases; every person acts on the day they are said to."""

    def __init__(self, city: DemoCity, random: Random) -> None:
        self.city, self.random = city, random
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.calendar = calendar(city.government)
        self.viewers: dict[int, Viewer] = {}
        self.made = 0

    def lay(self, progress: Progress) -> None:
        """All of them, in a fixed order."""
        total = sum(how_many for _, how_many, _ in STANDING)
        for standing, how_many, days in STANDING:
            for _ in range(how_many):
                self._one(standing, days)
                progress(self.made, total)

    def _viewer(self, user: object) -> Viewer:
        pk = user.pk  # type: ignore[attr-defined]
        if pk not in self.viewers:
            self.viewers[pk] = viewer_for(user, self.today)  # type: ignore[arg-type]
        return self.viewers[pk]

    def _division(self) -> Unit:
        self.made += 1
        if self.made % MINE == 0:
            return self.city.units["총무과"]
        return self.random.choice(self.city.divisions)

    def _one(self, standing: str, days: tuple[int, int]) -> None:
        lead = self._division()
        case = self._received(lead, self.random.randint(*days), "data_request" if standing in PLAIN else None)
        case = self._walked(case, lead, FROM.get(standing, standing))
        if told := REASONS.get(standing):
            self._acted(standing, case, lead, told)
        elif standing == "merged":
            into = self._walked(self._received(lead, days[0], case.type_code), lead, "in_hand")
            actions.merge(
                case=case, into=into, reason="같은 내용의 요구", by=self._viewer(self.city.planning)
            )
        elif standing.startswith("exten"):
            self._extension(standing, case, lead)

    def _acted(self, standing: str, case: Case, lead: Unit, reason: str) -> None:
        """One act with its reason, by whom the type lets do it."""
        planning = self._viewer(self.city.planning)
        match standing:
            case "paused":
                officer = self._viewer(self.city.officers[lead.pk][0])
                actions.pause(case=case, reason=reason, by=officer, at=self._between(case))
            case "withdrawn":
                actions.withdraw(case=case, reason=reason, by=planning)
            case "returned":
                actions.send_back(case=case, reason=reason, by=self._viewer(self.city.heads[lead.pk]))
            case "reopened":
                actions.reopen(case=case, reason=reason, by=planning)

    def _extension(self, standing: str, case: Case, lead: Unit) -> None:
        """More time asked for by the officer; granted, refused, or left open."""
        head, at = self._viewer(self.city.heads[lead.pk]), self._between(case)
        self._asks_for_time(case, self._viewer(self.city.officers[lead.pk][0]), at)
        if standing == "extended":
            actions.extend(case=case, by=head, at=min(self.now, at + dt.timedelta(hours=2)))
        elif standing == "extension_refused":
            actions.refuse_extension(case=case, reason="지난해 낸 자료에 올해분만 더하면 됩니다.", by=head)

    def _asks_for_time(self, case: Case, officer: Viewer, at: dt.datetime) -> None:
        reason, length = self.random.choice(MORE_TIME)
        actions.ask_extension(case=case, reason=reason, length=length, by=officer, at=at)

    def _between(self, case: Case) -> dt.datetime:
        """Some time after the case's last moment, and not after now."""
        return min(self.now, self._office(case.received_at + dt.timedelta(hours=30)))

    def _office(self, at: dt.datetime) -> dt.datetime:
        """The next moment from then on at which an office works."""
        at = timezone.localtime(at)
        day, hour = (at.date(), at.hour) if at.hour < 18 else (at.date() + dt.timedelta(days=1), 9)
        while self.calendar.is_off(day):
            day, hour = day + dt.timedelta(days=1), 9
        if (day, hour) == (at.date(), at.hour) and hour >= 9:
            return at
        return timezone.make_aware(
            dt.datetime.combine(day, dt.time(max(hour, 9), self.random.randint(0, 59)))
        )

    def _received(self, lead: Unit, days_ago: int, code: str | None = None) -> Case:
        day = self.today - dt.timedelta(days=days_ago)
        while self.calendar.is_off(day):
            day -= dt.timedelta(days=1)
        at = min(
            timezone.make_aware(dt.datetime.combine(day, dt.time(9, self.random.randint(0, 59)))), self.now
        )
        code = code or self.random.choice(TYPES)
        if code == "law_improvement":
            return self._law(lead, at)
        question = request(lead.name, self.random)
        # The demo's own member asks about every sixth, so that the account has cases in many states.
        asker = self.city.members[0] if self.made % 6 == 0 else self.random.choice(self.city.members)
        told = {
            "session": "제331회 정례회",
            "asked_on": day,
            "spoken_on": day,
            "met_on": day,
            "meeting": "briefing",
            "applicant": asker.name,
            "contact": "의원실",
        }
        version = current_type(self.city.government, code)
        fields = {f.code: str(told[f.code]) for f in version.case_type.extra_fields if f.code in told}
        return actions.receive(
            government=self.city.government, type_code=code, title=question, question=f"{question} 자료를 요구합니다." if code == "data_request" else f"{question}에 대해 밝히고 대책을 세울 것",
            asker=asker, asker_name=asker.name, by=self._viewer(asker), received_at=at, fields=fields,
        )  # fmt: skip

    def _law(self, lead: Unit, at: dt.datetime) -> Case:
        """A division asks the ministry to change a law."""
        subject = subject_of(lead.name, self.random)
        title, state, problem, asked, provisions, ministry = (
            text.format(subject=subject) for text in self.random.choice(LAWS)
        )
        return actions.receive(
            government=self.city.government, type_code="law_improvement", title=title,
            question=asked, asker_unit=lead, asker_name=lead.name, by=self._viewer(self.city.officers[lead.pk][0]),
            received_at=at, fields={"state": state, "problem": problem, "provisions": provisions, "ministry": ministry},
        )  # fmt: skip

    def _walked(self, case: Case, lead: Unit, goal: str) -> Case:
        """Along the usual way, each step some hours after the one before."""
        at = case.received_at
        for state in WAY[1 : WAY.index(goal) + 1]:
            if state == "published" and not case.case_type.publication.public:
                break
            at = min(self._office(at + dt.timedelta(hours=self.random.randint(2, 26))), self.now)
            case = self._step(case, lead, state, at)
        return case

    def _step(self, case: Case, lead: Unit, state: str, at: dt.datetime) -> Case:
        officer, head = self._viewer(self.city.officers[lead.pk][0]), self._viewer(self.city.heads[lead.pk])
        match state:
            case "assigned":
                joint = [self.random.choice(self.city.divisions)] if self.random.random() < 0.2 else []
                actions.assign(case=case, lead=lead, joint=joint, by=self._viewer(self.city.planning), at=at)
            case "in_hand":
                actions.start(case=case, by=officer, at=at)
            case "in_approval":
                self._draft(case, officer, at)
                actions.submit(case=case, by=officer, at=at)
            case "answered":
                actions.approve(case=case, by=head, at=at)
            case "delivered":
                if case.asker:
                    actions.deliver(case=case, channel="here", by=officer, at=at)
                else:  # a division gets a document
                    receipt = f"{lead.name}-{case.pk}"
                    actions.deliver(
                        case=case,
                        channel="document",
                        recipient_name=lead.name,
                        receipt=receipt,
                        by=officer,
                        at=at,
                    )
            case "published":
                publish(case, by=self._viewer(self.city.planning), at=at)
        return Case.objects.select_related("type", "government").get(pk=case.pk)

    def _draft(self, case: Case, officer: Viewer, at: dt.datetime) -> None:
        needed = [field for field in case.case_type.answer_fields if field.required]
        body = {field.code: self.random.choice(ANSWERS) for field in needed}
        if self.random.random() < LEFT_IN:
            body[needed[0].code] += "\n" + left_in(self.random)
        plans = []
        if self.random.random() < 0.4:
            due_on = self.today + dt.timedelta(days=self.random.randint(-6, 60))
            plans = [Plan(self.random.choice(PLANS), due_on)]
        outcome = self.random.choices(
            [o.code for o in case.case_type.outcomes], [8, *[1] * (len(case.case_type.outcomes) - 1)]
        )[0]
        actions.save_draft(case=case, body=body, outcome=outcome, plans=plans, by=officer, at=at)
