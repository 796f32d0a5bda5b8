"""Names and days of birth: only where the text itself says that it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sijeong.privacy.finding import Certainty, Finding, Kind
from sijeong.privacy.rules import Rules

SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍유고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
LABEL = re.compile(
    rf"(?:성 ?명|이 ?름|신청인|민원인|대표자|피해자|보호자|예금주|청구인|진정인|제보자|세대주|신고인|수급자)\s?[:)][ ]?"
    rf"([{SURNAMES}][가-힣](?:[ ]?[가-힣]){{0,2}})(?![가-힣])"
)
MISTER = re.compile(rf"(?<![가-힣])([{SURNAMES}][가-힣]{{2}})[ ]?씨(?=[가는의에와도를께,. )(]|$)", re.M)
BIRTH = re.compile(
    r"(?:생년월일|출생일|생일|생년월)[^\d\n]{0,6}((?:19|20)?\d\d[ ]?[.년/-][ ]?\d{1,2}[ ]?[.월/-][ ]?\d{1,2}일?|(?:19|20)?\d{6})(?!\d)"
)


def names(text: str, rules: Rules) -> Iterator[Finding]:
    """Names after a label (성명:, 민원인:) or before 씨. Any other name is not found: it reads like a word."""
    for pattern, certainty, why in (
        (LABEL, Certainty.CERTAIN, "앞에 이름을 적는 칸의 말이 있습니다"),
        (MISTER, Certainty.LIKELY, "뒤에 ‘씨’가 있습니다"),
    ):
        for match in pattern.finditer(text):
            if match[1].replace(" ", "") not in rules.public_names:
                yield Finding(Kind.NAME, *match.span(1), match[1], certainty, why)


def births(text: str) -> Iterator[Finding]:
    """Days of birth after a word for it."""
    for match in BIRTH.finditer(text):
        why = "앞에 생년월일을 뜻하는 말이 있습니다"
        yield Finding(Kind.BIRTH_DATE, *match.span(1), match[1], Certainty.CERTAIN, why)
