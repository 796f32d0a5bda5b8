"""고령 산모 검사비 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


class PrenatalTests(Benefit):
    """고령 산모 검사비 지원"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("여성")
    def woman(p, law):
        return p.female

    @criterion("임신")
    def pregnant(p, law):
        return p.pregnancy_weeks > 0

    @criterion("나이")
    def age(p, law):
        return p.age >= law.min_age

    def amount(p, law):
        return min(p.prenatal_cost, law.cap)
