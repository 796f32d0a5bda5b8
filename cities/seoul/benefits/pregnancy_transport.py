"""임산부 교통비 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


def pregnant_long_enough(p, law):
    return p.pregnancy_weeks >= law.min_weeks


def recently_born(p, law):
    return p.gave_birth and p.months_since_birth < law.months_after


class PregnancyTransport(Benefit):
    """임산부 교통비 지원"""

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

    @criterion("임신 또는 출산 직후")
    def expecting(p, law):
        return pregnant_long_enough(p, law) or recently_born(p, law)

    @criterion("이번 임신에 처음")
    def first_time(p, law):
        return not p.transport_received

    def amount(p, law):
        return law.voucher
