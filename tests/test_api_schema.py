"""The API called in every way its description allows, and in some it does not: no answer is undeclared, none is 5xx."""

from __future__ import annotations

from functools import cache
from itertools import cycle

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from sijeong.benefits.tests.filed import file
from sijeong.cases.tests.filed import applied, case, promise
from sijeong.council.tests.meetings import meet
from sijeong.links import rates
from sijeong.links.tests.keys import token_of
from sijeong.org.tests.people import city
from sijeong.site.wsgi import application

__all__ = ["applied", "case", "city", "promise"]
# Together, for one reading of the description.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("description")]
ROLES = ["officer", "planning_officer", "member", "jung_gu_officer"]
EXAMPLES = {GenerationMode.POSITIVE: 3, GenerationMode.NEGATIVE: 2}
# A schema cannot say which unit takes cases, or that a reason is wanted here: refusing that is 422, and right.
LEFT_OUT = [positive_data_acceptance]


@pytest.fixture
def keys(applied, promise, settings):
    """A token of each role, one after the other."""
    settings.API_REQUESTS_A_MINUTE = 10**6
    rates._left.clear()
    return cycle([token_of(applied, who) for who in ROLES])


@pytest.fixture(autouse=True)
def _one_transaction():
    """Both ends of a request would close the connection, and with it the test's transaction."""
    for end in (request_started, request_finished):
        end.disconnect(close_old_connections)
    yield
    for end in (request_started, request_finished):
        end.connect(close_old_connections)


@pytest.fixture
def there(applied, promise):
    """Of a path's parameters those that name something which is there: else most answers would be 404."""
    meeting, application = meet(applied), file(applied)

    def named(path, parameters):
        number = application.case.number if "/benefits/" in path else promise.case.number
        known = {"number": number, "key": meeting.pk} if "meetings" in path else {"number": number}
        return {name: value for name, value in known.items() if name in parameters}

    return named


@cache
def described():
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


# What its shape forbids is refused before a database is asked.
@pytest.mark.parametrize(
    "mode",
    [GenerationMode.POSITIVE, pytest.param(GenerationMode.NEGATIVE, marks=pytest.mark.alike)],
    ids=lambda mode: mode.value,
)
def test_no_answer_is_undeclared(mode, keys, there):
    asked = []
    for found in described().get_all_operations():
        operation = found.ok()
        asked.append(operation.label)

        @settings(
            max_examples=EXAMPLES[mode], derandomize=True, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case):
            if mode == GenerationMode.POSITIVE:
                case.path_parameters.update(there(case.path, case.path_parameters))
            with transaction.atomic():
                case.call_and_validate(
                    headers={"Authorization": f"Bearer {next(keys)}"}, excluded_checks=LEFT_OUT
                )
                transaction.set_rollback(True)

        ask()
    assert len(asked) > 80
