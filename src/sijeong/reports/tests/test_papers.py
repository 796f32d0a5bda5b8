"""A document is given, read by the worker, and its facts go into the records after a look."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from sijeong.cases.models import ImportRun
from sijeong.figures.models import Book
from sijeong.org.models import Quota
from sijeong.org.tests.closing import close
from sijeong.org.tests.everyone import EVERYONE
from sijeong.org.tests.people import JUNG_GU_PEOPLE, PEOPLE
from sijeong.reports import actions
from sijeong.reports.models import Paper
from sijeong.reports.tasks import read_paper
from sijeong.reports.urls import urlpatterns
from sijeong.reports.writing.hwpx import write_hwpx

from .making import hwpx, p, tp
from .test_building import made
from .written import full

pytestmark = pytest.mark.django_db
FINDINGS = [
    "건의사항", "○ 문서를 알기 쉽게 쓸 것 (총무과)", "□ 추진상황 : 완료", "□ 추진내용", "○ 서식을 고침",
    "○ 조직도를 누리집에 실을 것 (인사과)", "□ 추진상황 : 추진 중", "□ 추진내용", "○ 확인함",
]  # fmt: skip


def given(client, data: bytes, name: str = "보고.hwpx") -> Paper:
    client.post(reverse("papers"), {"file": SimpleUploadedFile(name, data)})
    paper = Paper.objects.latest("pk")
    read_paper.func(paper.pk)
    paper.refresh_from_db()
    return paper


def test_a_report_is_read_and_shown_beside_its_verdicts(applied, signed_in):
    client = signed_in("officer")
    paper = given(client, write_hwpx(full()))
    assert paper.state == "read" and paper.told["errors"] == 0 and paper.told["facts"]["staffing"]
    page = client.get(reverse("paper", args=[paper.pk])).content.decode()
    assert (
        "다른 수로 정해지는 수가 모두 맞습니다" in page and "기관운영업무추진비" in page and 'id="b' in page
    )


def test_a_mistake_in_a_report_is_shown_at_its_place(applied, signed_in):
    rows = [
        ["구분", "예산액", "집행액"],
        ["계", "341,200", "43,554"],
        ["기관운영", "277,200", "38,255"],
        ["시책추진", "64,000", "5,289"],
    ]
    paper = given(signed_in("officer"), hwpx(p("【 집행현황 】 (단위: 천원)"), tp(rows, head=1)))
    page = signed_in("officer").get(reverse("paper", args=[paper.pk])).content.decode()
    assert paper.told["errors"] == 1 and "43,544" in page and 'class="error"' in page


def test_what_cannot_be_read_says_why_in_a_line(applied, signed_in):
    paper = given(signed_in("officer"), hwpx(p("글"), extra={"Contents/section0.xml": b"<hs:sec>"}))
    assert paper.state == "failed" and paper.why
    assert paper.why in signed_in("officer").get(reverse("paper", args=[paper.pk])).content.decode()


def test_what_an_earlier_version_read_and_this_one_cannot_says_so(applied, signed_in):
    client = signed_in("planning_officer")
    paper = given(client, hwpx(p("글"), extra={"Contents/section0.xml": b"<hs:sec>"}))
    Paper.objects.filter(pk=paper.pk).update(state="read", why="")
    where = reverse("paper", args=[paper.pk])
    page = client.get(where)
    assert page.status_code == 200 and "같은 문서를 다시 올리십시오" in page.content.decode()
    sent = {"label": "2021년", "received_on": "2021-11-16", "pick": ["1"]}
    assert client.post(reverse("paper_take", args=[paper.pk, "findings"]), sent).url == where


def test_ticked_findings_become_an_import_that_checks_itself(applied, signed_in):
    client = signed_in("planning_officer")
    paper = given(client, hwpx(*[p(line) for line in FINDINGS]))
    assert paper.told["facts"]["findings"] == 2
    sent = {"label": "2021년 행정사무감사", "received_on": "2021-11-16", "pick": ["1"]}
    answer = client.post(reverse("paper_take", args=[paper.pk, "findings"]), sent)
    run = ImportRun.objects.get()
    assert answer.url == reverse("import_run", args=[run.pk]) and run.type_code == "audit_finding"
    empty = client.post(reverse("paper_take", args=[paper.pk, "findings"]), sent | {"pick": []})
    assert empty.status_code == 422 and "고른 처리요구사항이 없습니다" in empty.content.decode()


def test_staffing_and_money_go_where_they_belong(applied, signed_in):
    admin, officer = signed_in("administrator"), signed_in("officer")
    unit = applied.units["general_affairs"]
    paper = given(admin, write_hwpx(full()))
    sent = {"unit": unit.pk, "on": "2022-07-01"}
    assert admin.post(reverse("paper_take", args=[paper.pk, "staffing"]), sent).status_code == 302
    quotas = set(Quota.objects.filter(unit=unit).values_list("category", "grade", "posts"))
    assert ("general", "5급", 4) in quotas and len(quotas) == 4
    own = given(officer, write_hwpx(full()))
    table = next(
        n
        for n in range(20)
        if f'name="table" value="{n}"' in officer.get(reverse("paper", args=[own.pk])).content.decode()
    )
    money = {"table": table, "unit": unit.pk, "year": 2022, "kind": "spending", "base_on": "2022-01-31"}
    answer = officer.post(reverse("paper_take", args=[own.pk, "budget"]), money)
    book = Book.objects.get()
    assert answer.url == reverse("budget_book", args=[book.pk]) and book.state == "draft"
    assert list(book.lines.values_list("label", "budget", "depth"))[:2] == [
        ("계", 341_200_000, 0),
        ("기관운영업무추진비", 277_200_000, 1),
    ]


STAFF = set(PEOPLE) - {"member", "other_member", "aide", "newcomer"}
WRITERS = {"planning_officer", "planning_head", "officer", "colleague", "team_officer", "head", "personnel_officer", "personnel_head", "bureau_head", "joint_officer", "joint_head", "joint_bureau_head", "other_officer", "other_head"}  # fmt: skip
OVERSEE = {"planning_officer", "mayors_officer", "auditor", "administrator"}
LEAD = {"officer", "colleague", "team_officer", "head", "bureau_head"}
SIGN = {"head", "bureau_head"}


def statuses(who, programme, draft, frozen, released, paper):
    """(address, arguments, method, status) for a person."""
    there, jung_gu = who in PEOPLE, who in JUNG_GU_PEOPLE
    writer = who in WRITERS or who in {"jung_gu_officer", "jung_gu_head"}
    staff = who in STAFF or jung_gu
    sees, own = who in LEAD | OVERSEE, who == "officer" or who in OVERSEE
    writes = who in LEAD | {"planning_officer"}
    return [
        ("work_reports", [], "get", 200), ("work_reports", [], "post", 422 if writer else 403),
        ("programmes", [], "get", 200 if staff else 403), ("programmes", [], "post", 422 if writer else 403),
        ("papers", [], "get", 200 if staff else 403), ("papers", [], "post", 422 if staff else 403),
        ("programme", [programme.pk], "get", 200 if staff and there else 404),
        ("programme_preview", [programme.pk], "post", 404 if not (staff and there) else 200 if writes else 403),
        ("programme", [programme.pk], "post", 404 if not (staff and there) else 422 if writes else 403),
        ("work_report", [draft.pk], "get", 200 if sees else 404),
        ("work_report", [released.pk], "get", 200 if there else 404),
        ("work_report_source", [released.pk], "get", 404),
        ("work_report_file", [released.pk, "md"], "get", 200 if there else 404),
        ("work_report_file", [draft.pk, "md"], "get", 404),
        ("work_report_correct", [released.pk], "post", 404 if not there else 422 if writes else 403),
        ("work_report_act", [frozen.pk, "send-back"], "post", 404 if not sees else 200 if who in SIGN else 403),
        ("work_report_act", [draft.pk, "freeze"], "post", 404 if not sees else 302 if writes else 403),
        ("paper", [paper.pk], "get", 200 if own else 404),
        ("paper_take", [paper.pk, "findings"], "post", 404 if not own else 422 if who == "planning_officer" else 403),
    ]  # fmt: skip


def test_who_sees_and_who_writes(applied, signed_in):
    unit, officer = applied.units["general_affairs"], applied.viewer("officer")
    rows = (
        actions.add_programme(unit=unit, year=2026, title="시책", by=officer),
        made(applied), actions.freeze(report=made(applied), by=officer),
        actions.release(report=actions.freeze(report=made(applied), by=officer), by=applied.viewer("head")),
        given(signed_in("officer"), write_hwpx(full())),
    )  # fmt: skip
    for who in EVERYONE:
        client, table = signed_in(who), statuses(who, *rows)
        assert {pattern.name for pattern in urlpatterns} == {name for name, *_ in table}
        for name, args, method, status in table:
            with transaction.atomic():
                answer = getattr(client, method)(reverse(name, args=args))
                close(answer)
                assert answer.status_code == status, (who, name, method)
                transaction.set_rollback(True)
