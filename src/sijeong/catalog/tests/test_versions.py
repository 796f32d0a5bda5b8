"""A version stored in the database reads back as it was."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sijeong.catalog import CaseType, digest, read_city
from sijeong.catalog.case_type import RETENTION_YEARS
from sijeong.catalog.tests.small_city import SEOUL
from sijeong.catalog.vocabulary import (
    Act,
    Asker,
    BasisKind,
    Clock,
    FieldType,
    Mask,
    Need,
    OutcomeNeed,
    RetentionStart,
    Rule,
    SetBy,
    Unit,
    Who,
)

CITY = read_city(SEOUL)

codes = st.from_regex(re.compile(r"[a-z][a-z0-9_]{0,9}", re.ASCII), fullmatch=True)
names = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)
notes = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40)
yes_no = st.booleans()


def words(enum):
    return st.sampled_from([str(word) for word in enum])


def many(part, least=0):
    return st.lists(part, min_size=least, max_size=3)


named = {"code": codes, "name": names}
fields = st.fixed_dictionaries(
    {
        **named,
        "type": words(FieldType),
        "required": yes_no,
        "help": notes,
        "choices": many(st.fixed_dictionaries(named)),
    }
)
case_types = st.fixed_dictionaries(
    {
        **named,
        "number": st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20),
        "digits": st.integers(3, 9),
        "basis": st.fixed_dictionaries({"kind": words(BasisKind), "article": notes, "note": notes}),
        "askers": many(words(Asker), 1),
        "term": st.fixed_dictionaries(
            {
                "length": st.integers(1, 9999),
                "unit": words(Unit),
                "rule": words(Rule),
                "set_by": words(SetBy),
                "starts": st.none() | codes,
            }
        ),
        "norm": st.none() | st.integers(1, 9999),
        "extension": st.none()
        | st.fixed_dictionaries(
            {
                "times": st.integers(1, 9),
                "length": st.integers(1, 9999),
                "unit": words(Unit),
                "needs_reason": yes_no,
                "note": notes,
            }
        ),
        "pause": yes_no,
        "kinds": many(st.fixed_dictionaries(named)),
        "fields": many(fields, 1),
        "asks": codes,
        "answer_fields": many(fields, 1),
        "outcomes": many(st.fixed_dictionaries({**named, "needs": words(OutcomeNeed), "final": yes_no}), 1),
        "states": many(
            st.fixed_dictionaries(
                {**named, "public": names, "order": st.integers(1, 99), "open": yes_no, "clock": words(Clock)}
            ),
            1,
        ),
        "transitions": many(
            st.fixed_dictionaries(
                {
                    "act": words(Act),
                    "from": many(codes, 1),
                    "to": codes,
                    "who": many(words(Who), 1),
                    "needs_reason": yes_no,
                    "needs": many(words(Need)),
                }
            ),
            1,
        ),
        "publication": st.fixed_dictionaries(
            {"public": yes_no, "after": st.none() | codes, "mask": many(words(Mask))}
        ),
        "reminders": st.fixed_dictionaries(
            {"before": many(st.integers(0, 30), 1), "head_from": st.integers(1, 10)}
        ),
        "retention": st.fixed_dictionaries(
            {"years": st.sampled_from(RETENTION_YEARS), "from": words(RetentionStart), "basis": notes}
        ),
    }
)


@given(case_types)
def test_any_case_type_goes_to_json_and_back(data):
    ct = CaseType.from_json(data)
    assert ct.as_json() == data
    stored = json.loads(json.dumps(ct.as_json()))
    assert CaseType.from_json(stored) == ct
    assert digest(CaseType.from_json(stored)) == digest(ct)


@pytest.mark.parametrize("code", sorted(CITY.case_types))
def test_the_shipped_types_go_to_json_and_back(code):
    ct = CITY.case_types[code]
    assert CaseType.from_json(json.loads(json.dumps(ct.as_json()))) == ct


def test_a_version_from_before_a_check_was_made_still_reads():
    data = CITY.case_types["data_request"].as_json() | {"norm": 99}
    assert CaseType.from_json(data).norm == 99


def test_a_value_left_at_its_default_changes_no_digest():
    ct = CITY.case_types["data_request"]
    data = ct.as_json()
    del data["digits"]
    assert digest(CaseType.from_json(data)) == digest(ct)


def test_a_case_type_is_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        CITY.case_types["data_request"].norm = 3
