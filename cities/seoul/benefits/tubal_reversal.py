"""정·난관 복원 시술비 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


class TubalReversal(Benefit):
    """정·난관 복원 시술비 지원"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("복원 시술")
    def restored(p, law):
        return p.reversal_done

    @criterion("나이")
    def age(p, law):
        return p.age <= (law.max_age_woman if p.female else law.max_age_man)

    @criterion("처음 지원")
    def first_time(p, law):
        return not p.reversal_received

    def amount(p, law):
        return min(p.reversal_own_share, law.cap)
