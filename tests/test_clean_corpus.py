"""Evidence from the corpus, and the bundled weights."""

import json
from importlib.resources import files

import pytest

from tearsheet.clean import clean, repeated_texts
from tearsheet.clean.evidence import evidence_of
from tearsheet.clean.weights import EARLY_TREES, bundled, first_score, from_stored, scores
from tearsheet.model import SHOWN_FATES, Source
from tearsheet.readers import read

PARAGRAPHS = (
    "The harbour master said on Monday that the ferries would run again before the winter.",
    "Two companies have quarrelled over the narrows since 1908, and two ships were lost in that time.",
    "The talks at the Guildhall went on for two hours, and both sides called them useful.",
)
CREED = "The Gull brings the news of the shore to every house, and has done so since 1871."


def paper(number: int) -> Source:
    text = "\n".join([f"Day {number}: {line}" for line in PARAGRAPHS] + [CREED])
    return read(f"{number}.txt", text.encode())


def test_texts_of_several_sources_are_counted_whatever_their_order() -> None:
    sources = [paper(number) for number in range(4)]
    repeated = repeated_texts(sources)
    assert dict(repeated) == {CREED: 3}
    assert repeated_texts(reversed(sources)) == repeated


def test_a_text_repeated_on_one_page_alone_is_not_repeated_in_the_corpus() -> None:
    assert dict(repeated_texts([read("a.txt", b"Menu\nMenu\nMenu\n")])) == {}


def test_repetition_across_sources_counts_against_a_line_and_never_for_it() -> None:
    source = paper(1)
    alone = clean(source)
    informed = clean(source, repeated={CREED: 40, "Day 1: " + PARAGRAPHS[0]: 0})
    kept_alone = {entry.unit for entry in alone.ledger if entry.fate in SHOWN_FATES}
    kept = {entry.unit for entry in informed.ledger if entry.fate in SHOWN_FATES}
    assert kept <= kept_alone
    assert {1, 2, 3} <= kept


@pytest.mark.parametrize("kind", ["text", "page"])
def test_the_weights_tell_prose_from_a_menu(kind: str) -> None:
    prose, menu = (evidence_of(text) for text in (PARAGRAPHS[1], "Sign in | Subscribe"))
    weights = bundled(kind)
    assert first_score(prose, weights) > first_score(menu, weights)


def test_the_weights_are_a_modest_readable_file_that_credits_its_sources() -> None:
    stored = files("tearsheet.clean").joinpath("weights.json").read_text(encoding="utf-8")
    assert len(stored.encode()) < 250_000
    assert "CC BY 4.0" in json.loads(stored)["credits"]
    assert max(len(line) for line in stored.splitlines()) < 700


@pytest.mark.parametrize(("early", "said"), [(0.01, 0.85), (0.05, 3.0), (-0.05, -3.0)])
def test_the_later_trees_are_asked_only_where_the_early_ones_leave_doubt(
    early: float, said: float
) -> None:
    stored = {"first_bias": 0.0, "first": {}, "trees": [*[early] * EARLY_TREES, 0.25]}
    unit = evidence_of(PARAGRAPHS[0])
    assert scores([unit], [0.0], [PARAGRAPHS[0]], [0], from_stored(stored)) == [said]


def test_broken_weights_are_refused_with_what_to_do() -> None:
    for first, trees in (([], []), ({}, {}), ({}, [["words", 3.0, 0.5]])):
        with pytest.raises(TypeError, match="train again"):
            from_stored({"first_bias": 0, "first": first, "trees": trees})


def test_a_page_cleaned_to_its_shown_blocks_is_not_cleaned_further() -> None:
    html = (
        "<!doctype html><nav><a href=/>Home</a><a href=/n>News</a></nav><main><h1>Ferries run again</h1>"
        + "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
        + "<ul><li>Six o'clock from the quay.</li><li>Ten o'clock from the island.</li></ul></main>"
        "<aside><h3>Most read</h3><a href=/a>Lighthouse keeper retires</a></aside>"
    )
    document = clean(read("a.html", html.encode()))
    shown = [entry.unit for entry in document.ledger if entry.fate in SHOWN_FATES]
    units = tuple(unit for unit in document.source.units if unit.number in shown)
    again = clean(Source("a.html", "", 0, "text/html", "utf-8", "", units))
    assert again.text == document.text
