"""The commands: what they print, how they end."""

import json

import pytest
from click.testing import CliRunner

from sijeong.reports.tests.making import hwpx, p, tp
from sijeong.site.cli_reports import check_command, compare_command, read_command

WRONG = hwpx(
    p("(단위: 명)")
    + tp([["구분", "정원", "현원"], ["계", "30", "25"], ["가", "10", "12"], ["나", "21", "13"]])
)
RIGHT = hwpx(
    p("(단위: 명)")
    + tp([["구분", "정원", "현원"], ["계", "31", "25"], ["가", "10", "12"], ["나", "21", "13"]])
)


@pytest.fixture
def file(tmp_path):
    def write(name: str, data: bytes) -> str:
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    return write


def test_check_ends_with_1_on_errors_and_0_without(file):
    wrong = CliRunner().invoke(check_command, [file("틀림.hwpx", WRONG)])
    assert wrong.exit_code == 1
    assert "[오류] 표 1 2줄 2칸: 30 ≠ 31 (10 + 21)" in wrong.output.replace("30 = ", "")
    assert CliRunner().invoke(check_command, [file("맞음.hwpx", RIGHT)]).exit_code == 0


def test_a_file_that_cannot_be_read_is_one_line_and_the_others_go_on(file):
    result = CliRunner().invoke(
        check_command, [file("a.hwp", b"HWP Document File V3.00"), file("b.hwpx", RIGHT)]
    )
    assert result.exit_code == 2
    assert "b.hwpx: 관계" in result.output
    assert result.stderr.count("\n") == 1 and "HWP 3" in result.stderr
    assert "Traceback" not in result.output


def test_a_folder_and_bad_files_among_many_end_with_2_and_the_rest_is_told(file, tmp_path):
    files = [file("a.hwpx", WRONG), str(tmp_path), file("b", bytes(range(256)) * 9), file("c.hwpx", RIGHT)]
    result = CliRunner().invoke(check_command, files)
    assert result.exit_code == 2 and result.stderr.count("\n") == 2
    assert "폴더" in result.stderr and result.stdout.count("관계") == 2
    many = CliRunner().invoke(read_command, [*files[:1], *files[3:], "--json"])
    assert many.exit_code == 0 and len(json.loads(many.output)) == 2


def test_what_comes_from_another_command_is_read_as_well():
    result = CliRunner().invoke(check_command, ["-"], input="○ 총 10명(남 5, 여 6)\n".encode("cp949"))
    assert result.exit_code == 1 and "10명 ≠ 11명" in result.output


def test_read_gives_json_with_facts_and_places(file):
    result = CliRunner().invoke(read_command, [file("a.hwpx", RIGHT), "--json"])
    (report,) = json.loads(result.output)
    staff = report["facts"]["staffing"]
    assert (staff[0]["quota"], staff[0]["actual"], staff[0]["place"]["text"]) == (31, 25, "표 1 2줄 2칸")
    assert report["tables"][0]["unit"] == "명"


def test_read_gives_a_page_of_html_that_marks_the_wrong_cell_and_escapes(file):
    data = hwpx(p("<b>&") + tp([["구분", "정원"], ["계", "30"], ["가", "10"], ["나", "21"]]))
    html = CliRunner().invoke(read_command, [file("a.hwpx", data), "--html"]).output
    assert 'class="error"' in html and "&lt;b&gt;&amp;" in html


def test_read_sums_up_in_lines(file):
    result = CliRunner().invoke(read_command, [file("a.hwpx", RIGHT)])
    assert "정원·현원 3건" in result.output


def test_check_without_files_says_what_is_missing():
    result = CliRunner().invoke(check_command, [])
    assert result.exit_code == 2 and "점검할 파일" in result.output


def test_compare_tells_what_changed(file):
    result = CliRunner().invoke(compare_command, [file("then.hwpx", WRONG), file("now.hwpx", RIGHT)])
    assert "총계: 정원 30 / 현원 25 → 정원 31 / 현원 25" in result.output


def test_the_study_is_written_to_a_file(tmp_path):
    target = tmp_path / "report_checks.md"
    assert CliRunner().invoke(check_command, ["--study", str(target), "--trials", "14"]).exit_code == 0
    assert "False alarms on 14 clean tables: 0." in target.read_text(encoding="utf-8")
