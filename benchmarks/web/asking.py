"""What is asked of our server and of the bound beside it, and as whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import cycle
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.encoding import iri_to_uri

from sijeong.audit import journal
from sijeong.cases.listing import PAGE, Filters, rows
from sijeong.cases.models import Case
from sijeong.cases.ordering import ORDERS, Place
from sijeong.links.actions import make_token
from sijeong.links.models import Token
from sijeong.links.scopes import Scope
from sijeong.org.models import User
from sijeong.org.paging import following, key_of
from sijeong.org.signed_in import SessionStore
from sijeong.org.viewer import Viewer, viewer_for

from .client import request_of

LISTED = (
    "number", "title", "type_code", "state", "outcome", "outcome_basis", "due_on", "paused_on", "open", "asker_name",
    "lead__name", "officer__name",
)  # fmt: skip


@dataclass
class Question:
    """A page, the requests for it, the name of its bound (empty: none), and the least share of it that it should reach.

    ``cookie`` signs in at the bound too, where the page itself is asked for with a token. ``bounds``: of each run the
    bound, and the bound with a sign-in.
    """

    name: str
    who: str
    paths: list[str]
    headers: dict[str, str]
    cookie: dict[str, str]
    bound: str = ""
    target: float | None = None
    runs: list[Any] = field(default_factory=list)
    bounds: list[list[Any]] = field(default_factory=list)

    @cached_property
    def asking(self) -> Iterator[bytes]:
        """The requests in turn, on and on."""
        return cycle([request_of(path, self.headers) for path in self.paths])


def session_of(user: User) -> dict[str, str]:
    """The cookies as sign-in gives them."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    proof = get_random_string(CSRF_SECRET_LENGTH, CSRF_ALLOWED_CHARS)
    return {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={proof}"
    }


def token_of(viewer: Viewer) -> dict[str, str]:
    """A token's header. Those of earlier runs go: a person holds only so many."""
    Token.objects.filter(user_id=viewer.pk, name="benchmark").delete()
    _, text = make_token(name="benchmark", scopes=list(Scope), expires_on=viewer.day, by=viewer)
    return {"Authorization": f"Bearer {text}"}


@contextmanager
def _told() -> Iterator[list[str]]:
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [one["sql"] for one in captured]


def list_sql(viewer: Viewer) -> list[str]:
    """The one statement of the list: its rows with the columns that are shown."""
    filters = Filters.of(QueryDict("scope=all"))
    with _told() as statements:
        rows(viewer, filters, Place(), PAGE + 1, LISTED)
    return statements


def case_sql(viewer: Viewer, number: str) -> list[str]:
    """The six statements of a case: itself, divisions, answers, deliveries, follow-ups, events."""
    case = Case.objects.get(number=number)
    below: list[QuerySet[Any]] = [
        case.parts.select_related("unit"), case.answers.select_related("author", "signer"),
        case.deliveries.select_related("file", "answer"), case.follow_ups.select_related("unit", "owner"),
        journal.of(case),
    ]  # fmt: skip
    with _told() as statements:
        list(Case.objects.visible_to(viewer).filter(number=number).select_related("lead", "officer", "asker"))
        for rows in below:
            list(rows)
    return statements


def pages_after(viewer: Viewer, how_many: int = 100) -> list[str]:
    """The list's pages one after the other, as somebody turns them: nobody has seen their rows a moment ago."""
    filters = Filters.of(QueryDict("scope=all"))
    by = ORDERS[filters.order]
    cases = following(filters.applied(viewer), by, "").values("received_at", "pk")[: PAGE * how_many]
    return [f"/cases/?scope=all&after={key_of(by, row)}" for row in list(cases)[PAGE - 1 :: PAGE]]


def questions(
    people: dict[str, User], numbers: dict[str, list[str]]
) -> tuple[list[Question], dict[str, list[str]]]:
    """Every page asked for by an administrator and by a restricted officer, and the statements of its bound."""
    asked, statements = [], {}
    for place, (who, user) in enumerate(people.items()):
        viewer = viewer_for(user, timezone.localdate())
        cookie, bearer = session_of(user), token_of(viewer)
        statements[f"list-{place}"] = list_sql(viewer)
        cases = [iri_to_uri(f"/cases/{number}/") for number in numbers[who]]
        statements[f"case-{place}"] = case_sql(viewer, numbers[who][0])
        asked += [
            Question("사안 목록", who, ["/cases/?scope=all"], cookie, cookie, f"list-{place}", 0.40),
            Question("사안 목록, 쪽을 넘기며", who, pages_after(viewer), cookie, cookie, f"list-{place}"),
            Question(
                "줄 없는 목록", who, ["/cases/?scope=closed&year=1999"], cookie, cookie, f"list-{place}"
            ),
            Question("사안 하나", who, cases, cookie, cookie, f"case-{place}", 0.50),
            Question("API 목록", who, ["/api/v1/cases?scope=all"], bearer, cookie, f"list-{place}", 0.60),
            Question("통계", who, ["/statistics/"], cookie, cookie),
        ]
    return asked, statements
