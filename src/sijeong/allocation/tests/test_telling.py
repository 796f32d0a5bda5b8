"""Who is told of a round, and what; and that who applied here learns their own result and its reason."""

import pytest

from sijeong.allocation import actions
from sijeong.allocation.models import Application
from sijeong.allocation.solving.intake import BadTable
from sijeong.allocation.tables import from_applications
from sijeong.notices.models import Notice

pytestmark = pytest.mark.django_db

STAY = {"등급": "일반", "구분": "기관", "객실": "18평", "첫밤": "2022-07-05", "박": "2", "다녀온횟수": "0"}


def notices(made, who):
    return list(
        Notice.objects.filter(person=made.city.people[who]).order_by("pk").values_list("kind", "text")
    )


def test_the_head_is_asked_and_the_division_told(made):
    found = made.bring(made.round(), "submitted")
    assert notices(made, "head") == [("approval", "‘home_care 시험’의 결재를 기다립니다.")]
    actions.send_back(found=found, reason="정원 확인", by=made.viewer("head"))
    assert notices(made, "officer") == [("approval", "‘home_care 시험’이 반려되었습니다: 정원 확인")]
    found.refresh_from_db()
    made.bring(found, "released")
    assert [kind for kind, _ in notices(made, "colleague")] == ["allocated"]
    assert "allocated" not in [kind for kind, _ in notices(made, "head")]  # who did it knows
    assert notices(made, "personnel_officer") == []


def test_who_applied_here_is_drawn_in_and_told_their_own_result(made):
    scheme, applicant = made.scheme("jeju_retreat"), made.viewer("joint_officer")
    filed = actions.file_application(scheme=scheme, values=STAY, by=applicant)
    found = made.round("jeju_retreat", tables={})
    actions.bring(
        found=found,
        role="applicants",
        rows=from_applications(found),
        source="records",
        by=made.viewer("officer"),
    )
    made.bring(found, "released")
    ((kind, text),) = notices(made, "joint_officer")
    assert kind == "allocated" and "18평에 배정되었습니다" in text
    filed.refresh_from_db()
    assert filed.round == found
    assert len(from_applications(found)) == 1  # taken once: into no further round


def test_a_wrong_application_is_told_at_its_field(made):
    scheme = made.scheme("jeju_retreat")
    with pytest.raises(BadTable) as bad:
        actions.file_application(
            scheme=scheme, values={**STAY, "첫밤": "2022-01-05"}, by=made.viewer("officer")
        )
    assert [(f.column, f.reason) for f in bad.value.faults] == [
        ("첫밤", "2022-01-05은(는) 운영 기간(2022-04-01 ~ 2022-12-31) 밖입니다")
    ]
    assert not Application.objects.exists()
