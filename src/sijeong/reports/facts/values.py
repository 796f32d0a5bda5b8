"""Numbers as Korean offices print them: scale, unit, sign, precision, and what is too broken to be a number.

`22조 9,953억원`, `1,234백만원`, `△36.4%`, `31/33`, `-`, `약 150여 명`. A number keeps the size of its last
printed place
(`step`), so that a check knows the interval it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

SCALES = {
    "십": 10,
    "백": 100,
    "천": 1_000,
    "만": 10**4,
    "십만": 10**5,
    "백만": 10**6,
    "천만": 10**7,
    "억": 10**8,
    "십억": 10**9,
    "백억": 10**10,
    "천억": 10**11,
    "조": 10**12,
}
UNITS = (
    "원|명|인|건|개소|개|곳|회|차례|대|호|가구|세대|호실|실|팀|부|면|병상|동|필지|쌍|점|권|편|종|개월|개국|개사|개교|사|년|월|일|시간|분|박|주|톤"
    "|㎡|㎢|㎞|km|㎏|kg|t|m|ha|kW|MW|kWh|매|석|분야|과제|사업|기관|부서|단계|배|위|급|세|점|달러|불|%p|%P|%포인트|%|％|퍼센트"
)
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_SCALE = "백만|천만|십만|천억|백억|십억|조|억|만|천|백"
_ONE = rf"({_DIGITS})\s?({_SCALE})?"
NUMBER = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<sign>[△▲▽▼−–\-+＋](?=\s?\d))?\s?(?P<body>{_DIGITS}(?:\s?(?:{_SCALE}))?(?:\s?{_DIGITS}\s?(?:{_SCALE}))*"
    rf"(?:(?<=[조억만])\s?{_DIGITS})?)\s?(?P<unit>(?:{UNITS})(?![가-힣A-Za-z]*\d))?"
)
_PIECE = re.compile(_ONE)
_DIGIT = re.compile(r"\d")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})*(\.\d+)?|\d+(\.\d+)?")
_BROKEN_GROUPS = re.compile(
    r"\d+(,\d+)*,\d{4,}(,\d+)*|\d{4,}(,\d+)+|\d{1,3}(,\d{3})+,\d{1,2}|\d{1,3}(,\d{1,2})+(,\d{3})+"
)
NEGATIVE = "△▲▽▼−–-"
DASHES = {"-", "–", "—", "―", "－", "‐", "ㅡ", "−", "·", "."}


class Value(NamedTuple):
    """One figure as printed.

    kind: number, pair (quota/actual), dash (nothing, counted as 0), blank (not stated), text, or malformed.
    amount is in base units (원, 명, %), step the size of its last printed place. `aside` is a second figure
    in
    brackets beside it: 43,544 (12.8%).
    """

    kind: str
    text: str
    amount: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    unit: str = ""
    second: Decimal | None = None
    aside: Value | None = None
    loose: str = ""

    @property
    def numeric(self) -> bool:
        return self.kind == "number"


BLANK = Value("blank", "")
_ZERO = Decimal(0)


@lru_cache(maxsize=16384)
def cell_value(text: str) -> Value:
    """The value of a whole table cell (its lines joined by newlines)."""
    bare = text.strip()
    if not bare:
        return BLANK
    if bare in DASHES:
        return Value("dash", bare)
    if not _DIGIT.search(bare):
        return Value("text", bare)
    return (
        _plain(bare)
        or _pair(bare)
        or _with_aside(bare)
        or _to_one(bare)
        or _spelt(bare)
        or Value("text", bare)
    )


_TO_ONE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?:\s?1")
_PLAIN = re.compile(r"([△▲▽▼−–+\-])?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")


def _plain(text: str) -> Value | None:
    """The commonest cell: a bare number."""
    match = _PLAIN.fullmatch(text)
    if not match:
        return None
    sign, whole, decimals = match.groups()
    amount = Decimal(whole.replace(",", "") + (decimals or ""))
    step = Decimal(1).scaleb(1 - len(decimals)) if decimals else Decimal(1)
    return Value("number", text, -amount if sign and sign in NEGATIVE else amount, step)


def _to_one(text: str) -> Value | None:
    """A ratio to one: 24.0:1."""
    match = _TO_ONE.fullmatch(text)
    plain = _plain(match[1]) if match else None
    return plain._replace(text=text, unit=":1") if plain else None


def _pair(text: str) -> Value | None:
    match = re.fullmatch(r"(\d[\d,]*|-)\s*/\s*(\d[\d,]*|-)", text)
    if not match:
        return None
    first, second = (_ZERO if part == "-" else Decimal(part.replace(",", "")) for part in match.groups())
    return Value("pair", text, first, Decimal(1), "", second)


def _with_aside(text: str) -> Value | None:
    """A figure followed by one in brackets, or a figure all in brackets (negative unless it is a rate)."""
    match = re.fullmatch(
        r"(?P<main>[^()\[\]]*?)\s*[(\[](?P<aside>[^()\[\]]+)[)\]]\s*(?P<tail>[가-힣%]{0,4})", text, re.S
    )
    if not match:
        return None
    inner = _spelt(match["aside"].strip())
    main = match["main"].strip()
    if not main:
        if inner is None or inner.kind == "malformed":
            return inner
        bracketed = inner._replace(text=text, loose="bracketed")
        return (
            bracketed
            if inner.unit.startswith("%") or inner.amount < 0
            else bracketed._replace(amount=-inner.amount)
        )
    outer = _plain(main) or _spelt(main)
    if outer is None:
        return None
    return outer._replace(text=text, aside=inner)


_LOOSE = re.compile(
    r"^(약|총|최대|최소|계|금|₩|\\|￦|연|월|일)\s*|\s*(여|이상|이하|초과|미만|내외|안팎|정도|정|이내)\s*$"
)


def _spelt(text: str) -> Value | None:
    """A number with scale and unit that fills the whole text; None if other words are in it."""
    loose: list[str] = []
    bare = text.strip()
    while match := _LOOSE.search(bare):
        loose += [word for word in match.groups() if word]
        bare = (bare[: match.start()] + bare[match.end() :]).strip()
    bare = re.sub(r"(?<=\d)여(?=\s?[가-힣%])", "", bare)
    match = NUMBER.fullmatch(bare)
    if not match:
        whole = re.fullmatch(rf"[△▲−\-+]?\s?([\d,]+)\s?(?:{_SCALE})?(?:{UNITS})?", bare)
        return Value("malformed", text) if whole and not well_grouped(whole[1]) else None
    value = from_match(match)
    return value._replace(text=text, loose=" ".join(loose))


def from_match(match: re.Match[str]) -> Value:
    """The value of a `NUMBER` match: pieces of falling scale are added, anything else is malformed."""
    total, step, last = _ZERO, Decimal(1), None
    unit = match["unit"] or ""
    for digits, scale in _PIECE.findall(match["body"]):
        if "," in digits and not _GROUPED.fullmatch(digits):
            return Value("text" if well_grouped(digits) else "malformed", match[0].strip(), unit=unit)
        factor = SCALES[scale] if scale else 1
        if last is not None and last < 10_000 <= factor:  # 1천2백만: the thousand counts ten thousands too
            myriad = 10 ** ((len(str(factor)) - 1) // 4 * 4)
            total, last = total * myriad, last * myriad
        if last is not None and factor >= last:
            return Value("malformed", match[0].strip(), unit=unit)
        last = factor
        number = Decimal(digits.replace(",", ""))
        total += number * factor
        step = Decimal(1).scaleb(int(number.as_tuple().exponent)) * factor
    negative = bool(match["sign"]) and match["sign"] in NEGATIVE
    unit = {"％": "%", "퍼센트": "%", "%P": "%p", "%포인트": "%p"}.get(unit, unit)
    return Value("number", match[0].strip(), -total if negative else total, step, unit)


def well_grouped(digits: str) -> bool:
    """False for commas that are no thousands: 35,498,8000 and 1234,567; True for 1,234 and for lists like
    1,2.
    """
    return (
        "," not in digits
        or bool(_GROUPED.fullmatch(digits))
        or not _BROKEN_GROUPS.fullmatch(digits.partition(".")[0])
    )


class Found(NamedTuple):
    """A value inside running text."""

    value: Value
    start: int
    end: int


def find_values(text: str) -> Iterator[Found]:
    """Every number in running text, with its place."""
    for match in NUMBER.finditer(text):
        value = from_match(match)
        if value.kind != "text":
            yield Found(value, match.start(), match.end())


_HANGUL_DIGITS = {ch: n for n, ch in enumerate("영일이삼사오육칠팔구")} | {"공": 0, "육": 6, "륙": 6}
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}


def hangul_number(words: str) -> int | None:
    """`칠천이백삼십만` → 72,300,000; None if it is no number."""
    total = section = digit = 0
    for ch in words.replace(" ", ""):
        if ch in _HANGUL_DIGITS:
            digit = _HANGUL_DIGITS[ch]
        elif ch in _SMALL:
            section += (digit or 1) * _SMALL[ch]
            digit = 0
        elif ch in _LARGE:
            total += (section + digit or 1) * _LARGE[ch]
            section = digit = 0
        else:
            return None
    return total + section + digit
