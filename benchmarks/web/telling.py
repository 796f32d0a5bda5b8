"""What was measured, as a table and as the page of the documents."""

from __future__ import annotations

import os
import platform
from statistics import median
from typing import Any


def _ratios(question: Any) -> list[float]:
    return [ours.rate / bound.rate for ours, bound in zip(question.runs, question.bounds, strict=True)]


def _spread(values: list[float], shape: str) -> str:
    return f"{median(values):{shape}} ({min(values):{shape}}~{max(values):{shape}})"


def table(asked: list[Any]) -> str:
    """A line a page: rates, ratio with its spread, waits."""
    lines = [
        "| 화면 | 누구 | 요청/초 | 맨 SQL 요청/초 | 비 (최소~최대) | 목표 | p50 ms | p95 ms | p95/p50 | 크기 KB |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for one in asked:
        p50, p95 = (median(f(run) for run in one.runs) for f in (lambda r: r.p50, lambda r: r.quantile(0.95)))
        lines.append(
            f"| {one.name} | {one.who} | {median(r.rate for r in one.runs):.0f} | {median(r.rate for r in one.bounds):.0f} "
            f"| {_spread(_ratios(one), '.2f')} | {one.target or '-'} | {p50:.1f} | {p95:.1f} | {p95 / p50:.1f} "
            f"| {one.runs[0].size / 1024:.0f} |"
        )
    return "\n".join(lines)


def page(asked: list[Any], **facts: Any) -> str:
    """docs/performance.md."""
    return f"""# 속도

`python benchmarks/pages.py --write`가 쓴 것입니다. 손으로 고치지 마십시오.

{platform.python_implementation()} {platform.python_version()}, 코어 {os.cpu_count()}개인 기계 하나에 데이터베이스(PostgreSQL), 웹 프로세스 2개(스레드 4개씩),
연결 16개를 여는 프로그램이 함께 돕니다. 사안 {facts["cases"]:,}건, 일지 사건 {facts["cases"] * 3:,}건입니다. 화면은 로그인부터 마지막 글자까지
실제 그대로이고, 맨 SQL은 같은 서버에서 그 화면의 SQL만 돌려 줄로 이어 내보내는 화면입니다. 둘을 번갈아 {facts["seconds"]:g}초씩 {facts["rounds"]}번 물어
가운뎃값과 가장 작은 값·큰 값을 적었습니다. 초당 요청 수는 이 기계의 것이고, 견줄 것은 한 번에 잰 비입니다.

{table(asked)}

- 제한된 사람(담당자)의 목록은 관리자의 {_of(asked, "사안 목록")}배, 사안 하나는 {_of(asked, "사안 하나")}배, API 목록은 {_of(asked, "API 목록")}배입니다(목표 0.90).
- 확인하고 번호를 매기고 일지에 적으며 가져오기: {facts["rows"]:,}행 {facts["taken"]:.1f}초(목표 25초).
- 웹 프로세스의 메모리: {facts["memory"]:.0f} MB(목표 200 MB).
- 물음 수가 줄 수에 따라 늘지 않는 것은 보통의 시험이 봅니다(`test_constant_queries.py`).
"""


def _of(asked: list[Any], name: str) -> str:
    first, second = (one for one in asked if one.name == name)
    return f"{median(r.rate for r in second.runs) / median(r.rate for r in first.runs):.2f}"
