"""북한이탈주민 치과 치료비 지원: 규칙. 금액·나이·비율은 같은 이름의 yaml에 있다."""

from sijeong.benefits.rules.language import Benefit, Rounding, criterion


def poor(p, law):
    return p.welfare in ("생계급여", "차상위")


class DefectorDental(Benefit):
    """북한이탈주민 치과 치료비 지원"""

    rounding = Rounding.DOWN_10

    @criterion("서울 거주")
    def lives_here(p, law):
        return p.resident

    @criterion("북한이탈주민")
    def defector(p, law):
        return p.defector

    def amount(p, law):
        return (
            min(p.dental_cost * law.rate_poor / 100, law.cap_poor) if poor(p, law)
            else min(p.dental_cost * law.rate_other / 100, law.cap_other)
        )  # fmt: skip
