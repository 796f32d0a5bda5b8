"""둘째 출산 가정의 첫째 아이 돌봄 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


def median_income(p, law):
    return law.median_income[min(p.household.size, law.median_table)] + (
        max(p.household.size - law.median_table, 0) * law.median_income_step
    )


def over_median(p, law):
    return p.household.income * 100 > median_income(p, law) * law.median_percent


class FirstChildCare(Benefit):
    """둘째 출산 가정의 첫째 아이 돌봄 지원"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("산모")
    def mother(p, law):
        return p.female and p.gave_birth

    @criterion("둘째 출산")
    def second_child(p, law):
        return p.birth_order == 2

    @criterion("신청 기간")
    def in_time(p, law):
        return p.days_since_birth <= law.max_days

    @criterion("첫째의 나이")
    def elder_is_young(p, law):
        return p.elder_child_age <= law.max_child_age

    @criterion("돌봄 공백")
    def gap(p, law):
        return p.care_gap

    def amount(p, law):
        return p.care_own_share * (law.rate_over if over_median(p, law) else law.rate) / 100
