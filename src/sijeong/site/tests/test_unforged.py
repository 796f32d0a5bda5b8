"""Our token is Django's."""

import pytest
from django.http import HttpRequest
from django.middleware import csrf
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sijeong.site import unforged

SECRETS = st.text(csrf.CSRF_ALLOWED_CHARS, min_size=csrf.CSRF_SECRET_LENGTH, max_size=csrf.CSRF_SECRET_LENGTH)


@given(SECRETS)
def test_django_finds_the_secret_under_the_mask(secret):
    told = unforged.masked(secret)
    csrf._check_token_format(told)
    assert len(told) == csrf.CSRF_TOKEN_LENGTH
    assert csrf._unmask_cipher_token(told) == secret
    assert csrf._does_token_match(told, secret)


def test_no_two_masks_are_alike_and_every_letter_is_as_likely():
    masks = "".join(
        unforged.masked("a" * csrf.CSRF_SECRET_LENGTH)[: csrf.CSRF_SECRET_LENGTH] for _ in range(2000)
    )
    counts = [masks.count(letter) for letter in csrf.CSRF_ALLOWED_CHARS]
    expected = len(masks) / len(csrf.CSRF_ALLOWED_CHARS)
    # Chi-squared of 61 degrees of freedom: beyond 160 once in 10^10 runs.
    assert sum((count - expected) ** 2 / expected for count in counts) < 160


def test_the_cookie_is_made_where_there_is_none_and_kept_where_there_is_one():
    request = HttpRequest()
    first = unforged.token(request)
    secret = request.META["CSRF_COOKIE"]
    assert csrf._does_token_match(first, secret)
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"]
    assert unforged.token(request) != first
    assert request.META["CSRF_COOKIE"] == secret


@pytest.mark.django_db
def test_a_form_of_a_page_is_taken_and_a_forged_one_is_not(django_user_model):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/account/login/").text
    told = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    login = {"login": "nobody", "password": "nothing"}
    assert client.post("/account/login/", login | {"csrfmiddlewaretoken": told}).status_code == 200
    assert client.post("/account/login/", login | {"csrfmiddlewaretoken": told[::-1]}).status_code == 403
