"""The public self-check: what it asks, what it says, and what it does not keep."""

import re

import pytest
from django.urls import reverse

from sijeong.benefits.books import book_of
from sijeong.benefits.rules import kernel
from sijeong.benefits.rules.columns import from_answers
from sijeong.benefits.rules.tests.people import random_households
from sijeong.benefits.selfcheck import Check

WHERE = "/about/seoul/benefits/"


def token(response):
    return re.search(r'name="state" value="([^"]+)"', response.content.decode())[1]


def asked(response):
    return re.sub(r"<[^>]+>", "", re.search(r"<h1.*?</h1>", response.content.decode(), re.S)[0])


@pytest.fixture
def check(client, city):
    """Begin the self-check for benefits, and send steps of it."""

    class Walk:
        def begin(self, **chosen):
            self.last = client.post(WHERE + "check/", {"act": "begin", **chosen})
            return self.last

        def answer(self, **sent):
            self.last = client.post(WHERE + "check/", {"act": "answer", "state": token(self.last), **sent})
            return self.last

        def act(self, act, **sent):
            self.last = client.post(WHERE + "check/", {"act": act, "state": token(self.last), **sent})
            return self.last

    return Walk()


def test_it_asks_says_and_sets_no_cookie(check, client):
    response = check.begin(benefit="defector_dental")
    assert asked(response) == "북한이탈주민입니까?"
    for sent in ({"pick": "yes"}, {"pick": "yes"}, {"pick": "생계급여"}, {"answer": "5,000,000"}):
        response = check.answer(**sent)
        assert response.status_code == 200 and not response.cookies
    text = response.content.decode()
    assert "4,500,000원" in text and "결정이 아니며 시를 구속하지 않습니다" in text
    assert "서울시 남북협력 담당 부서" in text and "발표: 서울시 북한이탈주민 의료지원 확대(2024)" in text
    assert "no-store" in response.headers["Cache-Control"] and not client.cookies


def test_one_answer_settles_it_and_says_what_would_change_it(check):
    check.begin(benefit="egg_freezing")
    response = check.answer(pick="no")
    text = response.content.decode()
    assert "받을 수 없습니다: 시술 완료" in text and "난자동결 시술을 마쳤습니까? → 예" in text


def test_who_does_not_know_is_told_what_is_missing(check):
    check.begin(benefit="officer_medical")
    while "<h1" in check.last.content.decode() and "번째 물음" in check.last.content.decode():
        check.answer(pick="unknown")
    assert "더 알아야 합니다" in check.last.content.decode()
    assert "시 직원" in check.last.content.decode() and "아직 모름" in check.last.content.decode()


def test_back_asks_the_last_question_again(check):
    first = asked(check.begin(benefit="defector_dental"))
    check.answer(pick="yes")
    assert asked(check.act("back")) == first


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "예, 아니오, 모르겠습니다 가운데 하나를 누르십시오."),
        ({"pick": "maybe"}, "예, 아니오, 모르겠습니다 가운데 하나를 누르십시오."),
    ],
)
def test_a_bad_answer_is_told_and_the_question_stays(check, sent, told):
    question = asked(check.begin(benefit="defector_dental"))
    response = check.answer(**sent)
    assert response.status_code == 422 and told in response.content.decode() and asked(response) == question


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("많이", "숫자로 적으십시오."),
        ("-3", "숫자로 적으십시오."),
        ("999999999999", "까지 적을 수 있습니다."),
        ("", "숫자로"),
    ],
)
def test_a_number_out_of_range_stays_typed(check, typed, told):
    check.begin(benefit="defector_dental")
    for pick in ("yes", "yes", "차상위"):
        check.answer(pick=pick)
    response = check.answer(answer=typed)
    assert response.status_code == 422 and told in response.content.decode()
    assert f'value="{typed}"' in response.content.decode()


@pytest.mark.parametrize("typed", ["2999-01-01", "1800-01-01", "어제", "2024-02-30"])
def test_a_date_that_cannot_be_is_told(check, typed):
    check.begin(benefit="health_watch", life="임신했습니다")
    while 'type="date"' not in check.last.content.decode():
        check.answer(pick="yes") if 'value="yes"' in check.last.content.decode() else check.answer(
            answer="20"
        )
    assert check.answer(answer=typed).status_code == 422


@pytest.mark.parametrize("state", ["", "x", "eyJhIjoxfQ:1:abc"])
def test_a_state_that_is_not_ours_begins_anew(client, city, state):
    response = client.post(WHERE + "check/", {"act": "answer", "state": state})
    assert response.status_code == 422 and "처음부터 다시 하십시오" in response.content.decode()


def test_nothing_chosen_is_told(check):
    assert "하나 이상 고르십시오" in check.begin().content.decode()


def test_the_result_is_a_tagged_pdf(check, client):
    check.begin(benefit="defector_dental")
    check.answer(pick="no")
    response = client.post(WHERE + "check.pdf", {"state": token(check.last)})
    assert response.content.startswith(b"%PDF") and b"/StructTreeRoot" in response.content


def test_another_government_or_none_is_not_there(client, city):
    assert client.get(reverse("benefit_check", args=["nowhere"])).status_code == 404
    assert client.get(WHERE).status_code == 200


@pytest.mark.xdist_group("kernel")  # compiled once a process
@pytest.mark.alike
def test_page_and_simulation_agree_on_ten_thousand_people(city):
    """What the page's function says of a person is what the kernel says of their row, whoever they are."""
    book = book_of(city.seoul)
    people, keys = random_households(book, 10_000, seed=20241)
    on = max(book.benefits["prenatal_tests"].changes())
    hits = kernel.build(book).run(from_answers(people, keys, book.inputs), on)
    codes = {name: hits[name].dense(len(people)) for name in book.benefits}
    for row, person in enumerate(people):
        decisions = Check(book, on, tuple(person.items())).decisions
        assert {name: d.code for name, d in decisions.items()} == {n: codes[n][row] for n in codes}, row
