"""What the organisation's pages say."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sijeong.org import actions
from sijeong.org.models import Post, Quota, Unit
from sijeong.org.tests.people import SINCE

ON = dt.date(2024, 7, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def officer(signed_in):
    return signed_in("officer")


@pytest.fixture
def administrator(signed_in):
    return signed_in("administrator")


def text(response):
    """The page's words, without markup and runs of space."""
    main = response.content.decode().split("<main", 1)[1].split("</main", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


@pytest.fixture
def renamed(city):
    return actions.rename_unit(
        unit=city.units["administration"], name="행정자치국", on=ON, hand_over=lambda *_: None, by=None
    )


def test_the_tree_of_today_and_of_a_past_day(officer, renamed):
    today, before = (text(officer.get("/organisation/", query)) for query in ({}, {"on": ON - DAY}))
    assert "행정자치국" in today
    assert "행정국" not in today.replace("행정자치국", "")
    assert "행정국" in before
    assert "행정자치국" not in before
    assert "2024. 6. 30.(일) 현재" in before


@pytest.mark.parametrize("asked", ["2024-02-30", "어제", (timezone.localdate() + DAY).isoformat()])
def test_an_impossible_day_is_told_and_today_is_shown(officer, asked):
    page = text(officer.get("/organisation/", {"on": asked}))
    assert "오늘 기준으로 보입니다" in page
    assert "총무과" in page


def test_units_are_found_by_name(officer):
    page = text(officer.get("/organisation/", {"q": "인사"}))
    assert "인사과" in page
    assert "총무과" not in page
    whole = text(officer.get("/organisation/", {"q": "행정국"}))
    assert {"총무과", "인사과"} <= set(whole.split())
    assert "찾는 부서가 없습니다" in text(officer.get("/organisation/", {"q": "없는과"}))


def test_heads_stand_beside_their_units(officer):
    page = text(officer.get("/organisation/"))
    assert "총무과 최과장" in page
    assert "위원 2" in page, "two members sit in the council"


@pytest.fixture
def staffed(city):
    """총무과 with 5급 2/0 and 7급 3/1, its team with 7급 0/1."""
    unit = city.units["general_affairs"]
    for grade, posts in [("5급", 2), ("7급", 3)]:
        actions.set_quota(unit=unit, category="general", grade=grade, posts=posts, on=SINCE, by=None)
    for who in ("officer", "team_officer"):
        Post.objects.filter(user=city.people[who]).update(category="general", grade="7급")
    return unit


def test_a_unit_shows_quota_actual_and_shares(officer, staffed):
    page = text(officer.get(reverse("unit", args=[staffed.pk])))
    assert "계 5 2 △3 40.0% 100.0%" in page
    assert "일반직 소계 5 2 △3 40.0% 100.0%" in page
    assert "5급 2 0 △2 0.0% 0.0%" in page
    assert "7급 3 2 △1 66.7% 100.0%" in page


def test_the_staffing_table_of_a_unit_is_by_grade_and_of_all_by_category(officer, staffed):
    whole = text(officer.get(reverse("staffing")))
    assert "총계 5/2 △3 5/2" in whole
    assert "행정국 5/2 △3 5/2 총무과 5/2 △3 5/2 인사과 - 0 -" in whole
    own = text(officer.get(reverse("staffing"), {"unit": staffed.pk}))
    assert "일반직 소계 5급 7급" in own
    assert "총무과 5/2 △3 5/2 2/0 3/2 총무팀 0/1 +1 0/1 - 0/1" in own


@pytest.mark.parametrize(
    ("asked", "status"), [("jung_gu", 404), ("999999999999999999999999", 404), ("과", 200)]
)
def test_staffing_of_what_unit(officer, city, asked, status):
    asked = city.units["jung_gu_planning"].pk if asked == "jung_gu" else asked
    assert officer.get(reverse("staffing"), {"unit": asked}).status_code == status


def test_an_ended_unit_shows_its_last_day_and_its_heir(officer, city, renamed):
    page = text(officer.get(reverse("unit", args=[city.units["administration"].pk])))
    assert "2024. 6. 30.(일)에 없어진 부서입니다" in page
    assert "행정자치국 에서 업무를 이어받았습니다" in page
    assert "총무과" in page, "the divisions it had on its last day"
    heir = text(officer.get(reverse("unit", args=[renamed.pk])))
    assert "앞선 부서: 행정국" in heir
    assert "행정국의 업무를 이어받음 (2024. 7. 1.부터)" in heir


def test_a_day_before_a_unit_existed_says_so(officer, renamed):
    page = text(officer.get(reverse("unit", args=[renamed.pk]), {"on": ON - DAY}))
    assert "이 날에는 없던 부서입니다" in page


def test_who_is_away_is_shown_with_their_deputy(officer, city):
    today = timezone.localdate()
    actions.set_absence(
        user=city.people["head"],
        deputy=city.people["officer"],
        first=today,
        last=today,
        reason="출장",
        by=None,
    )
    unit = reverse("unit", args=[city.units["general_affairs"].pk])
    assert "부재 · 대결 이주무" in text(officer.get(unit))


def test_names_are_escaped(city, officer):
    Unit.objects.filter(pk=city.units["personnel"].pk).update(name="<script>alert(1)</script>")
    page = officer.get("/organisation/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_administrator_founds_a_unit(administrator, city):
    sent = {
        "name": "청년정책과", "code": "youth", "level": "division", "parent": city.units["welfare"].pk,
        "committee": "", "on": "2024-07-01", "duties": "청년 정책 총괄\n청년 지원",
    }  # fmt: skip
    assert administrator.post(reverse("unit_new"), sent).status_code == 302
    unit = Unit.objects.get(code="youth")
    assert (unit.parent, unit.valid_from, unit.path) == (
        city.units["welfare"],
        ON,
        f"{unit.parent.path}{unit.pk}/",
    )
    again = administrator.post(reverse("unit_new"), sent)
    assert again.status_code == 422
    assert "청년정책과에서 쓰고 있습니다" in text(again)
    early = administrator.post(reverse("unit_new"), sent | {"code": "early", "on": "0001-01-01"})
    assert early.status_code == 422 and 'id="id_on_error"' in early.content.decode()


def test_an_administrator_sets_a_quota(administrator, city):
    address = reverse("quota_set", args=[city.units["personnel"].pk])
    sent = {"category": "general", "grade": "6급", "posts": "5", "on": "2024-07-01"}
    assert administrator.post(address, sent).status_code == 302
    assert Quota.objects.get().posts == 5
    wrong = administrator.post(address, sent | {"on": "2024-06-30"})
    assert wrong.status_code == 422
    assert "2024-07-01에 바뀌었습니다" in text(wrong)


def test_the_organisation_costs_the_same_however_large(officer, city):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            officer.get("/organisation/")
        return len(queries)

    officer.get("/organisation/")
    before = cost()
    for n in range(40):
        actions.found_unit(
            government=city.seoul, code=f"n{n}", name=f"제{n}과", level="division", on=ON, by=None,
            parent=city.units["culture"],
        )  # fmt: skip
    assert cost() == before


def test_the_administrator_writes_what_a_unit_is_for(city, signed_in):
    unit = city.units["personnel"]
    client = signed_in("administrator")
    client.post(reverse("duties_set", args=[unit.pk]), {"duties": "  인사 운영 \n\n교육  훈련 "})
    unit.refresh_from_db()
    assert unit.duties == "인사 운영\n교육 훈련"
    page = client.get(reverse("unit", args=[unit.pk])).content.decode()
    assert "교육 훈련" in page and "분장사무 변경" in page
    too_much = client.post(reverse("duties_set", args=[unit.pk]), {"duties": "가" * 4001})
    page = too_much.content.decode()
    assert too_much.status_code == 422 and "가" * 4001 in page and 'id="id_duties_error"' in page
