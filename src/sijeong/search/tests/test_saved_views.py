"""Saved views: a person's own, shared with their unit, and the one that a list opens with."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sijeong.org.tests.people import JUNG_GU_PEOPLE, PEOPLE
from sijeong.search import actions, saved
from sijeong.search.models import DefaultView, SavedView
from sijeong.search.urls import urlpatterns

EVERYONE = [*PEOPLE, *JUNG_GU_PEOPLE]
WITH = {"name": "  늦은  것 ", "query": "?due=late&type=&after=abc&col=number&col=due&view=3"}


@pytest.fixture
def view(city):
    """A view of the officer's, shared with their division."""
    return actions.save_view(
        list="cases", name="급한 것", query="due=soon", by=city.viewer("officer"), unit=city.units["general_affairs"]
    )  # fmt: skip


def test_the_table_covers_every_address():
    assert {pattern.name for pattern in urlpatterns} == {"view_save", "view_change"}


def test_everyone_saves_views_of_their_own(city, signed_in):
    for who in EVERYONE:
        response = signed_in(who).post(reverse("view_save", args=["cases"]), WITH)
        view = SavedView.objects.get(owner=city.people[who])
        assert (view.name, view.query) == ("늦은 것", "due=late&col=number&col=due")
        assert response["Location"] == f"/cases/?due=late&col=number&col=due&view={view.pk}"


def test_who_sees_a_shared_view(city, view):
    seen = {who for who in EVERYONE if saved.views(city.viewer(who), "cases").exists()}
    assert seen == {"officer", "colleague", "head"}
    assert not saved.views(city.viewer("officer"), "follow_ups").exists()


@pytest.mark.parametrize("act", ["open", "plain", "rename", "forget"])
def test_who_changes_a_view(city, signed_in, view, act):
    sees = {"officer", "colleague", "head"}
    for who in [name for name in EVERYONE if name != "officer"]:
        expected = 404 if who not in sees else 403 if act in {"forget", "rename"} else 302
        assert signed_in(who).post(reverse("view_change", args=[view.pk, act])).status_code == expected, who
    assert signed_in("officer").post(reverse("view_change", args=[view.pk, act])).status_code == 302
    assert SavedView.objects.exists() == (act != "forget")


def test_a_renamed_view_is_the_same_one(city, signed_in, view):
    actions.open_with(view=view, by=city.viewer("colleague"))
    other = actions.save_view(list="cases", name="다른 것", query="", by=city.viewer("officer"))
    client, where = signed_in("officer"), reverse("view_change", args=[view.pk, "rename"])
    for name, said in (
        ("  아주  급한 것 ", "아주 급한 것"),
        ("다른 것", "이미 있습니다"),
        ("", "40자까지"),
        ("가" * 41, "40자까지"),
    ):
        page = client.post(where, {"name": name}, follow=True).content.decode()
        assert said in page, name
    view.refresh_from_db()
    assert (view.name, view.query, view.unit) == ("아주 급한 것", "due=soon", city.units["general_affairs"])
    assert (
        DefaultView.objects.get().view == view
        and SavedView.objects.filter(pk=other.pk, name="다른 것").exists()
    )


def test_a_list_opens_with_the_chosen_view(city, signed_in, view):
    client = signed_in("colleague")
    assert client.get("/cases/").status_code == 200
    client.post(reverse("view_change", args=[view.pk, "open"]))
    assert client.get("/cases/")["Location"] == f"/cases/?due=soon&view={view.pk}"
    page = client.get(f"/cases/?due=soon&view={view.pk}").content.decode()
    assert "처음에 열지 않기" in page and "지우기</button>" not in page
    assert client.get("/cases/?view=").status_code == client.get("/cases/?scope=all").status_code == 200
    client.post(reverse("view_change", args=[view.pk, "plain"]))
    assert client.get("/cases/").status_code == 200
    # Who shared it takes it back: nobody is left with a list that opens on nothing.
    client.post(reverse("view_change", args=[view.pk, "open"]))
    signed_in("officer").post(reverse("view_change", args=[view.pk, "forget"]))
    assert client.get("/cases/").status_code == 200 and not DefaultView.objects.exists()


def test_what_is_wrong_is_said_and_the_list_stays_as_it_was(city, signed_in):
    client = signed_in("officer")
    for name, query in (("", "q=가"), ("가" * 41, "q=가"), ("긴 것", "q=" + "a" * 1200)):
        response = client.post(reverse("view_save", args=["cases"]), {"name": name, "query": query})
        assert response["Location"].startswith("/cases/?q=")
    assert not SavedView.objects.exists()
    assert client.post(reverse("view_save", args=["my_work"]), WITH).status_code == 404


def test_the_same_name_is_the_same_view_changed(city, view):
    by = city.viewer("officer")
    again = actions.save_view(list="cases", name="급한 것", query="due=late", by=by, opens=True)
    assert (again.pk, again.query, again.unit) == (view.pk, "due=late", None)
    assert saved.default_of(by, "cases") == again


def test_nobody_shares_with_a_unit_of_others(city):
    with pytest.raises(PermissionDenied):
        actions.save_view(
            list="cases", name="남의 것", query="", by=city.viewer("officer"), unit=city.units["culture_policy"]
        )  # fmt: skip


def test_there_is_an_end_to_views(city, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 1)
    by = city.viewer("officer")
    actions.save_view(list="cases", name="하나", query="", by=by)
    actions.save_view(list="cases", name="하나", query="q=1", by=by)
    with pytest.raises(actions.CannotSave, match="1개까지"):
        actions.save_view(list="cases", name="둘", query="", by=by)


@pytest.mark.parametrize(
    "query", ["javascript:alert(1)", "//evil.example/", "%0d%0aSet-Cookie: a=b", "q=<script>"]
)
def test_a_query_is_only_ever_a_query(city, signed_in, query):
    response = signed_in("officer").post(reverse("view_save", args=["cases"]), {"name": "가", "query": query})
    assert response["Location"].startswith("/cases/?") and "\n" not in response["Location"]
    assert "<script>" not in signed_in("officer").get(response["Location"]).content.decode().split("<main")[1]
