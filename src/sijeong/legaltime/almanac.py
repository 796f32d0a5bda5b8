"""The public holidays of Korea, kept beside us as text.

They are those of the `holidays` package (see `drawing`). It reads every country of the world before it answers for
one, which took four fifths of `sijeong due`; and a holiday that changes with a version of it moves due dates, so that
somebody should read the change.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

PAGE = Path(__file__).with_name("almanac.txt")
YEARS = range(2008, 2101)
"""From the first full year in which Civil Act 161 names Saturdays (amended 21 December 2007) to where the
package ends."""


@cache
def days() -> dict[dt.date, str]:
    """Each public holiday of YEARS and its name as the package writes it, in order of date."""
    lines = PAGE.read_text("utf-8").splitlines()
    return {dt.date.fromisoformat(line[:10]): line[11:] for line in lines}
