"""Keys and values that a case type doesn't know."""

FILE = "case_types/parking.yaml"
KEYS = (
    "code, name, number, digits, basis, askers, term, norm, extension, pause, reminders, kinds, fields, asks, "
    "answer_fields, outcomes, states, transitions, publication, retention"
)


def test_an_unknown_key_is_told_with_the_nearest_known_one(faults):
    assert faults("norm: 7", "nrom: 7") == [
        f"{FILE}:7: unknown key 'nrom' (did you mean 'norm'?); allowed: {KEYS}"
    ]
    assert faults("norm: 7", "colour: 7") == [f"{FILE}:7: unknown key 'colour'; allowed: {KEYS}"]


def test_an_unknown_key_deep_inside_stands_on_its_line(faults):
    assert faults("    type: choice", "    typ: choice") == [
        f"{FILE}:15: 'type' is missing",
        f"{FILE}:17: unknown key 'typ' (did you mean 'type'?); "
        "allowed: code, name, type, required, help, choices",
    ]
    assert faults("start, from:", "start, form:") == [
        f"{FILE}:31: 'from' is missing",
        f"{FILE}:31: unknown key 'form' (did you mean 'from'?); "
        "allowed: act, from, to, who, needs_reason, needs",
    ]


def test_a_missing_key_is_told_at_what_lacks_it(faults):
    assert faults("name: 주차 건의\n", "") == [f"{FILE}:1: 'name' is missing"]
    assert faults("length: 10, unit: days, rule", "length: 10, rule") == [f"{FILE}:6: 'unit' is missing"]
    block = "retention:\n  # how long\n  years: 5\n  from: next_year"
    assert faults("retention: {years: 5, from: next_year, basis: 시험}", block) == [
        f"{FILE}:38: 'basis' is missing"
    ]


def test_an_empty_value_is_told(faults):
    assert faults("name: 주차 건의", "name:") == [f"{FILE}:2: name is empty"]
    assert faults("askers: [citizen]", "askers: []") == [
        f"{FILE}:5: askers is empty; allowed: one or more items"
    ]


def test_an_unknown_word_is_told_with_the_known_ones(faults):
    assert faults("askers: [citizen]", "askers: [citizens]") == [
        f"{FILE}:5: unknown askers 'citizens' (did you mean 'citizen'?); "
        "allowed: council_member, committee, citizen, unit"
    ]
    assert faults(
        "extend, from: [in_hand], to: same, who: [lead_officer]",
        "extend, from: [in_hand], to: same, who: [ofiser]",
    ) == [
        f"{FILE}:32: unknown who 'ofiser'; allowed: planning, lead_officer, lead_head, "
        "joint_officer, joint_head, asker, administrator"
    ]
    assert faults("length: 10, unit: days, needs", "length: 10, unit: fortnights, needs") == [
        f"{FILE}:8: unknown unit 'fortnights'; allowed: hours, days, weeks, months, years"
    ]


def test_numbers_are_whole_and_within_bounds(faults):
    assert faults("norm: 7", "norm: soon") == [f"{FILE}:7: norm can't be 'soon'; allowed: a whole number"]
    assert faults("norm: 7", "norm: 7.5") == [f"{FILE}:7: norm can't be '7.5'; allowed: a whole number"]
    assert faults("norm: 7", "norm: -1") == [f"{FILE}:7: norm can't be '-1'; allowed: 1 or more"]
    assert faults("years: 5", "years: " + "9" * 5000) == [
        f"{FILE}:38: years can't be '{'9' * 5000}'; allowed: a whole number"
    ]
    assert faults("times: 1,", "times: 99,") == [f"{FILE}:8: times can't be '99'; allowed: 9 or less"]


def test_yes_and_no_are_true_and_false(faults):
    assert faults("pause: true", "pause: maybe") == [
        f"{FILE}:9: pause can't be 'maybe'; allowed: true, false"
    ]


def test_codes_names_and_prefixes_have_a_form(faults):
    assert faults("code: lot,", "code: 노외,") == [
        f"{FILE}:12: code can't be '노외'; "
        "allowed: a-z, 0-9 and _, beginning with a letter, at most 40 characters"
    ]
    assert faults("number: 주차", "number: 주-차") == [
        f"{FILE}:3: number can't be '주-차'; allowed: 1-20 characters without space or hyphen"
    ]
    assert faults("name: 주차 건의", 'name: "두\\n줄"') == [
        f"{FILE}:2: name can't be '두\\n줄'; allowed: one line of text"
    ]
    assert faults("name: 주차 건의", "name: " + "가" * 81) == [
        f"{FILE}:2: name has 81 characters; allowed: at most 80"
    ]


def test_lists_and_mappings_are_not_taken_for_each_other(faults):
    assert faults("askers: [citizen]", "askers: citizen") == [
        f"{FILE}:5: askers can't be 'citizen'; allowed: a list"
    ]
    assert faults("askers: [citizen]", "askers: {citizen: 1}") == [
        f"{FILE}:5: askers is a mapping; allowed: a list"
    ]
    assert faults("name: 주차 건의", "name: [주차]") == [f"{FILE}:2: name is a list; allowed: text"]
    assert faults("retention: {years: 5, from: next_year, basis: 시험}", "retention: 5") == [
        f"{FILE}:38: retention can't be '5'; allowed: keys with values"
    ]


def test_a_whole_file_of_the_wrong_shape(fault_of):
    assert fault_of("") == f"{FILE}:1: the file is empty"
    assert fault_of("- 1\n- 2\n") == f"{FILE}:1: the file is a list; allowed: keys with values"
    assert fault_of("hello") == f"{FILE}:1: the file can't be 'hello'; allowed: keys with values"
