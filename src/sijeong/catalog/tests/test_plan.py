"""What a plan says would change."""

import json

from hypothesis import given
from hypothesis import strategies as st

from sijeong.catalog import CaseType, digest, plan, read_city
from sijeong.catalog.tests.small_city import SEOUL

SHIPPED = read_city(SEOUL).case_types


def edited(code: str, edit) -> CaseType:
    data = SHIPPED[code].as_json()
    edit(data)
    return CaseType.from_json(data)


def test_nothing_changes_between_a_catalog_and_itself():
    nothing = plan(SHIPPED, SHIPPED)
    assert not nothing
    assert str(nothing) == "바뀌는 사안 유형이 없습니다."
    assert nothing.as_json() == {"created": (), "changed": (), "removed": ()}


def test_a_plan_names_what_is_created_changed_and_removed():
    def shorten(data):
        data["norm"] = 7
        data["states"][2]["public"] = "답변 작성 중"
        data["transitions"][0]["who"] = ["planning", "administrator"]

    new = {code: ct for code, ct in SHIPPED.items() if code != "law_improvement"}
    new["data_request"] = edited("data_request", shorten)
    old = {code: ct for code, ct in SHIPPED.items() if code != "city_question"}
    assert str(plan(old, new)) == (
        "+ 신설 시정질문 (city_question)\n"
        "~ 변경 의원요구자료 (data_request)\n"
        "    norm: 없음 → 7\n"
        '    states.in_hand.public: "처리 중" → "답변 작성 중"\n'
        '    transitions.assign.who: ["planning"] → ["planning", "administrator"]\n'
        "- 폐지 법령·제도개선 건의 (law_improvement)\n"
        "신설 1, 변경 1, 폐지 1.\n"
        "진행 중인 사안은 접수할 때의 유형을 그대로 따릅니다."
    )


def test_a_first_catalog_is_all_new_and_touches_no_running_case():
    first = plan({}, SHIPPED)
    assert len(first.created) == 8
    assert str(first).endswith("신설 8, 변경 0, 폐지 0.")


def test_parts_are_told_by_name_not_by_place():
    def insert(data):
        data["fields"].insert(0, {"code": "urgent", "name": "긴급", "type": "yes_no"})

    [change] = plan(SHIPPED, {**SHIPPED, "data_request": edited("data_request", insert)}).changed
    assert [difference.path for difference in change.differences] == ["fields.urgent"]
    assert change.differences[0].old is None


def test_a_change_of_order_alone_is_a_change():
    [change] = plan(
        SHIPPED, {**SHIPPED, "audit_finding": edited("audit_finding", lambda data: data["kinds"].reverse())}
    ).changed
    assert str(change.differences[0]) == (
        'kinds 순서: ["correction", "suggestion", "other"] → ["other", "suggestion", "correction"]'
    )


def test_the_second_transition_of_an_act_has_a_name_of_its_own():
    def again(data):
        data["transitions"].append({**data["transitions"][0], "from": ["paused"]})

    [change] = plan(SHIPPED, {**SHIPPED, "data_request": edited("data_request", again)}).changed
    assert [difference.path for difference in change.differences] == ["transitions.assign#2"]


def test_a_plan_goes_to_json_and_back():
    told = plan(SHIPPED, {}).as_json()
    assert json.loads(json.dumps(told))["removed"][0] == {
        "code": "audit_finding",
        "name": "행정사무감사 처리요구사항",
        "differences": [],
    }


@given(st.data())
def test_a_type_changed_anywhere_is_a_plan_and_the_same_type_is_none(data):
    code = data.draw(st.sampled_from(sorted(SHIPPED)))
    other = data.draw(st.sampled_from(sorted(SHIPPED)))
    content = SHIPPED[code].as_json()
    part = data.draw(st.sampled_from(sorted(set(content) - {"code"})))
    content[part] = SHIPPED[other].as_json()[part]
    new = CaseType.from_json(content)
    same = new == SHIPPED[code]
    told = plan({code: SHIPPED[code]}, {code: new})
    assert bool(told) != same
    assert (digest(new) == digest(SHIPPED[code])) == same
    assert not plan({code: new}, {code: new})
    assert all(
        difference.path.split(".")[0].removesuffix(" 순서") == part
        for each in told.changed
        for difference in each.differences
    )
