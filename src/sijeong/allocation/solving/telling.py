"""A definition told in plain words: what a page shows to who has to sign it."""

from __future__ import annotations

from .definition import Definition
from .words import AIMS, METHODS

Section = tuple[str, tuple[str, ...]]


def sections(definition: Definition) -> tuple[Section, ...]:
    """Headings with their lines, in the order in which one asks."""
    told = [
        ("근거", definition.basis),
        ("누구에게 무엇을", (f"{definition.applicants.noun}에게 {definition.resources.noun}을(를) 줍니다.",)),
        ("먼저 받는 사람", classes(definition)),
        ("같은 등급에서는", (ties(definition),)),
        ("지켜야 하는 것", limits(definition)),
        ("그다음에 보는 것(앞선 것부터)", tuple(AIMS[aim] for aim in definition.aims)),
        ("푸는 방법", (f"{METHODS[definition.method][0]}. {METHODS[definition.method][1]}",)),
    ]
    return tuple((name, lines) for name, lines in told if lines)


def classes(definition: Definition) -> tuple[str, ...]:
    lines = [f"{n}. {each.name} (근거: {each.basis})" for n, each in enumerate(definition.classes, start=1)]
    if len(lines) > 1:
        lines.append("앞 등급이 자리를 못 받는데 뒤 등급이 받는 일은 없습니다.")
    lines += by_division(definition)
    names = [each.name for each in definition.classes if each.code in definition.must_serve]
    if names:
        lines.append(
            f"{', '.join(names)}은(는) 한 사람도 빠질 수 없습니다. 다 받을 수 없으면 아무도 배정하지 않습니다."
        )
    return tuple(lines)


def by_division(definition: Definition) -> list[str]:
    """Whose applications have which class, where the division decides it."""
    if definition.by_division is None:
        return []
    names = {each.code: each.name for each in definition.classes}
    told = definition.by_division
    lines = [f"{names[code]}: {', '.join(divisions)}." for code, divisions in told.named.items()]
    lines += [f"{names[code]}: 열린 사안이 {count}건 이상인 부서." for code, count in told.busy.items()]
    last = definition.classes[-1].name
    return [
        f"이곳에 낸 신청의 등급은 신청자가 고르지 않고 명단을 만드는 날의 부서로 정합니다. 나머지는 {last}입니다.",
        *lines,
    ]


def ties(definition: Definition) -> str:
    if definition.tie == "received":
        return "먼저 접수한 사람이 먼저 받습니다."
    return "추첨합니다. 명단을 먼저 굳혀 공고하고, 추첨 값은 그 뒤에 알려지므로 누구나 다시 셈할 수 있습니다."


def limits(definition: Definition) -> tuple[str, ...]:
    lines = []
    for quota in definition.quotas:
        over = f"넘으면 한 자리에 {quota.price}의 값을 칩니다." if quota.price else "넘을 수 없습니다."
        lines.append(f"‘{quota.share}’은(는) 자리마다 {quota.percent}%까지입니다. {over}")
    match definition.structure:
        case "places":
            lines += of_places(definition)
        case "nights":
            lines += of_nights(definition)
        case "choices":
            most = definition.choices.up_to if definition.choices else 0
            lines.append(f"한 권역 안에서 {most}곳까지 고릅니다. 희망을 거짓으로 적어 득을 볼 수 없습니다.")
        case _:
            lines += of_visits(definition)
    return tuple(lines)


def of_places(definition: Definition) -> list[str]:
    part, lines = definition.the_places, []
    names = {each.code: each.name for each in definition.classes}
    if part.districts:
        far = (
            "거리에 한도는 없습니다."
            if part.reach >= 99
            else f"{part.reach}개 구의 경계보다 멀리는 보내지 않습니다."
        )
        lines.append(f"거리는 넘어야 하는 구의 경계로 셉니다. {far}")
    if len(part.tiers) > 1:
        steps = ", ".join(f"{share}%까지 {price}" for share, price in part.tiers)
        lines.append(f"한곳에 몰리지 않게, 찰수록 한 자리의 값이 오릅니다: {steps}.")
    if definition.needs:
        lines.append(f"필요한 것({', '.join(definition.needs)})을 모두 제공하는 곳으로만 갑니다.")
    lines += [f"{names[code]}은(는) {days}일이 지나면 나갑니다." for code, days in part.stay.items()]
    lines += [
        f"‘{need}’에 {days}일을 넘겨 머물면 ‘{after}’(으)로 옮깁니다."
        for need, (days, after) in part.step_down.items()
    ]
    return lines


def of_nights(definition: Definition) -> list[str]:
    part = definition.the_nights
    rooms = ", ".join(f"{each.room} 성수기 {each.high}·비수기 {each.low}실" for each in part.rooms)
    return [f"{part.first}부터 {part.last}까지의 밤, 한 번에 {part.longest}박까지입니다.", f"{rooms}."]


def of_visits(definition: Definition) -> list[str]:
    part = definition.the_visits
    lines = [
        f"{definition.classes[0].name}에는 분야가 서로 다른 둘이 함께 갑니다({', '.join(part.fields)}).",
        f"한 사람은 한나절에 {part.each}번, 한 주에 {part.most}번까지 갑니다.",
        f"한 가구는 모두 {part.longest}번까지 받습니다.",
    ]
    if part.average is not None:
        lines.append(f"가구마다 평균 {part.average}번이 되도록, 덜 받은 가구가 먼저입니다.")
    return lines
