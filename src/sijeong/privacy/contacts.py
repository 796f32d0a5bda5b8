"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sijeong.privacy.finding import Certainty, Finding, Kind
from sijeong.privacy.numbers import GAP, run
from sijeong.privacy.plain import before, digits
from sijeong.privacy.rules import Rules

JOINT = r"[ \n]{0,2}[-.)/]?[ \n]{0,2}"
ABROAD = rf"(?:\+{GAP}8{GAP}2{JOINT}\(?(?:0{GAP}\)?[ ]?)?|(?<!\d)\(?0{GAP})"
AREAS = rf"(?:2|3{GAP}[1-3]|4{GAP}[1-4]|5{GAP}[1-5]|6{GAP}[1-4]|7{GAP}0|5{GAP}0{GAP}[2-9])"
MOBILE = rf"1{GAP}[016789]"
PHONE = re.compile(
    rf"(?<!\d-)(?<![\d*]){ABROAD}({MOBILE}|{AREAS})({JOINT})({run('3,4')})({JOINT}){run('4')}(?!\d)(?!-\d)"
)
LOCAL = re.compile(
    r"(?:전\s?화|연락처|☎|☏|TEL|Tel|tel|H\.?P|휴대폰|핸드폰|팩스|FAX|Fax)[^\d\n]{0,8}(?<![\d-])([2-9]\d{2,3}-\d{4})(?![\d-])"
)
PHONE_WORDS = re.compile(r"전\s?화|연락|휴대|핸드폰|폰|번호|☎|☏|tel|h\.?p|mobile|팩스|fax|문의", re.I)
# A spreadsheet that took a mobile number for a figure: its first nought is gone. In such a file labels head columns.
FIGURE = re.compile(r"(?<![^\n\t])(10\d{8})(?![^\n\t])")
HEADS = re.compile(
    r"(?<![^\n\t])[^\n\t]{0,8}(?:전\s?화|연락처|휴대|핸드폰|H\.?P|mobile)[^\n\t]{0,8}(?![^\n\t])", re.I
)
INSIDE = re.compile(r"\d[ \n]\d")


def phones(text: str, rules: Rules) -> Iterator[Finding]:
    """Mobile, regional, internet (070), safe (050x) and international (+82) numbers of people.

    By declared rule no finding: nationwide numbers of offices and firms (15xx, 16xx, 18xx, 080), short ones (119, 02-120),
    and those that the city declares its offices' own.
    """
    for match in PHONE.finditer(text):
        number = "0" + digits(match[1]) + digits(match[0]).partition(digits(match[1]))[2]
        if rules.office_phone(number) or not _long_enough(number):
            continue
        told = before(text, match.start(), 16)
        named, parted = bool(PHONE_WORDS.search(told)), bool(re.search(r"[-.)/]", match[2] + match[4]))
        # Columns of figures look like numbers whose groups are torn.
        if (INSIDE.search(match[3]) or INSIDE.search(text, match.end(4), match.end())) and not (
            named or parted
        ):
            continue
        mobile = number[:2] == "01"
        spaced = bool(match[2] and match[4])
        if not (named or parted or mobile or spaced or match[0].startswith("+")):
            certainty, why = Certainty.POSSIBLE, "지역번호로 시작하는 숫자입니다"
        elif (parted and mobile) or named:
            certainty, why = (
                Certainty.CERTAIN,
                "휴대전화 번호의 꼴입니다" if mobile else "앞에 전화를 뜻하는 말이 있습니다",
            )
        else:
            certainty, why = (
                Certainty.LIKELY,
                "휴대전화 번호의 꼴입니다" if mobile else "지역번호가 있는 전화번호의 꼴입니다",
            )
        yield Finding(Kind.PHONE, match.start(), match.end(), match[0], certainty, why)
    for match in LOCAL.finditer(text):
        if not any(rules.office_phone(area + digits(match[1])) for area in ("", "02")):
            start, end = match.span(1)
            yield Finding(
                Kind.PHONE, start, end, match[1], Certainty.LIKELY, "앞에 전화를 뜻하는 말이 있습니다"
            )

    yield from _figures(text)


def _figures(text: str) -> Iterator[Finding]:
    if head := HEADS.search(text):
        for match in FIGURE.finditer(text, head.end()):
            why = "앞의 0이 빠진 휴대전화 번호일 수 있습니다. 위에 전화를 뜻하는 칸이 있습니다"
            yield Finding(Kind.PHONE, match.start(), match.end(), match[0], Certainty.LIKELY, why)


def _long_enough(number: str) -> bool:
    area = 2 if number.startswith("02") else 4 if number.startswith("050") else 3
    return len(number) - area in {7, 8}


ENDINGS = r"(?:kr|com|net|org|co|go|or|ac|re|edu|gov|io|me|biz|info|jp|cn|us)"
AT = rf"(?:{GAP}@{GAP}|[ ]?[(\[](?:at|골뱅이)[)\]][ ]?)"
EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+*-])[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}{AT}[A-Za-z0-9-]{{1,63}}"
    rf"(?:\.[A-Za-z0-9-]{{1,63}}|{GAP}\.{GAP}{ENDINGS}(?![A-Za-z0-9]))+",
    re.I,
)


def emails(text: str, rules: Rules) -> Iterator[Finding]:
    """Addresses, also with a line end or ``(at)`` in them. Those under go.kr may be an office's: for a person to say."""
    for match in EMAIL.finditer(text):
        address = re.sub(r"[ \n]", "", match[0]).lower()
        if address in rules.public_emails:
            continue
        official = address.endswith(".go.kr")
        certainty = Certainty.POSSIBLE if official else Certainty.CERTAIN
        why = (
            "기관의 주소입니다. 개인의 업무용 주소일 수 있습니다" if official else "전자우편 주소의 꼴입니다"
        )
        yield Finding(Kind.EMAIL, match.start(), match.end(), match[0], certainty, why)
