"""Blanks of an answer's template, ``{질문}`` and the like, and what is filled in. Pure."""

from __future__ import annotations

import re

BLANK = re.compile(r"\{([^{}\n]{1,20})\}")
# name in the text: what stands there in the end
BLANKS = {
    "번호": "사안 번호", "제목": "사안 제목", "질문": "요구·질문 내용", "요구자": "요구한 사람", "접수일": "접수한 날",
    "기한": "답변 기한", "오늘": "서식을 넣는 날", "부서": "주관부서", "담당자": "담당자 이름",
}  # fmt: skip


def unknown(text: str) -> list[str]:
    """Blanks that nothing fills, in their order, each once."""
    return list(dict.fromkeys(name for name in BLANK.findall(text) if name.strip() not in BLANKS))


def filled(text: str, values: dict[str, str]) -> str:
    """The text with each known blank filled; one without a value stays, so that the writer sees it."""
    return BLANK.sub(lambda match: values.get(match[1].strip()) or match[0], text)
