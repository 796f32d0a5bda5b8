"""What citizens see: everything that is public, nothing that is masked, and nobody is known."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from sijeong.cases import actions as cases
from sijeong.org.tests.closing import close
from sijeong.portal import actions
from sijeong.portal.models import PublicFile
from sijeong.portal.urls import urlpatterns
from sijeong.privacy.planted import corpus
from sijeong.search.replica import Replica

from .told import SECRETS, ask_about, filed, published

# First parts of addresses that open to whoever is not signed in.
OPEN = {"account", "health", "about", "unsubscribe", "public", "ical", "sitemap.xml", "robots.txt"}


def addresses(public):
    """Every public address, by its name and what sets it apart."""
    number, code = public.number, "seoul"
    files = [
        reverse("public_file", args=[code, number, pk])
        for pk in PublicFile.objects.values_list("pk", flat=True)
    ]
    sets = [
        reverse("public_data_set", kwargs={"code": code, "dataset": name, "form": form})
        for name in ("cases", "follow-ups")
        for form in ("csv", "json")
    ]
    schemas = [
        reverse("public_data_schema", kwargs={"code": code, "dataset": n}) for n in ("cases", "follow-ups")
    ]
    plain = ["public_home", "public_statistics", "public_data", "public_feed", "public_calendar"]
    return [
        reverse("public_governments"), *(reverse(name, args=[code]) for name in plain),
        reverse("public_case", args=[code, number]), *files, *sets, *schemas, reverse("public_map", args=[code, public.year]),
        reverse("site_map"), reverse("robots"),
        *(f"{reverse('public_home', args=[code])}?q={word}" for word in ("청사", "개선", "01073011001", "900214")),
    ]  # fmt: skip


def link(public):
    return reverse("public_case", args=["seoul", public.number])


def body(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8-sig")


def squeezed(text):
    return "".join(mark for mark in text if mark.isalnum())


def test_no_masked_span_reaches_any_public_output(client, public):
    for address in addresses(public):
        response = client.get(address)
        assert response.status_code == 200, address
        told = body(response) + str(response.headers)
        for secret in SECRETS.values():
            if f"q={squeezed(secret)}" not in address:
                assert secret not in told, (address, secret)
                assert squeezed(secret) not in squeezed(told), (address, secret)


def test_nothing_of_a_whole_corpus_reaches_the_public(client, applied):
    planted = [one for one in corpus(5, 1) if one.kind]
    spans = [one.text[slice(*one.span)].rstrip(". ") for one in planted]
    text = "\n\n".join(one.text for one in planted)
    file = filed(applied, "모음.txt", text.encode())
    public = published(applied, ask_about(applied, answer=text, promise="보고", question=text, files=[file]))
    assert public.masked >= 3 * len(planted)
    for address in addresses(public):
        told = body(client.get(address))
        assert [span for span in spans if span in told] == [], address


def test_the_index_holds_nothing_masked_for_everyone(client, applied, public):
    client.get(reverse("public_home", args=["seoul"]), {"q": "청사"})
    found = client.get(reverse("public_home", args=["seoul"]), {"q": "청사"}).content.decode()
    assert link(public) in found
    for secret in SECRETS.values():
        answer = client.get(reverse("public_home", args=["seoul"]), {"q": secret}).content.decode()
        assert link(public) not in answer, secret
    assert Replica(applied.seoul).is_sound()


def test_what_is_in_the_answer_and_in_a_file_is_found(client, applied):
    public = published(applied, ask_about(applied, answer="어린이보호구역을 넓혔습니다.", promise="보고"))
    found = client.get(reverse("public_home", args=["seoul"]), {"q": "어린이 보호구역"}).content.decode()
    assert link(public) in found
    assert "<mark>" in found


def test_nobody_is_known_and_every_cache_may_keep_it(signed_in, public):
    knower = signed_in("planning_officer")
    for address in addresses(public):
        response = knower.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        assert "public" in response["Cache-Control"], address
        assert "김총괄" not in body(response)


def test_a_file_is_handed_over_never_shown(client, public):
    for file in public.files.all():
        response = client.get(reverse("public_file", args=["seoul", public.number, file.pk]))
        assert response["Content-Disposition"].startswith("attachment; filename")
        assert response["X-Content-Type-Options"] == "nosniff"
        close(response)


def test_nothing_is_written(client, public):
    for address in addresses(public):
        with CaptureQueriesContext(connection) as asked:
            body(client.get(address))
        written = [
            q["sql"]
            for q in asked
            if q["sql"].split()[0].lstrip("(") not in {"SELECT", "DECLARE", "SAVEPOINT", "RELEASE", "PRAGMA"}
        ]
        assert written == [], address


def test_an_unchanged_page_is_not_sent_again(client, applied, delivered, public):
    where = reverse("public_case", args=["seoul", public.number])
    tag = client.get(where)["ETag"]
    assert client.get(where, headers={"if-none-match": tag}).status_code == 304
    data = reverse("public_data_set", kwargs={"code": "seoul", "dataset": "cases", "form": "csv"})
    changed = client.get(data)["Last-Modified"]
    assert client.get(data, headers={"if-modified-since": changed}).status_code == 304
    actions.withdraw(case=delivered, why="law", by=applied.viewer("planning_officer"))
    assert client.get(where, headers={"if-none-match": tag}).status_code == 410


def test_what_words_find_is_asked_anew(client, applied, public):
    """The index follows a moment later: a page that a cache kept from before would stay as it was."""
    where, words = reverse("public_home", args=["seoul"]), {"q": "청사"}
    response = client.get(where, words)
    assert "ETag" not in response and "must-revalidate" in response["Cache-Control"]
    assert "ETag" in client.get(where)


def test_a_kept_promise_changes_the_page(client, applied):
    case = ask_about(applied, answer="제출합니다.", promise="결과 보고")
    public = published(applied, case)
    where = reverse("public_case", args=["seoul", public.number])
    first = client.get(where)
    assert "이행 중" in first.content.decode()
    officer = applied.viewer("officer")
    cases.close_follow_up(follow_up=case.follow_ups.get(), evidence="010-7301-4004로 알림", by=officer)
    later = client.get(where, headers={"if-none-match": first["ETag"]}).content.decode()
    assert "이행 완료" in later
    assert "010-7301-4004" not in later
    assert "개인정보를 검토한 뒤" in later


def test_a_withdrawn_case_is_gone_everywhere_at_once(client, applied, delivered, public):
    client.get(reverse("public_home", args=["seoul"]), {"q": "청사"})
    before = addresses(public)
    actions.withdraw(
        case=delivered, why="personal", note="신고가 들어옴", by=applied.viewer("planning_officer")
    )
    title = public.title[:6]
    for address in before:
        response = client.get(address)
        expected = (
            410
            if address == reverse("public_case", args=["seoul", public.number])
            else 404
            if "/files/" in address
            else 200
        )
        assert response.status_code == expected, address
        told = body(response)
        assert title not in told, address
        assert "신고가 들어옴" not in told
    stone = client.get(reverse("public_case", args=["seoul", public.number])).content.decode()
    assert "개인정보를 다시 확인하고 있습니다" in stone


def test_a_reopened_case_is_gone_too(client, applied, delivered, public):
    cases.reopen(case=delivered, reason="빠진 해", by=applied.viewer("planning_officer"))
    assert client.get(reverse("public_case", args=["seoul", public.number])).status_code == 410
    assert link(public) not in client.get(reverse("public_home", args=["seoul"])).content.decode()
    found = client.get(reverse("public_home", args=["seoul"]), {"q": "청사"}).content.decode()
    assert link(public) not in found


def test_a_government_shows_its_own_alone(client, applied, public):
    for name in ("public_home", "public_feed", "public_calendar", "public_statistics", "public_data"):
        assert public.title not in body(client.get(reverse(name, args=["jung-gu"])))
    assert client.get(reverse("public_case", args=["jung-gu", public.number])).status_code == 404
    file = PublicFile.objects.first()
    assert client.get(reverse("public_file", args=["jung-gu", public.number, file.pk])).status_code == 404
    assert client.get(reverse("public_home", args=["busan"])).status_code == 404
    assert json.loads(body(client.get("/public/jung-gu/data/cases.json")))["rows"] == []


def test_what_was_never_published_is_not_there(client, applied, delivered):
    assert client.get(reverse("public_case", args=["seoul", delivered.number])).status_code == 404
    assert not client.get("/public/nowhere/").cookies


@pytest.mark.parametrize(
    "query",
    [
        "type=x",
        "committee=9999999",
        "year=abc",
        "unit=-1",
        "after=x",
        "after=2024~1",
        "q=%00",
        "q=" + "가" * 300,
        "outcome='",
        "after=99999",
    ],
)
def test_a_strange_address_is_answered(client, public, query):
    assert client.get(f"{reverse('public_home', args=['seoul'])}?{query}").status_code == 200
    assert client.get(f"{reverse('public_home', args=['seoul'])}?q=청사&{query}").status_code == 200


def test_filters_leave_what_they_say(client, applied, public):
    home = reverse("public_home", args=["seoul"])
    assert public.committee == applied.units["administration_committee"]

    def listed(**query):
        return (
            reverse("public_case", args=["seoul", public.number]) in client.get(home, query).content.decode()
        )

    assert listed(
        type="data_request",
        committee=public.committee_id,
        unit=public.lead_id,
        year=public.year,
        outcome="done",
    )
    for wrong in (
        {"type": "city_question"},
        {"committee": applied.units["welfare_committee"].pk},
        {"year": 1999},
        {"outcome": "not_adopted"},
    ):
        assert not listed(**wrong)


def test_pages_follow_each_other(client, applied, monkeypatch):
    monkeypatch.setattr("sijeong.portal.listing.PAGE", 2)
    numbers = [
        published(applied, ask_about(applied, answer="제출합니다.", promise="보고")).number for _ in range(5)
    ]
    for asked in ("", "q=청사&"):
        seen, where = [], f"{reverse('public_home', args=['seoul'])}?{asked}"
        while where:
            text = client.get(where).content.decode()
            seen += [n for n in numbers if reverse("public_case", args=["seoul", n]) in text]
            following = [part for part in text.split('href="') if 'rel="next"' in part.split(">")[0]]
            where = following[0].split('"')[0].replace("&amp;", "&") if following else ""
        assert sorted(seen) == sorted(numbers), asked


def concrete(patterns, prefix=""):
    """(name, address) of every pattern of the site, with something in each blank."""
    blanks = {
        "number": "자료요구-2026-00001",
        "case_number": "자료요구-2026-00001",
        "int": "1",
        "slug": "seoul",
        "str": "x",
        "act": "assign",
        "promise_act": "close",
        "path": "x",
    }
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from concrete(pattern.url_patterns, prefix + str(pattern.pattern))
            continue
        route = prefix + str(pattern.pattern)
        if hasattr(pattern.pattern, "converters") and "<" in route:
            for part in [p.split(">")[0] for p in route.split("<")[1:]]:
                kind = part.partition(":")[0] if ":" in part else "str"
                route = route.replace(f"<{part}>", blanks.get(kind, "1"))
        yield pattern.name, "/" + route.removeprefix("^").removesuffix("$").replace("\\Z", "")


def test_every_address_of_the_site_is_public_or_behind_the_door(applied):
    """Whoever is not signed in gets the public pages, the sign-in's own, and nothing else."""
    public = {
        pattern.name
        for pattern in urlpatterns
        if str(pattern.pattern).startswith(("^public", "public/", "ical", "sitemap", "robots"))
    }
    client, opened = Client(), set()
    for name, address in concrete(get_resolver().url_patterns):
        first = address.split("/")[1]
        # Those with a pattern of their own are asked for above; the API's tokens have a table of their own.
        if "(" in address or first == "api":
            continue
        response = client.get(address)
        closed = response.status_code == 302 and response["Location"].startswith("/account/login/")
        if closed:
            assert name not in public, address
        else:
            opened.add(first)
            assert first in OPEN, address
    assert {"public", "ical", "sitemap.xml", "robots.txt"} <= opened
