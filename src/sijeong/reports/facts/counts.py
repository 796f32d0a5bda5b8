"""Counts in prose with their parts: 총 112건 접수 … (폐지42, 보류25, 제외25)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from sijeong.reports.facts.values import NUMBER, from_match
from sijeong.reports.reading.documents import Place
from sijeong.reports.reading.outline import Item

_COUNTED = re.compile(
    r"건|명|개|개소|곳|회|차례|대|가구|세대|호|실|팀|부|면|병상|동|필지|쌍|점|권|편|종|개월|개국|인|원|개사|개교|사업|과제|기관|㎡|㎞|km|ha|톤|매|석|분야|차|주"
)
_PART = re.compile(
    r"\s*(?P<name>[^,，/()\d]*?[^\s,，/()\d△])\s*[:：]?\s*\(?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>백만|천만|억|만|천|조)?\s*(?P<unit>[가-힣%㎡㎞]{0,3}|km|ha)\)?\s*"
)
_BRACKET = re.compile(r"\(([^()]{5,200})\)")
_BETWEEN = re.compile(r",(?!\d{3})|，|/|·(?=[가-힣]+\s?\d)")
_DATED = re.compile(r"['’‘′~→]")
_SCALES = {"백만": 10**6, "천만": 10**7, "억": 10**8, "만": 10**4, "천": 1000, "조": 10**12}
_ORDINAL = re.compile(r"^\s*\d{1,2}(차|단계|분기|월|기|호선|급|권역)(?=\s)")
_LAST = re.compile(r"[(,]\s?(?:총|합계|계)\s?(?P<total>\d[\d,]*)\s?(?P<unit>[가-힣]{1,2})\)?\s*$")
_OPEN_ENDED = re.compile(r"(?:^|[\s,])(?:약|등|외)(?=[\s,]|$)|\d[가-힣]?\s*등|이상|내외|\d여")
_DIGIT = re.compile(r"\d")
_NAMED = re.compile(r"[^0-9]*[가-힣A-Za-z][^0-9]*")


@dataclass(slots=True)
class Count:
    """A stated total with the parts named beside it. `exhaustive` is False after 등, 약, 이상.

    `step` is the printed unit of money in 백만원 or 억원, whose parts are rounded; 0 for what is counted.
    """

    total: Decimal
    unit: str
    text: str
    place: Place
    parts: list[tuple[str, Decimal]] = field(default_factory=list)
    exhaustive: bool = True
    step: Decimal = Decimal(0)


def counts(items: list[Item]) -> list[Count]:
    """Every count with parts in brackets beside it."""
    found: list[Count] = []
    for item in items:
        if _DIGIT.search(item.text):
            if "(" in item.text:
                found.extend(_counts(item))
            if "," in item.text and (count := _trailing(item)):
                found.append(count)
    return found


def _counts(item: Item) -> list[Count]:
    text = item.text
    found: list[Count] = []
    for match in _BRACKET.finditer(text):
        parts = split_parts(_listed(match[1]))
        if len(parts) < 2:
            continue
        total = _total_before(text[: match.start()])
        if total is None:
            continue
        amount, unit, loose, step = total
        units = {u for _, _, u in parts if u}
        if step > 1 and not units and all(number < step for _, number, _ in parts):
            parts = [(name, number * step, "") for name, number, _ in parts]  # 2,400백만원(국비 1,200, …)
        if units and (len(units) > 1 or (unit and units != {unit})):
            continue
        open_ended = loose or bool(_OPEN_ENDED.search(match[1]))
        named = [(name, number) for name, number, _ in parts]
        found.append(
            Count(
                amount,
                unit,
                text[max(0, match.start() - 60) : match.end()],
                item.place,
                named,
                not open_ended,
                Decimal(0) if step == 1 else step,
            )
        )
    return found


def _trailing(item: Item) -> Count | None:
    """A total behind its parts: 적격 8건, 부적격 2건 (총 10건)."""
    match = _LAST.search(item.text)
    parts = split_parts(item.text[: match.start()].rpartition(":")[2]) if match else []
    if match is None or len(parts) < 2 or {u for _, _, u in parts if u} - {match["unit"]}:
        return None
    total = Decimal(match["total"].replace(",", ""))
    named = [(name, number) for name, number, _ in parts]
    said = f"총 {match['total']}{match['unit']} ({item.text[: match.start()].strip()})"
    return Count(total, match["unit"], said, item.place, named)


def _listed(inside: str) -> str:
    """A sum written out (= 강사료 2,000천원 + 재료비 1,500천원) as a list."""
    bare = inside.strip().removeprefix("=")
    return ", ".join(bare.split("+")) if "+" in bare and not re.search(r",(?!\d{3})", bare) else bare


def split_parts(inside: str) -> list[tuple[str, Decimal, str]]:
    """(name, number, unit) of `폐지42, 보류25, 제외25`; nothing unless every piece is a name with one
    number.
    """
    parts: list[tuple[str, Decimal, str]] = []
    for piece in _BETWEEN.split(inside):
        ordinal = _ORDINAL.match(piece)
        match = _PART.fullmatch(piece[ordinal.end(1) - 1 :] if ordinal else piece)
        if not match or not _NAMED.fullmatch(match["name"]) or _DATED.search(piece):
            return []
        number = Decimal(match["number"].replace(",", ""))
        scale = _SCALES.get(match["scale"] or "", 1)
        name = f"{ordinal[0].strip()}{match['name'][1:]}" if ordinal else match["name"].strip()
        parts.append((name, number * scale, re.sub(r"등$", "", match["unit"])))
    return parts


def _total_before(before: str) -> tuple[Decimal, str, bool, Decimal] | None:
    """The count that stands before a bracket in the same statement: the last one led by 총 or 계, or the
    one next to it.
    """
    found = [
        m
        for m in NUMBER.finditer(before)
        if (m["unit"] and _COUNTED.fullmatch(m["unit"])) or m["body"][-1] in "억만조"
    ]
    if not found:
        return None
    led = [m for m in found if re.search(r"(총|합계|전체|계)\s*$", before[: m.start()])]
    adjacent = not before[found[-1].end() :].strip(" :：*")
    if not led and not adjacent:
        return None
    match = led[-1] if led else found[-1]
    value = from_match(match)
    if value.kind != "number":
        return None
    loose = bool(re.search(r"약\s*$", before[: match.start()])) or bool(
        re.match(r"\s*(이상|내외|여|등)", before[match.end() :])
    )
    return value.amount, value.unit, loose, value.step
