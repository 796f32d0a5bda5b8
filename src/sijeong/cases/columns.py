"""The columns in which cases of a type come in and go out: the same both ways. Pure."""

from __future__ import annotations

from collections.abc import Collection

from sijeong.catalog import CaseType
from sijeong.sheets.reading import READ_ONLY, Column

QUESTION_ALIASES = (
    "내용",
    "요구사항",
    "요구내용",
    "요구자료",
    "지적사항",
    "질문요지",
    "건의내용",
    "요청내용",
    "발언요지",
)

# What a sheet tells beside them, by the code that the column has in the list. An import leaves it alone.
TOLD = {
    "number": "사안 번호", "state": "상태", "lead": "주관부서", "officer": "담당자", "received": "접수일", "due": "기한",
    "left": "남은 날", "delivered": "답변 전달일",
}  # fmt: skip


def told_columns(asked: Collection[str]) -> list[Column]:
    """Columns that are read by people only: those that the list was asked to show, all where it was not asked."""
    return [
        Column(f"told.{code}", f"{name} {READ_ONLY}")
        for code, name in TOLD.items()
        if not asked or code in asked
    ]


def columns_for(case_type: CaseType) -> list[Column]:
    """Columns of the type's sheet, in the order offices write them."""
    kinds = [Column("kind", "구분", ("유형", "처리구분"), required=True)] if case_type.kinds else []
    return [
        Column("order", "연번", ("순번", "번호", "No")),
        # Of a case filed here: read back, the row is that case and no new one.
        Column("number", "사안 번호"),
        *kinds,
        Column("title", "제목", ("건명", "사안명")),
        Column("question", case_type.question.name, QUESTION_ALIASES, required=True),
        *(Column(f"field.{field.code}", field.name, (field.code,)) for field in case_type.extra_fields),
        Column(
            "asker",
            "요구자",
            ("의원", "의원명", "요구의원", "질문의원", "발언의원", "위원회", "신청인", "건의자"),
        ),
        Column("received", "접수일", ("요구일", "질문일", "발언일", "건의일", "신청일")),
        Column("units", "소관부서", ("담당부서", "처리부서", "주관부서", "부서", "소관")),
        Column("outcome", "추진상황", ("처리결과", "결과", "추진상태", "처리상황")),
        *(Column(f"answer.{field.code}", field.name, (field.code,)) for field in case_type.answer_fields),
        # Read by people only: a file comes in by itself, not by its name.
        Column("files", "붙임", ("붙임 파일", "첨부")),
    ]


def core(case_type: CaseType) -> set[str]:
    """Columns that every sheet of the type has; others are written where a row has something in them."""
    answered = {f"answer.{field.code}" for field in case_type.answer_fields if field.required}
    # An imported case goes out without its number; where there are none, the number stands among the import's.
    told = {f"told.{code}" for code in TOLD} - {"told.number"}
    return {"order", "kind", "question", "units", "outcome"} | answered | told


def title_of(question: str) -> str:
    """A title where the sheet has none: the first words of the question, whole ones."""
    line = " ".join(question.split())
    return line if len(line) <= 60 else line[:60].rsplit(" ", 1)[0] + "…"
