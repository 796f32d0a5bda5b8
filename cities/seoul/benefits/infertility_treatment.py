"""난임부부 시술비 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


def cap_for_age(p, young, older, law):
    return young if p.age <= law.young_max else older


def cap(p, law):
    return (
        cap_for_age(p, law.fresh_young, law.fresh_older, law) if p.procedure == "신선배아"
        else cap_for_age(p, law.frozen_young, law.frozen_older, law) if p.procedure == "동결배아"
        else cap_for_age(p, law.insemination_young, law.insemination_older, law)
    )  # fmt: skip


class InfertilityTreatment(Benefit):
    """난임부부 시술비 지원"""

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

    @criterion("부부")
    def couple(p, law):
        return p.in_couple

    @criterion("난임 진단")
    def diagnosed(p, law):
        return p.infertility_diagnosed or (p.in_couple and p.couple.infertile)

    @criterion("시술")
    def treated(p, law):
        return p.procedure != "받지 않음"

    @criterion("횟수")
    def cycles_left(p, law):
        return p.cycles_used < law.max_cycles

    def amount(p, law):
        return min(p.treatment_cost, cap(p, law))
