"""예방접종 이상반응 소액 피해보상: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


class VaccineReaction(Benefit):
    """예방접종 이상반응 소액 피해보상"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("청구")
    def claimed(p, law):
        return p.vaccine_claim > 0

    @criterion("소액")
    def small(p, law):
        return p.vaccine_claim < law.limit

    @criterion("인과성 명확")
    def clear(p, law):
        return p.vaccine_cause_clear

    def amount(p, law):
        return p.vaccine_claim
