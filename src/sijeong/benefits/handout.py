"""The result of a self-check on paper: a tagged PDF in large type."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson
import typst
from django.contrib.staticfiles import finders

from .selfcheck import Check, Result

SHEET = Path(__file__).parent / "handout.typ"
FONT = "dist/print/PretendardGOV-Regular.otf"


@cache
def fonts() -> Path:
    """The folder of the OpenType fonts. Raises RuntimeError where the front end was not built."""
    found = finders.find(FONT)
    if found is None:
        raise RuntimeError(f"{FONT}: not built; run hatch_build.py")
    return Path(str(found)).parent


def pdf(government: str, check: Check) -> bytes:
    """The result as PDF/UA-1, ready to be sent."""
    told = {
        "government": government, "on": f"{check.on:%Y. %m. %d.}",
        "results": [_told(result) for result in check.results()],
        "answers": [[question, answer] for _, question, answer in check.review()],
    }  # fmt: skip
    return typst.compile(
        str(SHEET), format="pdf", font_paths=[str(fonts())], ignore_system_fonts=True,
        sys_inputs={"told": orjson.dumps(told).decode()}, pdf_standards=["ua-1"],
    )  # fmt: skip


def _told(result: Result) -> dict[str, Any]:
    told = result.told
    return {
        "benefit": told.benefit, "status": result.status.value, "summary": told.summary,
        "steps": [[step.korean, step.holds] for step in told.decision.trace],
        "changes": [change.text for change in told.changes], "missing": told.missing, "basis": told.basis,
        "where": told.apply_where, "since": f"{result.since:%Y. %m. %d.}" if result.since else "",
        "until": f"{result.changes_on:%Y. %m. %d.}" if result.changes_on else "",
    }  # fmt: skip
