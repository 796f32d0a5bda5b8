"""넥스트로컬 청년 지역창업 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


class NextLocal(Benefit):
    """넥스트로컬 청년 지역창업 지원"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("나이")
    def age(p, law):
        return law.min_age <= p.age <= law.max_age

    @criterion("심사 선발")
    def selected(p, law):
        return p.startup_selected

    @criterion("지원 단계")
    def stage(p, law):
        return p.startup_stage != "참여 전"

    def amount(p, law):
        return min(
            p.startup_cost,
            law.survey_cap if p.startup_stage == "지역조사"
            else law.trial_cap if p.startup_stage == "시범운영"
            else law.final_cap,
        )  # fmt: skip
