"""Invented people: names drawn from common family and given names, no two alike in a government."""

from __future__ import annotations

from random import Random

FAMILY = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
GIVEN = [
    "가온", "가람", "나래", "나루", "다솜", "다온", "도담", "두리", "라온", "마루", "모아", "미르", "바다", "벼리", "보람",
    "보늬", "빛나", "새롬", "새별", "샛별", "서우", "소담", "솔빛", "슬기", "시내", "아라", "아람", "아름", "여름", "여울",
    "온새", "우람", "윤슬", "으뜸", "은결", "이든", "잔디", "조은", "찬솔", "초롱", "큰솔", "파랑", "푸름", "하람", "하늘",
    "한결", "한별", "한솔", "해든", "해솔", "혜윰", "희망", "고은", "그루", "기쁨", "누리", "단비", "달래", "동녘", "들샘",
]  # fmt: skip


class Names:
    """Draws names without repeating one."""

    def __init__(self, random: Random) -> None:
        self.left = [family + given for family in dict.fromkeys(FAMILY) for given in dict.fromkeys(GIVEN)]
        random.shuffle(self.left)

    def draw(self) -> str:
        return self.left.pop()
