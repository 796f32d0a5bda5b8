"""Applying on the public page, and what it tells whom."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from sijeong.benefits.forms.facts import DayField
from sijeong.benefits.models import Application

WHERE = "/about/seoul/benefits/"
PERSON = {
    "name": "홍길순", "born_on": "1990-05-05", "phone": "010-1234-5678", "bank": "우리", "account": "1002-345-678901",
    "consent": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_before(applied):
    cache.clear()


def checked(client):
    """The state of a finished self-check of dental support."""
    response = client.post(WHERE + "check/", {"act": "begin", "benefit": "defector_dental"})
    for sent in ({"pick": "yes"}, {"pick": "yes"}, {"pick": "생계급여"}, {"answer": "5000000"}):
        state = re.search(r'name="state" value="([^"]+)"', response.content.decode())[1]
        response = client.post(WHERE + "check/", {"act": "answer", "state": state, **sent})
    return re.search(r'name="state" value="([^"]+)"', response.content.decode())[1]


def test_the_answers_come_along_and_no_other(client):
    state = checked(client)
    page = client.post(WHERE + "apply/defector_dental/", {"state": state}).content.decode()
    assert "5,000,000원" in page and "본인인지 확인하지 않습니다" in page
    response = client.post(WHERE + "apply/defector_dental/", {"state": state, **PERSON})
    application = Application.objects.get()
    assert application.case.number in response.content.decode()
    assert application.claims == {
        "resident": True, "defector": True, "welfare": "생계급여", "dental_cost": 5_000_000}  # fmt: skip
    assert application.facts is None and application.channel == "public"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"consent": ""}, "동의하지 않으면"),
        ({"born_on": "2999-01-01"}, "아직 오지 않은 날"),
        ({"phone": "12"}, "전화번호를 010-1234-5678처럼"),
        ({"account": "=HYPERLINK(1)"}, "숫자와 줄표로"),
        ({"bank": ""}, "은행을 고르십시오"),
        ({"name": ""}, "필수"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(client, wrong, told):
    response = client.post(WHERE + "apply/defector_dental/", {**PERSON, **wrong})
    text = response.content.decode()
    assert response.status_code == 422 and told in text and Application.objects.count() == 0
    if "name" not in wrong:
        assert "홍길순" in text


def test_no_more_than_ten_an_hour_from_one_place(client):
    answers = [client.post(WHERE + "apply/defector_dental/", PERSON).status_code for _ in range(11)]
    assert answers == [200] * 10 + [422] and Application.objects.count() == 10


def test_the_limit_is_per_address_and_a_proxy_is_believed_only_where_one_stands(client, settings):
    """Without a proxy whoever sends may write any address into the header; behind one, each visitor has their own."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"benefit_status": "2/h/ip"}

    def asked(count, address, told=""):
        given = {"number": "지원신청-2026-00001", "born_on": "1990-05-05"}
        extra = {"REMOTE_ADDR": address} | ({"HTTP_X_FORWARDED_FOR": told} if told else {})
        pages = [client.post(WHERE + "status/", given, **extra).content.decode() for _ in range(count)]
        return ["너무 많이" in page for page in pages]

    assert asked(3, "203.0.113.1") == [False, False, True]
    assert asked(1, "203.0.113.2") == [False]
    assert asked(1, "203.0.113.1", told="198.51.100.9") == [True]  # made up by the sender
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert asked(3, "127.0.0.1", told="198.51.100.1") == [False, False, True]
    assert asked(1, "127.0.0.1", told="198.51.100.2") == [False]
    assert asked(1, "127.0.0.1", told="10.0.0.1, 198.51.100.1") == [True]  # only the proxy's own word counts


def test_how_it_stands_is_told_to_who_knows_number_and_birth(client):
    client.post(WHERE + "apply/defector_dental/", PERSON)
    number = Application.objects.get().case.number
    told = client.post(WHERE + "status/", {"number": number, "born_on": "1990-05-05"}).content.decode()
    assert "접수" in told and "홍길순" not in told and "1002-345" not in told
    response = client.post(WHERE + "status/", {"number": number, "born_on": "1990-05-06"})
    assert response.status_code == 422 and "맞는 신청이 없습니다" in response.content.decode()


def test_tomorrow_in_seoul_is_still_to_come():
    today = timezone.localdate()
    assert DayField().clean(today.isoformat()) == today
    with pytest.raises(ValidationError, match="아직 오지 않은 날"):
        DayField().clean((today + dt.timedelta(days=1)).isoformat())
