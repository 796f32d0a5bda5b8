"""What a finding says: of what kind, where, how sure, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The first six codes are those that a case type names under ``publication.mask``."""

    NAME = "name"
    RESIDENT_NUMBER = "resident_number"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    ACCOUNT = "account"
    FOREIGNER_NUMBER = "foreigner_number"
    BIRTH_DATE = "birth_date"
    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    CARD = "card"
    PLATE = "plate"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Kind.NAME: "성명",
    Kind.RESIDENT_NUMBER: "주민등록번호",
    Kind.PHONE: "전화번호",
    Kind.EMAIL: "전자우편",
    Kind.ADDRESS: "주소",
    Kind.ACCOUNT: "계좌번호",
    Kind.FOREIGNER_NUMBER: "외국인등록번호",
    Kind.BIRTH_DATE: "생년월일",
    Kind.PASSPORT: "여권번호",
    Kind.DRIVING_LICENCE: "운전면허번호",
    Kind.CARD: "카드번호",
    Kind.PLATE: "차량번호",
}


class Certainty(StrEnum):
    """How sure: its form proves it, its form and surroundings say so, or its form alone allows it."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def label(self) -> str:
        return {"certain": "확실", "likely": "유력", "possible": "의심"}[self.value]

    @property
    def rank(self) -> int:
        return {"certain": 3, "likely": 2, "possible": 1}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data at ``text[start:end]`` of the text that was searched; ``why`` is a Korean clause for the reviewer."""

    kind: Kind
    start: int
    end: int
    text: str
    certainty: Certainty
    why: str
