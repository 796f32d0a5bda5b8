import json

import pytest

from sijeong.legaltime import LegalTimeError, Term


def test_a_term_is_plain_data(counted):
    data = counted("petition", "2024-09-12T14:30", 3, "days").as_json()
    assert json.loads(json.dumps(data)) == data
    assert {key: value for key, value in data.items() if key != "steps"} == {
        "rule": "petition",
        "article": "민원 처리에 관한 법률 제19조 제1항",
        "start": "2024-09-12T14:30:00+09:00",
        "length": {"amount": 3, "unit": "days"},
        "against": False,
        "extensions": [],
        "pauses": [],
        "last_day": "2024-09-20",
        "last_moment": "2024-09-20T14:30:00+09:00",
        "calendar_version": data["calendar_version"],
        "provisional": False,
    }
    assert data["steps"][4] == {
        "kind": "skipped",
        "first": "2024-09-16",
        "last": "2024-09-18",
        "text": "추석 연휴 9.16.–18. 제외",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rule", "roman"),
        ("start", "2024-02-30"),
        ("start", None),
        ("length", {"amount": -1, "unit": "days"}),
        ("length", 10),
        ("pauses", [{"from_day": "2024-09-19"}]),
        ("extensions", [{}]),
        ("last_moment", "정오"),
        ("steps", [{"kind": "danced", "first": "2024-09-12", "last": "2024-09-12", "text": ""}]),
    ],
)
def test_data_no_term_wrote_is_refused(counted, field, value):
    data = counted("civil", "2024-09-12", 10, "days").as_json() | {field: value}
    with pytest.raises(LegalTimeError, match="기간 기록을 읽을 수 없습니다"):
        Term.from_json(data)


@pytest.mark.parametrize("field", ["rule", "article", "steps", "calendar_version", "provisional"])
def test_data_with_a_part_missing_is_refused(counted, field):
    data = counted("civil", "2024-09-12", 10, "days").as_json()
    del data[field]
    with pytest.raises(LegalTimeError, match=f"KeyError.*{field}"):
        Term.from_json(data)
