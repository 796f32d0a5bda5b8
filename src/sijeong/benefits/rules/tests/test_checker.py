"""The checker names every mistake with file and line; a city made wrong in one place shows one finding."""

import shutil

import pytest

from sijeong.benefits.rules import checker, marks, rulebook
from sijeong.benefits.rules.tests.conftest import SEOUL

ONE = "officer_medical"


@pytest.fixture
def city(tmp_path):
    """A copy of the rules with only the shortest benefit, its inputs, and what they share."""
    folder = tmp_path / "benefits"
    folder.mkdir()
    for path in SEOUL.glob(f"{ONE}*"):
        if path.is_file():
            shutil.copy(path, folder)
    shutil.copy(SEOUL / "common.yaml", folder)
    lines = (SEOUL / "inputs.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    names = ("city_official:", "abused_by_caller:", "abuse_medical_cost:")
    kept = [line for line in lines if line.strip().startswith(names)]
    (folder / "inputs.yaml").write_text(
        "life: [시에서 일하다 다쳤습니다]\ninputs:\n" + "".join(kept), encoding="utf-8"
    )
    return folder


def edit(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def findings(folder):
    rulebook.load.cache_clear()
    return [str(problem).removeprefix(f"{folder}/") for problem in checker.check(folder)]


def test_seoul_has_no_findings():
    assert checker.check(SEOUL) == []


def test_a_whole_city_has_no_findings(city):
    assert findings(city) == []


PY, YAML, SITUATIONS = f"{ONE}.py", f"{ONE}.yaml", f"{ONE}.situations.yaml"
CAP = 'from: 2023-01-01, value: 1000000, basis: "발표: 서울시 민원 담당자 보호 대책, 1인 최대 100만 원"'
ROW, LATER = f"      - {{{CAP}}}", CAP.replace("2023-01-01", "2024-02-01")
MISTAKES = [
    (PY, "p.city_official", "p.city_officer",
     f"{PY}:13: 입력 'city_officer'이(가) inputs.yaml에 선언되지 않았습니다"),
    (PY, "law.cap", "law.limit", f"{PY}:19: 매개변수 'limit'이(가) {YAML}에 없습니다"),
    (PY, "law.cap)", "1000000)", f"{PY}:20: 수 1000000은(는) 매개변수(yaml)로 적어야 합니다"),
    (PY, "return p.city_official", "return p.abuse_medical_cost", f"{PY}:12: official: 참·거짓이 아닙니다"),
    (PY, "return p.city_official", "return p.city_official and not p.city_official",
     f"{PY}:12: '시 직원'(official)은(는) 2023-01-01에 아무도 채울 수 없습니다"),
    (PY, "return p.city_official", "return p.city_official or not p.city_official",
     f"{PY}:12: '시 직원'(official)은(는) 2023-01-01에 누구나 채웁니다"),
    (PY, "return min(p.abuse_medical_cost, law.cap)", "return max(p.abuse_medical_cost, law.cap)",
     f"{PY}:19: 2023-01-01: 99,999,990원은 0~1,000,000원을 벗어납니다"),
    (PY, "    rounding = Rounding.DOWN_10\n", "", f"{PY}:6: 끝수 처리(rounding)를 적어야 합니다"),
    (PY, "return min(p.abuse_medical_cost, law.cap)", "return sum(p.abuse_medical_cost, law.cap)",
     f"{PY}:20: 'sum'은(는) 이 파일에 없는 함수입니다"),
    (PY, "return min(p.abuse_medical_cost, law.cap)", "return p.abuse_medical_cost / law.cap",
     f"{PY}:20: 정한 수(예: 100)로만 나눌 수 있습니다"),
    (PY, "        return p.abused_by_caller", "        x = p.abused_by_caller\n        return x",
     f"{PY}:16: hurt: return 한 줄로 적어야 합니다"),
    (PY, "p.city_official", "p.city_offical", f"{PY}:13: 입력 'city_offical'이(가) inputs.yaml에 선언되지 않았습니다"
     " ('city_official'을(를) 말합니까?)"),
    (PY, '    @criterion("민원 피해")\n', "", f"{PY}:15: hurt: 조건이면 @criterion"),
    (PY, "def hurt(p, law)", "def hurt(p)", f"{PY}:16: hurt: 인자는 (p, law)여야 합니다"),
    (PY, "import Benefit,", "import Benefits,", f"{PY}:3: 'Benefits'은(는) 없습니다 ('Benefit'을(를) 말합니까?)"),
    (PY, "Rounding.DOWN_10", "Rounding.DOWN", f"{PY}:9: 읽을 수 없습니다"),
    (PY, "\n\nclass Off", "\nimport os\n\n\nclass Off", f"{PY}:5: 규칙 파일에는 함수와 클래스만 적습니다: import os"),
    (PY, "return min(p.abuse_medical_cost, law.cap)", "return p.abused_by_caller",
     f"{PY}:19: amount: 금액이 아니라 참·거짓입니다"),
    (YAML, "ceiling: [cap]", "ceiling: cap", f"{YAML}:5: ceiling은 [매개변수, …]나 none입니다"),
    (YAML, "apply: {where:", "apply: {place:", f"{YAML}:2: apply는 {{where: 신청하는 곳}} 꼴입니다"),
    (YAML, "ceiling: [cap]", "ceiling: [cap]\nplanned:\n  - {year: 2024, volume: many, unit: 명, basis: x}",
     f"{YAML}:7: planned의 year와 volume은"),
    (YAML, "ceiling: [cap]", "ceiling: [cap]\nplaces_by: {allocation: x, classes: {가: otherwise}}",
     f"{YAML}:6: places_by가 있으면 자리 수(quota)도"),
    (YAML, "ceiling: [cap]", "ceiling: [cap]\nquota: cap\nplaces_by: {allocation: x, classes: {가: abuse_medical_cost, 나: otherwise}}",
     f"{YAML}:7: 순위를 가르는 'abuse_medical_cost'은(는)"),
    (YAML, CAP, "from: 2023-01-01, value: 1000000",
     f"{YAML}:14: cap: 2023-01-01 값에 근거(basis)가 없습니다"),
    (YAML, CAP, CAP.replace("1000000", "1000000.5"), f"{YAML}:14: cap: 값 1000000.5은(는) 정수가 아닙니다"),
    (YAML, ROW, f"      - {{{CAP}, to: 2023-12-31}}\n      - {{{CAP}}}",
     f"{YAML}:15: cap: 2023-01-01의 값이 앞의 값(2023-01-01~)과 겹칩니다"),
    (YAML, ROW, f"      - {{{CAP}, to: 2023-12-31}}\n      - {{{LATER}}}",
     f"{YAML}:15: cap: 2023-12-31 다음 날부터 2024-02-01 전날까지 값이 없습니다"),
    (YAML, "per: 사건 1건", "per: 사건 1건\ncolour: red", f"{YAML}:5: 'colour'은(는) 모르는 항목입니다"),
    (YAML, "per: 사건 1건\n", "", f"{YAML}:1: 'per'이(가) 없습니다"),
    (YAML, "life: [시에서 일하다 다쳤습니다]", "life: [어디서나]",
     f"{YAML}:3: life의 '어디서나'은(는) inputs.yaml의 life에 없습니다"),
    (YAML, "ceiling: [cap]", "ceiling: [cup]", f"{YAML}:5: 'cup'은(는) 매개변수가 아닙니다"),
    (YAML, "per: 사건 1건", "per: [사건", f"{YAML}:5: YAML을 읽을 수 없습니다"),
    (SITUATIONS, "amount: 234560", "amount: 234567", f"{SITUATIONS}:4: '낸 돈만큼': "),
    (SITUATIONS, "abuse_medical_cost: 234567", "abuse_medical_cost: -1",
     f"{SITUATIONS}:4: abuse_medical_cost: -1은(는) 범위 밖"),
    ("inputs.yaml", "type: bool, question: 서울시", "type: boolean, question: 서울시",
     "inputs.yaml:3: city_official: type은"),
    ("inputs.yaml", ", question: 서울시 공무원이거나 공무직입니까?", "",
     "inputs.yaml:3: 'question'이(가) 없습니다"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "finding"), MISTAKES, ids=[m[3][:60] for m in MISTAKES])
def test_a_mistake_is_named_with_file_and_line(city, file, old, new, finding):
    edit(city, file, old, new)
    found = findings(city)
    assert any(line.startswith(finding) for line in found), found


def test_a_value_that_begins_late_or_ends_early_is_named(city):
    """The benefit would silently be no longer in force."""
    row = "  later:\n    label: 더함\n    unit: 원\n    values:\n      - {from: 2024-01-01, to: 2024-12-31, value: 1, basis: x}\n"
    with (city / YAML).open("a", encoding="utf-8") as file:
        file.write(row)
    found = findings(city)
    assert f"{YAML}:19: later: 2023-01-01부터 값이 없어 2024-01-01까지 지원이 시행되지 않습니다" in found
    assert any(line.startswith(f"{YAML}:19: later: 2024-12-31 뒤에 값이 없어") for line in found)


def test_a_function_that_calls_itself_is_named(city):
    edit(city, PY, "\n\nclass Off", "\n\ndef again(p, law):\n    return again(p, law)\n\n\nclass Off")
    edit(city, PY, "return p.abused_by_caller", "return again(p, law)")
    assert findings(city) == [f"{PY}:6: again: 제 자신을 다시 부릅니다"]


def test_a_list_read_past_its_end_is_named_where_it_is_read(city):
    text = (city / YAML).read_text(encoding="utf-8")
    table = "  table:\n    label: 표\n    unit: 원\n    values:\n      - {from: 2023-01-01, value: [1, 2], basis: x}\n"
    (city / YAML).write_text(text + table, encoding="utf-8")
    edit(city, PY, "return min(p.abuse_medical_cost, law.cap)", "return law.table[p.abuse_medical_cost]")
    assert any(line.startswith(f"{PY}:19: 목록에 없는 자리를 읽습니다") for line in findings(city))


def test_an_input_no_rule_reads_is_named(city):
    text = (city / "inputs.yaml").read_text(encoding="utf-8")
    extra = "  shoe: {type: int, unit: mm, range: [1, 400], question: 신발?, why: 몰라}\n"
    (city / "inputs.yaml").write_text(text + extra, encoding="utf-8")
    assert findings(city) == ["inputs.yaml:6: 'shoe'을(를) 읽는 규칙이 없습니다"]


def test_a_key_written_twice_is_named(tmp_path):
    path = tmp_path / "twice.yaml"
    path.write_text("a: 1\nb: 2\na: 3\n", encoding="utf-8")
    with pytest.raises(marks.Problem, match=r"twice.yaml:3: 'a'이\(가\) 두 번 적혔습니다"):
        marks.read(path)


def test_a_missing_situations_file_is_named(city):
    (city / SITUATIONS).unlink()
    assert findings(city) == [f"{SITUATIONS}:1: 파일이 없습니다"]
