"""Seeded instances of the size the city really has, as the tables that a division would bring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from .definition import Definition
from .districts import Districts

Rows = list[list[str]]


def tables(definition: Definition, districts: Districts, seed: int, scale: float = 1.0) -> dict[str, Rows]:
    """Tables for one of the city's own allocations; `scale` 1 is the real size. Raises KeyError for others."""
    return MAKERS[definition.allocation](definition, districts, np.random.default_rng(seed), scale)


def split(random: np.random.Generator, total: int, parts: int) -> list[int]:
    """`total` in `parts` of very unequal size."""
    share = random.lognormal(0, 0.7, parts)
    sizes = np.floor(share / share.sum() * total).astype(int)
    sizes[int(np.argmax(sizes))] += total - int(sizes.sum())
    return [int(size) for size in sizes]


def pick(random: np.random.Generator, values: Any, count: int, chance: Any = None) -> list[str]:
    return [str(value) for value in random.choice(list(values), count, p=chance)]


def by_size(districts: Districts) -> np.ndarray:
    return districts.weight / districts.weight.sum()


def home_care(
    definition: Definition, districts: Districts, random: np.random.Generator, scale: float
) -> dict[str, Rows]:
    """59,444 patients, 294 institutions in all 25 districts (96 hospitals, 198 clinics), 76,467 places."""
    count, places = round(59_444 * scale), round(76_467 * scale)
    drift = random.dirichlet(by_size(districts) * 60)
    where = pick(random, districts.names, count, drift)
    classes = pick(random, [each.code for each in definition.classes], count, [0.15, 0.35, 0.5])
    patients = [["접수번호", "접수시각", "등급", "자치구"]]
    patients += [[f"H{k:07d}", str(k), classes[k], where[k]] for k in range(count)]
    sites = [*districts.names] * 8 + pick(random, districts.names, 94, by_size(districts))
    rows = [["기관번호", "기관명", "자치구", "정원"]]
    for k, (place, size) in enumerate(zip(sites, split(random, places, 294), strict=True)):
        kind = "병원" if k < 96 else "의원"
        rows.append([f"M{k:03d}", f"{place} {kind} {k + 1}", place, str(size)])
    return {"applicants": patients, "resources": rows}


def beds(
    definition: Definition, districts: Districts, random: np.random.Generator, scale: float
) -> dict[str, Rows]:
    """5,592 beds, of which dialysis 38 in 4 hospitals, maternity 47 in 6, long-term care 1,214 in 7; 5,000 cases."""
    rows = [["기관번호", "기관명", "자치구", "병상", "제공"]]
    kinds = [
        ("투석", 38, 4),
        ("분만", 47, 6),
        ("요양", 1214, 7),
        ("중증", 1100, 24),
        ("중등증", 1993, 30),
        ("회복", 1200, 20),
    ]
    for kind, total, sites in kinds:
        for k, size in enumerate(split(random, round(total * scale), sites)):
            place = pick(random, districts.names, 1)[0]
            rows.append([f"{kind}{k + 1:02d}", f"{place} {kind} 병상 {k + 1}", place, str(size), kind])
    count = round(5_000 * scale)
    where = pick(random, districts.names, count, by_size(districts))
    classes = pick(random, ["중증", "중등증", "경증"], count, [0.2, 0.4, 0.4])
    usual = {"중증": "중증", "중등증": "중등증", "경증": "회복"}
    special = pick(random, ["", "투석", "분만", "요양"], count, [0.78, 0.01, 0.01, 0.2])
    patients = [["접수번호", "접수시각", "중증도", "자치구", "필요"]]
    patients += [
        [f"B{k:05d}", str(k), classes[k], where[k], special[k] or usual[classes[k]]] for k in range(count)
    ]
    return {"applicants": patients, "resources": rows}


def tests(
    definition: Definition, districts: Districts, random: np.random.Generator, scale: float
) -> dict[str, Rows]:
    """83 + 55 + 15 sites with opening hours and 200,000 tests a day; somewhat more people than that."""
    rows = [["검사소번호", "검사소명", "자치구", "시간당", "여는시간"]]
    kinds = [("선별진료소", 83, (9, 18)), ("임시선별검사소", 55, (10, 19)), ("이동검사소", 15, (12, 21))]
    for kind, number, (first, last) in kinds:
        for k in range(number):
            place = districts.names[k % len(districts.names)]
            hourly = round(200_000 * scale / (153 * 9))
            rows.append(
                [
                    f"{kind}{k + 1:02d}",
                    f"{place} {kind} {k + 1}",
                    place,
                    str(hourly),
                    f"{first:02d}-{last:02d}",
                ]
            )
    count = round(210_000 * scale)
    where = pick(random, districts.names, count, by_size(districts))
    classes = pick(random, [each.code for each in definition.classes], count, [0.25, 0.25, 0.5])
    hours = random.integers(9, 20, count)
    people = [["접수번호", "접수시각", "위험등급", "자치구", "희망시각"]]
    people += [[f"T{k:07d}", str(k), classes[k], where[k], str(hours[k])] for k in range(count)]
    return {"applicants": people, "resources": rows}


def benefit_places(
    definition: Definition, _: Districts, random: np.random.Generator, scale: float
) -> dict[str, Rows]:
    """300 places of the egg-freezing programme of 2023, and 1,000 applicants."""
    count = round(1_000 * scale)
    classes = pick(random, [each.code for each in definition.classes], count, [0.1, 0.9])
    people = [["접수번호", "접수시각", "순위"]] + [[f"E{k:05d}", str(k), classes[k]] for k in range(count)]
    return {
        "applicants": people,
        "resources": [["사업번호", "사업명", "자리"], ["F1", "난자 동결 시술비", str(round(300 * scale))]],
    }


def jeju_retreat(
    definition: Definition, _: Districts, random: np.random.Generator, scale: float
) -> dict[str, Rows]:
    """20,000 applications of 1-4 nights, most of them for the summer and for weekends."""
    nights = definition.the_nights
    total, count = (nights.last - nights.first).days + 1, round(20_000 * scale)
    days = np.arange(total)
    wish = 1 + 0.8 * np.exp(-(((days - 120) / 25.0) ** 2)) + 0.5 * ((days + nights.first.weekday()) % 7 >= 4)
    start = random.choice(total, count, p=wish / wish.sum())
    length = np.minimum(random.choice([1, 2, 3, 4], count, p=[0.35, 0.4, 0.15, 0.1]), total - start)
    rooms = pick(random, [each.room for each in nights.rooms], count, [0.28, 0.25, 0.2, 0.17, 0.1])
    shares = pick(random, definition.shares, count, [0.6, 0.4])
    classes = pick(random, [each.code for each in definition.classes], count, [0.08, 0.12, 0.8])
    before = random.choice([0, 1, 2], count, p=[0.7, 0.2, 0.1])
    rows = [["접수번호", "접수시각", "등급", "구분", "객실", "첫밤", "박", "다녀온횟수"]]
    for k in range(count):
        first = date.isoformat(nights.first + timedelta(days=int(start[k])))
        rows.append(
            [f"J{k:06d}", str(k), classes[k], shares[k], rooms[k], first, str(length[k]), str(before[k])]
        )
    return {"applicants": rows, "resources": []}


AREAS = {
    "강원": ("강릉", "삼척", "속초", "영월", "춘천"),
    "충청": ("공주", "괴산", "논산", "제천", "청양"),
    "영남": ("문경", "밀양", "의성", "합천"),
    "호남": ("강진", "군산", "나주", "목포", "완주"),
}
FIELDS = ("먹거리", "관광", "문화", "제조")


def next_local(
    definition: Definition, _: Districts, random: np.random.Generator, scale: float
) -> dict[str, Rows]:
    """100 teams, 19 regions of 4 areas with 3 seats each, scores by the regions, 40 mentors."""
    count, seats = round(100 * scale), max(1, round(3 * scale))
    regions = [["지역", "권역", "자리", "모집"]]
    regions += [[name, area, str(seats), "예"] for area, names in AREAS.items() for name in names]
    teams, scores = (
        [["팀번호", "접수시각", "구분", "권역", "1지망", "2지망", "3지망", "분야"]],
        [["팀번호", "지역", "점수"]],
    )
    for k in range(count):
        area = pick(random, AREAS, 1)[0]
        wishes = [str(name) for name in random.permutation(AREAS[area])[: int(random.integers(1, 4))]]
        number = f"N{k:05d}"
        teams.append([number, str(k), "참가", area, *[*wishes, "", ""][:3], pick(random, FIELDS, 1)[0]])
        scores += [[number, name, str(int(random.integers(500, 1001)))] for name in wishes]
    mentors = [["멘토번호", "권역", "분야"]]
    mentors += [
        [f"R{k:04d}", pick(random, AREAS, 1)[0], pick(random, FIELDS, 1)[0]] for k in range(round(40 * scale))
    ]
    return {"applicants": teams, "resources": regions, "scores": scores, "mentors": mentors}


def care_visits(
    definition: Definition, districts: Districts, random: np.random.Generator, scale: float
) -> dict[str, Rows]:
    """80 households, 16 specialists of three fields in two centres, half-days of a week."""
    visits = definition.the_visits

    def calendar(low: int, high: int) -> str:
        chosen = random.choice(len(visits.slots), int(random.integers(low, high + 1)), replace=False)
        return " ".join(visits.slots[k] for k in sorted(chosen))

    staff = [["담당자번호", "이름", "근무구", "분야", "가능시간"]]
    for k in range(round(16 * scale)):
        field = visits.fields[k % len(visits.fields)]
        staff.append([f"S{k:02d}", f"{field} 담당 {k + 1}", ("중구", "강남구")[k % 2], field, calendar(4, 7)])
    homes = [["가구번호", "접수시각", "구분", "자치구", "분야", "가능시간", "전담당", "방문횟수"]]
    for k in range(round(80 * scale)):
        field = pick(random, visits.fields, 1)[0]
        own = [row[0] for row in staff[1:] if row[3] == field]
        last = pick(random, ["", *own], 1)[0]
        kind, place = (
            pick(random, ["고난도", "일반"], 1, [0.25, 0.75])[0],
            pick(random, districts.names, 1, by_size(districts))[0],
        )
        done = str(min(10, int(random.poisson(4))))
        homes.append([f"V{k:03d}", str(k), kind, place, field, calendar(2, 4), last, done])
    return {"applicants": homes, "resources": staff}


MAKERS: dict[str, Callable[[Definition, Districts, np.random.Generator, float], dict[str, Rows]]] = {
    maker.__name__: maker
    for maker in (home_care, beds, tests, benefit_places, jeju_retreat, next_local, care_visits)
}
