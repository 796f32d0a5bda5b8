"""Checks figures in running text: parts of a stated count, lists against their number, products, changes,
sums in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from sijeong.reports.checks import verdicts
from sijeong.reports.checks.shares import check_shares
from sijeong.reports.checks.verdicts import Verdict, hint
from sijeong.reports.facts.counts import Count
from sijeong.reports.facts.sums import explained
from sijeong.reports.facts.values import NUMBER, SCALES, find_values, from_match, hangul_number
from sijeong.reports.reading.documents import Place
from sijeong.reports.reading.outline import Item

_PICKED = re.compile(r"(선정|채택|수상|선발|포함|중|이상|내외|증가|감소|제외한|우선)\s*$")
_SETTLED = re.compile(r"(확정|처리|결과|분류|구분|내역|조치|완료|결정|의결|심의|현황|구성)$")
_COUNTED_LIST = re.compile(
    r"(?<![\d,.~∼～→×x\-])(\d{1,2})\s?(개|대|종|명|곳|인|가지|개소|개\s?영역|대\s?분야|개\s?분야|개\s?사업|개\s?기관|개\s?과제|개\s?부서|대\s?과제)"
    r"\s?([가-힣]{0,6})\s?\(([^()]{3,300})\)"
)
_OPEN = re.compile(r"(?:^|[\s,])등(?=[\s,.)]|$)|[가-힣]등$|\s외\s?\d*|[~∼～→/:：;※\n]|약\s?\d")
_SPLIT_TOO = re.compile(r"[·‧ㆍ․]|및|와\s|과\s|\+|&")
_ARROW = re.compile(
    r"(?P<old>\d[\d,]*)\s?(?P<unit>[가-힣]{1,3})?\s?(?:→|⇒|⟶|->)\s?(?P<new>\d[\d,]*)\s?(?P<unit2>[가-힣]{1,3})?\s?"
    r"\(\s?(?P<sign>[+△▲▼\-−])\s?(?P<change>\d[\d,]*)\s?(?P<unit3>[가-힣]{0,3})\s?\)"
)
_SCALE = "백만|천만|십만|천억|백억|십억|조|억|만|천|백"
_FACTOR = rf"\d[\d,]*(?:\.\d+)?\s?(?:{_SCALE})?\s?[가-힣㎡%]{{0,3}}"
_PRODUCT = re.compile(
    rf"({_FACTOR}(?:\s?[×xX＊*]\s?{_FACTOR})+)\s?[=＝]\s?(\d[\d,]*(?:\.\d+)?\s?(?:{_SCALE})?\s?[가-힣]{{0,3}})"
)
_WORDS = re.compile(
    rf"(\d[\d,]*\s?(?:{_SCALE})?\s?원)\s?[(\s]{{0,2}}\s?(?:일?금)\s?"
    r"([영일이삼사오육륙칠팔구십백천만억조 ]{2,40})\s?원"
)
_DIGIT = re.compile(r"\d")
# without one of these no number is malformed: a comma out of place, or two scales in one number
_ODD = re.compile(r",\d{4}|\d{4},\d|,\d{1,2}(?!\d)|(?:[십백천만억조]\s?|\d\s)\d[\d,.]*\s?[십백천만억조]")


def check_counts(counts: list[Count], items: list[Item]) -> tuple[list[Verdict], int]:
    """Counts against the parts named beside them; and how many were tried."""
    order = {item.place: index for index, item in enumerate(items)} if counts else {}
    found: list[Verdict] = []
    tried = 0
    for count in counts:
        if not count.exhaustive or len(count.parts) < 2:
            continue
        tried += 1
        total = sum((number for _, number in count.parts), Decimal(0))
        slack = count.step * (len(count.parts) + 1) / 2
        if abs(total - count.total) <= slack or total in _near(items, order[count.place]):
            continue
        before = count.text.rpartition("(")[0].rstrip()
        beside = before.endswith((count.unit or "원", "억", "만"))
        if _PICKED.search(before) or not (beside or (total < count.total and _SETTLED.search(before))):
            continue
        if explained(int(count.total), [int(number) for _, number in count.parts], 0):
            continue
        said = " + ".join(f"{name} {number:,}" for name, number in count.parts)
        slip = hint(int(count.total), int(total))
        led = re.search(r"(총|계|합계|전체)\s*[\d,]+\s*\S{0,3}[^(]*$", before)
        found.append(
            Verdict(
                verdicts.ERROR if led else verdicts.SUSPICIOUS,
                count.place,
                f"{count.total:,}{count.unit}",
                f"{total:,}{count.unit}",
                said,
                slip,
                cells=[count.place],
            )
        )
    return found, tried


def _near(items: list[Item], index: int) -> set[Decimal]:
    """Every number said in an item, in the one before it and in the one after it."""
    around = items[max(0, index - 1) : index + 2]
    return {found.value.amount for item in around for found in find_values(item.text)}


def check_text(items: list[Item]) -> tuple[list[Verdict], int]:
    """All other arithmetic in statements."""
    found: list[Verdict] = []
    tried = 0
    for item in items:
        text = item.text
        if not _DIGIT.search(text):
            continue
        for verdict in _all(text, item.place):
            tried += 1
            if verdict is not None:
                found.append(verdict)
    return found, tried


def _all(text: str, place: Place) -> Iterator[Verdict | None]:
    """For each relation in a text its verdict, None where it holds."""
    if "(" in text:
        yield from (_list(match, place) for match in _COUNTED_LIST.finditer(text))
    if "→" in text or "⇒" in text or "->" in text:
        yield from (_arrow(match, place) for match in _ARROW.finditer(text))
    if "=" in text or "＝" in text:
        yield from (_product(match, place) for match in _PRODUCT.finditer(text))
    if "금" in text and "원" in text:
        yield from (_in_words(match, place) for match in _WORDS.finditer(text))
    yield from check_shares(text, place)
    if "," in text or "만" in text:
        yield from _malformed(text, place)


def _list(match: re.Match[str], place: Place) -> Verdict | None:
    """`3명(정책수석, 정무수석, 민생특보)`: exhaustive lists only, and no reading of the commas may give the
    number.
    """
    number, inside = int(match[1]), match[4]
    if _OPEN.search(inside) or any(ch.isdigit() for ch in inside) or match[3].endswith(("등", "중", "외")):
        return None
    pieces = [piece.strip() for piece in re.split(r"[,，]", inside) if piece.strip()]
    most = len([piece for piece in re.split(rf"[,，]|{_SPLIT_TOO.pattern}", inside) if piece.strip()])
    if len(pieces) < 3 or len(pieces) <= number <= most or not all(len(piece) <= 20 for piece in pieces):
        return None
    sure = len(pieces) == most and len(pieces) > 3 and abs(len(pieces) - number) == 1
    kind = verdicts.ERROR if sure else verdicts.SUSPICIOUS
    return Verdict(
        kind,
        place,
        f"{number}{match[2]}",
        f"{len(pieces)}{match[2]}",
        f"나열된 것: {', '.join(pieces)}",
        cells=[place],
    )


def _arrow(match: re.Match[str], place: Place) -> Verdict | None:
    units = {match["unit"] or "", match["unit2"] or "", match["unit3"] or ""} - {""}
    if len(units) > 1:
        return None
    old, new, change = (int(match[name].replace(",", "")) for name in ("old", "new", "change"))
    signed = change if match["sign"] == "+" else -change
    if new - old == signed:
        return None
    return Verdict(
        verdicts.ERROR,
        place,
        f"{match['sign']}{change:,}",
        f"{new - old:+,}",
        f"{new:,} − {old:,}",
        cells=[place],
    )


def _product(match: re.Match[str], place: Place) -> Verdict | None:
    factors = [_number(part) for part in re.split(r"[×xX＊*]", match[1])]
    stated = _number(match[2])
    if stated is None or any(f is None for f in factors):
        return None
    result = Decimal(1)
    step = Decimal(0)
    for factor in factors:
        if factor is not None:
            if factor[2]:
                return None
            result *= factor[0]
    amount, step, _ = stated
    scales = [Decimal(1), *(Decimal(s) for s in SCALES.values())]
    if any(abs(result * k - amount) <= step / 2 or abs(result - amount * k) <= step * k / 2 for k in scales):
        return None
    return Verdict(
        verdicts.ERROR, place, match[2].strip(), f"{result.normalize():,f}", match[1].strip(), cells=[place]
    )


def _number(text: str) -> tuple[Decimal, Decimal, bool] | None:
    """(amount, step, is a percentage) of one factor."""
    match = NUMBER.match(text.strip())
    if not match:
        return None
    value = from_match(match)
    return (value.amount, value.step, text.strip().endswith("%")) if value.kind == "number" else None


def _in_words(match: re.Match[str], place: Place) -> Verdict | None:
    number = NUMBER.match(match[1])
    words = hangul_number(match[2])
    if number is None or words is None:
        return None
    value = from_match(number)
    if value.kind != "number" or value.amount == words:
        return None
    return Verdict(
        verdicts.ERROR, place, match[1], f"{words:,}원", f"한글 금액 {match[2].strip()}원", cells=[place]
    )


def _malformed(text: str, place: Place) -> Iterator[Verdict]:
    for found in find_values(text) if _ODD.search(text) else ():
        value = found.value
        if value.kind == "malformed" and (
            value.unit or text[found.start : found.end].count(",") > 1 or "만" in value.text
        ):
            yield Verdict(
                verdicts.MALFORMED, place, value.text, "", "쉼표나 단위가 숫자 꼴이 아님", cells=[place]
            )
