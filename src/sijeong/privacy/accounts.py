"""Bank accounts: digits beside a bank's name or the word, in the bank's own layout where it is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sijeong.privacy.finding import Certainty, Finding, Kind
from sijeong.privacy.plain import after, before, digits

# The groups in which each bank writes its accounts; several where accounts of different ages differ.
LAYOUTS: dict[str, tuple[tuple[int, ...], ...]] = {
    "국민": ((6, 2, 6), (3, 2, 4, 3), (3, 2, 6)),
    "신한": ((3, 3, 6), (3, 2, 6)),
    "우리": ((4, 3, 6), (3, 6, 2, 3), (3, 2, 6)),
    "하나": ((3, 6, 5), (3, 4, 4, 3), (3, 2, 5, 1)),
    "농협": ((3, 4, 4, 2), (3, 2, 6), (6, 2, 6)),
    "기업": ((3, 6, 2, 3), (3, 3, 6), (3, 2, 6)),
    "카카오": ((4, 2, 7),),
    "토스": ((4, 4, 4),),
    "케이뱅크": ((3, 3, 6), (3, 4, 6)),
    "새마을": ((4, 4, 4, 1), (4, 2, 6, 1), (4, 3, 6, 1)),
    "우체국": ((6, 2, 6),),
    "신협": ((3, 3, 6), (5, 2, 6)),
    "수협": ((4, 4, 4), (3, 2, 6, 1)),
    "제일": ((3, 2, 6),),
    "씨티": ((3, 6, 3), (3, 5, 3)),
    "부산": ((3, 4, 4, 2), (3, 2, 6, 1)),
    "대구": ((3, 2, 6, 1), (3, 2, 6)),
    "광주": ((3, 3, 6), (4, 3, 6)),
    "전북": ((3, 2, 7), (4, 2, 7)),
    "경남": ((3, 4, 4, 2), (3, 2, 6, 1)),
    "산업": ((3, 4, 4, 3),),
}
NUMBER = re.compile(
    r"(?<![\d,])(?<!\d-)\d{2,6}(?:[ \n]{0,2}-[ \n]{0,2}\d{1,7}){1,4}(?![\d,])(?!-\d)|(?<![\d,.-])\d{10,16}(?![\d,.-])|(?<![\d,])\d{2,6}(?: \d{2,7}){1,3}(?![\d,])"
)
WORDS = re.compile(r"계\s?좌|예금주|입금|송금|통장|은행|뱅크|농협|수협|신협|새마을금고|우체국|환급\s?받")
COMPANY = re.compile(r"법인|사업자")
NOT_MONEY = re.compile(r"[ ]?(?:원|천원|백만|억|만원|명|건|개|%|㎡|호\b)")
# 2021-03-12, 2021-0312-1: a day or a document, not an account.
DAY = re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}(?:-\d+)?$")


def accounts(text: str) -> Iterator[Finding]:
    """Accounts of ten to sixteen digits with a bank or a word for one before them on the line, or right after.

    By declared rule digits without such a word are none: budgets and document numbers look the same.
    """
    if not WORDS.search(text):
        return
    for match in NUMBER.finditer(text):
        number = digits(match[0])
        if not 10 <= len(number) <= 16 or DAY.search(match[0]) or NOT_MONEY.match(text, match.end()):
            continue
        told, next_to = before(text, match.start(), 26), after(text, match.end(), 14)
        if COMPANY.search(told[-12:]) or not (
            WORDS.search(told) or re.match(r"[ (,]{0,3}(?:[가-힣A-Z]{2,6}(?:은행|뱅크)|농협|예금주)", next_to)
        ):
            continue
        groups = tuple(len(digits(part)) for part in re.split(r"[- \n]+", match[0]))
        bank = next((name for name in LAYOUTS if name in told + next_to), None)
        if bank and (
            groups in LAYOUTS[bank] or (len(groups) == 1 and len(number) in {sum(g) for g in LAYOUTS[bank]})
        ):
            certainty, why = Certainty.CERTAIN, f"{bank}의 계좌번호 자리 나눔과 같습니다"
        else:
            certainty, why = Certainty.LIKELY, "계좌나 은행을 뜻하는 말 가까이에 있습니다"
        yield Finding(Kind.ACCOUNT, match.start(), match.end(), match[0], certainty, why)
