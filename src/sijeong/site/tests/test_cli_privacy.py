"""``sijeong privacy`` tells where personal data stands, and ends with 1 where there is any."""

from click.testing import CliRunner

from sijeong.site.cli_privacy import privacy


def run(*arguments):
    return CliRunner().invoke(privacy, [str(each) for each in arguments])


def test_it_tells_places_and_reasons(tmp_path):
    file = tmp_path / "회신.txt"
    file.write_text("첫 줄\n민원인 연락처 010-1234-5678\n", encoding="utf-8")
    told = run(file)
    assert told.exit_code == 1
    assert f"{file}:2:9: 전화번호 010-1234-5678 (확실: 휴대전화 번호의 꼴입니다)" in told.output
    assert "1개 파일에서 1군데" in told.output


def test_it_masks(tmp_path):
    file = tmp_path / "회신.txt"
    file.write_text("연락처 010-1234-5678", encoding="utf-8")
    told = run("--masked", file)
    assert (told.exit_code, told.output.strip()) == (0, "연락처 010-****-5678")


def test_a_clean_file_ends_well_and_a_picture_is_told(tmp_path):
    file, scan = tmp_path / "글.txt", tmp_path / "스캔.png"
    file.write_text("대표전화 02-120", encoding="utf-8")
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    assert run(file).exit_code == 0
    assert "읽지 못한 것: 그림 파일입니다" in run(scan).stderr
