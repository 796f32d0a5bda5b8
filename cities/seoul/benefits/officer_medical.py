"""악성 민원 피해 공무원 의료비 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


class OfficerMedical(Benefit):
    """악성 민원 피해 공무원 의료비 지원"""

    rounding = Rounding.DOWN_10

    @criterion("시 직원")
    def official(p, law):
        return p.city_official

    @criterion("민원 피해")
    def hurt(p, law):
        return p.abused_by_caller

    def amount(p, law):
        return min(p.abuse_medical_cost, law.cap)
