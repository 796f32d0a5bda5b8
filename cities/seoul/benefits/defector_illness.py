"""북한이탈주민 일반질환 치료비 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


def poor(p, law):
    return p.welfare in ("생계급여", "차상위")


def left_of(cap, p):
    return max(cap - p.illness_paid_this_year, 0)


class DefectorIllness(Benefit):
    """북한이탈주민 일반질환 치료비 지원"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("북한이탈주민")
    def defector(p, law):
        return p.defector

    @criterion("시립병원 진료")
    def at_city_hospital(p, law):
        return p.city_hospital

    def amount(p, law):
        return (
            min(p.illness_cost * law.rate_poor / 100, left_of(law.cap_poor, p)) if poor(p, law)
            else min(p.illness_cost * law.rate_other / 100, left_of(law.cap_other, p))
        )  # fmt: skip
