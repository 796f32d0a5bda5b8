"""A bundle can be checked by anyone, and a changed byte does not pass."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sijeong.allocation.solving import bundle, definition, demo, engine, lottery

CITY = Path(__file__).parents[4] / "cities" / "seoul"
SEED, SALT = b"a seed kept secret until the draw", b"a salt kept by the city"


def packed(name, scale):
    path = CITY / "allocations" / f"{name}.yaml"
    found = definition.load(path)
    districts = engine.districts_of(found, CITY)
    public, names = bundle.publish(found, demo.tables(found, districts, 1, scale), SALT)
    draw = bundle.Draw(SEED, lottery.commitment(SEED)) if found.tie == "lottery" else bundle.Draw()
    result = engine.run(found, public, districts, draw.value or None)
    part = found.places or found.visits
    text = (CITY / "districts.csv").read_text() if part and part.districts else ""
    return bundle.pack(path.read_text(), text, public, draw=draw, result=result), public, names


@pytest.fixture(scope="module")
def draw_of_thirty():
    return packed("benefit_places", 0.03)


@pytest.mark.parametrize(
    ("name", "scale"), [("home_care", 0.01), ("jeju_retreat", 0.01), ("next_local", 1), ("care_visits", 0.2)]
)
def test_a_bundle_is_verified_from_its_content_alone(name, scale):
    assert all(check.held for check in bundle.verify(packed(name, scale)[0]))


def test_a_bundle_changed_by_one_byte_anywhere_is_caught(draw_of_thirty):
    content = draw_of_thirty[0]
    # Every byte of what the archive says of its files, and a sample of what is in them.
    listing = zipfile.ZipFile(io.BytesIO(content))
    heads = {k for each in listing.infolist() for k in range(each.header_offset, each.header_offset + 30)}
    for at in sorted(heads | set(range(listing.start_dir, len(content))) | set(range(0, len(content), 29))):
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        assert not all(check.held for check in bundle.verify(changed)), at


def test_nothing_may_stand_beside_or_behind_what_a_bundle_holds(tmp_path, draw_of_thirty):
    content, path = draw_of_thirty[0], tmp_path / "bundle.zip"
    path.write_bytes(content)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("more.txt", "x")
    for changed in (path.read_bytes(), content + b"x", content[:-1]):
        assert not all(check.held for check in bundle.verify(changed))


@pytest.fixture(scope="module")
def unproven():
    """A week whose search was ended before the ways and the load were proven."""
    said = bundle.given(packed("care_visits", 0.2)[0])
    aims = tuple(replace(a, bound=a.bound - (a.name in {"travel", "balance"})) for a in said.result.aims)
    result = replace(said.result, status="feasible", aims=aims)
    return bundle.pack(*said.texts, said.tables, draw=said.draw, result=result), said, result


def test_what_is_not_proven_is_held_against_every_limit_and_its_bounds_are_called_claims(unproven):
    checks = bundle.verify(unproven[0])
    assert all(check.held for check in checks)
    assert [check.words.split(".")[0] for check in checks if check.open] == [
        "더 나은 결과가 없는지는 확인하지 않음"
    ]
    assert "결정이 모든 한도와 규칙을 지킴" in [check.words for check in checks]


def test_an_unproven_bundle_changed_by_one_byte_is_caught(unproven):
    content = unproven[0]
    for at in range(0, len(content), 97):
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        assert not all(check.held for check in bundle.verify(changed)), at


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda r: replace(r, got=np.roll(r.got, 1)), "맞지 않는 방문|담당자"),
        (
            lambda r: replace(r, aims=(replace(r.aims[0], value=99, bound=99), *r.aims[1:])),
            "목표의 값과 까닭",
        ),
        (lambda r: replace(r, ids=r.ids[::-1]), "명단과 다릅니다"),
        (lambda r: replace(r, code=1 - r.code), "목표의 값과 까닭"),
    ],
)
def test_a_forged_result_is_caught_though_it_claims_no_proof(unproven, change, why):
    _, said, result = unproven
    forged = bundle.pack(*said.texts, said.tables, draw=said.draw, result=change(result))
    failed = [check.words for check in bundle.verify(forged) if not check.held]
    assert re.search(why, failed[0])


def test_a_method_that_always_proves_cannot_claim_to_have_not():
    said = bundle.given(packed("home_care", 0.005)[0])
    result = replace(said.result, status="feasible")
    forged = bundle.pack(*said.texts, said.tables, draw=said.draw, result=result)
    assert "늘 증명됩니다" in bundle.verify(forged)[0].words


def test_what_was_published_before_the_draw_must_match(draw_of_thirty):
    content, public, _ = draw_of_thirty
    frozen, promised = bundle.list_fingerprint(public), lottery.commitment(SEED)
    assert all(check.held for check in bundle.verify(content, frozen, promised))
    assert not all(check.held for check in bundle.verify(content, lottery.commitment(b"x"), promised))
    assert not all(check.held for check in bundle.verify(content, frozen, lottery.commitment(b"x")))


def test_no_application_number_is_published(draw_of_thirty):
    content, _, names = draw_of_thirty
    assert not any(number.encode() in content for number in names)


def test_neither_numbers_nor_order_nor_times_lead_back_to_a_person(draw_of_thirty):
    """Other columns than the definition's, the order of entry and the moments of receipt stay with the city."""
    found = definition.load(CITY / "allocations" / "benefit_places.yaml")
    head = ["접수번호", "이름", "접수시각", "순위"]
    people = [
        [f"2022-{k:04d}", f"가나{k}", f"2022-03-0{1 + k % 9}T09:00:0{k % 10}", "일반"] for k in range(30)
    ]
    tables = {
        "applicants": [head, *people],
        "resources": [["사업번호", "사업명", "자리"], ["F1", "시술비", "9"]],
    }
    public, names = bundle.publish(found, tables, SALT)
    rows = public["applicants"][1:]
    assert public["applicants"][0] == ["접수번호", "접수시각", "순위"]
    assert [row[0] for row in rows] == sorted(names.values())
    assert sorted(int(row[1]) for row in rows) == list(range(1, 31))
    assert bundle.publish(found, {**tables, "applicants": [head, *people[::-1]]}, SALT)[0] == public
    other = bundle.publish(found, tables, b"another salt")[1]
    assert not set(other.values()) & set(names.values())


def test_the_lottery_depends_on_the_numbers_and_not_on_their_order():
    first = dict(zip("abcd", lottery.draw(SEED, "abcd").tolist(), strict=True))
    assert first == dict(zip("dbca", lottery.draw(SEED, "dbca").tolist(), strict=True))
    assert sorted(first.values()) == [0, 1, 2, 3]
    assert (
        lottery.draw(b"another", [str(k) for k in range(9)]).tolist()
        != lottery.draw(SEED, [str(k) for k in range(9)]).tolist()
    )
