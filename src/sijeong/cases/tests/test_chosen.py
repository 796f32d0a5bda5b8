"""Lists: columns one chooses, follow-ups, and what is done to chosen rows."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.exports import rows_of
from sijeong.cases.models import Case, FollowUp
from sijeong.org.tests.everyone import EVERYONE

from .filed import ask, bring


def heads(page):
    return re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', page.content.decode())


def text_of(response):
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_the_address_chooses_the_columns(case, signed_in):
    client = signed_in("planning_officer")
    usual = ["고르기", "번호", "제목", "요구자", "주관부서", "담당자", "상태", "기한", "남은 날"]
    assert heads(client.get("/cases/")) == usual
    assert heads(client.get("/cases/?col=received&col=type&col=nothing")) == [
        "고르기",
        "제목",
        "종류",
        "접수",
    ]
    page = client.get(
        "/cases/?col=number&col=kind&col=delivered", headers={"HX-Request": "true", "HX-Target": "rows"}
    )
    assert heads(page) == ["고르기", "번호", "제목", "구분", "전달"]


def test_chosen_cases_come_in_the_columns_of_the_import(applied, signed_in):
    cases = [ask(applied, title=f"제목 {n}") for n in range(3)]
    sent = {"case": [case.number for case in cases[:2]], "do": "csv"}
    text = text_of(signed_in("planning_officer").post(reverse("cases_chosen"), sent))
    assert text.startswith("연번,사안 번호,제목,") and "제목 1" in text and "제목 2" not in text


def test_the_columns_of_the_list_come_along(applied, signed_in):
    case = bring(applied, ask(applied), "in_hand")
    sent = {"case": case.number, "do": "csv"}
    head, row = text_of(signed_in("officer").post(reverse("cases_chosen"), sent)).splitlines()[:2]
    assert head.endswith(
        "상태 (읽기 전용),주관부서 (읽기 전용),담당자 (읽기 전용),접수일 (읽기 전용),기한 (읽기 전용),남은 날 (읽기 전용),답변 전달일 (읽기 전용)"
    )
    left = (case.due_on - timezone.localdate()).days
    assert f"총무과,이주무,{timezone.localtime(case.received_at).date()},{case.due_on},D-{left}," in row
    sent["back"] = "scope=all&col=title&col=due"
    head = text_of(signed_in("officer").post(reverse("cases_chosen"), sent)).splitlines()[0]
    assert head.endswith("기한 (읽기 전용)") and head.count("(읽기 전용)") == 1
    exported = f"{reverse('case_export')}?type=data_request&as=csv&scope=all&col=officer"
    head = text_of(signed_in("officer").get(exported)).splitlines()[0]
    assert head.endswith("담당자 (읽기 전용)") and head.count("(읽기 전용)") == 1


def test_a_sheet_asks_as_often_however_many_rows(applied, django_assert_num_queries):
    viewer = applied.viewer("member")
    for n in range(3):
        bring(applied, ask(applied, title=f"제목 {n}"), "delivered")
        with django_assert_num_queries(5):
            assert len(list(rows_of(Case.objects.visible_to(viewer), viewer))) == n + 1


def test_an_answer_on_its_way_is_not_in_the_members_sheet(applied, signed_in, case):
    """Reported means delivered: what was approved and not delivered yet is read by those who work on it."""
    bring(applied, case, "answered")
    sent, answer = {"case": case.number, "do": "csv"}, "붙임과 같이 제출합니다"
    texts = {
        who: text_of(signed_in(who).post(reverse("cases_chosen"), sent)) for who in ("member", "officer")
    }
    assert answer in texts["officer"] and answer not in texts["member"]
    actions.deliver(case=case, channel="here", by=applied.viewer("officer"))
    assert answer in text_of(signed_in("member").post(reverse("cases_chosen"), sent))


def test_who_hands_out_what(applied, signed_in, case):
    bring(applied, case, "in_hand")
    for who in EVERYONE:
        response = signed_in(who).post(reverse("cases_chosen"), {"case": case.number, "do": "csv"})
        sees = Case.objects.visible_to(applied.viewer(who)).exists()
        assert response.status_code == (200 if sees else 302), who
        assert not sees or case.question in text_of(response)


def test_two_kinds_are_not_one_sheet(applied, signed_in, case):
    other = ask(applied)
    Case.objects.filter(pk=other.pk).update(type_code="city_question")
    sent = {"case": [case.number, other.number], "do": "xlsx", "back": "scope=all"}
    response = signed_in("planning_officer").post(reverse("cases_chosen"), sent, follow=True)
    assert "한 종류의 사안만" in response.content.decode()
    assert response.redirect_chain == [("/cases/?scope=all", 302)]
    assert "고르십시오" in signed_in("officer").post(reverse("cases_chosen"), follow=True).content.decode()


def test_only_planning_assigns_what_it_chose(applied, signed_in, case):
    sent = {"case": case.number, "do": "assign", "lead": applied.units["personnel"].pk}
    for who in set(EVERYONE) - {"planning_officer", "jung_gu_officer"}:
        assert signed_in(who).post(reverse("cases_chosen"), sent).status_code == 403, who
    # Another government's unit is none of theirs.
    assert signed_in("jung_gu_officer").post(reverse("cases_chosen"), sent).status_code == 302
    assert not Case.objects.filter(lead__isnull=False).exists()
    page = signed_in("planning_officer").post(reverse("cases_chosen"), sent, follow=True).content.decode()
    assert "1건을 인사과에 배정했습니다" in page


def test_follow_ups_of_whom(applied, signed_in, promise):
    for who in EVERYONE:
        page = signed_in(who).get(reverse("follow_ups"))
        sees = Case.objects.visible_to(applied.viewer(who)).exists()
        assert page.status_code == 200 and (promise.text in page.content.decode()) == sees, who
        sheet = signed_in(who).post(reverse("follow_ups_chosen"), {"promise": promise.pk, "do": "csv"})
        assert sheet.status_code == (200 if sees else 302), who
        assert not sees or promise.text in text_of(sheet)


def test_a_plan_of_an_answer_not_delivered_is_no_follow_up_yet(applied, signed_in, case):
    bring(applied, case, "answered")
    assert FollowUp.objects.filter(state="planned").exists()
    for who in ("officer", "member", "planning_officer"):
        assert "개선 결과 보고" not in signed_in(who).get("/follow-ups/?state=all").content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True), ("q=개선", True), ("q=없음", False), ("state=closed", False), ("state=all", True), ("due=late", False),
        ("due=month", True), ("due=soon", False), ("unit=x", True), ("mine=1", True), ("after=x", True), ("state=x", True),
    ],
)  # fmt: skip
def test_filters_of_follow_ups(signed_in, promise, query, found):
    assert (promise.text in signed_in("officer").get(f"/follow-ups/?{query}").content.decode()) == found


def test_follow_ups_are_paged_by_key(applied, signed_in, promise, monkeypatch):
    monkeypatch.setattr("sijeong.cases.views.promises.PAGE", 2)
    day = timezone.localdate()
    FollowUp.objects.bulk_create(
        FollowUp(
            case=promise.case,
            text=f"할 일 {n}",
            due_on=day + dt.timedelta(days=n % 2),
            unit=promise.unit,
            state="open",
        )
        for n in range(5)
    )
    seen, address = [], "/follow-ups/"
    while address:
        page = signed_in("officer").get(address).content.decode()
        seen += re.findall(r"data-open>([^<]+)</a>", page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following and following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 6 and seen[-1] == promise.text


def test_imports_are_a_list_like_others(applied, signed_in):
    page = signed_in("planning_officer").get(reverse("case_import"), {"state": "done", "after": "x"})
    assert page.status_code == 200 and "가져온 파일이 없습니다" in page.content.decode()
