"""An administrator opens accounts, gives posts, and closes accounts, on pages."""

import re
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sijeong.audit.models import Event
from sijeong.org import roster
from sijeong.org.models import Absence, Government, Post, User
from sijeong.org.roster import page_of
from sijeong.org.tests.people import PASSWORD

TODAY = timezone.localdate().isoformat()


@pytest.fixture
def administrator(signed_in):
    return signed_in("administrator")


def address(name, user):
    return reverse(name, args=[user.pk])


def test_from_account_to_first_day_at_work(administrator, city):
    sent = {"username": "kim.new", "name": "김새롬", "email": ""}
    response = administrator.post(reverse("person_new"), sent)
    user = User.objects.get(username="kim.new")
    assert response["Location"] == address("person", user)
    unit = city.units["personnel"]
    given = {
        "unit": unit.pk,
        "role": "division_officer",
        "title": "주무관",
        "category": "general",
        "grade": "7급",
    }
    assert administrator.post(address("post_give", user), given | {"on": TODAY}).status_code == 302
    page = administrator.post(address("password_reset", user)).content.decode()
    password = re.search(r'<code class="password">([^<]+)</code>', page).group(1)
    client = Client()
    assert client.login(username="kim.new", password=password)
    # A password that somebody else has read opens nothing but the page that changes it.
    assert client.get(reverse("organisation"))["Location"] == reverse("account_change_password")
    own = "새로 정한 열쇠말 2026"
    client.post(
        reverse("account_change_password"), {"oldpassword": password, "password1": own, "password2": own}
    )
    assert client.get(reverse("organisation")).status_code == 200
    post = user.posts.get()
    assert (post.unit, post.grade, post.acting, post.valid_to) == (unit, "7급", False, None)


def test_a_post_without_category_or_grade_is_told_as_such(administrator, city):
    user = city.people["newcomer"]
    sent = {"unit": city.units["personnel"].pk, "role": "division_officer", "title": "주무관", "on": TODAY}
    assert administrator.post(address("post_give", user), sent).status_code == 302
    assert administrator.get(address("person", user)).status_code == 200


def test_a_temporary_password_is_shown_once_and_stored_by_no_browser(administrator, city):
    user = city.people["officer"]
    response = administrator.post(address("password_reset", user))
    password = re.search(r'<code class="password">([^<]+)</code>', response.content.decode()).group(1)
    assert "no-store" in response["Cache-Control"]
    assert password not in administrator.get(address("person", user)).content.decode()
    assert not any(password in cookie.value for cookie in administrator.cookies.values())
    assert not any(password in str(event) for event in Event.objects.values())
    assert not Client().login(username="officer", password=PASSWORD)


def test_what_cannot_be_given_comes_back_with_what_was_typed(administrator, city):
    user = city.people["newcomer"]
    sent = {"unit": city.units["personnel"].pk, "role": "division_head", "title": "인사과장", "on": TODAY}
    response = administrator.post(address("post_give", user), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "강과장의 자리입니다" in page
    assert 'value="인사과장"' in page
    assert not user.posts.exists()


def test_a_transfer_keeps_what_is_left_empty(administrator, city):
    post = Post.objects.get(user=city.people["officer"])
    prefix = f"transfer-{post.pk}"
    sent = {f"{prefix}-unit": city.units["personnel"].pk, f"{prefix}-on": TODAY, f"{prefix}-grade": ""}
    Post.objects.filter(pk=post.pk).update(category="general", grade="7급")
    assert administrator.post(address("post_transfer", post), sent).status_code == 302
    new = Post.objects.get(user=post.user, valid_to=None)
    assert (new.unit, new.title, new.grade, new.role) == (city.units["personnel"], "주무관", "7급", post.role)


def test_a_post_ends_on_the_day_written(administrator, city):
    post = Post.objects.get(user=city.people["officer"])
    wrong = administrator.post(address("post_end", post), {f"end-{post.pk}-on": "2020-01-01"})
    assert wrong.status_code == 422
    assert "시작했습니다" in wrong.content.decode()
    assert administrator.post(address("post_end", post), {f"end-{post.pk}-on": TODAY}).status_code == 302
    post.refresh_from_db()
    assert post.valid_to == timezone.localdate()


def test_a_closed_account_shows_no_more_acts(administrator, city):
    user = city.people["officer"]
    assert administrator.post(address("person_deactivate", user)).status_code == 302
    page = administrator.get(address("person", user)).content.decode()
    assert "사용 중지" in page
    assert address("post_give", user) not in page
    refused = administrator.post(address("person_deactivate", user), follow=True).content.decode()
    assert "이미 사용이 중지된 계정입니다" in refused


def test_an_administrator_sets_the_absence_of_a_head_who_cannot(administrator, city):
    sent = {"first": TODAY, "last": TODAY, "deputy": city.people["officer"].pk, "reason": "병가"}
    assert administrator.post(address("person_absence", city.people["head"]), sent).status_code == 302
    absence = Absence.objects.get()
    assert absence.deputy == city.people["officer"]
    back = administrator.post(reverse("absence_cancel", args=[absence.pk]))
    assert back["Location"] == address("person", city.people["head"])
    assert not Absence.objects.exists()


def test_a_head_sets_and_cancels_their_absence(signed_in, city):
    client = signed_in("head")
    sent = {"first": TODAY, "last": TODAY, "deputy": city.people["officer"].pk, "reason": "연가"}
    assert client.post(reverse("my_absence"), sent).status_code == 302
    assert "조직·인력" in client.get(reverse("my_absence")).content.decode()
    assert "최과장 (연가)" in signed_in("officer").get(reverse("my_absence")).content.decode()
    twice = client.post(reverse("my_absence"), sent)
    assert twice.status_code == 422
    assert "이미 부재로 등록" in twice.content.decode()
    assert client.post(reverse("absence_cancel", args=[Absence.objects.get().pk])).status_code == 302


def test_someone_of_another_bureau_cannot_be_chosen_as_deputy(signed_in, city):
    sent = {"first": TODAY, "last": TODAY, "deputy": city.people["other_officer"].pk, "reason": "연가"}
    assert signed_in("head").post(reverse("my_absence"), sent).status_code == 422
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("최과장", {"head"}),
        ("personnel", {"personnel_officer", "personnel_head"}),
        ("총무팀", {"team_officer"}),
    ],
)
def test_people_are_found_by_name_account_and_unit(administrator, q, found):
    page = administrator.get(reverse("administration"), {"q": q}).content.decode()
    assert set(re.findall(r'data-label="아이디">([^<]+)<', page)) == found


def test_nobody_of_another_government_is_listed(administrator, city):
    page = administrator.get(reverse("administration")).content.decode()
    assert "jung_gu" not in page
    assert "jung_gu" not in administrator.get(reverse("administration"), {"q": "과"}).content.decode()


class TestPaging(TestCase):
    """Whatever the names and the size of a page."""

    @settings(max_examples=25)
    @given(names=st.lists(st.sampled_from("가나다라"), max_size=14), size=st.integers(1, 5))
    def test_pages_hold_everyone_once_in_order_and_lead_back(self, names, size):
        seoul = Government.objects.create(code="seoul", name="서울", kind="metropolitan", city="seoul")
        User.objects.bulk_create(
            User(government=seoul, username=f"u{n}", name=name) for n, name in enumerate(names)
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(roster, "SIZE", size)
            pages = [page_of(User.objects.all(), timezone.localdate())]
            while pages[-1].after:
                pages.append(page_of(User.objects.all(), timezone.localdate(), after=pages[-1].after))
            listed = [user for page in pages for user in page.people]
            assert listed == list(User.objects.order_by("name", "pk"))
            for before, page in pairwise(pages):
                back = page_of(User.objects.all(), timezone.localdate(), before=page.before)
                assert list(back.people) == list(before.people)
                assert back.before == before.before
        assert pages[0].before is None


def test_somebody_stands_in_only_for_who_approves(administrator, city):
    for who, offered in (("head", True), ("officer", False)):
        page = administrator.get(address("person", city.people[who])).content.decode()
        assert ('data-dialog="absence"' in page) is offered
