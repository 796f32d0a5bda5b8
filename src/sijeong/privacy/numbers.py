"""Numbers that a state or a bank gave to a person: resident, foreigner, passport, driving licence, card."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from sijeong.privacy.finding import Certainty, Finding, Kind
from sijeong.privacy.plain import before, digits

# Between digits a scan may leave a space or a line end; between groups also a dash or a dot.
GAP = r"[ \n]?"
JOINT = r"[ \n]{0,2}[-.]?[ \n]{0,2}"


def run(count: str) -> str:
    """A pattern of digits with gaps allowed between them; ``count`` like ``6`` or ``3,4``."""
    low, _, high = count.partition(",")
    more = f"{int(low) - 1},{int(high) - 1}" if high else str(int(low) - 1)
    return rf"\d(?:{GAP}\d){{{more}}}"


RESIDENT = re.compile(rf"(?<!\d)(?<!\d-){run('6')}({JOINT})[1-8](?:{GAP}\d){{6}}(?!\d)")
# What a number is called before it; the nearest word decides.
NAMED = re.compile(r"(주민|외국인|거소|생년|주번)|법인|사업자|고유번호")
CENTURY = {"1": 1900, "2": 1900, "5": 1900, "6": 1900, "3": 2000, "4": 2000, "7": 2000, "8": 2000}
# Numbers given from October 2020 on carry no check digit (주민등록법 시행규칙 제2조, 2020. 10. 5.).
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
COMPANY_WEIGHTS = (1, 2) * 6


def born(number: str) -> dt.date | None:
    """The day of birth in a resident number of 13 digits, or None where there is no such day."""
    try:
        return dt.date(CENTURY[number[6]] + int(number[:2]), int(number[2:4]), int(number[4:6]))
    except (KeyError, ValueError):
        return None


def resident_check(number: str) -> bool:
    """Whether the last of 13 digits is the check digit that numbers given before October 2020 have."""
    total = sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False))
    remainder = (11 - total % 11) % 10
    foreign = (13 - total % 11) % 10
    return int(number[12]) == (foreign if number[6] in "5678" else remainder)


def company_check(number: str) -> bool:
    """Whether 13 digits are a company's registration number (법인등록번호)."""
    total = sum(int(d) * w for d, w in zip(number, COMPANY_WEIGHTS, strict=False))
    return int(number[12]) == (10 - total % 10) % 10


def residents(text: str) -> Iterator[Finding]:
    """Resident and foreigner numbers: a real day of birth, and a dash, a check digit or a word that says so."""
    for match in RESIDENT.finditer(text):
        number = digits(match[0])
        words = [bool(word[1]) for word in NAMED.finditer(before(text, match.start(), 24))]
        named, company = bool(words and words[-1]), bool(words and not words[-1])
        if born(number) is None or company:
            continue
        checked, dashed = resident_check(number), "-" in match[1]
        if checked and (dashed or named):
            certainty, why = Certainty.CERTAIN, "생년월일과 검증번호가 맞습니다"
        elif named:
            certainty, why = Certainty.CERTAIN, "생년월일이 있고 앞에 번호의 이름이 있습니다"
        elif dashed and company_check(number) and number.startswith("1101"):
            certainty, why = Certainty.POSSIBLE, "주민등록번호의 꼴이지만 법인등록번호일 수 있습니다"
        elif dashed:
            certainty, why = Certainty.LIKELY, "생년월일이 맞습니다. 2020년 10월부터는 검증번호가 없습니다"
        elif checked and len(match[0]) == 13 + len(match[1]):
            certainty, why = Certainty.LIKELY, "열세 자리가 생년월일과 검증번호에 맞습니다"
        else:
            continue
        kind = Kind.FOREIGNER_NUMBER if number[6] in "5678" else Kind.RESIDENT_NUMBER
        yield Finding(kind, match.start(), match.end(), match[0], certainty, why)


PASSPORT = re.compile(r"(?<![A-Za-z0-9])[MSRODG]" + GAP + r"(?:\d{3}[A-Z]\d{4}|\d{8})(?![A-Za-z0-9])", re.I)
PASSPORT_WORDS = re.compile(r"여권|passport", re.I)


def passports(text: str) -> Iterator[Finding]:
    """Passport numbers: the form since 2021 (M123A4567), the older one (M12345678) beside the word."""
    for match in PASSPORT.finditer(text):
        named = bool(PASSPORT_WORDS.search(before(text, match.start(), 20)))
        newer = not match[0][-8:].isdecimal()
        if named:
            yield Finding(
                Kind.PASSPORT,
                match.start(),
                match.end(),
                match[0],
                Certainty.CERTAIN,
                "앞에 ‘여권’이 있습니다",
            )
        elif newer and match[0][0] in "MSR":
            why = "새 여권번호의 꼴입니다"
            yield Finding(Kind.PASSPORT, match.start(), match.end(), match[0], Certainty.LIKELY, why)


REGIONS = "서울|부산|경기|강원|충북|충남|전북|전남|경북|경남|제주|대구|인천|광주|대전|울산|세종"
LICENCE = re.compile(
    rf"(?<!\d)(?<!\d-)(?:(1[1-9]|2[0-8])|{REGIONS}){JOINT}\d{{2}}({JOINT})\d{{6}}({JOINT})\d{{2}}(?!\d)(?!-\d)"
)
LICENCE_WORDS = re.compile(r"면허")


def licences(text: str) -> Iterator[Finding]:
    """Driving licences: region (11-28 or its name), year, six digits, two digits."""
    for match in LICENCE.finditer(text):
        named = bool(LICENCE_WORDS.search(before(text, match.start(), 20)))
        if named:
            certainty, why = Certainty.CERTAIN, "앞에 ‘면허’가 있습니다"
        elif "-" in match[2] and "-" in match[3]:
            certainty, why = Certainty.LIKELY, "운전면허번호의 자리 나눔과 같습니다"
        else:
            continue
        yield Finding(Kind.DRIVING_LICENCE, match.start(), match.end(), match[0], certainty, why)


CARD = re.compile(
    rf"(?<!\d)(?<!\d-)(?:{run('4')}(?:{JOINT}{run('4')}){{3}}|\d{{4}}[- ]\d{{6}}[- ]\d{{5}})(?!\d)(?!-\d)"
)
CARD_WORDS = re.compile(r"카드|card", re.I)


def luhn(number: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(number)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def cards(text: str) -> Iterator[Finding]:
    """Payment cards: fifteen or sixteen digits whose check digit fits, or that stand beside the word."""
    for match in CARD.finditer(text):
        number, named = digits(match[0]), bool(CARD_WORDS.search(before(text, match.start(), 20)))
        grouped = bool(re.search(r"\d{4}[- .]\d", match[0]))
        if number[0] not in "34569" or len(set(number)) < 2:
            continue
        if luhn(number) and (named or grouped):
            certainty, why = Certainty.CERTAIN, "카드번호의 검증 숫자가 맞습니다"
        elif luhn(number):
            certainty, why = Certainty.POSSIBLE, "열여섯 자리가 카드번호의 검증에 맞습니다"
        elif named:
            certainty, why = Certainty.LIKELY, "앞에 ‘카드’가 있습니다"
        else:
            continue
        yield Finding(Kind.CARD, match.start(), match.end(), match[0], certainty, why)
