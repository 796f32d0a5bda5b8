"""다태아 자녀안심보험: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


class MultipleBirthInsurance(Benefit):
    """다태아 자녀안심보험"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("최근 출산")
    def birth(p, law):
        return p.gave_birth

    @criterion("다태아")
    def multiple(p, law):
        return p.newborns >= law.min_newborns

    def amount(p, law):
        return p.newborns * law.unit_cost
