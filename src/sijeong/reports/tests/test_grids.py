"""Tables as grids: head, stub, paths, title, unit and base date."""

import pytest

from sijeong.reports.facts.grids import grids, turned
from sijeong.reports.reading import read
from sijeong.reports.tests.making import hwpx, p, tp

STAFF = [
    [("구 분", 2, 1), ("총계", 2, 1), ("일 반 직", 1, 2), None],
    [None, None, "소계", "5 급"],
    ["정원", "34", "9", "2"],
    ["현원", "32", "11", "-"],
]


def only(data: bytes):
    return grids(read(data))[0]


def test_head_stub_and_paths_follow_the_merged_cells():
    grid = only(hwpx(tp(STAFF)))
    assert (grid.head, grid.stub) == (2, 1)
    assert grid.column_path(3) == ("일반직", "5급")
    assert grid.row_path(2) == ("정원",)


@pytest.mark.parametrize(
    ("caption", "title", "unit", "base"),
    [
        (
            "2 인력 현황 (기준 / 단위 : ′22.1.31. / 명)",
            "2 인력 현황 (기준 / 단위 : ′22.1.31. / 명)",
            "명",
            "′22.1.31.",
        ),
        (
            "【 백신접종 현황(′22.2.1. 0시 기준) 】 (단위: 명)",
            "백신접종 현황(′22.2.1. 0시 기준)",
            "명",
            "′22.2.1. 0시",
        ),
        ("(단위 : 백만원, '22.9.1. 기준)", "", "백만원", "'22.9.1."),
        ("< 추진 현황 >", "추진 현황", "", ""),
    ],
)
def test_captions_give_title_unit_and_base_date(caption, title, unit, base):
    grid = only(hwpx(p(caption) + tp(STAFF)))
    assert (grid.title, grid.unit, grid.base) == (title, unit, base)


def test_a_unit_in_the_head_of_a_column_is_its_own():
    grid = only(hwpx(tp([["구분", "예산(백만원)", "인원(명)"], ["계", "10", "3"], ["가", "10", "3"]])))
    assert [grid.column_unit(c) for c in (1, 2)] == ["백만원", "명"]


def test_years_in_the_first_row_are_a_head_and_not_figures():
    grid = only(hwpx(tp([["구분", "2022", "2023"], ["가", "10", "12"], ["나", "3", "5"]])))
    assert (grid.head, grid.column_path(2)) == (1, ("2023",))


def test_a_tall_first_figure_stands_before_the_labels():
    rows = [["대상자", "", "누계"], [("9,401,888", 2, 1), "1차", "8,260,854"], [None, "2차", "8,151,966"]]
    assert only(hwpx(tp(rows))).stub == 2


def test_places_tell_table_row_and_column():
    grid = only(hwpx(tp(STAFF)))
    assert str(grid.where(2, 3)) == "표 1 3줄 4칸"


def test_a_turned_grid_turns_back():
    grid = only(hwpx(tp(STAFF)))
    again = turned(turned(grid))
    assert [(c.row, c.column, c.text) for c in again.table.cells] == [
        (c.row, c.column, c.text) for c in grid.table.cells
    ]


TEXT_TABLES = {
    "grades under two groups": (
        "구분 총계\n일 반 직 별 정 직\n\n소계 3급 5급 소계 4급상당\n\n정원 34 9 1 8 25 25\n\n현원 34 15 1 14 19 19\n",
        ["정원", "34", "9", "1", "8", "25", "25"],
        ("별정직", "4급상당"),
    ),
    "figures and notes broken over lines": (
        "구 분 예 산 액 집 행 액 잔 액 비 고\n\n계 341,200 43,544\n(12.8%)\n\n297,656\n\n기관운영비 341,200\n43,544\n"
        "(12.8%)\n\n297,656\n조직운영, 대민활동,\n제반 경비\n\nⅡ. 주 요 업 무\n",
        ["계", "341,200", "43,544 (12.8%)", "297,656", ""],
        ("비고",),
    ),
    "a stray corner label": (
        "구 분 계 완 료 추진중 검토중 미반영\n\n계\n\n계 34 20 12 1 1\n\n건 의 사 항 2 - 2 - -\n",
        ["계", "34", "20", "12", "1", "1"],
        ("미반영",),
    ),
    "counts with words behind": (
        "구 분 횟수 주 요 내 용\n\n2020년도 22회 남산센터(7.16), 서울의료원 등\n\n2021년도 33회 혜민병원(12.27) 등\n",
        ["2020년도", "22회", "남산센터(7.16), 서울의료원 등"],
        ("주요내용",),
    ),
}


@pytest.mark.parametrize("name", TEXT_TABLES)
def test_tables_that_lost_their_rulings_are_put_together_again(name):
    text, first, last_path = TEXT_TABLES[name]
    grid = only(text.encode())
    assert [grid.owner[grid.head, c].text for c in range(grid.width)] == first
    assert grid.column_path(grid.width - 1) == last_path


def test_prose_about_numbers_is_no_table():
    assert grids(read("구분 없이 지원\n\n- 정원 34명 운영\n\n□ 분야 확대\n\n○ 예산 30 추가\n".encode())) == []
