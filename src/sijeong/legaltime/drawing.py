"""Draws almanac.txt from the `holidays` package, and says whether it still is as the installed one holds it.

python -m sijeong.legaltime.drawing --write | --check
"""

from __future__ import annotations

import sys

from holidays import country_holidays

from .almanac import PAGE, YEARS


def drawn() -> str:
    """The text: a line for each day, `2026-01-01 신정연휴`."""
    found = country_holidays("KR", years=YEARS, language="ko")
    return "".join(f"{day} {name}\n" for day, name in sorted(found.items()))


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(drawn(), "utf-8")
    elif drawn() != PAGE.read_text("utf-8"):
        sys.exit(f"{PAGE}: 설치된 holidays와 다릅니다. 바뀐 날을 확인하고 make docs 로 다시 만드십시오.")
