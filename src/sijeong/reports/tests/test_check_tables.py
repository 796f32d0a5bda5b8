"""Every figure of a table that other figures determine."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijeong.reports.checks import study
from sijeong.reports.checks.tables import check_table
from sijeong.reports.checks.verdicts import ERROR, MALFORMED, ROUNDING, SERIOUS, SUSPICIOUS, TRUNCATED, hint
from sijeong.reports.facts.grids import Grid
from sijeong.reports.reading.documents import Cell, Place, Table


def table(text: str, unit: str = "", title: str = "") -> Grid:
    """A grid from lines of cells between bars; `^` is covered from above, `<` from the left."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]
    cells = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in ("^", "<"):
                continue
            rowspan = next((i for i in range(1, len(rows) - r) if rows[r + i][c] != "^"), len(rows) - r)
            colspan = next((i for i in range(1, len(row) - c) if row[c + i] != "<"), len(row) - c)
            cells.append(Cell(r, c, [cell] if cell else [], rowspan, colspan))
    return Grid(Table(cells, Place(1, table=1)), title=title, unit=unit)


def verdicts(grid: Grid):
    return check_table(grid).verdicts


def serious(grid: Grid):
    return [v for v in verdicts(grid) if v.kind in SERIOUS]


REVENUE = """
과목           | 예산액        | 징수액        | 미수납액
세외수입       | 9,264,587,840 | 4,264,587,840 | 5,000,000,000
경상적         | 5,264,587,840 | 2,264,587,840 | 3,000,000,000
임시적         | 4,000,000,000 | 2,000,000,000 | 2,000,000,000
"""


def test_the_smallest_repair_fixes_row_and_column():
    (verdict,) = serious(table(REVENUE.replace("4,264,587,840 |", "4,264,578,840 |", 1), "원"))
    assert verdict.kind == ERROR and verdict.hint == "swapped"
    assert (verdict.repair.old, verdict.repair.new, verdict.repair.fixes) == (
        "4,264,578,840",
        "4,264,587,840",
        2,
    )
    assert str(verdict.repair.place) == "표 1 2줄 3칸"


def test_a_malformed_figure_is_reported_as_such():
    (verdict,) = verdicts(table("구분 | 금액\n계 | 35,498,8000\n가 | 3226만4200만", "원"))[:1]
    assert (verdict.kind, verdict.stated) == (MALFORMED, "35,498,8000")


CLEAN = {
    "staffing of the secretariat, 2022": """
구분 | 총계 | 일반직 | < | < | < | < | < | 별정직 | < | < | < | <
^ | ^ | 소계 | 3급 | 5급 | 6급 | 7급 | 8·9급 | 소계 | 4급 | 5급 | 6급 | 7~9급
정원 | 34 | 9 | 1 | 2 | 3 | 2 | 1 | 25 | 3 | 18 | 4 | -
현원 | 34 | 15 | 1 | 6 | 2 | 6 | - | 19 | 3 | 10 | 4 | 2""",
    "quota and actual in one cell": """
구분 | 계 | 3급 | 4급 | 5급
계 | 31/33 | 1/0 | 2/2 | 28/31
정책과 | 20/21 | 1/0 | 1/2 | 18/19
사업과 | 11/12 | - | 1/0 | 10/12""",
    "doses by day with rates": """
대상자 | | 누계 | 1.31 | 1.30 | 1.29 | 1.25이전
9,401,888 | 1차 | 8,260,854 (87.9%) | 121 | 123 | 1,379 | 8,259,231
^ | 2차 | 8,151,966 (86.7%) | 185 | 213 | 3,720 | 8,147,848
^ | 3차 | 4,931,033 (52.4%) | 4,514 | 4,483 | 58,784 | 4,863,252""",
    "a division that has but one line": """
구분 | 예산현액 (A)=(a+b) | 당초예산 (a) | 추경 (b) | 집행액 (B) | 집행잔액 (A-B) | 집행률 (B/A)×100
합계 | 406 | 406 | - | 363 | 43 | 89.4
정책과 | 406 | 406 | - | 363 | 43 | 89.4
동주민센터 | 406 | 406 | - | 363 | 43 | 89.4
사업과 | - | - | - | - | - | -""",
    "a base of zero": "'21년 예산 | '22년 예산 | 증감 | %\n- | 406 | 406 | 100",
    "several answers each": "구분 | 일반용역 | 기획보고서 | 심사회의\n선호도 (608명) | 27% (302명) | 13% (150명) | 12% (138명)",
    "an of-which line": "구분 | 인원\n계 | 100\n남 | 60\n여 | 40\n(청년) | 30",
    "people counted once": "구분 | 실인원\n계 | 150\n상담 | 80\n교육 | 60\n취업 | 40",
    "a blank is not a zero": "구분 | 계 | 가 | 나 | 다\n합계 | 30 | 10 | | 5\n남 | 20 | 5 | | 5\n여 | 10 | 5 | |",
    "averages and ranks": "구분 | 점수 | 순위\n평균 | 80 | 2\n가 | 70 | 3\n나 | 90 | 1",
    "years side by side": "구분 | 2021 | 2022 | 2023\n예산 | 120 | 340 | 560\n인원 | 12 | 15 | 19\n시설 | 3 | 3 | 4",
    "people and money in one form": "구분 | 실적\n고용 | 5명\n매출 | 150백만원\n수출 | 50백만원\n합계 | 200백만원",
    "small counts that agree by chance": "구분 | 가 | 나 | 다 | 라\n갑 | 2 | 2 | 2 | 5\n을 | 1 | 1 | 1 | 2\n병 | 1 | 1 | 1 | 1",
    "rates of a row below": "구분 | 2022년 | 2023년\n예산 | 1,000 | 2,000\n집행 | 500 | 1,500\n집행률 | 50.0% | 75.0%",
    "subtotals inside groups": """
구분 | < | 건수
합계 | < | 60
국내 | 소계 | 30
^ | 가 | 10
^ | 나 | 20
국외 | 소계 | 30
^ | 다 | 12
^ | 라 | 18""",
    "a total whose parts are not all shown": "구분 | 2022 | 2023\n계 | 1,520 | 1,740\n주택 | 320 | 410\n교통 | 150 | 220",
    "cumulative figures": "구분 | 1월 | 2월 | 3월 | 누계\n신규 | 10 | 20 | 15 | 145\n해지 | 3 | 5 | 2 | 60",
}


@pytest.mark.parametrize("name", CLEAN)
def test_no_alarm_on_a_clean_table(name):
    assert verdicts(table(CLEAN[name])) == []


BROKEN = {
    "a total of the only column": ("구분 | 건수\n계 | 163\n가 | 100\n나 | 53", "163", "153"),
    "a subtotal under a merged head": (
        CLEAN["staffing of the secretariat, 2022"].replace("| 19 | 3 |", "| 18 | 3 |"),
        "18",
        "19",
    ),
    "a subtotal inside a group": (
        CLEAN["subtotals inside groups"].replace("국내 | 소계 | 30", "국내 | 소계 | 40"),
        "40",
        "30",
    ),
    "the first of a pair": (CLEAN["quota and actual in one cell"].replace("11/12", "12/12"), "12", "11"),
    "the second of a pair": (CLEAN["quota and actual in one cell"].replace("11/12", "11/13"), "13", "12"),
    "a remainder": (
        "과목 | 예산액 | 집행액 | 잔액\n계 | 357,200 | 89,517 | 267,683\n가 | 277,200 | 65,351 | 211,894\n나 | 80,000 | 24,166 | 55,834",
        "211,894",
        "211,849",
    ),
    "a change written in the head": (
        "구분 | 2022(A) | 2023(B) | 증감(B-A)\n가 | 120 | 150 | 30\n나 | 200 | 180 | 20\n다 | 70 | 90 | 20",
        "20",
        "△20",
    ),
    "a tree told by numbers alone": (
        REVENUE.replace("2,264,587,840", "2,264,587,804"),
        "2,264,587,804",
        "2,264,587,840",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_wrong_figure_is_found(name):
    text, stated, wanted = BROKEN[name]
    found = serious(table(text))
    assert any(v.stated.split(" ")[0] == stated and v.computed == wanted for v in found), [
        str(v) for v in found
    ]


def test_a_wrong_rate_is_found_among_right_ones():
    text = "과목 | 예산액 | 집행액 | 집행률\n계 | 357,200 | 89,517 | 25.1%\n가 | 277,200 | 65,351 | 26.3%\n나 | 80,000 | 24,166 | 30.2%"
    (verdict,) = serious(table(text, "천원"))
    assert (verdict.stated, verdict.computed) == ("26.3%", "23.58%")


def test_rates_in_a_row_follow_from_the_rows_above():
    (verdict,) = serious(table(CLEAN["rates of a row below"].replace("75.0", "57.0")))
    assert verdict.stated == "57.0%"


def test_truncated_rates_are_called_truncated_and_no_error():
    text = "과목 | 예산액 | 집행액\n계 | 357,200 | 89,517 (25.0%)\n가 | 277,200 | 65,351 (23.5%)\n나 | 80,000 | 24,166 (30.2%)"
    assert [v.kind for v in verdicts(table(text, "천원"))] == [TRUNCATED, TRUNCATED]


def test_one_rate_off_by_a_step_among_rounded_ones_is_suspicious():
    text = "기관 | 2023(A) | 2024(B) | 증감률\n가 | 1,000 | 1,257 | 25.7%\n나 | 3,000 | 3,250 | 8.3%\n다 | 700 | 750 | 7.1%"
    text += "\n라 | 900 | 1,000 | 11.2%"
    assert [(v.kind, v.stated) for v in verdicts(table(text, "명"))] == [(SUSPICIOUS, "11.2%")]


def test_sums_of_rounded_parts_may_be_off_by_half_a_unit_each():
    text = "구분 | 예산\n계 | 1,001\n가 | 334\n나 | 333\n다 | 333"
    assert [v.kind for v in verdicts(table(text, "백만원"))] == [ROUNDING]
    assert [v.kind for v in verdicts(table(text, "명"))] == [ERROR]


@pytest.mark.parametrize(
    ("stated", "wanted", "kind"),
    [
        (4_264_578, 4_264_587, "swapped"),
        (-36, 36, "sign"),
        (1200, 120, "scale"),
        (163, 153, "digit"),
        (112, 92, ""),
    ],
)
def test_slips_of_the_hand_are_recognised(stated, wanted, kind):
    assert hint(stated, wanted) == kind


def test_planted_errors_are_found_and_clean_tables_are_silent():
    outcomes = [study.planted(seed) for seed in range(140)]
    known = [o for o in outcomes if o.determined]
    assert sum(o.found for o in known) >= 0.95 * len(known)
    assert sum(study.false_alarms(seed) for seed in range(140)) == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_no_clean_table_whatever_raises_an_alarm(seed):
    shapes = study.SHAPES + study.DECOYS
    clean = shapes[seed % len(shapes)](Random(seed))
    assert [str(v) for v in check_table(clean.grid()).verdicts if v.kind in SERIOUS] == []


CELLS = st.sampled_from(
    [
        "",
        "-",
        "계",
        "12",
        "1,234",
        "△5",
        "31/33",
        "50%",
        "(3.2)",
        "43 (12.8%)",
        "35,498,8000",
        "합계",
        "소계",
        "율",
        "가",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=6))
def test_no_table_whatever_breaks_the_checks(rows):
    check_table(table("\n".join(" | ".join(row) for row in rows)))
