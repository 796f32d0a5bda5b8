"""The bound: views of the same framework and server that run a page's own SQL and do nothing else.

No middleware, no session, no rights, no template: the rows of the page as text. The SQL is the page's, with the same
predicate, told by the page's own querysets when the benchmark begins (``BARE_SQL``: name → list of [sql, params]).
"""

from __future__ import annotations

import json
import os
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

STATEMENTS: dict[str, list[list[Any]]] = json.loads(os.environ.get("BARE_SQL", "{}"))


def view(request: HttpRequest, name: str) -> HttpResponse:
    """Every statement of the page, its rows joined as text."""
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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sijeong.site.settings")
    django.setup(set_prefix=False)
    settings.MIDDLEWARE, settings.ROOT_URLCONF = [], "web.bare"
    return WSGIHandler()
