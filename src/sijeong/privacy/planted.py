"""A seeded corpus: sentences of an office with personal data planted in them, and sentences that only look like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from sijeong.privacy.finding import Kind
from sijeong.privacy.numbers import WEIGHTS


@dataclass(frozen=True, slots=True)
class Planted:
    """A text, and what was planted in it: kind and span, or None for a text with nothing personal in it."""

    text: str
    kind: Kind | None
    span: tuple[int, int]
    shape: str


def _digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def _resident(random: Random, first: str = "1234", checked: bool = True) -> str:
    year, month, day = random.randint(40, 99), random.randint(1, 12), random.randint(1, 28)
    gender = random.choice(first)
    if gender in "3478":
        year = random.randint(0, 24)
    body = f"{year:02d}{month:02d}{day:02d}{gender}{_digits(random, 5)}"
    total = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True))
    base = 13 if gender in "5678" else 11
    last = (base - total % 11) % 10 if checked else (base + 1 - total % 11) % 10
    return f"{body[:6]}-{body[6:]}{last}"


def _mobile(random: Random) -> str:
    return f"010-{random.randint(2000, 9999)}-{_digits(random, 4)}"


def _wired(random: Random) -> str:
    area = random.choice(["02", "031", "032", "051", "042", "062", "064", "070", "0507"])
    return f"{area}-{random.randint(200, 9999)}-{_digits(random, 4)}"


def _email(random: Random) -> str:
    name = "".join(random.choice("abcdefghijkmnprstuvwxyz") for _ in range(random.randint(3, 10)))
    return f"{name}{random.choice(['', '.k', '_1', '77'])}@{random.choice(['example.com', 'mail.example.net', 'post.example.kr'])}"


ACCOUNTS = {
    "국민은행": (6, 2, 6), "신한은행": (3, 3, 6), "우리은행": (4, 3, 6), "하나은행": (3, 6, 5), "농협": (3, 4, 4, 2),
    "기업은행": (3, 6, 2, 3), "카카오뱅크": (4, 2, 7), "토스뱅크": (4, 4, 4), "새마을금고": (4, 4, 4, 1), "우체국": (6, 2, 6),
}  # fmt: skip


def _account(random: Random) -> str:
    groups = random.choice(list(ACCOUNTS.values()))
    return "-".join(str(random.randint(1, 9)) + _digits(random, count - 1) for count in groups)


def _card(random: Random) -> str:
    body = random.choice("459") + _digits(random, 14)
    for last in "0123456789":
        doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(body + last))]
        if sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0:
            number = body + last
            return "-".join(number[i : i + 4] for i in range(0, 16, 4))
    raise AssertionError("one of ten digits fits")


def _plate(random: Random) -> str:
    number = random.choice([random.randint(10, 99), random.randint(100, 699)])
    return f"{random.choice(['', '', '서울', '경기'])}{number}{random.choice('가나다라마거너더허하호조구두루무주')}{random.randint(1000, 9999)}"


def _passport(random: Random) -> str:
    return random.choice(
        [f"M{_digits(random, 8)}", f"M{_digits(random, 3)}{random.choice('ABCDEFGH')}{_digits(random, 4)}"]
    )


def _licence(random: Random) -> str:
    return f"{random.randint(11, 28)}-{_digits(random, 2)}-{_digits(random, 6)}-{_digits(random, 2)}"


def _address(random: Random) -> str:
    road = random.choice(["가람로", "나루대로", "다솜로 12길", "라온로7번길", "마루길"])
    door = random.choice(
        [
            f"{random.randint(101, 120)}동 {random.randint(101, 2503)}호",
            f"{random.randint(1, 12)}0{random.randint(1, 9)}호",
        ]
    )
    middle = random.choice([", ", " ", " 벼리아파트 "])
    return (
        f"{random.choice(['서울특별시 중구 ', '종로구 ', ''])}{road} {random.randint(1, 250)}{middle}{door}"
    )


# A sentence for each kind, where {} stands for what is planted.
SENTENCES: dict[Kind, tuple[Callable[[Random], str], list[str]]] = {
    Kind.RESIDENT_NUMBER: (_resident, ["신청인({})의 자격을 확인함", "주민등록번호 {} 로 조회한 결과", "○ 대상자: 가나다({}), 1998년 전입"]),
    Kind.FOREIGNER_NUMBER: (lambda r: _resident(r, "5678"), ["외국인등록번호 {} 소지자", "체류자격 확인({})"]),
    Kind.PHONE: (lambda r: r.choice([_mobile, _mobile, _wired])(r), ["연락처 {} 로 회신을 바람", "민원인({})에게 안내함", "□ 담당 이음길 {} 통화", "보호자 {}"]),
    Kind.EMAIL: (_email, ["{} 으로 보내 달라고 함", "전자우편: {}", "회신({})"]),
    Kind.ACCOUNT: (_account, ["환급 계좌 {} 로 입금", "우리은행 {} (예금주 본인)", "입금 통장: {}", "농협 {} 로 송금함"]),
    Kind.CARD: (_card, ["법인카드 {} 사용 내역", "결제 카드번호 {}", "카드({})로 결제"]),
    Kind.PLATE: (_plate, ["단속 차량 {} 에 부과", "{} 차량이 주차됨", "체납 차량: {}"]),
    Kind.PASSPORT: (_passport, ["여권번호 {} 확인", "여권({}) 사본"]),
    Kind.DRIVING_LICENCE: (_licence, ["운전면허 {} 정지", "면허번호: {}", "{} 소지자"]),
    Kind.ADDRESS: (_address, ["주소: {}", "{}에 사는 주민", "현장({})을 방문함"]),
    Kind.NAME: (lambda r: r.choice("김이박최정") + r.choice(["가온", "나래", "도담", "라온"]), ["성명: {}", "민원인: {}", "{} 씨가 방문함"]),
    Kind.BIRTH_DATE: (lambda r: f"{r.randint(1940, 2010)}. {r.randint(1, 12)}. {r.randint(1, 28)}.", ["생년월일: {}", "(생년월일 {})"]),
}  # fmt: skip


def _wide(text: str, random: Random) -> str:
    return "".join(
        chr(ord(mark) + 0xFEE0) if mark.isascii() and (mark.isdecimal() or mark == "-") else mark
        for mark in text
    )


def _broken(text: str, random: Random) -> str:
    head, dash, tail = text.partition("-")
    return f"{head}{dash}\n{tail}"


def _scanned(text: str, random: Random) -> str:
    return " ".join(text) if "-" in text else text


NUMBERS = {
    Kind.RESIDENT_NUMBER, Kind.FOREIGNER_NUMBER, Kind.PHONE, Kind.ACCOUNT, Kind.CARD, Kind.DRIVING_LICENCE,
}  # fmt: skip
TELEPHONES: dict[str, Callable[[str, Random], str]] = {
    "마침표": lambda text, _: text.replace("-", "."), "빈칸": lambda text, _: text.replace("-", " "),
    "괄호": lambda text, _: f"({text.replace('-', ')', 1)}", "붙여 씀": lambda text, _: text.replace("-", ""),
}  # fmt: skip
SHAPES: dict[str, Callable[[str, Random], str]] = {
    "그대로": lambda text, _: text, "전각": _wide, "줄이 나뉨": _broken, "긴 줄표": lambda text, _: text.replace("-", "–"),
}  # fmt: skip


def shapes_of(kind: Kind) -> dict[str, Callable[[str, Random], str]]:
    """The ways in which a kind may be written down or scanned."""
    if kind not in NUMBERS:
        return {"그대로": SHAPES["그대로"]}
    spaced = (
        {"한 글자씩 띄움": _scanned}
        if kind in {Kind.RESIDENT_NUMBER, Kind.FOREIGNER_NUMBER, Kind.PHONE, Kind.CARD}
        else {}
    )
    return SHAPES | spaced | (TELEPHONES if kind is Kind.PHONE else {})


def _decoys(random: Random) -> list[tuple[str, str]]:
    """Sentences of offices that hold nothing personal, by what they look like."""
    number, year = _digits(random, 4), random.randint(2018, 2026)
    amount = f"{random.randint(1, 999)},{_digits(random, 3)},{_digits(random, 3)}"
    return [
        ("문서번호", f"기획담당관-{random.randint(1, 29999)}({year}. 3. 2.) 호로 통보함"),
        ("문서번호", f"제{year}-{_digits(random, 6)}호 계약"),
        ("관리번호", f"과제번호 {year}-{_digits(random, 4)}-{_digits(random, 5)}"),
        ("예산", f"예산현액 {amount}천원 중 {random.randint(1, 99)},{_digits(random, 3)}천원 집행"),
        ("예산", f"총사업비 {random.randint(2, 90)}조 {random.randint(1000, 9999)}억 원"),
        ("예산", f"농협은행 금고 평균잔액 {amount}원"),
        ("대표번호", f"문의는 02-120 또는 {random.choice(['1577', '1588', '1600', '1899'])}-{number}"),
        ("대표번호", f"수신자 부담 080-{_digits(random, 3)}-{number}"),
        ("날짜", f"{year}-03-12 ~ {year}-12-31, 총 {random.randint(100, 365)}일"),
        ("날짜", f"{year}. 10. {random.randint(10, 28)}. 09:30~18:00"),
        ("공공건물", f"서소문청사 {random.randint(1, 3)}동 {random.randint(101, 999)}호 회의실"),
        ("호수", f"임대주택 {random.randint(5, 40)}동 {random.randint(100, 999)}호 공급"),
        ("조문", f"조례 제{random.randint(2, 40)}조 {random.randint(1000, 9999)}자 이내"),
        ("사업자", f"사업자등록번호 {_digits(random, 3)}-{_digits(random, 2)}-{_digits(random, 5)}"),
        ("사업자", f"법인등록번호 110111-0{_digits(random, 6)}"),
        ("사업자", f"사업자등록번호 {_digits(random, 3)}-{_digits(random, 2)}-{_digits(random, 5)} 법인등록번호\t{_resident(random)}"),
        ("표 머리", random.choice(["순번\t직급\t성명\t주요 업무", "날짜\n이름\t국어\t영어", "연번 성명 주소 연락처 비고"])),
        ("장소", f"가람대로 {random.randint(1, 300)} 일대 보도 {random.randint(1, 90)}개소 정비"),
        ("통계", f"접수 {random.randint(1000, 9999)}건 중 {random.randint(1000, 9999)}건(98.{number[:1]}%) 처리"),
        ("통계", f"{number} {_digits(random, 4)} {_digits(random, 3)} {_digits(random, 2)}"),
        ("좌표", f"위도 37.{_digits(random, 6)}, 경도 126.{_digits(random, 6)}"),
        ("말", random.choice(["솜씨 좋은 시민", "이름난 골목", "김장 나눔 행사", "마음씨 고운 이웃상", "주소 정보 시설 점검"])),
    ]  # fmt: skip


def corpus(seed: int, each: int) -> list[Planted]:
    """``each`` planted texts of every kind and shape, and ``each`` rounds of decoys. The same for the same seed."""
    random, made = Random(seed), []  # noqa: S311 - invented data
    for kind, (draw, sentences) in SENTENCES.items():
        for shape, write in shapes_of(kind).items():
            for _ in range(each):
                told = write(draw(random), random)
                head, tail = random.choice(sentences).split("{}")
                made.append(Planted(f"{head}{told}{tail}", kind, (len(head), len(head) + len(told)), shape))
    for _ in range(each):
        made += [Planted(text, None, (0, 0), what) for what, text in _decoys(random)]
    return made
