"""A bundle can be checked by anyone, and a changed byte does not pass."""

from pathlib import Path

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
