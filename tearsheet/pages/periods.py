"""The records of an archive over time, in steps that suit its span: months, years or decades.

Takes the Catalogue; gives the rows of a chart. Guarantees that the rows count every record
once, those without a date last.
"""

from collections import Counter

from tearsheet.pages.card import UNDATED
from tearsheet.pages.catalogue import Catalogue
from tearsheet.pages.words import MONTHS

FEW_YEARS = 3
"""Years that are shown by month: a chart of three bars says nothing."""
MANY_YEARS = 60
"""Years from which a chart is longer than a screen, and is one of decades."""
MONTH = len("2020-06")


def periods(catalogue: Catalogue) -> dict[str, object]:
    """Give `step` (month, year or decade) and `rows`, each with a name, a count, an address."""
    years = [year for year in catalogue.years if year != UNDATED]
    step = "year"
    if len(years) > MANY_YEARS:
        step = "decade"
    days = Counter([card.published for card in catalogue.in_time])
    if len(years) <= FEW_YEARS and len({_period(day, "month") for day in days}) > 2:
        step = "month"
    counted: Counter[str] = Counter()
    for day, number in days.items():
        counted[_period(day, step)] += number
    ordered = sorted(counted, key=lambda period: (period == UNDATED, period))
    rows = [
        {"year": _name(one), "count": counted[one], "href": _address(one, step)} for one in ordered
    ]
    return {"step": step, "rows": rows}


def _period(published: str | None, step: str) -> str:
    if not published:
        return UNDATED
    if step == "decade":
        return f"{published[:3]}0s"
    return published[: MONTH if step == "month" else len("2020")]


def _name(period: str) -> str:
    if len(period) < MONTH or period == UNDATED:
        return period
    year, month = period.split("-")
    return f"{MONTHS[int(month) - 1][:3]} {year}"


def _address(period: str, step: str) -> str:
    if period == UNDATED:
        return f"dates/{UNDATED}/"
    return "dates/" if step == "decade" else f"dates/{period[:4]}/"
