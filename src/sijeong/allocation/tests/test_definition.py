"""Definitions and tables: right ones are read, wrong ones are named with their place, and then nothing is run."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from sijeong.allocation.solving import demo, engine, intake
from sijeong.allocation.solving.definition import BadDefinition, load, parse
from sijeong.allocation.solving.nights_case import rooms_by_night

CITY = Path(__file__).parents[4] / "cities" / "seoul"
FILES = sorted((CITY / "allocations").glob("*.yaml"))
HOME_CARE = (CITY / "allocations" / "home_care.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_definition_of_the_city_is_sound_and_has_a_demo(path):
    assert load(path).allocation == path.stem in demo.MAKERS


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("tie: received", "tie: dice", 16, "tie"),
        ("[85, 2]", "[60, 2]", 22, "tiers"),
        ("aims: [own, distance, balance]", "aims: [own, luck]", 17, "aims"),
        ("  weights: [3, 2, 1]", "  speed: 3", 20, "speed"),
        ("capacity: 정원", "size: 정원", 11, "capacity is missing"),
        ("다: 7}", "라: 7}", 18, "stay, step_down: unknown 라"),
        ("title: 재택", "title: [재택", 4, ""),
        ("basis: 재택치료 집중관리군 기준(2022. 2.)}\nt", "basis: ''}\nt", 15, "basis"),
    ],
)
def test_a_wrong_definition_is_named_with_file_and_line(old, new, line, what):
    assert old in HOME_CARE
    with pytest.raises(BadDefinition) as caught:
        parse(HOME_CARE.replace(old, new), "home_care.yaml")
    assert caught.value.faults[0].startswith(f"home_care.yaml:{line}: ")
    assert what in str(caught.value)


def small(name, scale=0.01):
    found = load(CITY / "allocations" / f"{name}.yaml")
    districts = engine.districts_of(found, CITY)
    return found, districts, demo.tables(found, districts, 1, scale)


@pytest.mark.parametrize(
    ("name", "table", "column", "value", "reason"),
    [
        ("home_care", "applicants", 3, "부산진구", "'부산진구'은(는) 모르는 값입니다"),
        ("home_care", "applicants", 0, "H0000003", "H0000003은(는) 2행에 이미 있습니다"),
        ("home_care", "applicants", 2, "라", "쓸 수 있는 값: 가, 나, 다"),
        ("home_care", "resources", 3, "-1", "0부터 10000000 사이가 아닙니다"),
        ("home_care", "resources", 3, "많음", "정수가 아닙니다"),
        ("tests", "resources", 4, "18-09", "여는 시간(09-18)이 아닙니다"),
        ("jeju_retreat", "applicants", 5, "2022-03-31", "운영 기간(2022-04-01 ~ 2022-12-31) 밖입니다"),
        ("jeju_retreat", "applicants", 6, "5", "1부터 4 사이가 아닙니다"),
        ("jeju_retreat", "applicants", 1, "어제", "번호나 시각"),
    ],
)
def test_a_bad_cell_is_named_with_row_column_and_reason_and_nothing_is_run(
    name, table, column, value, reason
):
    found, districts, tables = small(name)
    rows = [list(row) for row in tables[table]]
    if value == "H0000003":
        rows[1][column] = value
    rows[4][column] = value
    seed = b"x" if found.tie == "lottery" else None
    with pytest.raises(intake.BadTable) as caught:
        engine.run(found, {**tables, table: rows}, districts, seed)
    fault = caught.value.faults[0]
    assert fault.row == 5 and fault.column == rows[0][column] and reason in fault.reason


def test_a_closed_region_and_another_area_are_refused():
    found, districts, tables = small("next_local", 0.1)
    regions = [[*row[:3], "아니오" if row[0] == "강릉" else "예"] for row in tables["resources"]]
    regions[0] = tables["resources"][0]
    head = tables["applicants"][0]
    teams = [
        head,
        ["A", "1", "참가", "강원", "강릉", "", "", ""],
        ["B", "2", "참가", "강원", "춘천", "목포", "춘천", ""],
    ]
    with pytest.raises(intake.BadTable) as caught:
        engine.run(
            found, {**tables, "applicants": teams, "resources": regions, "scores": []}, districts, b"x"
        )
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [
        (2, "1지망"),
        (3, "2지망"),
        (3, "3지망"),
    ]


def test_xlsx_and_csv_of_either_encoding_are_read_alike(tmp_path):
    rows = [["접수번호", "자치구"], ["1", "종로구"]]
    book = Workbook()
    for row in [["접수번호", "자치구"], [1.0, "종로구"]]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    for encoding in ("utf-8-sig", "cp949"):
        (tmp_path / "a.csv").write_text("접수번호,자치구\n1,종로구\n", encoding=encoding)
        assert intake.read(tmp_path / "a.csv") == rows
    assert intake.read(tmp_path / "a.xlsx") == rows
    (tmp_path / "b.xlsx").write_bytes(b"no workbook")
    with pytest.raises(intake.BadTable, match="읽을 수 없습니다"):
        intake.read(tmp_path / "b.xlsx")


@pytest.mark.parametrize(
    "written",
    ["2022-07-05", "2022.7.5", "2022. 7. 5.", "2022/07/05", "2022년 7월 5일", "2022-07-05 00:00:00"],
)
def test_a_date_is_read_as_people_write_it(written):
    assert intake.moment(written) == intake.moment("2022-07-05")
    if " 00" not in written:
        assert intake.night(date(2022, 7, 1), date(2022, 7, 9))(written) == 4


@pytest.mark.parametrize(("written", "number"), [("31실", 31), ("1,200명", 1200), ("2 박", 2), ("+7", 7)])
def test_a_number_is_read_with_its_unit(written, number):
    assert intake.whole(0, 9_999)(written) == number


@pytest.mark.parametrize("written", ["1,20", "3.5", "2~3", "많음", "", "12실3"])
def test_what_is_no_whole_number_is_refused(written):
    with pytest.raises(ValueError, match="정수가 아닙니다"):
        intake.whole(0, 9_999)(written)


@pytest.mark.parametrize("written", ["2022-13-05", "2022.2.30", "7월 5일", "어제", "2022.7"])
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match="아닙니다"):
        intake.moment(written)


def test_a_table_of_one_column_has_no_title_to_lose(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("접수번호\n\n1\n2\n", encoding="utf-8")
    rows = intake.read(path)
    assert rows == [["접수번호"], ["1"], ["2"]] and [intake.line_of(rows, k) for k in range(3)] == [1, 3, 4]


def test_the_retreat_has_65_rooms_in_high_season_and_55_in_low_split_seven_to_three():
    rooms = rooms_by_night(load(CITY / "allocations" / "jeju_retreat.yaml")).part
    assert rooms.shape == (2, 5, 275)
    assert rooms.sum(axis=0)[:, 0].tolist() == [31, 12, 12, 5, 5]  # Friday, 1 April 2022
    assert rooms.sum(axis=0)[:, 2].tolist() == [31, 7, 7, 5, 5]  # Sunday, 3 April
    assert rooms[0, :, 0].tolist() == [21, 8, 8, 3, 3]
    assert set(rooms.sum(axis=(0, 1)).tolist()) == {55, 65}


@pytest.mark.parametrize("name", sorted(set(demo.MAKERS) - {"care_visits"}))
def test_every_kind_runs_end_to_end_and_its_result_survives_json(name):
    found, districts, tables = small(name, 0.02)
    seed = b"x" if found.tie == "lottery" else None
    result = engine.run(found, tables, districts, seed)
    text = result.as_json()
    assert type(result).from_json(text).as_json() == text
    assert result.status == "optimal" and all(result.sentence(row) for row in range(len(result.ids)))
    used = np.bincount(result.got[result.got >= 0], minlength=len(result.resources))
    if name != "jeju_retreat":
        assert [use.used for use in result.resources] == used.tolist()
        assert all(use.used <= use.capacity for use in result.resources)
    assert engine.run(found, tables, districts, seed).as_json() == text


@pytest.mark.parametrize("name", sorted(demo.MAKERS))
def test_nobody_asking_or_nothing_to_give_is_no_error(name):
    found, districts, tables = small(name, 0.05)
    seed = b"x" if found.tie == "lottery" else None
    nobody = engine.run(
        found, {**tables, "applicants": tables["applicants"][:1], "scores": []}, districts, seed
    )
    assert nobody.status == "optimal" and not nobody.ids
    if found.places:
        nothing = engine.run(found, {**tables, "resources": tables["resources"][:1]}, districts, seed)
        assert (nothing.got == -1).all() and all(nothing.sentence(row) for row in range(len(nothing.ids)))
