"""Two reports of one bureau: changes are told, not judged."""

from sijeong.reports.facts.compare import compare
from sijeong.reports.tests.making import hwpx, p, tp
from sijeong.reports.tests.test_facts import facts


def report(actual: int, budget: str, plan: str, title: str = "민생 현장방문 추진") -> bytes:
    staff = [
        ["구분", "총계", "3급", "8‧9급"],
        ["정원", "34", "9", "25"],
        ["현원", str(actual), "9", str(actual - 9)],
    ]
    money = [["과목", "예산액", "집행액", "잔액"], ["업무추진비", budget, "43,544", "297,656"]]
    body = p("예산 집행현황 (단위: 천원)") + tp(money) + p(f"1 {title}") + p("□ 추진계획") + p(plan)
    return hwpx(tp(staff) + body)


def test_figures_that_changed_are_told_with_their_difference():
    result = compare(facts(report(34, "341,200", "○ 확대")), facts(report(32, "357,200", "○ 확대")))
    assert {c.what: c.difference for c in result.changed} == {
        "총계": "정원 +0 / 현원 -2",
        "8·9급": "정원 +0 / 현원 -2",
        "예산 업무추진비": "예산액 +16,000,000, 집행액 +0, 잔액 +0",
    }


def test_the_same_report_twice_has_no_change():
    one = facts(report(34, "341,200", "○ 쪽방촌 순회 상담"))
    result = compare(one, one)
    assert (result.changed, result.new, result.gone, result.silent) == ([], [], [], [])


def test_a_promise_that_is_not_mentioned_again_is_named():
    then = facts(report(34, "341,200", "○ 쪽방촌 순회 상담소 설치"))
    kept = facts(report(34, "341,200", "○ 쪽방촌 상담소를 설치하고 순회 확대"))
    lost = facts(report(34, "341,200", "○ 기자설명회 개최"))
    assert compare(then, kept).silent == []
    assert compare(then, lost).silent == ["민생 현장방문 추진: 쪽방촌 순회 상담소 설치"]


def test_programmes_that_come_and_go_are_named():
    then = facts(report(34, "341,200", "○ 확대"))
    now = facts(report(34, "341,200", "○ 확대", "난임부부 시술비"))
    result = compare(then, now)
    assert (result.new, result.gone) == (["사업 난임부부 시술비"], ["사업 민생 현장방문 추진"])
