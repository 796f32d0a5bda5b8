"""The bounds: views of the same framework and server that run a page's own SQL and do nothing else.

No rights, no template: the rows of the page as text. The SQL is the page's, with the same predicate, told by the page's
own querysets when the benchmark begins (``BARE_SQL``: name → list of [sql, params]). ``application`` has no middleware and
no session either; ``signed_in`` is what Django sets a new project up with, and knows from its session who asks.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends import db
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

STATEMENTS: dict[str, list[list[Any]]] = json.loads(os.environ.get("BARE_SQL", "{}"))


SET_UP = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]  # as startproject writes them


class SessionStore(db.SessionStore):
    """Django's own, reading the table that our sessions are in."""

    @classmethod
    def get_model_class(cls) -> Any:
        return apps.get_model("org", "Session")


def view(request: HttpRequest, name: str) -> HttpResponse:
    """Every statement of the page, its rows joined as text."""
    if settings.MIDDLEWARE and not request.user.is_authenticated:
        return HttpResponse(status=403)
    told = []
    with connection.cursor() as cursor:
        for sql, params in STATEMENTS[name]:
            cursor.execute(sql, params)
            told += ["<p>" + " ".join(map(str, row)) + "</p>" for row in cursor.fetchall()]
    text = "\n".join(told).encode()
    return HttpResponse(text, headers={"Content-Length": str(len(text))})


urlpatterns = [path("<str:name>", view)]


def application() -> Any:
    """The bare site, with the settings' database."""
    return _site()


def signed_in() -> Any:
    """The bare site that knows who asks."""
    return _site(*SET_UP)


def _site(*middleware: str) -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sijeong.site.settings")
    django.setup(set_prefix=False)
    settings.MIDDLEWARE, settings.ROOT_URLCONF, settings.SESSION_ENGINE = (
        list(middleware),
        "web.bare",
        "web.bare",
    )
    return WSGIHandler()
