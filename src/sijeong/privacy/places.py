"""Addresses that lead to one dwelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sijeong.privacy.finding import Certainty, Finding, Kind
from sijeong.privacy.plain import after, before

HEAD = (
    r"(?:(?:[가-힣]{1,7}(?:특별시|광역시|특별자치시|특별자치도|도|시|군|구)|서울|부산|경기)[ \n]{1,2}){0,3}"
)
ROAD = r"[가-힣A-Za-z0-9.]{1,14}(?:대로|로|길)(?:[ \n]?\d{1,4}(?:번?가?길))?[ \n]{0,2}(?:지하[ ]?)?\d{1,4}(?:-\d{1,4})?"
LOT = r"[가-힣]{1,6}\d?(?:동|읍|면|리|가)[ \n]{0,2}(?:산[ ]?)?\d{1,4}(?:-\d{1,4})?(?:번지)?"
WITHIN = r"(?:\d{1,4}|[A-Za-z가-하])동"
DOOR = rf"(?:{WITHIN}[ \n]{{0,2}})?(?:지하|지층|반지하|B)?[ ]?\d{{1,5}}호(?!선|봉|차|기|점|관)"
BETWEEN = r"(?:[ \n,(]{1,3}[가-힣A-Za-z0-9·., ]{2,24}[)]?)?[ \n,)]{0,3}"
WHOLE = re.compile(rf"(?<![가-힣A-Za-z0-9]){HEAD}(?:{ROAD}|{LOT}){BETWEEN}{DOOR}")
ROAD_ONLY = re.compile(rf"(?<![가-힣A-Za-z0-9]){HEAD}{ROAD}")
HOME = re.compile(rf"(?<![\d가-힣A-Za-z]){WITHIN}[ \n]{{0,2}}\d{{3,4}}호(?!선|봉|차|기|점|관)")
HOME_WORDS = re.compile(r"아파트|빌라|주소|거주|자택|사는|연립|맨션|오피스텔|세대주|입주민")
HOME_BEFORE = re.compile(r"(?:주\s?소|거주지|자택|거소|사는\s?곳)[ :\n)]{0,4}$")
OFFICE = re.compile(r"청사|회의실|강의실|사무실|민원실|별관|본관|시청|구청|센터|의회|학교|도서관|병원")
COUNTED = re.compile(r"[ \n]{0,2}(?:규모|공급|건립|매입|건설|신축|를 공급|의 임대|등 총|,? ?총)")


def addresses(text: str) -> Iterator[Finding]:
    """Addresses down to a door (동·호); a road and its number only after a word for a home.

    By declared rule no finding: places without a door, rooms of public buildings, and counted dwellings (12동 345호 공급).
    """
    for match in WHOLE.finditer(text):
        if not _public(text, match):
            why = "도로명이나 번지에서 동·호까지 이어집니다"
            yield Finding(Kind.ADDRESS, match.start(), match.end(), match[0], Certainty.CERTAIN, why)
    for match in ROAD_ONLY.finditer(text):
        if HOME_BEFORE.search(before(text, match.start(), 12)):
            why = "주소라는 말 바로 뒤의 도로명과 건물번호입니다"
            yield Finding(Kind.ADDRESS, match.start(), match.end(), match[0], Certainty.LIKELY, why)
    for match in HOME.finditer(text):
        if _public(text, match):
            continue
        named = bool(HOME_WORDS.search(before(text, match.start(), 24)))
        certainty = Certainty.CERTAIN if named else Certainty.POSSIBLE
        why = "집을 뜻하는 말 뒤의 동·호입니다" if named else "동·호의 꼴입니다"
        yield Finding(Kind.ADDRESS, match.start(), match.end(), match[0], certainty, why)


def _public(text: str, match: re.Match[str]) -> bool:
    near = match[0] + after(text, match.end(), 10) + before(text, match.start(), 12)
    return bool(OFFICE.search(near) or COUNTED.match(after(text, match.end(), 10)))
