"""Licence plates of cars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sijeong.privacy.finding import Certainty, Finding, Kind
from sijeong.privacy.plain import after, before

# 자동차 등록번호판 등의 기준에 관한 고시: private, hired out, commercial, delivery.
LETTERS = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주허하호아바사자배"
# Letters that are also units or particles: with a space beside them they need a word for a car nearby.
UNITS = frozenset("조호구도주부수자보모소마사오서고무")
REGIONS = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
PLATE = re.compile(
    rf"(?<![\d.,-])(?<!제)((?:{REGIONS})[ \n]?)?(\d{{2,3}})([ \n]?)([{LETTERS}])([ \n]?)(\d{{4}})(?![\d.,-]\d|\d)"
)
CAR_WORDS = re.compile(
    r"차량|번호판|자동차|차\s?번호|승용|승합|화물|주차|주정차|견인|단속|체납차|오토바이|택시"
)
COUNTED = re.compile(
    r"[ ]?(?:조|억|만|천|원|명|건|호|%|㎡|년|개|대|세대|가구|쪽|회|톤|km|m|동|번|필지|인|주|그루|권|부|점|m²)"
)


def plates(text: str) -> Iterator[Finding]:
    """Plates of two or three digits, a letter and four digits, old ones with their region."""
    for match in PLATE.finditer(text):
        region, number, gap, letter, next_gap, _ = match.groups()
        if COUNTED.match(after(text, match.end(), 4)) or (len(number) == 3 and number < "100"):
            continue
        named = bool(CAR_WORDS.search(before(text, match.start(), 20) + after(text, match.end(), 12)))
        parted = bool(gap or next_gap)
        if named or region:
            certainty, why = Certainty.CERTAIN, "자동차 번호의 꼴이고 지역이나 차를 뜻하는 말이 있습니다"
        elif not parted:
            certainty, why = Certainty.LIKELY, "자동차 번호의 꼴입니다"
        elif letter not in UNITS and not gap:
            certainty, why = Certainty.POSSIBLE, "띄어 쓴 자동차 번호의 꼴입니다"
        else:
            continue
        yield Finding(Kind.PLATE, match.start(), match.end(), match[0], certainty, why)
