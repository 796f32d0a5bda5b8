"""Open data: every row, the columns that the dictionary tells, in the shape that the schema says."""

import csv
import io
import json

import jsonschema_rs
import pytest

from sijeong.portal.open_data import CASES, FOLLOW_UPS, SETS

from .told import ask_about, published

TYPES = {"string": str, "integer": int, "boolean": bool}


def fetched(client, name):
    response = client.get(name)
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


@pytest.fixture
def several(applied):
    first = ask_about(
        applied,
        answer="=1+1 로 시작하는 글",
        promise="-5% 줄이기",
        title="=cmd",
        question='줄\n바꿈, 쉼표 "따옴표"',
    )
    return [
        published(applied, first),
        published(applied, ask_about(applied, answer="제출합니다.", promise="보고")),
    ]


@pytest.mark.parametrize("data", SETS.values(), ids=SETS)
def test_json_has_the_shape_of_its_schema(client, several, data):
    told = json.loads(fetched(client, f"/public/seoul/data/{data.code}.json"))
    schema = json.loads(fetched(client, f"/public/seoul/data/{data.code}.schema.json"))
    assert told["schema"] == schema["$id"]
    assert list(told) == schema["required"]
    row = schema["properties"]["rows"]["items"]
    assert len(told["rows"]) == 2
    # As anybody would who reads by the schema; our own loop says which column is wrong.
    jsonschema_rs.validator_for(schema, validate_formats=True).validate(told)
    for each in told["rows"]:
        assert list(each) == row["required"] == [column.code for column in data.columns]
        for column in data.columns:
            value, kind = each[column.code], row["properties"][column.code]["type"]
            allowed = kind if isinstance(kind, list) else [kind]
            assert ("null" in allowed) if value is None else isinstance(value, TYPES[allowed[0]]), column.code


def test_csv_tells_the_same_as_json(client, several):
    rows = json.loads(fetched(client, "/public/seoul/data/cases.json"))["rows"]
    text = fetched(client, "/public/seoul/data/cases.csv")
    assert text.startswith("\ufeff")
    told = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert list(told[0]) == [column.code for column in CASES.columns]
    for line, row in zip(told, rows, strict=True):
        assert line["question"] == row["question"]
        assert line["on_time"] == str(row["on_time"]).lower()
        assert line["due_on"] == row["due_on"]


def test_a_spreadsheet_runs_nothing(client, several):
    told = list(
        csv.DictReader(io.StringIO(fetched(client, "/public/seoul/data/cases.csv").removeprefix("\ufeff")))
    )
    assert {line["title"] for line in told} >= {"'=cmd"}
    told = list(
        csv.DictReader(
            io.StringIO(fetched(client, "/public/seoul/data/follow-ups.csv").removeprefix("\ufeff"))
        )
    )
    assert {line["text"] for line in told} == {"'-5% 줄이기", "보고"}


def test_columns_stay(client):
    """A column is added at the end, and its meaning stays: who reads these by name must go on reading them."""
    assert [c.code for c in CASES.columns][:20] == [
        "number", "type_code", "type", "kind", "title", "question", "answer", "asker", "outcome_code", "outcome",
        "lead_unit", "committee", "received_on", "due_on", "delivered_on", "on_time", "extensions", "follow_ups", "masked",
        "published_at",
    ]  # fmt: skip
    assert [c.code for c in FOLLOW_UPS.columns][:8] == [
        "case_number", "text", "due_on", "state_code", "state", "closed_on", "evidence", "unit",
    ]  # fmt: skip
