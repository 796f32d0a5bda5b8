"""The reviewer's pages, for every role; and what they say when something does not go."""

import pytest
from django.urls import reverse

from sijeong.cases.tests.test_pages_by_role import SEES
from sijeong.org.tests.everyone import EVERYONE, told_to
from sijeong.portal.models import Decision
from sijeong.portal.review import Review
from sijeong.portal.urls import urlpatterns

from .told import ask_about, decided, filed

PLANNER = {"planning_officer"}
NAMES = [
    "publication",
    "publication_decide",
    "publication_by_hand",
    "publication_publish",
    "publication_withdraw",
]
SENT = {"publication_decide": {"decision": "mask-all"}, "publication_by_hand": {"text": "청사"}}


def sent(client, name, case, **data):
    where = reverse(name, args=[case.number])
    return client.get(where) if name == "publication" else client.post(where, SENT.get(name, {}) | data)


@pytest.mark.parametrize("name", NAMES)
def test_who_reviews(signed_in, delivered, name):
    done = {"publication": 200, "publication_publish": 409, "publication_withdraw": 409}.get(name, 302)
    expected = lambda who: done if who in PLANNER else 403 if who in SEES else 404  # noqa: E731
    assert told_to(signed_in, expected, lambda client: sent(client, name, delivered)) == {}


def test_who_lists_what_is_to_be_published(signed_in, delivered):
    may = {"planning_officer", "jung_gu_officer"}
    expected = lambda who: 200 if who in may else 403  # noqa: E731
    assert told_to(signed_in, expected, lambda client: client.get(reverse("publications"))) == {}
    for who in EVERYONE:
        text = signed_in(who).get(reverse("publications")).content.decode()
        assert (delivered.number in text) == (who in PLANNER), who


@pytest.mark.parametrize("tab", ["waiting", "begun", "changed", "open", "withdrawn", "없는 것"])
def test_a_case_is_in_the_list_where_it_stands(applied, signed_in, delivered, tab):
    client = signed_in("planning_officer")

    def listed():
        text = client.get(reverse("publications"), {"tab": tab}).content.decode()
        return reverse("publication", args=[delivered.number]) in text

    assert listed() == (tab in {"waiting", "없는 것"})
    decided(applied, delivered)
    assert listed() == (tab == "begun")
    client.post(reverse("publication_publish", args=[delivered.number]))
    assert listed() == (tab == "open")
    client.post(reverse("publication_withdraw", args=[delivered.number]), {"why": "law"})
    assert listed() == (tab == "withdrawn")


def test_one_place_is_decided_by_one_button(applied, signed_in, delivered):
    client, place = signed_in("planning_officer"), Review(delivered).places[0]
    key = dict(zip(("piece", "digest", "start", "end", "kind"), place.key, strict=True))
    answer = client.post(
        reverse("publication_decide", args=[delivered.number]), key | {"decision": "clear:office"},
        headers={"hx-request": "true", "hx-target": "review"},
    )  # fmt: skip
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith('<div id="review"')
    decision = Decision.objects.get()
    assert (decision.choice, decision.reason) == ("clear", "기관·부서의 연락처")


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest": "0" * 64}, {"piece": "file.99.text"}, {"start": "99999999999"}, {"start": "-1"}, {"kind": "x"},
        {"decision": "clear"}, {"decision": "x"}, {"decision": "withhold"}, {},
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_words(signed_in, delivered, wrong):
    place = Review(delivered).places[0]
    key = dict(zip(("piece", "digest", "start", "end", "kind"), place.key, strict=True))
    data = key | {"decision": "mask"} | wrong if wrong else {}
    answer = signed_in("planning_officer").post(reverse("publication_decide", args=[delivered.number]), data)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert not Decision.objects.exists()


def test_what_was_typed_stays(signed_in, delivered):
    answer = signed_in("planning_officer").post(
        reverse("publication_by_hand", args=[delivered.number]), {"text": "없는 사람"}
    )
    assert answer.status_code == 409
    assert 'value="없는 사람"' in answer.content.decode()


def test_a_page_waits_for_files_that_are_being_read(applied, signed_in, settings):
    scan = filed(applied, "스캔.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    case = ask_about(applied, answer="제출합니다.", promise="보고", files=[scan])
    scan.contents.delete()
    client = signed_in("planning_officer")
    assert "읽고 있습니다" in client.get(reverse("publication", args=[case.number])).content.decode()


def test_the_tables_cover_every_address_behind_the_door():
    inner = {
        each.name for each in urlpatterns if str(each.pattern).startswith(("publication", "subscription"))
    }
    assert inner == {*NAMES, "publications", "subscription", "subscription_revoke"}


def test_what_could_not_be_read_is_opened_from_where_it_is_decided(applied, signed_in):
    scan = filed(applied, "스캔.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    case = ask_about(applied, answer="제출합니다.", promise="보고", files=[scan])
    client = signed_in("planning_officer")
    page = client.get(reverse("publication", args=[case.number])).content.decode()
    file = reverse("case_file", args=[case.number, scan.pk])
    assert (
        f'<a href="{file}">' in page
        and "스캔.png 열어 보기" in page
        and b"".join(client.get(file).streaming_content)
    )
    # Nothing of it can be masked: a button that does nothing is none.
    assert "군데 모두 가리기" not in page and "열어 보았고 문제없음" in page
