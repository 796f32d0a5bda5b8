"""What a page says when something is wrong, also when almost everything is."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.urls import path

from sijeong.site import urls

handler400, handler403, handler404, handler500 = (
    urls.handler400, urls.handler403, urls.handler404, urls.handler500
)  # fmt: skip


def fail(request):
    raise DatabaseError("disk full")


urlpatterns = [*urls.urlpatterns, path("about/broken/", fail)]


def test_a_fault_is_told_without_session_or_database(client, settings):
    """No mark for the database here: whatever asks for it fails the test."""
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    response = client.get("/about/broken/", headers={"x-request-id": "a1b2c3d4e5"})
    assert response.status_code == 500
    page = response.content.decode()
    assert "처리하지 못했습니다" in page
    assert "a1b2c3d4e5" in page
    assert "disk full" not in page


def test_a_stranger_is_told_nothing_but_that(client):
    response = client.get("/account/nowhere/")
    assert response.status_code == 404
    assert "찾을 수 없습니다" in response.content.decode()


@pytest.mark.django_db
def test_a_stale_form_is_told_what_to_do(client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/account/login/", {"login": "nobody", "password": "x"})
    assert response.status_code == 403
    assert "화면이 오래되었습니다" in response.content.decode()
