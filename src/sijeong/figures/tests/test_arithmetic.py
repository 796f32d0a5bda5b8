"""A budget that ties is taken; one digit wrong is found, and told where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijeong.figures.arithmetic import COLUMNS, Row, complete, mismatches
from sijeong.figures.incoming import amount, understand

amounts = st.integers(0, 10**12)


@st.composite
def trees(draw) -> list[Row]:
    """Leaves with drawn amounts, and parents that sum them, to three levels."""
    rows = [Row("계", number=2)]
    for branch in range(draw(st.integers(1, 3))):
        rows.append(Row(f"부문 {branch}", parent=0, number=len(rows) + 2))
        above = len(rows) - 1
        for leaf in range(draw(st.integers(1, 4))):
            original, supplement = draw(amounts), draw(st.integers(-(10**9), 10**9))
            budget = original + supplement
            spent = draw(amounts)
            known = {
                "original": original,
                "supplement": supplement,
                "budget": budget,
                "spent": spent,
                "left": budget - spent,
            }
            rows.append(Row(f"목 {branch}-{leaf}", known, above, number=len(rows) + 2))
    for index in range(len(rows) - 1, -1, -1):
        under = [row for row in rows if row.parent == index]
        if under:
            rows[index].amounts = {column: sum(row.amounts[column] for row in under) for column in COLUMNS}
    return rows


@given(trees())
def test_sums_that_tie_raise_no_alarm(rows):
    assert mismatches(rows) == []


@given(trees(), st.data())
def test_an_amount_that_is_changed_is_found(rows, data):
    row = data.draw(st.sampled_from(rows))
    column = data.draw(st.sampled_from(COLUMNS))
    row.amounts[column] += data.draw(st.integers(1, 10**6))
    assert mismatches(rows)


@given(trees(), st.sampled_from(["budget", "left"]))
def test_what_follows_from_the_rest_is_filled_in(rows, column):
    for row in rows:
        before = row.amounts.pop(column)
        complete(row)
        assert row.amounts[column] == before


@pytest.mark.parametrize(
    ("text", "unit", "won"),
    [("341,200", 1000, 341_200_000), ("△17.8", 1000, -17_800), ("-", 1, None), ("", 1, None), ("1 234", 1, 1234),
     ("43,544\n(12.8%)", 1000, 43_544_000)],
)  # fmt: skip
def test_amounts_are_read_in_the_unit_of_the_sheet(text, unit, won):
    assert amount(text, unit) == won


@pytest.mark.parametrize(
    ("text", "why"), [("가나", "숫자"), ("0.5", "1원보다"), ("9" * 20, "터무니"), ("NaN", "터무니")]
)
def test_what_is_no_amount_says_why(text, why):
    with pytest.raises(ValueError, match=why):
        amount(text, 1)


def sheet(tmp_path, text: str):
    path = tmp_path / "예산"
    path.write_text(text, encoding="utf-8-sig")
    return understand(path, "text", "천원")


def test_the_secretariats_expenses_of_january_2022_tie(tmp_path):
    rows, wrong = sheet(
        tmp_path,
        '구 분,예 산 액,집 행 액,잔 액,비고\n계,"341,200","43,544","297,656",\n'
        '기관운영업무추진비,"277,200","38,255","238,945",조직운영\n시책추진업무추진비,"64,000","5,289","58,711",\n',
    )
    assert wrong == []
    assert [(row.label, row.parent, row.amounts["left"]) for row in rows] == [
        ("계", None, 297_656_000), ("기관운영업무추진비", 0, 238_945_000), ("시책추진업무추진비", 0, 58_711_000),
    ]  # fmt: skip


def test_each_mistake_names_its_cell(tmp_path):
    _, wrong = sheet(
        tmp_path, "과목,단계,예산액,집행액,잔액\n계,1,100,20,80\n가,2,60,10,52\n나,4,3x,10,30\n,2,1,1,0\n"
    )
    assert any(one.startswith("E3 가 잔액") and "50,000" in one for one in wrong)
    assert any(one.startswith("4행 단계 ‘4’") for one in wrong)
    assert any(one.startswith("C4 ‘3x’") for one in wrong)
    assert any(one.startswith("A5: 과목이 비어") for one in wrong)


def test_printed_roundings_are_no_mistake(tmp_path):
    assert sheet(tmp_path, "과목,예산액\n계,10\n가,3\n나,4\n다,4\n")[1] == []
    assert sheet(tmp_path, "과목,예산액\n계,14\n가,3\n나,4\n다,4\n")[1] != []
