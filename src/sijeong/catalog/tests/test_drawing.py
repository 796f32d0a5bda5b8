"""The reference pages are as the folder draws them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from sijeong.catalog import draw, read_city
from sijeong.catalog.drawing import main, pages, stale, write
from sijeong.catalog.tests.small_city import SEOUL, SMALL, write_city

REFERENCE = SEOUL.parents[1] / "docs" / "reference" / "case_types"


@pytest.fixture
def small(tmp_path) -> Path:
    return write_city(tmp_path / "city", parking=SMALL)


def test_the_pages_in_the_repository_are_the_drawn_ones(seoul):
    assert stale(seoul, REFERENCE) == []


def test_a_life_is_drawn_with_every_way_a_case_may_go(small):
    assert draw(read_city(small).case_types["parking"]) == (
        "stateDiagram-v2\n"
        "    [*] --> received\n"
        '    state "접수" as received\n'
        '    state "처리 중" as in_hand\n'
        '    state "보완 대기" as paused\n'
        '    state "전달" as delivered\n'
        '    state "공개" as published\n'
        "    received --> in_hand: 처리 시작\n"
        "    in_hand --> in_hand: 기한 연장\n"
        "    received --> paused: 보완 요청\n"
        "    in_hand --> paused: 보완 요청\n"
        "    paused --> received: 처리 재개\n"
        "    paused --> in_hand: 처리 재개\n"
        "    in_hand --> delivered: 전달\n"
        "    delivered --> published: 공개\n"
        "    delivered --> [*]\n"
        "    published --> [*]\n"
    )


def test_a_name_cannot_break_the_drawing_or_the_tables(tmp_path):
    odd = SMALL.replace("name: 보완 대기", "name: '\"보완\"; # | 대기'")
    city = read_city(write_city(tmp_path, parking=odd))
    assert '    state "#34;보완#34;#59; #35; | 대기" as paused\n' in draw(city.case_types["parking"])
    assert (
        '| `paused` | "보완"; # \\| 대기 | 보완 대기 |' in pages(city, "case_types")["case_types/parking.md"]
    )


def test_a_page_tells_the_facts(small):
    page = pages(read_city(small), "case_types")["case_types/parking.md"]
    assert page.startswith("# 주차 건의\n")
    for line in (
        "| 번호 | 주차-2026-00001 |",
        "| 근거 | 법정: 주차장법 제1조 |",
        "| 묻는 항목 | 위치 |",
        "| 기한 | 접수한 날부터 10일 (계산: 민법, 날수를 정한 곳: 법령·조례) |",
        "| 처리 목표 | 7일 |",
        "| 연장 | 1회, 10일까지, 사유 필요. |",
        "| 공개 | 전달 뒤. 가리는 것: 성명 |",
        "| `size` | 크기 | 선택 |  | 소형 / 대형 |",
        "| 처리 재개 `resume` | 보완 대기 | 바로 앞의 상태 | 요구자 |  |  |",
    ):
        assert f"\n{line}\n" in page


def test_what_a_type_lacks_has_no_line_of_its_own(tmp_path):
    bare = SMALL.replace(", note: 시험", "").replace("norm: 7\n", "")
    page = pages(read_city(write_city(tmp_path, parking=bare)), "case_types")["case_types/parking.md"]
    assert "| 참고 |" not in page
    assert "| 처리 목표 |" not in page


def test_pages_are_written_and_the_pages_of_dropped_types_taken_away(small, tmp_path):
    folder = tmp_path / "docs" / "types"
    write(read_city(small), folder)
    assert sorted(path.name for path in folder.parent.rglob("*.md")) == ["parking.md", "types.md"]
    (folder / "gone.md").write_text((folder / "parking.md").read_text())
    (folder / "notes.md").write_text("손으로 쓴 글")
    assert stale(read_city(small), folder) == ["types/gone.md"]
    write(read_city(small), folder)
    assert sorted(path.name for path in folder.iterdir()) == ["notes.md", "parking.md"]


def test_the_command_writes_and_checks(small, tmp_path):
    folder = tmp_path / "docs" / "types"
    run = CliRunner().invoke
    missing = run(main, ["--check", str(small), str(folder)])
    assert (missing.exit_code, missing.stderr) == (
        1,
        f"types.md, types/parking.md: not as {small} draws them; run with --write\n",
    )
    assert run(main, ["--write", str(small), str(folder)]).exit_code == 0
    assert run(main, ["--check", str(small), str(folder)]).exit_code == 0
    (folder / "parking.md").write_text("# 고친 글\n")
    assert "types/parking.md: not as" in run(main, ["--check", str(small), str(folder)]).stderr


def test_the_command_tells_what_is_wrong_with_the_folder(small, tmp_path):
    write_city(small, parking=SMALL.replace("norm: 7", "norm: 15"))
    result = run = CliRunner().invoke(main, ["--check", str(small), str(tmp_path / "docs" / "types")])
    assert (result.exit_code, run.stderr) == (
        1,
        "case_types/parking.yaml:7: norm of 15 days is longer than the term of 10 days; allowed: 1-10\n",
    )
