"""A page that holds its article twice gives it once; what merely stands twice stays."""

from hypothesis import given
from hypothesis import strategies as st

from tearsheet.clean.copies import COPY, LEAST_PARAGRAPHS, set_aside_copies
from tearsheet.clean.signs import signs_of
from tearsheet.clean.verdicts import Verdict
from tearsheet.model import Fate

PARAGRAPHS = tuple(
    f"The ferry of the {day} came in late, said the harbour master, and nobody on the quay minded."
    for day in ("first", "second", "third", "fourth", "fifth", "sixth")
)
KEPT = Verdict(Fate.PARAGRAPH, "prose of the article", 0.9)


def kept_of(texts: list[str]) -> list[str]:
    verdicts = [KEPT] * len(texts)
    set_aside_copies([signs_of(text) for text in texts], verdicts)
    return [text for text, verdict in zip(texts, verdicts, strict=True) if verdict is not COPY]


def test_the_second_copy_of_an_article_is_set_aside_and_the_first_stays() -> None:
    assert kept_of([*PARAGRAPHS, "Print", *PARAGRAPHS]) == [*PARAGRAPHS, "Print"]


def test_the_end_of_an_article_that_stands_again_is_a_copy_too() -> None:
    assert kept_of([*PARAGRAPHS, *PARAGRAPHS[-LEAST_PARAGRAPHS:]]) == [*PARAGRAPHS]


def test_two_paragraphs_that_stand_twice_stay() -> None:
    texts = [*PARAGRAPHS[:4], *PARAGRAPHS[:2]]
    assert kept_of(texts) == texts


def test_steps_that_come_back_in_another_order_stay() -> None:
    texts = [*PARAGRAPHS, PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[1], PARAGRAPHS[4]]
    assert kept_of(texts) == texts


def test_short_lines_and_refrains_stay_however_often_they_come() -> None:
    song = ["Row on, row on.", "The tide is out.", "And nobody comes home."] * 4
    assert kept_of(song) == song


@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=14))
def test_nothing_is_set_aside_that_does_not_stand_above(texts: list[str]) -> None:
    kept = kept_of(texts)
    assert set(kept) == set(texts)
    assert list(dict.fromkeys(kept)) == list(dict.fromkeys(texts))
