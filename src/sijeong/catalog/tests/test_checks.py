"""Every fault that a well-formed case type can have, with the sentence it is told in."""

import pytest

from sijeong.catalog.tests.small_city import SMALL, problems_of, write_city

FILE = "case_types/parking.yaml"


def test_the_small_type_itself_has_no_fault(faults):
    assert faults() == []


def test_a_norm_is_never_longer_than_the_term(faults):
    assert faults("norm: 7", "norm: 15") == [
        f"{FILE}:7: norm of 15 days is longer than the term of 10 days; allowed: 1-10"
    ]


def test_a_norm_as_long_as_the_term_is_right(faults):
    assert faults("norm: 7", "norm: 10") == []


def test_a_statute_has_an_article(faults):
    assert faults("article: 주차장법 제1조, ", "") == [
        f"{FILE}:4: a statutory basis without an article; allowed: article: the law and its article"
    ]


def test_a_courtesy_has_no_term_set_by_law(faults):
    assert faults("kind: statutory", "kind: courtesy") == [
        f"{FILE}:6: a courtesy can't have a term set by law; allowed: council, city"
    ]


def test_a_number_of_days_that_the_law_does_not_set_is_noted(faults):
    assert faults("set_by: law", "set_by: city", ", note: 시험", "") == [
        f"{FILE}:4: the number of days is set by the city without a note; allowed: note: whose number it is"
    ]


def test_what_is_asked_stands_in_a_field_that_must_be_filled_in(faults):
    assert faults("asks: place", "asks: size") == [
        f"{FILE}:39: asks names 'size', which is no required field of the type long_text; allowed: place"
    ]
    assert faults("type: long_text, required: true", "type: long_text") == [
        f"{FILE}:39: asks names 'place', which is no required field of the type long_text; "
        "allowed: a required field of the type long_text"
    ]


def test_a_term_starts_with_a_date_that_must_be_given(faults):
    when = "{code: seen_on, name: 본 날, type: date, required: true}"
    start = (
        "set_by: law",
        "set_by: law, starts: seen_on",
        "fields:\n  - {code: place",
        f"fields:\n  - {when}\n  - {{code: place",
    )
    assert faults(*start) == []
    assert faults(*start[:2]) == [
        f"{FILE}:6: starts names 'seen_on', which is no required field of the type date; "
        "allowed: a required field of the type date"
    ]


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        ("length: 5, unit: days, rule: petition", ["a term of 5 days"]),
        ("length: 6, unit: days, rule: petition", []),
        ("length: 72, unit: hours, rule: civil", ["a term of 72 hours"]),
        ("length: 5, unit: days, rule: civil", []),
    ],
)
def test_hours_are_not_counted_from_a_date(faults, term, fault):
    when = "{code: seen_on, name: 본 날, type: date, required: true}"
    told = faults(
        *("length: 10, unit: days, rule: civil, set_by: law", f"{term}, set_by: law, starts: seen_on"),
        *("fields:\n  - {code: place", f"fields:\n  - {when}\n  - {{code: place"),
        *("norm: 7", "norm: 1"),
        *("extension: {times: 1, length: 10, unit: days, needs_reason: true}", "extension:"),
        *("  - {act: extend, from: [in_hand], to: same, who: [lead_officer], needs_reason: true}\n", ""),
    )
    assert told == [
        f"{FILE}:6: {what} is counted in hours and can't start with a date; "
        "allowed: no starts: it starts with receipt"
        for what in fault
    ]


def test_an_extension_is_no_longer_than_the_term(faults):
    assert faults("times: 1, length: 10", "times: 1, length: 11") == [
        f"{FILE}:8: extension of 11 days is longer than the term of 10 days; allowed: 1-10"
    ]


def test_an_extension_is_counted_as_the_term_is(faults):
    assert faults("length: 10, unit: days, needs", "length: 1, unit: weeks, needs") == [
        f"{FILE}:8: the extension is counted in weeks, the term in days; allowed: days"
    ]


def test_an_extension_needs_a_reason(faults):
    assert faults("unit: days, needs_reason: true", "unit: days, needs_reason: false") == [
        f"{FILE}:8: an extension without a reason; allowed: true"
    ]


def test_codes_are_said_once(faults):
    assert faults("code: lot,", "code: street,") == [
        f"{FILE}:12: kinds has the code 'street' twice; allowed: each code once"
    ]
    assert faults("code: large,", "code: small,") == [
        f"{FILE}:18: choices has the code 'small' twice; allowed: each code once"
    ]
    assert faults("order: 3,", "order: 2,") == [
        f"{FILE}:27: states has the order 2 twice; allowed: each order once"
    ]


def test_a_choice_has_something_to_choose(faults):
    assert faults(", {code: large, name: 대형}", "") == [
        f"{FILE}:15: the field 'size' leaves nothing to choose; allowed: two or more choices"
    ]
    assert faults("type: choice", "type: date") == [
        f"{FILE}:18: the field 'size' has choices and the type date; "
        "allowed: choices only for the type choice"
    ]


def test_done_exists_only_with_a_delivery(faults):
    assert faults("needs: delivery, final: true", "needs: none, final: true") == [
        f"{FILE}:22: the outcome 'done' is final but needs no delivery; allowed: delivery"
    ]


def test_nothing_is_published_without_masking(faults):
    assert faults(", mask: [name]", "") == [
        f"{FILE}:37: published without masking; "
        "allowed: mask: name, resident_number, phone, email, address, account"
    ]


def test_only_a_delivered_answer_is_published(faults):
    assert faults("after: delivered", "after: received") == [
        f"{FILE}:37: published after 'received', which no delivery leads to; allowed: delivered"
    ]
    assert faults("after: delivered, ", "") == [
        f"{FILE}:37: published after None, which no delivery leads to; allowed: delivered"
    ]
    assert faults("publish, from: [delivered]", "publish, from: [delivered, in_hand]") == [
        f"{FILE}:37: public after 'delivered', but the act publish leaves from delivered, in_hand; "
        "allowed: publish from: [delivered]"
    ]


def test_a_type_that_is_not_public_has_no_act_publish(faults):
    assert faults("{public: true, after: delivered, mask: [name]}", "{public: false}") == [
        f"{FILE}:37: the act publish in a type that is not public; allowed: true"
    ]


def test_records_are_kept_as_long_as_the_law_knows(faults):
    assert faults("years: 5", "years: 7") == [
        f"{FILE}:38: records are not kept for 7 years; allowed: 1, 3, 5, 10, 30"
    ]


def test_a_file_is_named_by_its_code(tmp_path):
    assert problems_of(write_city(tmp_path, carpark=SMALL)) == [
        "case_types/carpark.yaml:1: the code 'parking' in the file of 'carpark'; "
        "allowed: the name of the file without .yaml"
    ]


def test_no_two_types_share_a_code_or_a_number_prefix(tmp_path):
    other = SMALL.replace("code: parking", "code: traffic")
    assert problems_of(write_city(tmp_path / "prefix", parking=SMALL, traffic=other)) == [
        "case_types/traffic.yaml:3: the number prefix '주차' is taken by case_types/parking.yaml; "
        "allowed: a prefix of its own"
    ]
    other = SMALL.replace("number: 주차", "number: 교통")
    assert problems_of(write_city(tmp_path / "code", parking=SMALL, traffic=other)) == [
        "case_types/traffic.yaml:1: the code 'parking' in the file of 'traffic'; "
        "allowed: the name of the file without .yaml",
        "case_types/traffic.yaml:1: the code 'parking' is taken by case_types/parking.yaml; "
        "allowed: a code of its own",
    ]


def test_every_fault_of_every_file_is_told_at_once_in_order(tmp_path):
    first = SMALL.replace("norm: 7", "norm: 15").replace("years: 5", "years: 7")
    second = SMALL.replace("code: parking", "code: traffic").replace("name: 주차 건의", "name:")
    assert problems_of(write_city(tmp_path, parking=first, traffic=second)) == [
        f"{FILE}:7: norm of 15 days is longer than the term of 10 days; allowed: 1-10",
        f"{FILE}:38: records are not kept for 7 years; allowed: 1, 3, 5, 10, 30",
        "case_types/traffic.yaml:2: name is empty",
    ]
