"""What waits for an administrator stands on the first page, and on nobody else's."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from sijeong.cases import upkeep
from sijeong.cases.models import AppliedCalendar
from sijeong.notices.models import Delivery, Notice
from sijeong.org.models import Post, Role, Unit, User
from sijeong.org.tests.people import SINCE

pytestmark = pytest.mark.django_db


def told(applied):
    return {
        chore.title: (chore.count, chore.address) for chore in upkeep.chores(applied.viewer("administrator"))
    }


@pytest.fixture
def in_order(applied):
    """A city in which everybody has a post and every division a head."""
    User.objects.exclude(posts__in=Post.objects.on(timezone.localdate())).update(is_active=False)
    led = Post.objects.filter(role=Role.DIVISION_HEAD).values("unit")
    for unit in Unit.objects.filter(level="division").exclude(pk__in=led):
        Post.objects.create(
            user=applied.people["head"], unit=unit, role=Role.DIVISION_HEAD, title="과장", valid_from=SINCE
        )
    return applied


def test_nothing_waits_in_a_city_in_order(in_order, signed_in):
    assert told(in_order) == {}
    assert "돌볼 것이 없습니다" in signed_in("administrator").get(reverse("my_work")).content.decode()


def test_each_thing_leads_to_where_it_is_done(in_order, signed_in):
    newcomer = User.objects.create(
        username="new", name="새롬", government=in_order.seoul, password_is_temporary=True
    )
    Post.objects.filter(unit=in_order.units["personnel"], role=Role.DIVISION_HEAD).update(
        role=Role.DIVISION_OFFICER
    )
    notice = Notice.objects.create(
        government=in_order.seoul, person=newcomer, key="k", kind="assigned", subject="배정", address="/", made_at=timezone.now(), batch=uuid.uuid4()
    )  # fmt: skip
    Delivery.objects.create(notice=notice, state=Delivery.State.DEAD, next_at=timezone.now())
    assert told(in_order) == {
        "보내지 못한 메일": (1, "/notices/undelivered/"),
        "부서장이 없는 과": (1, f"/organisation/{in_order.units['personnel'].pk}/"),
        "맡은 직이 없는 사람": (1, "/administration/?state=idle"),
        "임시 비밀번호인 사람": (1, "/administration/?state=temporary"),
    }
    administrator = signed_in("administrator")
    assert "인사과" in administrator.get(reverse("my_work")).content.decode()
    for state in ("idle", "temporary"):
        page = administrator.get(reverse("administration"), {"state": state}).content.decode()
        assert "새롬" in page and "김총괄" not in page


def test_a_holiday_that_was_added_is_told(in_order):
    AppliedCalendar.objects.create(
        government=in_order.seoul, version="kr-before", days={}, applied_by="시스템"
    )
    assert told(in_order) == {"바뀐 휴일 파일": (1, "/calendar/")}


@pytest.mark.parametrize(
    "who", ["planning_officer", "officer", "head", "auditor", "mayors_officer", "member"]
)
def test_others_have_none(applied, who):
    assert upkeep.chores(applied.viewer(who)) == []
