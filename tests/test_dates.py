"""Dates as the world's press writes them: cases as data, and the laws of values."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.calendar_words import MONTH_WORDS, WEEKDAY_WORDS
from tearsheet.dates import find_dates, read_date, year_of_weekday, years_named

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "dates" / "wordings.yml").read_text(encoding="utf-8")
)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"]))
def test_each_wording_is_read_as_far_as_it_states(case: dict[str, Any]) -> None:
    found = find_dates(case["text"])
    if case.get("none"):
        assert found == ()
        return
    one = found[0]
    if "readings" in case:
        readings = [one.settled(day_first=first).value for first in (True, False)]
        assert one.ambiguous
        assert readings == case["readings"]
    elif "partial" in case:
        assert [one.month, one.day, one.weekday] == case["partial"]
        assert one.value is None
    else:
        assert one.value == case["value"]
        assert not one.ambiguous


def test_a_line_with_two_dates_gives_both_in_their_order() -> None:
    found = find_dates("Issued on: 21/10/2020 – 12:18Modified: 22/10/2020 – 14:28")
    assert [one.value for one in found] == ["2020-10-21T12:18", "2020-10-22T14:28"]


def test_seconds_since_1970_are_read_only_as_a_whole_value() -> None:
    stamp = read_date("1591866000")
    assert stamp is not None
    assert stamp.value == "2020-06-11T09:00Z"
    assert find_dates("order 1591866000 of today") == ()


def test_a_bare_year_is_a_value_but_no_date_of_a_text() -> None:
    alone = read_date("2020")
    assert alone is not None
    assert alone.value == "2020"
    assert find_dates("in 2020") == ()
    assert years_named("from 2014 to 2020, costing 1,999 and 20.2021") == (2014, 2020)


@given(DAYS)
def test_an_iso_day_is_read_back_as_itself(day: date) -> None:
    found = read_date(day.isoformat())
    assert found is not None
    assert found.value == day.isoformat()


@given(DAYS, st.integers(0, 11), st.booleans())
def test_every_month_word_of_every_language_is_read(day: date, nth: int, upper: bool) -> None:
    words = MONTH_WORDS[day.month - 1].split()
    word = words[nth % len(words)].capitalize()
    found = find_dates(f"{day.day} {word.upper() if upper and word.isascii() else word} {day.year}")
    assert [one.value for one in found] == [day.isoformat()]


@given(DAYS)
def test_a_weekday_belongs_to_a_day_in_the_years_that_have_it(day: date) -> None:
    assert year_of_weekday(day.year, day.month, day.day, day.weekday())
    assert not year_of_weekday(day.year, day.month, day.day, (day.weekday() + 1) % 7)


@given(st.text(max_size=300))
def test_any_text_gives_dates_that_stand_in_it_in_order(text: str) -> None:
    end = 0
    for one in find_dates(text):
        assert text[one.start : one.end] == one.original
        assert one.start >= end
        end = one.end
        assert one.year is None or one.value is not None


def test_no_weekday_word_stands_for_two_days() -> None:
    words = [word for line in WEEKDAY_WORDS for word in line.split()]
    assert sorted(set(words)) == sorted(words)
