"""북한이탈주민 건강검진 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


class DefectorCheckup(Benefit):
    """북한이탈주민 건강검진 지원"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("북한이탈주민")
    def defector(p, law):
        return p.defector

    @criterion("나이")
    def age(p, law):
        return p.age >= law.min_age

    @criterion("격년 검진")
    def due(p, law):
        return p.years_since_checkup >= law.every_years or (
            p.years_since_checkup > 0 and (p.newcomer or p.crisis_household)
        )

    def amount(p, law):
        return law.older if p.age >= law.older_from else law.younger
