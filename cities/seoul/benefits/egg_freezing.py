"""난자동결 시술비용 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


class EggFreezing(Benefit):
    """난자동결 시술비용 지원"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("거주 기간")
    def long_enough(p, law):
        return p.months_resident >= law.min_months

    @criterion("여성")
    def woman(p, law):
        return p.female

    @criterion("나이")
    def age(p, law):
        return law.min_age <= p.age <= law.max_age or (
            law.young_min <= p.age < law.min_age and p.early_menopause_risk
        )

    @criterion("시술 완료")
    def done(p, law):
        return p.egg_freezing_done

    @criterion("처음 지원")
    def first_time(p, law):
        return not p.egg_freezing_received

    def amount(p, law):
        return min(p.egg_freezing_cost * law.rate / 100, law.cap)
