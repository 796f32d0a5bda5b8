"""A sheet of cases filed at once, and what who asked reads of a case."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.cases import actions
from sijeong.cases.models import Case
from sijeong.cases.standing import standing

from .filed import ask, bring


@pytest.fixture
def where():
    return reverse("case_new_many", args=["data_request"])


def cells(*rows):
    return {f"r{n}-{name}": text for n, row in enumerate(rows) for name, text in row.items()}


GOOD = {"title": "청사 예산", "question": "최근 3년 예산"}


def test_a_sheet_is_filed_whole_and_once(applied, signed_in, where):
    data = cells(GOOD, {}, {"title": "정원 조정", "question": "정원 조정 내역", "x_form": "file"}) | {
        "once": "가"
    }
    for _ in range(2):  # a double click, or a page sent again
        response = signed_in("aide").post(where, data)
        assert response.status_code == 302
    filed = Case.objects.order_by("pk")
    assert [(case.title, case.asker.name, case.fields) for case in filed] == [
        ("청사 예산", "서의원", {}), ("정원 조정", "서의원", {"form": "file"}),
    ]  # fmt: skip
    assert filed[0].created_by == applied.people["aide"]


def test_one_row_to_mend_and_nothing_is_filed_and_all_stays(applied, signed_in, where):
    data = cells(GOOD, {"title": "제목만"}, GOOD, {"question": "내용만", "x_form": "fax"}) | {"once": "가"}
    response = signed_in("member").post(where, data)
    page = response.content.decode()
    assert response.status_code == 422 and not Case.objects.exists()
    assert "고칠 행이 3개 있어" in page and "1행과 같은 요구입니다" in page
    assert 'href="#id_r1-question">2행 요구 자료' in page and 'id="id_r3-title_error"' in page
    assert 'value="제목만"' in page and "내용만" in page


def test_lines_of_a_spreadsheet_become_rows(applied, signed_in, where):
    pasted = '제목\t요구 자료\t대상 기간\t제출 형식\n예산\t"첫 줄\n둘째 줄"\t2024년\t문서\n한 칸뿐인 요구\n'
    response = signed_in("member").post(where, cells(GOOD) | {"once": "가", "pasted": pasted, "split": "1"})
    page = response.content.decode()
    assert response.status_code == 200 and not Case.objects.exists()
    for text in (
        'value="청사 예산"',
        "첫 줄\n둘째 줄",
        'value="2024년"',
        '<option value="paper" selected>',
        'value="한 칸뿐인 요구"',
    ):
        assert text in page
    assert "error" not in page.partition('class="sheet-form"')[2].partition("</table>")[0]


def test_days_are_pasted_as_offices_write_them(applied, signed_in):
    where = reverse("case_new_many", args=["city_question"])
    pasted = "질문\t제331회\t2026. 11. 2.\t요지\n"
    page = signed_in("member").post(where, {"once": "가", "pasted": pasted, "split": "1"}).content.decode()
    assert "2026-11-02" in page or "요지" in page


def test_more_than_a_sheet_holds_is_told(applied, signed_in, where):
    response = signed_in("member").post(where, {"once": "가", "pasted": "요구\t내용\n" * 201, "split": "1"})
    assert "200건까지 접수합니다" in response.content.decode()


def test_who_asked_reads_where_it_is_who_has_it_and_until_when(applied, signed_in, case):
    today = timezone.localdate()

    def told():
        case.refresh_from_db()
        return dict(standing(case, today))

    assert told()["어디에 있나"].startswith("접수했고")
    bring(applied, case, "in_hand")
    assert told()["누가 맡았나"] == "총무과 이주무"
    assert f"{(case.due_on - today).days}일 남았습니다" in told()["언제까지"]
    actions.extend(case=case, reason="방대함", by=applied.viewer("head"))
    assert told()["바뀐 것"].startswith("기한을 1차례 연장했습니다")
    page = signed_in("member").get(reverse("case", args=[case.number])).content.decode()
    assert "총무과에서 답변을 쓰고 있습니다" in page and "방대함" in page
    assert (
        "지금 어디에 있나"
        not in signed_in("officer").get(reverse("case", args=[case.number])).content.decode()
    )


def test_a_late_case_says_so_to_who_asked(applied):
    case = bring(applied, ask(applied, days_ago=30), "delivered")
    told = dict(standing(case, timezone.localdate() + dt.timedelta(days=1)))
    assert "일 넘겼습니다" in told["언제까지"]


def test_what_went_to_and_fro_inside_is_not_the_askers(applied, signed_in, case):
    bring(applied, case, "in_approval")
    actions.send_back(case=case, reason="안에서 한 말", by=applied.viewer("head"))
    where = reverse("case", args=[case.number])
    assert "안에서 한 말" not in signed_in("member").get(where).content.decode()
    assert "안에서 한 말" in signed_in("officer").get(where).content.decode()
