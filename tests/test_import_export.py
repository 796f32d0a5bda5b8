"""Sheets in and out by the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from sijeong.cases.models import Case
from sijeong.cases.tests.filed import applied
from sijeong.org.tests.people import city
from sijeong.site import cli

__all__ = ["applied", "city"]
pytestmark = pytest.mark.django_db
HEADER = ["연번", "구분", "요구사항", "소관부서", "추진상황", "추진내용", "향후계획"]
ROWS = [
    [
        1,
        "시정·처리요구",
        "위원회 참석률이 낮으니 높일 것",
        "총무과",
        "추진 중",
        "일정을 미리 알림",
        "2026. 12. 31.까지 점검",
    ],
    [2, "건의", "교육 자료를 함께 쓸 것", "인사과, 복지정책과", "검토 중", "자료를 모으는 중", ""],
]


def call(*words: str):
    return CliRunner().invoke(cli.main, [*words, "--government", "seoul"], prog_name="sijeong")


@pytest.fixture
def sheet(tmp_path):
    def write(rows):
        book = Workbook()
        for row in [HEADER, *rows]:
            book.active.append(row)
        book.save(tmp_path / "findings.xlsx")
        return str(tmp_path / "findings.xlsx")

    return write


def test_a_dry_run_writes_nothing(applied, sheet):
    told = call("import", "findings", sheet(ROWS), "--dry-run")
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith("새 사안 2건, 이미 있는 것 0건, 고칠 칸 0개\n")
    assert not Case.objects.exists()


def test_the_same_file_twice_makes_no_doubles(applied, sheet):
    first = json.loads(call("import", "findings", sheet(ROWS), "--json").stdout)
    again = json.loads(call("import", "findings", sheet(ROWS), "--json").stdout)
    assert (first["taken"], first["known"]) == (2, 0)
    assert (again["taken"], again["known"]) == (0, 2)
    assert Case.objects.count() == 2


def test_a_bad_row_is_named_by_its_cell_and_nothing_is_taken(applied, sheet):
    told = call("import", "findings", sheet([ROWS[0], [2, "부탁", "무엇", "없는과", "검토 중", "", ""]]))
    assert told.exit_code == 1
    assert "B3: '부탁': 가능한 값:" in told.stderr
    assert "D3: '없는과'" in told.stderr
    assert not Case.objects.exists()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_goes_out_reads_back_as_known(applied, sheet, tmp_path, ending):
    call("import", "findings", sheet(ROWS))
    out = tmp_path / f"out.{ending}"
    assert call("export", "findings", str(out)).stdout == f"{out}: 2건\n"
    back = json.loads(call("import", "audit_finding", str(out), "--dry-run", "--json").stdout)
    assert (back["new"], back["known"], back["refused"]) == (0, 2, 0)


def test_a_sheet_goes_out_in_the_columns_it_came_in(applied, sheet, tmp_path):
    call("import", "findings", sheet(ROWS))
    call("export", "findings", str(tmp_path / "out.xlsx"))
    rows = list(load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True))
    assert list(rows[0][: len(HEADER)]) == HEADER
    assert all(name.endswith("(읽기 전용)") for name in rows[0][len(HEADER) :])
    assert [row[2] for row in rows[1:]] == [row[2] for row in ROWS]


def test_csv_goes_to_standard_output(applied, sheet):
    call("import", "findings", sheet(ROWS))
    assert "위원회 참석률이 낮으니 높일 것" in call("export", "findings", "-").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["import", "wishes", "{sheet}"], "종류 'wishes'"),
        (["import", "findings", "{sheet}", "--received-on", "2999-01-01"], "아직 오지 않은 날"),
        (["import", "request", "{sheet}"], "data_request"),
        (["export", "findings", "out.hwp"], ".xlsx 나 .csv"),
    ],
)
def test_what_cannot_be_chosen_is_listed(applied, sheet, words, told):
    answer = call(*(word.format(sheet=sheet(ROWS)) for word in words))
    assert answer.exit_code == 2
    assert told in answer.stderr


def test_a_file_that_is_no_sheet_is_refused_in_a_line(applied, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 broken")
    told = call("import", "findings", str(tmp_path / "a.xlsx"))
    assert told.exit_code == 1
    assert len(told.stderr.splitlines()) == 1
