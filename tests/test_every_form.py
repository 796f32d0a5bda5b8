"""Every form of every page, sent by each role as it stands and filled in, and with nonsense in each of its fields.

No answer is an error of ours; what is refused keeps what was typed and says that something is wrong, at the field
where only the field can be it. What is sent is undone after each answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from sijeong.cases.tests.filed import applied
from sijeong.org.tests.closing import close
from sijeong.org.tests.people import city, signed_in
from sijeong.site.tests.filled import fill
from sijeong.site.tests.forms import (
    Form,
    Sent,
    alike,
    faults,
    forms_of,
    kept,
    kind_of,
    links_of,
    nameless,
    nonsense,
    read,
)

__all__ = ["applied", "city", "signed_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.alike]
ROLES = [
    "planning_officer", "officer", "head", "member", "aide", "administrator", "auditor", "mayors_officer",
    "jung_gu_officer", None,
]  # fmt: skip
PUBLIC = ["/", "/public/seoul/", "/about/seoul/benefits/", "/about/seoul/allocations/"]
FORMLESS = {"/api/docs"}  # and a second each time
KNOWN = {200, 204, 302, 403, 404, 409, 422}
# Ways in and out have tests of their own, and stop whoever tries too often.
LEFT_OUT = {
    "account_logout", "account_login", "account_reauthenticate", "account_change_password", "mfa_login_webauthn",
}  # fmt: skip


class Walk:
    """Someone who goes from page to page, opens one of each kind, and sends what forms there are."""

    def __init__(self, who: str | None, client: Client, elsewhere: list[str]) -> None:
        self.who, self.client, self.elsewhere = who, client, elsewhere
        self.client.raise_request_exception = False
        self.cookies = client.cookies.output(header="", sep=";")
        self.wrong: list[tuple] = []
        self.sent = Counter[int]()

    def pages(self, begin: list[str], bare: Counter[tuple]) -> Iterator[Form]:
        """The forms of all pages that are reached from here; ``bare``: pages on which others found none."""
        known, waiting, first = {alike(address) for address in begin}, [*begin], set(begin)
        while waiting:
            address = waiting.pop()
            response = self.client.get(address)
            page = self._page(address, response)
            if page is None:
                continue
            forms = [form for form in forms_of(address, page) if form.act not in LEFT_OUT]
            bare[alike(address)] += not forms
            yield from forms
            for link in links_of(address, page):
                if (
                    link not in FORMLESS
                    and (kind := alike(link)) not in known
                    and link not in first
                    and bare[kind] < 2
                ):
                    known.add(kind)
                    waiting.append(link)

    def _page(self, address: str, response: HttpResponse):
        html = response.status_code == 200 and response["Content-Type"].startswith("text/html")
        if response.status_code not in KNOWN | {301}:
            self.wrong.append((self.who, address, response.status_code))
        body = response.content if html else b""
        close(response)
        return read(body)

    def send(self, form: Form, data: Sent, said: str = "") -> tuple[int, bytes]:
        fields: dict[str, list[str]] = {}
        for name, value in data:
            fields.setdefault(name, []).append(value)
        with transaction.atomic():
            response = self.client.post(form.action, fields)
            body = b"" if response.streaming else response.content
            close(response)
            transaction.set_rollback(True)
        self.client.cookies = SimpleCookie(self.cookies)
        self.sent[response.status_code] += 1
        if response.status_code not in KNOWN:
            self.wrong.append((self.who, form.act, said, response.status_code))
        return response.status_code, body

    def try_out(self, form: Form, tried: set[tuple[str, ...]]) -> None:
        """Send it as it stands and filled in; and each field that nobody has tried with all that it cannot mean."""
        if form.held != form.filled:
            self.send(form, form.held, "as it stands")
        accepted = self.send(form, form.filled, "filled in")[0] < 400
        for name, control in form.controls.items():
            field = (form.act, nameless(name), kind_of(control))
            if name == "csrfmiddlewaretoken" or field in tried:
                continue
            tried.add(field)
            others = [(key, value) for key, value in form.filled if key != name]
            if control.get("required") is not None or kind_of(control) == "hidden":
                self.send(form, others, f"without {name}")
            for value in nonsense(control, self.elsewhere):
                self._refused(
                    form,
                    name,
                    value,
                    self.send(form, [*others, (name, value)], f"{name}={value[:20]!r}"),
                    accepted,
                )

    def _refused(self, form: Form, name: str, value: str, answer: tuple[int, bytes], accepted: bool) -> None:
        status, body = answer
        page = read(body) if status in {409, 422} else None
        if page is None:
            return
        told = faults(page)
        seen = {control.get("id", "") for control in form.controls.values() if kind_of(control) != "hidden"}
        at_field = {re.sub(r"(_\d+)+$", "", id_) for id_ in seen} | seen
        if not told or (
            accepted and status == 422 and kind_of(form.controls[name]) != "hidden" and not told & at_field
        ):
            self.wrong.append((self.who, form.act, name, value[:20], status, "said nowhere", told))
        if not kept(page, name, value):
            self.wrong.append((self.who, form.act, name, value[:20], status, "not kept"))


@pytest.fixture
def begin(applied, settings, tmp_path) -> list[str]:
    """Where a walk begins: what everyone sees, and one page of each thing there is."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": kept}
    return PUBLIC + fill(applied)


def test_every_form_outlives_nonsense_and_keeps_what_was_typed(applied, signed_in, begin):
    elsewhere = [str(applied.units["jung_gu_planning"].pk), str(applied.people["jung_gu_officer"].pk)]
    seen: set[tuple] = set()
    tried: set[tuple[str, ...]] = set()
    bare, sent, wrong = Counter[tuple](), Counter[int](), []
    for who in ROLES:
        walk = Walk(who, signed_in(who) if who else Client(), elsewhere)
        for form in walk.pages(begin, bare):
            if (who, form.shape) not in seen:
                seen.add((who, form.shape))
                walk.try_out(form, tried)
        wrong += walk.wrong
        sent += walk.sent
    assert not wrong, "\n".join(map(str, wrong))
    # What is looked at here is found by walking: that much there was, when this was written.
    assert len({shape for _, shape in seen}) > 95 and len(tried) > 200
    assert sent[302] > 200 and sent[422] > 300
