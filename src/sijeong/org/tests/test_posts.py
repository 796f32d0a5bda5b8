"""인사발령: people come to posts and leave them."""

import datetime as dt

import pytest
from django.utils import timezone

from sijeong.audit import journal
from sijeong.org import actions
from sijeong.org.errors import CannotPost
from sijeong.org.models import District, Post, Role
from sijeong.org.tests.soundness import faults

DAY = dt.timedelta(days=1)
ON = dt.date(2024, 1, 2)
OFFICER, HEAD, MEMBER = Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.COUNCIL_MEMBER


def post_of(city, who):
    return Post.objects.on(timezone.localdate()).filter(user=city.people[who]).order_by("pk").first()


def acts(user):
    return [event.act for event in journal.of(user)]


def test_a_given_post_is_journalled_with_who_gave_it(city):
    newcomer = city.people["newcomer"]
    post = actions.give_post(
        user=newcomer, unit=city.units["personnel"], role=OFFICER, on=ON, title="주무관", category="general",
        grade="7급", by=city.viewer("administrator"),
    )  # fmt: skip
    event = journal.of(newcomer).get()
    assert (event.act, event.actor) == ("post_given", "송관리(administrator)")
    assert event.data["post"] == post.pk
    assert event.data["unit_name"] == "인사과"
    assert (post.grade, post.valid_from, post.valid_to) == ("7급", ON, None)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"on": timezone.localdate() + DAY}, "오늘"),
        ({"on": dt.date(2022, 6, 30)}, "2022-07-01에 생긴 부서"),
        ({"until": ON - DAY}, "같거나 뒤"),
        ({"unit": "jung_gu_planning"}, "다른 자치단체"),
        ({"role": "mayor"}, "가운데 하나"),
        ({"role": Role.BUREAU_HEAD}, "자리가 없습니다"),
        ({"role": MEMBER}, "자리가 없습니다"),
        ({"role": HEAD}, "강과장의 자리"),
        ({"category": "general"}, "함께"),
        ({"category": "royal", "grade": "1급"}, "가운데에서"),
        ({"assists": "member"}, "의원 보좌에게만"),
        ({"unit": "council", "role": Role.AIDE}, "반드시 보좌할 의원"),
        ({"unit": "council", "role": Role.AIDE, "assists": "officer"}, "의원이 아닙니다"),
        ({"district": "11110"}, "시의원에게만"),
        ({"who": "officer", "unit": "general_affairs"}, "이미 같은 역할"),
        ({"who": "member"}, "함께 가질 수 없습니다"),
        ({"who": "officer", "unit": "council", "role": MEMBER}, "함께 가질 수 없습니다"),
    ],
)
def test_what_post_cannot_be_given(city, given, says):
    asked = {"who": "newcomer", "unit": "personnel", "role": OFFICER, "on": ON} | given
    user = city.people[asked.pop("who")]
    asked["unit"] = city.units[asked["unit"]]
    if "assists" in asked:
        asked["assists"] = city.people[asked["assists"]]
    if "district" in asked:
        asked["district"] = District.objects.get(code=asked["district"])
    before = Post.objects.count()
    with pytest.raises(CannotPost, match=says):
        actions.give_post(user=user, by=None, **asked)
    assert Post.objects.count() == before
    assert acts(user) == []


def test_an_acting_head_stands_beside_an_absent_seat(city):
    personnel = city.units["personnel"]
    acting = actions.give_post(
        user=city.people["head"], unit=personnel, role=HEAD, on=ON, acting=True, by=None
    )
    assert acting.acting
    assert {city.units["general_affairs"].pk, personnel.pk} <= city.viewer("head").headed
    assert faults() == []


def test_a_seat_is_free_again_after_its_last_day(city):
    actions.end_post(post=post_of(city, "personnel_head"), on=ON, by=None)
    with pytest.raises(CannotPost, match="자리입니다"):
        actions.give_post(
            user=city.people["newcomer"], unit=city.units["personnel"], role=HEAD, on=ON, by=None
        )
    actions.give_post(
        user=city.people["newcomer"], unit=city.units["personnel"], role=HEAD, on=ON + DAY, by=None
    )
    assert city.viewer("newcomer").headed == {city.units["personnel"].pk}
    assert city.viewer("personnel_head").headed == frozenset()


@pytest.mark.parametrize(
    ("last", "says"), [(timezone.localdate() + DAY, "오늘"), (dt.date(2022, 6, 30), "시작했습니다")]
)
def test_a_last_day_lies_between_the_first_and_today(city, last, says):
    with pytest.raises(CannotPost, match=says):
        actions.end_post(post=post_of(city, "officer"), on=last, by=None)


def test_a_post_ends_once(city):
    post = post_of(city, "officer")
    actions.end_post(post=post, on=ON, by=None)
    with pytest.raises(CannotPost, match="이미 끝난"):
        actions.end_post(post=post, on=ON, by=None)
    assert acts(city.people["officer"]) == ["post_ended"]


def test_a_transfer_leaves_no_day_between_and_none_double(city):
    post, unit = post_of(city, "officer"), city.units["culture_policy"]
    new = actions.transfer(post=post, unit=unit, on=ON, grade="6급", category="general", by=None)
    post.refresh_from_db()
    assert (post.valid_to, new.valid_from, new.unit, new.title) == (ON - DAY, ON, unit, "주무관")
    assert acts(city.people["officer"]) == ["post_ended", "post_given"]
    assert city.viewer("officer").units == {unit.pk}


def test_a_promotion_in_the_same_unit_is_a_transfer(city):
    actions.end_post(post=post_of(city, "head"), on=ON - DAY, by=None)
    unit = city.units["general_affairs"]
    new = actions.transfer(
        post=post_of(city, "officer"), unit=unit, on=ON, role=HEAD, title="총무과장", by=None
    )
    assert (new.role, new.title) == (HEAD, "총무과장")
    assert city.viewer("officer").headed == {unit.pk, city.units["general_team"].pk}


def test_a_transfer_that_is_refused_leaves_the_old_post(city):
    post = post_of(city, "officer")
    with pytest.raises(CannotPost):
        actions.transfer(post=post, unit=city.units["personnel"], on=ON, role=HEAD, by=None)
    post.refresh_from_db()
    assert post.valid_to is None
    assert acts(city.people["officer"]) == []


def test_aides_leave_with_their_members_last_seat(city):
    council, committee = Post.objects.filter(user=city.people["member"]).order_by("pk")
    aide = post_of(city, "aide")
    actions.end_post(post=committee, on=ON, by=None)
    aide.refresh_from_db()
    assert aide.valid_to is None
    actions.end_post(post=council, on=ON + DAY, by=None)
    aide.refresh_from_db()
    assert aide.valid_to == ON + DAY
    assert city.viewer("aide").members == frozenset()


def test_the_last_administrator_stays(city):
    post = post_of(city, "administrator")
    with pytest.raises(CannotPost, match="마지막 시스템 관리자"):
        actions.end_post(post=post, on=ON, by=None)
    actions.give_post(
        user=city.people["newcomer"], unit=city.units["systems"], role=Role.ADMINISTRATOR, on=ON, by=None
    )
    actions.end_post(post=post, on=ON, by=None)
    assert not city.viewer("administrator").roles


def test_no_post_in_a_unit_that_has_ended(city):
    unit = city.units["personnel"]
    actions.rename_unit(unit=unit, name="인사정책과", on=ON, hand_over=lambda *_: None, by=None)
    with pytest.raises(CannotPost, match="이어받은 부서는 인사정책과"):
        actions.give_post(user=city.people["newcomer"], unit=unit, role=OFFICER, on=ON, by=None)
