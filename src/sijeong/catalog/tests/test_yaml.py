"""Bytes that are no YAML, or YAML that isn't used here: a problem with its line, never a traceback."""

import pytest

from sijeong.catalog import CatalogError, read_city
from sijeong.catalog.tests.small_city import SMALL, problems_of, write_city

FILE = "case_types/parking.yaml"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("code: a\n\tname: b\n", "2: a tab where YAML wants spaces; allowed: spaces"),
        ("code: a\nname: b: c\n", "2: not YAML: mapping values are not allowed here"),
        ("code: a\nname: [b\n", "3: not YAML: expected ',' or ']', but got '<stream end>'"),
        ("code: a\n---\ncode: b\n", "2: not YAML: but found another document"),
        ("code: a\nname: b\ncode: c\n", "3: 'code' is said twice; allowed: each key once"),
        ("code: a\n? [b]\n: c\n", "1: a key that is no text in line 2; allowed: a word as key"),
        ("code: a\nname: !run x\n", "2: the tag !run is not used here; allowed: values without a tag"),
        ("code: &x a\nname: *x\n", "1: anchors and aliases are not used here"),
        ('code: a\nname: "\\ud800"\n', "2: half of a surrogate pair; allowed: whole characters"),
        ('code: a\nname: "\\UFFFFFFFF"\n', "2: a number too large for YAML"),
        ("code: a\nname: \x07\n", "2: the character 0x0007 can't stand in YAML"),
        (b"code: a\nname: \xb0\xa1\n", "2: not UTF-8; allowed: text encoded in UTF-8"),
        ("[" * 50_000, "1: nested more than 12 levels deep"),
        ("- " * 50_000, "1: nested more than 12 levels deep"),
        ("a" * 100_001, "1: the file is too large; allowed: at most 100000 bytes"),
    ],
    ids=lambda value: str(value)[:25],
)  # fmt: skip
def test_what_is_no_usable_yaml(fault_of, content, fault):
    assert fault_of(content) == f"{FILE}:{fault}"


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor(fault_of):
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    bomb = "\n".join(["a0: &a0 [lol]", *levels])
    assert fault_of(bomb) == f"{FILE}:1: anchors and aliases are not used here"


@pytest.mark.parametrize("tag", ["python/object/apply:os.system", "int", "binary"])
def test_no_tag_makes_an_object(fault_of, tag):
    assert fault_of(f"code: a\nname: !!{tag} [x]\n") == (
        f"{FILE}:2: the tag tag:yaml.org,2002:{tag} is not used here; allowed: values without a tag"
    )


def test_every_repeated_key_and_tag_is_told(tmp_path):
    twice = SMALL.replace("number: 주차\n", "number: 주차\nnumber: 차\n").replace(
        "name: 노외", "name: !x 노외"
    )
    assert problems_of(write_city(tmp_path, parking=twice)) == [
        f"{FILE}:4: 'number' is said twice; allowed: each key once",
        f"{FILE}:13: the tag !x is not used here; allowed: values without a tag",
    ]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path):
    assert (
        problems_of(write_city(tmp_path, parking=b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()))
        == []
    )


def test_words_that_yaml_takes_for_numbers_and_booleans_stay_words(tmp_path):
    folder = write_city(tmp_path, parking=SMALL.replace("{code: lot, name: 노외}", "{code: no, name: 010}"))
    kind = read_city(folder).case_types["parking"].kinds[1]
    assert (kind.code, kind.name) == ("no", "010")


def test_the_city_itself_is_named(tmp_path):
    folder = write_city(tmp_path, parking=SMALL)
    (folder / "city.yaml").write_text("code: Ours\nnmae: 우리시\n")
    assert problems_of(folder) == [
        "city.yaml:1: 'name' is missing",
        "city.yaml:1: code can't be 'Ours'; "
        "allowed: a-z, 0-9 and _, beginning with a letter, at most 40 characters",
        "city.yaml:2: unknown key 'nmae' (did you mean 'name'?); allowed: code, name",
    ]
    (folder / "city.yaml").unlink()
    assert problems_of(folder) == ["city.yaml:1: can't be read: No such file or directory"]


def test_a_folder_without_case_types(tmp_path):
    assert problems_of(write_city(tmp_path)) == [
        "case_types:1: no case types; allowed: one file <code>.yaml for each case type"
    ]
    with pytest.raises(
        CatalogError, match=r"nowhere:1: no such folder; allowed: a city folder with city\.yaml"
    ):
        read_city(tmp_path / "nowhere")


def test_a_file_that_would_be_passed_over_is_told(tmp_path):
    folder = write_city(tmp_path, parking=SMALL)
    (folder / "case_types" / "traffic.yml").write_text(SMALL)
    assert problems_of(folder) == [
        "case_types/traffic.yml:1: the name of the file ends in .yml; allowed: .yaml"
    ]


def test_a_folder_in_the_place_of_a_file(tmp_path):
    folder = write_city(tmp_path, parking=SMALL)
    (folder / "case_types" / "traffic.yaml").mkdir()
    assert problems_of(folder) == ["case_types/traffic.yaml:1: can't be read: Is a directory"]


def test_a_catalog_error_reads_as_its_problems(tmp_path):
    write_city(tmp_path, parking=SMALL.replace("norm: 7", "norm: 15").replace("years: 5", "years: 7"))
    with pytest.raises(CatalogError) as caught:
        read_city(tmp_path)
    assert [(each.file, each.line, each.column) for each in caught.value.problems] == [
        (FILE, 7, 7),
        (FILE, 38, 20),
    ]
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
