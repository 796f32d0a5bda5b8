"""산모 산후조리경비 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


class PostnatalCare(Benefit):
    """산모 산후조리경비 지원"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("거주 기간")
    def long_enough(p, law):
        return p.months_resident >= law.min_months

    @criterion("산모")
    def mother(p, law):
        return p.female and p.gave_birth

    @criterion("신청 기간")
    def in_time(p, law):
        return p.days_since_birth <= law.max_days

    @criterion("이번 출산에 처음")
    def first_time(p, law):
        return not p.postnatal_received

    def amount(p, law):
        return law.grant
