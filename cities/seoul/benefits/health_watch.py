"""스마트 건강관리 손목시계(손목닥터 9988): 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


class HealthWatch(Benefit):
    """스마트 건강관리 손목시계(손목닥터 9988)"""

    rounding = Rounding.DOWN_1

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("나이")
    def age(p, law):
        return law.min_age <= p.age <= law.max_age

    @criterion("스마트폰")
    def phone(p, law):
        return p.has_smartphone

    @criterion("처음 받음")
    def first_time(p, law):
        return not p.watch_received

    def amount(p, law):
        return law.unit_cost
