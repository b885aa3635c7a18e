"""Which records tell the same text: counted, whatever the order, and nothing of short ones."""

from hypothesis import given
from hypothesis import strategies as st

from tearsheet.describe.versions import shared_texts
from tearsheet.model import Document, Fate
from tests.made import document

WORDS = st.lists(st.sampled_from([f"word{n}" for n in range(60)]), min_size=30, max_size=60)


def text(*lines: str) -> Document:
    return document(*((Fate.PARAGRAPH, line) for line in lines))


def numbered(first: int, last: int) -> str:
    return " ".join(f"word{n}" for n in range(first, last))


def test_the_same_words_are_a_copy_whatever_their_capitals_and_furniture() -> None:
    found = shared_texts(
        {
            "a.txt": text(numbered(0, 50)),
            "b.txt": document(
                (Fate.PARAGRAPH, numbered(0, 50).upper()), (Fate.LEGAL, "All rights")
            ),
        }
    )
    assert [(one.path, one.share, one.kind) for one in found["a.txt"]] == [("b.txt", 1.0, "copy")]


def test_a_longer_version_holds_all_of_a_shorter_which_holds_part_of_it() -> None:
    found = shared_texts({"long.txt": text(numbered(0, 104)), "short.txt": text(numbered(0, 54))})
    assert found["short.txt"][0].share == 1.0
    assert found["long.txt"][0].share == 0.5
    assert found["long.txt"][0].kind == "shared"


def test_texts_that_share_a_sentence_only_are_not_named() -> None:
    found = shared_texts({"a.txt": text(numbered(0, 100)), "b.txt": text(numbered(90, 200))})
    assert found == {}


def test_a_text_of_a_few_words_shares_nothing() -> None:
    assert shared_texts({"a.txt": text("no text"), "b.txt": text("no text")}) == {}


@given(st.dictionaries(st.sampled_from("abcdef"), WORDS, min_size=2))
def test_the_order_of_documents_does_not_matter_and_sharing_is_mutual(
    texts: dict[str, list[str]],
) -> None:
    made = {path: text(" ".join(words)) for path, words in texts.items()}
    found = shared_texts(made)
    assert found == shared_texts(dict(reversed(made.items())))
    for path, several in found.items():
        for one in several:
            assert 0 < one.share <= 1
            assert path in {back.path for back in found[one.path]}
