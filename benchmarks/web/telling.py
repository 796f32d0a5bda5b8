"""What was measured, as a table, against what it should be, and as the page of the documents."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from statistics import median
from typing import Any

BARE, SIGNED = 0, 1  # the bounds of a question


def rate(question: Any) -> float:
    return median(run.rate for run in question.runs)


def ratios(question: Any, to: int = BARE) -> list[float]:
    """Of each turn, our share of a bound."""
    return [
        ours.rate / bounds[to].rate
        for ours, bounds in zip(question.runs, question.bounds, strict=True)
        if bounds
    ]


def spread(values: list[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f}~{max(values):.2f})" if values else "-"


def bound_rate(question: Any, to: int) -> float:
    return median(bounds[to].rate for bounds in question.bounds)


def waits(question: Any) -> tuple[float, float, float]:
    """p50 and p95 in milliseconds, and p95 by p50 within a slice."""
    return (
        median(run.p50 for run in question.runs),
        median(run.quantile(0.95) for run in question.runs),
        median(tail for run in question.runs for tail in run.tails),
    )


def table(asked: list[Any]) -> str:
    """A line a page: rates, ratio with its spread, waits."""
    lines = [
        "| 화면 | 누구 | 요청/초 | 맨 SQL | 로그인한 맨 SQL | 맨 SQL의 (최소~최대) | 목표 | 로그인한 맨 SQL의 | p50 ms | p95 ms | p95/p50 | KB |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for one in asked:
        p50, p95, tail = waits(one)
        bare, signed = (f"{bound_rate(one, to):.0f}" if one.bound else "-" for to in (BARE, SIGNED))
        lines.append(
            f"| {one.name} | {one.who} | {rate(one):.0f} | {bare} | {signed} | {spread(ratios(one))} | {one.target or '-'} "
            f"| {spread(ratios(one, SIGNED))} | {p50:.1f} | {p95:.1f} | {tail:.1f} | {one.runs[0].size / 1024:.0f} |"
        )
    return "\n".join(lines)


@dataclass(frozen=True)
class Target:
    """What should be reached, and what was."""

    what: str
    wanted: str
    found: str
    met: bool

    def __str__(self) -> str:
        return f"| {self.what} | {self.wanted} | {self.found} | {'닿음' if self.met else '**못 미침**'} |"


def targets(asked: list[Any], *, memory: float, rows: int, taken: float) -> list[Target]:
    """Every target with its figure."""
    found = []
    for one in asked:
        if one.target:
            reached = median(ratios(one))
            found.append(
                Target(
                    f"{one.name}, {one.who}: 맨 SQL의", f"{one.target:.2f} 이상", spread(ratios(one)), reached >= one.target
                )
            )  # fmt: skip
    for name in ("사안 목록", "사안 하나", "API 목록", "통계"):
        first, second = (one for one in asked if one.name == name)
        shares = [two.rate / one.rate for one, two in zip(first.runs, second.runs, strict=True)]
        share = median(shares)
        found.append(
            Target(f"{name}: {second.who}, {first.who}의", "0.90 이상", spread(shares), share >= 0.90)
        )
    for who in dict.fromkeys(one.who for one in asked):
        listed, counted = (_of(asked, name, who) for name in ("사안 목록", "통계"))
        share = rate(counted) / rate(listed)
        found.append(Target(f"통계, {who}: 목록의", "0.80 이상", f"{share:.2f}", share >= 0.80))
    worst = max(asked, key=lambda one: waits(one)[2])
    slow = waits(worst)[2]
    found += [
        Target(
            "p95는 p50의 (가장 나쁜 화면)", "2배 이하", f"{slow:.1f} ({worst.name}, {worst.who})", slow <= 2
        ),
        Target(f"확인·번호·일지까지 {rows:,}행 가져오기", "25초 이하", f"{taken:.1f}초", taken <= 25),
        Target("웹 프로세스의 메모리(제 몫)", "200 MB 이하", f"{memory:.0f} MB", memory <= 200),
    ]
    return found


def _of(asked: list[Any], name: str, who: str) -> Any:
    return next(one for one in asked if (one.name, one.who) == (name, who))


def page(asked: list[Any], **facts: Any) -> str:
    """docs/performance.md."""
    told = targets(asked, memory=facts["memory"], rows=facts["rows"], taken=facts["taken"])
    return f"""# 속도

`python benchmarks/pages.py --write`가 쓴 것입니다. 손으로 고치지 마십시오.

{platform.python_implementation()} {platform.python_version()}, 코어 {os.cpu_count()}개인 기계 하나에 데이터베이스(PostgreSQL), 웹 프로세스 2개(스레드 4개씩),
연결 16개를 여는 프로그램이 함께 돕니다. 사안 {facts["cases"]:,}건, 일지 사건 {facts["cases"] * 3:,}건입니다. 화면은 로그인부터 마지막 글자까지
실제 그대로이고, 맨 SQL은 같은 서버에서 그 화면의 SQL만 돌려 줄로 이어 내보내는 화면입니다(미들웨어도 세션도 권한도 틀도 없음). 로그인한 맨 SQL은
거기에 Django가 새 사이트에 넣어 주는 미들웨어와 로그인 확인만 더한 것입니다. 셋을 {facts["seconds"] / facts["slices"]:g}초씩 번갈아
{facts["slices"]}번 물은 것을 한 판으로 하여 {facts["rounds"]}판의 가운뎃값과 가장 작은 값·큰 값을 적었습니다(p95/p50은 그 조각 안의 것의 가운뎃값). 초당 요청 수는
이 기계의 것이고, 견줄 것은 한 번에 잰 비입니다.

{table(asked)}

## 목표

| 무엇 | 목표 | 잰 값 | |
|---|---|---|---|
{chr(10).join(map(str, told))}

물음 수가 줄 수에 따라 늘지 않는 것과 통계가 다시 센 것과 같은 것은 보통의 시험이 봅니다(`test_constant_queries.py`,
`statistics/tests/test_sums.py`).

## 무엇이 막나

{_bound(asked)}
"""


def _bound(asked: list[Any]) -> str:
    """The costs below a page's own, from the same run: what no faster list could go under."""
    lines = []
    for who in dict.fromkeys(one.who for one in asked):
        frame, listed, turned = (
            _of(asked, name, who) for name in ("줄 없는 목록", "사안 목록", "사안 목록, 쪽을 넘기며")
        )
        mine, rest, every = (1000 / rate(one) for one in (listed, frame, turned))
        bare, signed = (1000 / bound_rate(listed, to) for to in (BARE, SIGNED))
        over = ", ".join(
            f"{one.name} {bound_rate(one, SIGNED) / bound_rate(one, BARE):.2f}({one.target:.2f})"
            for one in asked
            if one.who == who and one.target
        )
        lines.append(
            f"- {who}: 요청 하나에 맨 SQL은 {bare:.1f} ms, 로그인한 맨 SQL은 {signed:.1f} ms, 줄이 하나도 없는 목록은 {rest:.1f} ms, 목록은 "
            f"{mine:.1f} ms, 방금 쓴 줄이 없는 목록은 {every:.1f} ms입니다. 맨 SQL에 Django의 로그인만 더해도 맨 SQL에 대한 비는 {over}까지이고"
            f"(괄호는 우리 화면의 목표), 줄이 아무리 싸도 우리 목록은 {bare / rest:.2f}까지입니다."
        )
    return "\n".join(lines)
