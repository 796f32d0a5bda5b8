"""Allocation from the command line: run, explain, verify, and what a wrong table is told."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from sijeong.allocation.solving import lottery
from sijeong.site.cli_allocate import allocate

CITY = Path(__file__).parents[4] / "cities" / "seoul"
SEED, SALT = b"a seed kept secret until the draw", b"a salt kept by the city"


def test_from_the_command_line_a_refused_person_reads_why(tmp_path):
    runner, yaml = CliRunner(), CITY / "allocations" / "benefit_places.yaml"

    def call(*words):
        return runner.invoke(allocate, [str(word) for word in words], catch_exceptions=False)

    (tmp_path / "seed").write_bytes(SEED)
    (tmp_path / "salt").write_bytes(SALT)
    assert call("demo", yaml, "--city", CITY, "--out", tmp_path, "--scale", 0.03).exit_code == 0
    tables = ("--applicants", tmp_path / "applicants.csv", "--resources", tmp_path / "resources.csv")
    frozen = call("freeze", yaml, *tables, "--salt-file", tmp_path / "salt").output.split()[-1]
    secret = ("--salt-file", tmp_path / "salt", "--seed-file", tmp_path / "seed")
    assert (
        "배정받은 신청: 9 " in call("run", yaml, *tables, *secret, "--city", CITY, "--out", tmp_path).output
    )
    assert call("verify", tmp_path / "bundle.zip", "--list-sha256", frozen).exit_code == 0
    with (tmp_path / "applicants.csv").open(encoding="utf-8-sig") as stream:
        numbers = [lottery.pseudonym(SALT, row["접수번호"]) for row in csv.DictReader(stream)]
    said = [call("explain", tmp_path / "bundle.zip", number).output for number in numbers]
    refused = [line for line in said if "배정되지 않았습니다" in line]
    assert len(refused) == 21 and all("개 더 있었다면 배정되었습니다" in line for line in refused)


@pytest.mark.parametrize(
    ("applicants", "said"),
    [
        ("", "'접수번호': 이 제목의 열이 없습니다"),
        ("접수번호,접수시각,순위\n1,어제,일반\n", "신청자 2행 '접수시각': '어제'"),
        (
            "접수번호,접수시각,순위\n1,1,일반\n1,2,일반\n",
            "신청자 3행 '접수번호': 1은(는) 2행에 이미 있습니다",
        ),
        ("접수번호,접수시각,순위\n9,1,일반\n1,2,없음\n5,3,일반\n", "신청자 3행 '순위': '없음'"),
        ("접수번호,접수시각,순위\n1,1,일반\n", "모두 있어야 합니다"),
    ],
)
def test_from_the_command_line_a_wrong_table_is_told_without_a_traceback(tmp_path, applicants, said):
    (tmp_path / "a.csv").write_text(applicants, encoding="utf-8")
    (tmp_path / "seed").write_bytes(SEED)
    yaml = CITY / "allocations" / "benefit_places.yaml"
    words = ["run", yaml, "--applicants", tmp_path / "a.csv", "--seed-file", tmp_path / "seed"]
    words += ["--city", CITY, "--out", tmp_path / "out"]
    if "모두" not in said:
        (tmp_path / "r.csv").write_text("사업번호,사업명,자리\nF1,사업,1\n", encoding="utf-8")
        words += ["--resources", tmp_path / "r.csv"]
    done = CliRunner().invoke(allocate, [str(word) for word in words])
    assert done.exit_code == 1 and said in done.output
    assert not (tmp_path / "out").exists()


def test_the_worked_examples_in_the_docs_are_what_is_computed_now():
    page = CITY.parents[1] / "docs" / "reference" / "allocation.md"
    done = CliRunner().invoke(allocate, ["reference", str(page), "--city", str(CITY), "--check"])
    assert done.exit_code == 0, done.output


def test_a_day_follows_a_day_from_the_command_line(tmp_path):
    runner, yaml = CliRunner(), CITY / "allocations" / "home_care.yaml"
    head = ["접수번호", "접수시각", "등급", "자치구"]

    def put(name, *rows):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        return tmp_path / name

    def day(on, out, *more):
        words = [
            "day",
            yaml,
            "--city",
            CITY,
            "--resources",
            places,
            "--day",
            on,
            "--out",
            tmp_path / out,
            *more,
        ]
        return runner.invoke(allocate, [str(word) for word in words], catch_exceptions=False)

    places = put("places.csv", ["기관번호", "기관명", "자치구", "정원"], ["A", "중구 의원", "중구", "2"])
    first = put("first.csv", head, ["1", "1", "가", "중구"], ["2", "2", "다", "중구"])
    assert "새로 배정: 2" in day("2022-03-23", "one", "--applicants", first).output
    second = put("second.csv", head, ["3", "1", "가", "중구"], ["4", "2", "다", "중구"])
    gone = put("gone.csv", ["접수번호"], ["2"])
    book = ("--book", tmp_path / "one" / "book.csv")
    told = day("2022-03-24", "two", "--applicants", second, "--departures", gone, *book)
    assert "나감: 1" in told.output and "기다림: 1" in told.output
    lines = (tmp_path / "two" / "changes.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["2", "left", ""],
        ["3", "placed", "A"],
        ["4", "waits", ""],
    ]
    assert (tmp_path / "two" / "book.csv").read_text("utf-8-sig").count("2022-03-23") == 1
    wrong = day("2022-03-24", "no", "--applicants", put("again.csv", head, ["1", "1", "가", "중구"]), *book)
    assert wrong.exit_code == 1 and "1은(는) 이미 배정되어 있습니다" in wrong.output
