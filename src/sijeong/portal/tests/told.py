"""Cases with personal data planted in them, and reviewers that decide everything."""

from io import BytesIO

import pytest
from django.conf import settings
from django.utils import timezone

from sijeong.cases import actions as cases
from sijeong.cases.models import Case
from sijeong.cases.tests.filed import ask, bring
from sijeong.documents import contents
from sijeong.documents.actions import store
from sijeong.documents.models import File
from sijeong.org.tests.laid import laid
from sijeong.org.tests.people import City
from sijeong.portal import actions
from sijeong.portal.actions import Chosen
from sijeong.portal.models import PublicCase
from sijeong.portal.review import MANUAL, UNREAD, Review

SECRETS = {
    "title": "010-7301-1001", "question": "900214-1234567", "answer": "gildong@example.com",
    "promise": "02-7301-2002", "evidence": "123가4567", "name": "010-7301-3003", "file": "800101-1000008", "clean": "010-7301-5005",
}  # fmt: skip
ANSWER = "붙임과 같이 제출합니다. 민원인 회신처는 gildong@example.com 입니다. 대표전화는 02-120입니다."


def filed(city: City, name: str, data: bytes) -> File:
    file = store(stream=BytesIO(data), name=name, government=city.seoul, by=city.people["officer"])
    contents.read(file)
    return file


def ask_about(
    city: City, *, answer: str = ANSWER, promise: str = "개선 결과를 02-7301-2002로 안내", files=(), **facts
) -> Case:
    """A delivered data request whose answer, promise and files say what they are told to."""
    case = bring(city, ask(city, **facts), "in_hand")
    officer = city.viewer("officer")
    plan = cases.answering.Plan(promise, timezone.localdate() + timezone.timedelta(days=30))
    cases.save_draft(case=case, body={"answer": answer}, outcome="done", plans=[plan], by=officer)
    for file in files:
        cases.attach(case=case, file=file, by=officer)
    cases.submit(case=case, by=officer)
    cases.approve(case=case, by=city.viewer("head"))
    cases.deliver(case=case, channel="here", by=officer)
    case.refresh_from_db()
    return case


def close_promise(city: City, case: Case, evidence: str, file: File | None = None) -> None:
    cases.close_follow_up(
        follow_up=case.follow_ups.get(), evidence=evidence, by=city.viewer("officer"), file=file
    )


def decided(city: City, case: Case, choice: str = "mask") -> Review:
    """The case with every place decided alike; what could not be read is cleared by somebody who looked."""
    review = Review(case)
    chosen = [
        Chosen(*place.key, "clear" if place.kind == UNREAD else choice, "" if choice == "mask" and place.kind != UNREAD else "확인함")
        for place in review.places
        if place.kind != MANUAL and place.decision is None
    ]  # fmt: skip
    return actions.decide(case=case, chosen=chosen, by=city.viewer("planning_officer"))


def published(city: City, case: Case) -> PublicCase:
    decided(city, case)
    return actions.publish(case=case, by=city.viewer("planning_officer"))


@pytest.fixture
def delivered(applied: City) -> Case:
    """A delivered data request with something personal in every text of it."""
    return laid("told", lambda: _delivered(applied), settings.CITIES, timezone.localdate())


def _delivered(applied: City) -> Case:
    files = [
        filed(applied, "명단 010-7301-3003.txt", "성명,번호\n가온,800101-1000008\n".encode()),
        filed(applied, "예산 010-7301-5005.csv", "과목,금액\n시설비,1000\n".encode()),
    ]
    case = ask_about(
        applied, files=files, title="청사 안내 전화 010-7301-1001 개선",
        question="○ 신청인(900214-1234567)이 요구한 최근 3년간 청사 시설 개선 내역",
    )  # fmt: skip
    close_promise(applied, case, "차량 123가4567로 현장을 점검하고 안내함")
    case.refresh_from_db()
    return case
