"""Every fault that the life of a case can have."""

import pytest

FILE = "case_types/parking.yaml"
STATES = "received, in_hand, paused, delivered, published"
START = "{act: start, from: [received], to: in_hand, who: [lead_officer]}"


def test_a_transition_knows_its_states(faults):
    assert faults("start, from: [received]", "start, from: [recieved]") == [
        f"{FILE}:31: unknown state 'recieved' (did you mean 'received'?); allowed: {STATES}"
    ]
    assert faults("to: in_hand", "to: gone") == [f"{FILE}:31: unknown state 'gone'; allowed: {STATES}"]


def test_every_state_is_reached(faults):
    assert faults(
        "publish, from: [delivered], to: published", "publish, from: [delivered], to: delivered"
    ) == [f"{FILE}:29: the state 'published' is never reached from 'received'"]


def test_every_open_state_is_left(faults):
    assert faults("resume, from: [paused], to: previous", "resume, from: [paused], to: same") == [
        f"{FILE}:27: the state 'paused' is open and no way leads to a closed state"
    ]


def test_two_open_states_that_lead_only_to_each_other_are_a_trap(faults):
    assert faults(
        START,
        "{act: start, from: [received], to: in_hand, who: [lead_officer]}\n"
        "  - {act: submit, from: [in_hand], to: asked, who: [lead_officer]}\n"
        "  - {act: send_back, from: [asked], to: stuck, who: [lead_head]}\n"
        "  - {act: submit, from: [stuck], to: asked, who: [lead_head]}",
        "  - {code: delivered, name",
        "  - {code: asked, name: 결재, public: 결재, order: 6, open: true, clock: runs}\n"
        "  - {code: stuck, name: 막힘, public: 막힘, order: 7, open: true, clock: runs}\n"
        "  - {code: delivered, name",
    ) == [
        f"{FILE}:28: the state 'asked' is open and no way leads to a closed state",
        f"{FILE}:29: the state 'stuck' is open and no way leads to a closed state",
    ]


def test_one_act_leads_one_way_from_one_state(faults):
    assert faults(
        "pause, from: [received, in_hand]", "start, from: [in_hand, received]", "pause: true", "pause: false"
    ) == [f"{FILE}:33: two transitions for start from 'received'; allowed: one for each act and state"]


@pytest.mark.parametrize(
    ("line", "order", "kind", "clock", "wrong", "right"),
    [
        (25, "1, open: true", "open state 'received'", "runs", "done", "runs, stopped"),
        (28, "4, open: false", "closed state 'delivered'", "done", "runs", "done"),
        (28, "4, open: false", "closed state 'delivered'", "done", "stopped", "done"),
    ],
)
def test_the_clock_of_a_state_fits_it(faults, line, order, kind, clock, wrong, right):
    assert faults(f"order: {order}, clock: {clock}", f"order: {order}, clock: {wrong}") == [
        f"{FILE}:{line}: the {kind} has the clock {wrong}; allowed: {right}"
    ]


def test_same_and_previous_are_no_states(faults):
    assert faults("code: published, name", "code: previous, name", "to: published", "to: previous") == [
        f"{FILE}:29: the state 'previous' is never reached from 'received'",
        f"{FILE}:29: 'previous' is a word for transitions; allowed: another code",
    ]


ASK = "{act: ask_extension, from: [received, in_hand], to: same, who: [lead_officer], needs_reason: true}"
REFUSE = "{act: refuse_extension, from: [in_hand], to: same, who: [lead_head], needs_reason: true}"


def test_an_extension_asked_for_can_be_granted_and_refused_where_it_is_asked(faults):
    assert faults(START, f"{START}\n  - {ASK}\n  - {REFUSE}") == [
        f"{FILE}:32: an extension is asked for in 'received', from where the act {act} is missing;"
        f" allowed: {act} from received"
        for act in ("extend", "refuse_extension")
    ]


def test_an_extension_that_nobody_asks_for_is_not_refused(faults):
    assert faults(START, f"{START}\n  - {REFUSE}") == [
        f"{FILE}:32: the act refuse_extension in a type where nobody asks for an extension;"
        " allowed: a transition ask_extension"
    ]


@pytest.mark.parametrize("act", ["pass_on", "return_to_planning", "reopen", "ask_again"])
def test_what_takes_a_case_from_somebody_needs_a_reason(faults, act):
    line = f"{{act: {act}, from: [in_hand], to: received, who: [lead_head]}}"
    assert faults(START, f"{START}\n  - {line}") == [
        f"{FILE}:32: {act} without a reason; allowed: needs_reason: true"
    ]


def test_to_extend_needs_a_reason(faults):
    assert faults("who: [lead_officer], needs_reason: true", "who: [lead_officer]") == [
        f"{FILE}:32: extend without a reason; allowed: needs_reason: true"
    ]


def test_to_deliver_needs_the_delivery_on_record(faults):
    assert faults(", needs: [delivery]", "") == [
        f"{FILE}:35: deliver without delivery on record; allowed: needs: delivery"
    ]


def test_to_approve_needs_the_answer_and_the_signer_on_record(faults):
    line = "{act: approve, from: [in_hand], to: same, who: [lead_head], needs: [answer]}"
    assert faults(START, f"{START}\n  - {line}") == [
        f"{FILE}:32: approve without signer on record; allowed: needs: signer"
    ]


def test_an_extension_promised_is_an_act(faults):
    assert faults(
        "  - {act: extend, from: [in_hand], to: same, who: [lead_officer], needs_reason: true}\n", ""
    ) == [f"{FILE}:8: extension is promised, but the act extend is missing; allowed: a transition extend"]
    assert faults("extension: {times: 1, length: 10, unit: days, needs_reason: true}", "extension:") == [
        f"{FILE}:8: the act extend in a type without extension; allowed: extension, or no transition extend"
    ]


def test_a_pause_promised_is_an_act_with_its_end(faults):
    assert faults("pause: true", "pause: false") == [
        f"{FILE}:9: the act pause in a type without pause; allowed: pause, or no transition pause"
    ]
    assert faults("act: pause,", "act: submit,") == [
        f"{FILE}:9: pause is promised, but the act pause is missing; allowed: a transition pause"
    ]
    assert faults("act: resume,", "act: submit,") == [
        f"{FILE}:9: a paused case could never go on; allowed: a transition resume"
    ]
