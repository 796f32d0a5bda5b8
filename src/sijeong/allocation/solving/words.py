"""The sentences in which decisions are explained, plain Korean, one a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

METHODS = {
    "places": (
        "최소비용 흐름(동등 신청 묶음)",
        "자리와 정원의 문제여서 최소비용 흐름으로 풀었고, 정수 최적이 증명됩니다.",
    ),
    "nights": (
        "시간축 최소비용 흐름",
        "잇단 밤의 문제여서 시간축 위의 흐름으로 풀었고, 정수 최적이 증명됩니다.",
    ),
    "choices": (
        "지연 수락(게일·섀플리)",
        "양쪽이 서로 고르는 문제여서 지연 수락으로 풀었고, 안정적이며 신청자에게 가장 좋습니다.",
    ),
    "lending": (
        "정수계획(HiGHS)",
        "구분끼리 방을 빌리면 밤마다 두 한도가 엇갈려 흐름이 아니므로 정수계획으로 풀었고, 값과 함께 한계값을 밝힙니다.",
    ),
    "visits": (
        "정수계획(HiGHS)",
        "짝·시간·이동이 얽힌 문제여서 정수계획으로 풀었고, 값과 함께 한계값을 밝힙니다.",
    ),
}

AIMS = {
    "served": "배정받은 신청",
    "pairs_served": "둘이 함께 가는 방문",
    "quota": "비율을 넘긴 자리(방은 밤마다)의 값",
    "moved": "자리를 옮긴 사람",
    "own": "사는 곳 밖으로 간 신청",
    "distance": "등급을 따진 거리(구)의 합",
    "balance": "부담 쏠림의 값",
    "before": "이미 다녀온 횟수의 합",
    "nights": "쓰인 밤",
    "rank": "순번의 합",
    "even": "평균보다 덜 받은 가구에 채운 방문",
    "same": "전과 같은 담당자의 방문",
    "travel": "이동 거리(구)의 합",
    "wish": "첫째 희망대로 된 신청",
    "pairs": "짝 지은 멘토",
}

SENTENCES = {
    "places": (
        "가장 가까운 곳인 {got}에 배정되었습니다(등급 안 순번 {position}).",
        "가까운 곳({best})의 자리가 모두 차서 {got}에 배정되었습니다(등급 안 순번 {position}).",
        "더 가까운 곳({best})에 빈자리가 있으나 그 자리의 비율이나 앞선 목표가 걸려 {got}에 배정되었습니다(등급 안 순번 {position}).",
        "배정되지 않았습니다. {best}을(를) 비롯해 갈 수 있는 모든 곳의 자리가 앞 순번까지 찼습니다(등급 안 순번 {position}). {change}",
        "배정되지 않았습니다. 필요한 것을 제공하면서 갈 수 있는 거리에 있는 곳이 없습니다.",
    ),
    "seats": (
        "{got}에 배정되었습니다(등급 안 순번 {position}).",
        "{best}의 자리가 모두 차서 {got}에 배정되었습니다(등급 안 순번 {position}).",
        "비율이나 앞선 목표가 걸려 {got}에 배정되었습니다(등급 안 순번 {position}).",
        "배정되지 않았습니다. {best}의 자리가 앞 순번까지 찼습니다(등급 안 순번 {position}). {change}",
        "배정되지 않았습니다. 필요한 것을 제공하는 곳이 없습니다.",
    ),
    "nights": (
        "{got}에 배정되었습니다(순번 {position}).",
        "배정되지 않았습니다. 원한 {nights}박 가운데 {full}박의 {room} 방이 모두 찼고(막힌 밤 {first}), "
        "그 방은 앞 등급 {higher}건, 같은 등급 {same}건이 씁니다. 같은 날짜·등급 신청 {equals}건 가운데 "
        "{equals_served}건이 받았고 이 신청은 {equals_position}번째입니다.",
    ),
    "choices": (
        "{wish}지망 {got}에 배정되었습니다.",
        "배정되지 않았습니다. 희망한 지역이 모두 더 앞선 팀으로 찼습니다. "
        "가장 가까웠던 곳은 {best}이며, 기다리는 순서 {waiting}번째입니다.",
        "배정되지 않았습니다. 희망한 지역에서 선택하지 않았습니다.",
    ),
    "visits": (
        "{slot}에 {got}의 방문이 잡혔습니다.",
        "{slot}에 {got}, {second}의 공동 방문이 잡혔습니다.",
        "방문이 잡히지 않았습니다. 가능한 시간에 맞는 분야의 담당자가 모두 찼습니다(가능했던 담당자·시간 {options}개).",
        "방문이 잡히지 않았습니다. 가능한 시간에 맞는 분야의 담당자가 없습니다.",
        "이미 정해진 방문 횟수를 모두 마쳤습니다.",
    ),
}


def sentence(structure: str, code: int, facts: Mapping[str, object]) -> str:
    """The explanation of one decision."""
    more = facts.get("more")
    change = ""
    if isinstance(more, int):
        change = (
            f"그곳에 자리가 {more}개 더 있었다면 배정되었습니다(앞에 기다리는 신청 {more - 1}건)."
            if more > 0
            else "그곳의 자리만 늘려서는 배정될 수 없습니다."
        )
    return SENTENCES[structure][code].format(**{**facts, "change": change})


def told(
    structure: str, code: int, facts: Mapping[str, int], labels: Mapping[str, Sequence[str]], got: str
) -> str:
    """The explanation from facts as numbers: those with labels are turned into names first (-1: none)."""
    named = {
        name: labels[name][value] if value >= 0 else "" for name, value in facts.items() if name in labels
    }
    return sentence(structure, code, {**facts, **named, "got": got})
