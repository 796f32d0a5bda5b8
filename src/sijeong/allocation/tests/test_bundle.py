"""A bundle can be checked by anyone, and a changed byte does not pass."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from sijeong.allocation import bundle, definition, demo, engine, lottery
from sijeong.site.cli_allocate import allocate

CITY = Path(__file__).parents[4] / "cities" / "seoul"
SEED, SALT = b"a seed kept secret until the draw", b"a salt kept by the city"


def packed(name, scale):
    path = CITY / "allocations" / f"{name}.yaml"
    found = definition.load(path)
    districts = engine.districts_of(found, CITY)
    public, names = bundle.publish(found, demo.tables(found, districts, 1, scale), SALT)
    draw = bundle.Draw(SEED, lottery.commitment(SEED)) if found.tie == "lottery" else bundle.Draw()
    result = engine.run(found, public, districts, draw.value or None)
    text = (CITY / "districts.csv").read_text() if found.places and found.places.districts else ""
    return bundle.pack(path.read_text(), text, public, draw=draw, result=result), public, names


@pytest.fixture(scope="module")
def draw_of_thirty():
    return packed("benefit_places", 0.03)


@pytest.mark.parametrize(("name", "scale"), [("home_care", 0.01), ("jeju_retreat", 0.01), ("next_local", 1)])
def test_a_bundle_is_verified_from_its_content_alone(tmp_path, name, scale):
    path = tmp_path / "bundle.zip"
    path.write_bytes(packed(name, scale)[0])
    assert all(check.held for check in bundle.verify(path))


def test_a_bundle_changed_by_one_byte_anywhere_is_caught(tmp_path, draw_of_thirty):
    content = draw_of_thirty[0]
    path = tmp_path / "bundle.zip"
    for at in range(0, len(content), 29):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert not all(check.held for check in bundle.verify(path)), at


def test_what_was_published_before_the_draw_must_match(tmp_path, draw_of_thirty):
    content, public, _ = draw_of_thirty
    path = tmp_path / "bundle.zip"
    path.write_bytes(content)
    frozen, promised = bundle.list_fingerprint(public), lottery.commitment(SEED)
    assert all(check.held for check in bundle.verify(path, frozen, promised))
    assert not all(check.held for check in bundle.verify(path, lottery.commitment(b"x"), promised))
    assert not all(check.held for check in bundle.verify(path, frozen, lottery.commitment(b"x")))


def test_no_application_number_is_published(draw_of_thirty):
    content, _, names = draw_of_thirty
    assert not any(number.encode() in content for number in names)


def test_the_lottery_depends_on_the_numbers_and_not_on_their_order():
    first = dict(zip("abcd", lottery.draw(SEED, "abcd").tolist(), strict=True))
    assert first == dict(zip("dbca", lottery.draw(SEED, "dbca").tolist(), strict=True))
    assert sorted(first.values()) == [0, 1, 2, 3]
    assert (
        lottery.draw(b"another", [str(k) for k in range(9)]).tolist()
        != lottery.draw(SEED, [str(k) for k in range(9)]).tolist()
    )


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
