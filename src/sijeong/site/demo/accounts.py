"""What a bureau accounts for: duties, budgets, programmes and one report that was handed over."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from sijeong.figures import actions as figures
from sijeong.figures.arithmetic import Row
from sijeong.org.actions import set_duties
from sijeong.org.models import Unit
from sijeong.org.viewer import Viewer, viewer_for
from sijeong.reports import actions as reports
from sijeong.reports.models import WorkReport

from .organisation import DemoCity

DUTIES = {
    "총무과": "청사의 관리와 방호\n문서와 기록물의 관리\n의전과 행사의 총괄\n공무원 복무와 후생",
    "인사과": "인사 운영과 채용\n승진과 전보\n교육 훈련의 계획",
    "자치행정과": "자치구와의 협력\n주민자치의 지원\n선거 사무의 지원",
    "정보공개과": "정보공개의 총괄\n기록관의 운영",
    "시민봉사담당관": "민원실의 운영\n민원 담당자의 보호",
}
THOUSAND = 1_000
# Amounts of a real bureau's tables, in thousands of won; the lines under the totals are made up so that they tie.
SPENDING = [
    ("계", None, 341_200, 43_544), ("기관운영업무추진비", 0, 277_200, 38_255), ("시책추진업무추진비", 0, 64_000, 5_289),
]  # fmt: skip
REVENUE = [
    ("세외수입", None, 11_008_659, 2_787_263), ("경상적 세외수입", 0, 10_412_300, 2_701_480),
    ("공유재산임대료", 1, 8_906_120, 2_310_700), ("사용료", 1, 1_506_180, 390_780), ("임시적 세외수입", 0, 596_359, 85_783),
]  # fmt: skip
PROGRAMMES = {
    "민원 담당자 보호 강화": {
        "summary": "폭언과 폭행으로부터 담당자를 지키고, 겪은 뒤의 회복까지 돕는다.",
        "overview": "○ 민원인을 대하는 직원의 안전을 시가 책임지고 확보\n- 증거 확보, 통화 종료 기준, 사후 지원의 세 축으로 추진",
        "results": "○ 웨어러블 캠과 녹음기 각 5대 시범 사용\n○ 녹음 전화 6,414대 운영\n○ 안전요원·CCTV·비상벨: 38개소 가운데 16개소 설치",
        "plan": "○ 비상 상황 모의훈련을 분기마다 실시\n○ 피해 직원 의료비·상담·법률 지원을 계속",
        "schedule": "○ 연중 : 법률 상담 주 2회\n○ 12월 : 설치 현황 점검",
    },
    "열린 청사 운영": {
        "summary": "시민이 머물고 쓰는 청사로 운영한다.",
        "overview": "○ 시민공간의 개방 시간과 안내를 정비",
        "results": "○ 민원실 09~18시 운영, 화요일은 21시까지\n○ 안내 표지 교체 완료",
        "plan": "○ 회의실 예약을 온라인으로 통합",
        "schedule": "○ 하반기 : 예약 기능 시험 운영",
    },
}


class Accounts:
    """Lays the accounts of 행정국 down through the actions that its people use."""

    def __init__(self, city: DemoCity) -> None:
        self.city, self.today = city, timezone.localdate()
        self.division, self.bureau = city.units["총무과"], city.units["행정국"]

    def lay(self) -> None:
        planning = self.city.planning_viewer()
        for name, duties in DUTIES.items():
            set_duties(unit=self.city.units[name], duties=duties, by=None)
        officer = viewer_for(self.city.officers[self.division.pk][0], self.today)
        head = viewer_for(self.city.heads[self.division.pk], self.today)
        self._book(self.division, "spending", SPENDING, officer)
        self._book(self.bureau, "revenue", REVENUE, planning)
        for title, values in PROGRAMMES.items():
            programme = reports.add_programme(
                unit=self.division, year=self.today.year, title=title, by=officer
            )
            reports.write_programme(programme=programme, values=values, version=programme.version, by=officer)
        report = self._report("정례회", officer)
        reports.release(report=reports.freeze(report=report, by=officer), by=head)
        self._report("임시회", officer)

    def _report(self, occasion: str, by: Viewer) -> WorkReport:
        return reports.make_report(
            unit=self.division,
            design="work_report",
            title="주요업무보고",
            occasion=occasion,
            base_on=self.today,
            by=by,
        )

    def _book(self, unit: Unit, kind: str, lines: list[tuple[str, int | None, int, int]], by: Viewer) -> None:
        rows = [
            Row(label, {"budget": budget * THOUSAND, "spent": spent * THOUSAND}, above, 0, number=number)
            for number, (label, above, budget, spent) in enumerate(lines, 1)
        ]
        for row in rows:
            row.depth = rows[row.parent].depth + 1 if row.parent is not None else 0
        base = self.today.replace(day=1) - dt.timedelta(days=1)
        book = figures.bring(
            unit=unit, year=self.today.year, kind=kind, base_on=max(base, dt.date(self.today.year, 1, 1)), rows=rows,
            source="세입·세출 집행현황", by=by, scale=THOUSAND,
        )  # fmt: skip
        figures.confirm(book=book, by=by)
