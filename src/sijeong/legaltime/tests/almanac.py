"""Public holidays of 2018-2027 as the official almanacs of those years list them, written down by hand.

The tests' own knowledge: nothing here is computed by the code under test.
"""

import datetime as dt

EVERY_YEAR = {
    "1.1": "1월 1일",
    "3.1": "3ㆍ1절",
    "5.5": "어린이날",
    "6.6": "현충일",
    "8.15": "광복절",
    "10.3": "개천절",
    "10.9": "한글날",
    "12.25": "기독탄신일",
}
FROM_2026 = {"5.1": "노동절", "7.17": "제헌절"}

# Of each year: the day itself of 설날 and of 추석 (the days around each are holidays too), 부처님 오신 날,
# substitute days with the feast they make up for, and one-off days (임시공휴일, elections).
MOVING = {
    2018: ("2.16", "9.24", "5.22", "5.7 어린이날, 9.26 추석", "6.13"),
    2019: ("2.5", "9.13", "5.12", "5.6 어린이날", ""),
    2020: ("1.25", "10.1", "4.30", "1.27 설날", "4.15 8.17"),
    2021: ("2.12", "9.21", "5.19", "8.16 광복절, 10.4 개천절, 10.11 한글날", ""),
    2022: ("2.1", "9.10", "5.8", "9.12 추석, 10.10 한글날", "3.9 6.1"),
    2023: ("1.22", "9.29", "5.27", "1.24 설날, 5.29 부처님 오신 날", "10.2"),
    2024: ("2.10", "9.17", "5.15", "2.12 설날, 5.6 어린이날", "4.10 10.1"),
    2025: ("1.29", "10.6", "5.5", "3.3 3ㆍ1절, 5.6 부처님 오신 날·어린이날, 10.8 추석", "1.27 6.3"),
    2026: ("2.17", "9.25", "5.24", "3.2 3ㆍ1절, 5.25 부처님 오신 날, 8.17 광복절, 10.5 개천절", "6.3"),
    2027: (
        "2.7",
        "9.15",
        "5.13",
        "2.9 설날, 5.3 노동절, 7.19 제헌절, 8.16 광복절, 10.4 개천절, 10.11 한글날, 12.27 기독탄신일",
        "",
    ),
}
FIRST, LAST = dt.date(2018, 1, 1), dt.date(2027, 12, 31)
DAY = dt.timedelta(days=1)


def _date(year: int, text: str) -> dt.date:
    month, day = text.split(".")
    return dt.date(year, int(month), int(day))


def _of(year: int) -> dict[dt.date, str | None]:
    new_year, harvest, buddha, substitutes, once = MOVING[year]
    fixed = EVERY_YEAR | (FROM_2026 if year >= 2026 else {})
    names: dict[dt.date, str | None] = {_date(year, text): name for text, name in fixed.items()}
    for text, feast in ((new_year, "설날"), (harvest, "추석")):
        day = _date(year, text)
        names |= {day - DAY: f"{feast} 전날", day: feast, day + DAY: f"{feast} 다음 날"}
    birthday = _date(year, buddha)
    names[birthday] = "부처님 오신 날·어린이날" if birthday in names else "부처님 오신 날"
    for entry in substitutes.split(", ") if substitutes else []:
        text, feast = entry.split(" ", 1)
        names[_date(year, text)] = f"대체공휴일({feast})"
    return names | {_date(year, text): None for text in once.split()}


NAMES = {day: name for year in MOVING for day, name in _of(year).items()}
"""Every holiday and its name; None where the name is one of its own kind (see cities/seoul/holidays.yaml)."""
DAYS = [FIRST + DAY * number for number in range((LAST - FIRST).days + 1)]
