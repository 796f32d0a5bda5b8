"""The words a case type may use: each with its code (files, database) and its Korean label (screen)."""

from enum import StrEnum


class Word(StrEnum):
    """A code that is also a plain string, with the label a reader sees."""

    label: str

    def __new__(cls, code: str, label: str) -> "Word":
        word = str.__new__(cls, code)
        word._value_ = code
        word.label = label
        return word


class BasisKind(Word):
    """Does a law oblige the city to answer, or does the city answer of its own accord?"""

    STATUTORY = "statutory", "법정"
    COURTESY = "courtesy", "예우"


class SetBy(Word):
    """Who fixed the number of days. A statute that says "without delay" fixes none."""

    LAW = "law", "법령·조례"
    COUNCIL = "council", "의회 규칙"
    CITY = "city", "시 자체 기준"


class Asker(Word):
    COUNCIL_MEMBER = "council_member", "시의원"
    COMMITTEE = "committee", "위원회"
    CITIZEN = "citizen", "시민"
    UNIT = "unit", "부서"


class Rule(Word):
    """Counting rules of statutory periods; the names are those of `legaltime`."""

    CIVIL = "civil", "민법"
    PETITION = "petition", "민원 처리에 관한 법률"
    DISCLOSURE = "disclosure", "공공기관의 정보공개에 관한 법률"
    BURDEN = "burden", "행정기본법"


class Unit(Word):
    """What a period is counted in; the rule says which hours and days count."""

    HOURS = "hours", "시간"
    DAYS = "days", "일"
    WEEKS = "weeks", "주"
    MONTHS = "months", "개월"
    YEARS = "years", "년"


class FieldType(Word):
    TEXT = "text", "한 줄 글"
    LONG_TEXT = "long_text", "여러 줄 글"
    DATE = "date", "날짜"
    NUMBER = "number", "숫자"
    CHOICE = "choice", "선택"
    YES_NO = "yes_no", "예·아니요"


class OutcomeNeed(Word):
    DELIVERY = "delivery", "전달 기록"
    NONE = "none", "없음"


class Clock(Word):
    """What the term does while a case is in a state."""

    RUNS = "runs", "기한이 흐름"
    STOPPED = "stopped", "기한이 멈춤"
    DONE = "done", "기한이 끝남"


class Act(Word):
    """What may be done to a case so that its state changes. Writing a draft is none of these."""

    ASSIGN = "assign", "배정"
    PASS_ON = "pass_on", "이송"
    RETURN_TO_PLANNING = "return_to_planning", "총괄 반송"
    START = "start", "처리 시작"
    SUBMIT = "submit", "결재 상신"
    SEND_BACK = "send_back", "반려"
    APPROVE = "approve", "결재"
    DELIVER = "deliver", "전달"
    PUBLISH = "publish", "공개"
    ASK_EXTENSION = "ask_extension", "연장 요청"
    EXTEND = "extend", "기한 연장"
    REFUSE_EXTENSION = "refuse_extension", "연장 거절"
    PAUSE = "pause", "보완 요청"
    RESUME = "resume", "처리 재개"
    REOPEN = "reopen", "재처리"
    WITHDRAW = "withdraw", "취하"
    MERGE = "merge", "병합"
    JUDGE = "judge", "답변 평가"
    ASK_AGAIN = "ask_again", "다시 요구"


class Who(Word):
    """The part a person plays in one case, not a post in the organisation."""

    PLANNING = "planning", "총괄부서 담당자"
    LEAD_OFFICER = "lead_officer", "주관부서 담당자"
    LEAD_HEAD = "lead_head", "주관부서장"
    JOINT_OFFICER = "joint_officer", "협조부서 담당자"
    JOINT_HEAD = "joint_head", "협조부서장"
    ASKER = "asker", "요구자"
    ADMINISTRATOR = "administrator", "관리자"


class Need(Word):
    """What must be on record before an act is done."""

    ANSWER = "answer", "답변"
    SIGNER = "signer", "결재자"
    DELIVERY = "delivery", "전달 기록"


class Mask(Word):
    """Personal data taken out before anything is published."""

    NAME = "name", "성명"
    RESIDENT_NUMBER = "resident_number", "주민등록번호"
    PHONE = "phone", "전화번호"
    EMAIL = "email", "전자우편"
    ADDRESS = "address", "주소"
    ACCOUNT = "account", "계좌번호"


class RetentionStart(Word):
    """공공기록물 관리에 관한 법률 시행령 제26조: kept from 1 January of the year after the case closed."""

    NEXT_YEAR = "next_year", "처리가 끝난 다음 해 1월 1일"
    CLOSING = "closing", "처리가 끝난 날"
