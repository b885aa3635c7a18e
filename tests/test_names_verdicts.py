"""The review list as an editor sees it, rulings written down, and addresses that last."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tearsheet.errors import CorpusError
from tearsheet.model import Resolution, Ruling
from tearsheet.names import recognise, resolve
from tearsheet.names.identity import Published, redirects
from tearsheet.names.verdicts import entry, rows, with_ruling
from tests.test_names import document

TEXTS = {
    "a.txt": "Hassan Karim heads the museum in Mosul. The museum is small.",
    "b.txt": "It is late. The writer Hassan Nabil Karim lives in Amman. He writes.",
    "c.txt": "Elena Vargas and Otto Vargas met. Then Vargas left. Vargas was tired.",
}
RULING = Ruling("hassan-karim", "Hassan Nabil Karim", "same", "an editor", "2026-01-05", "a: b #c")


def found_in(texts: dict[str, str], published: Published | None = None) -> Resolution:
    documents = {path: document(path, text) for path, text in texts.items()}
    return resolve(documents, recognise(documents, ()), (), (), published)


def test_a_row_shows_both_sides_in_their_sentences() -> None:
    documents = {path: document(path, text) for path, text in TEXTS.items()}
    shown = {
        (row.left.entity.label, row.right.entity.label): row
        for row in rows(found_in(TEXTS), documents)
    }
    row = shown["Hassan Karim", "Hassan Nabil Karim"]
    assert row.left.sentence == "Hassan Karim heads the museum in Mosul."
    assert row.right.sentence == "The writer Hassan Nabil Karim lives in Amman."
    assert (row.left.path, row.right.path) == ("a.txt", "b.txt")
    assert (row.left.mentions, row.right.mentions) == (1, 1)


def test_the_most_consequential_doubt_comes_first() -> None:
    documents = {path: document(path, text) for path, text in TEXTS.items()}
    weights = [row.weight for row in rows(found_in(TEXTS), documents)]
    assert len(weights) >= 3
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# my rulings\n",
        "names:\n",
        "names: []\n",
        "names:\n  - {left: A, right: B, verdict: same}\n",
        "names:\n- left: A\n  right: B\n  verdict: unsure # see below\n\n# fates\nfates: []\n",
        "takedowns:\n  - {source: a.txt, reason: asked}",
    ],
)
def test_a_ruling_is_added_and_everything_else_stays(before: str) -> None:
    after = with_ruling(before, RULING)
    old, new = yaml.safe_load(before) or {}, yaml.safe_load(after)
    assert new.pop("names") == [*(old.pop("names", None) or []), *yaml.safe_load(entry(RULING))]
    assert new == old
    for comment in ("# my rulings", "# see below", "# fates"):
        assert (comment in after) == (comment in before)


def test_a_list_in_brackets_is_not_touched() -> None:
    with pytest.raises(CorpusError, match=r"decisions.yml \[names\]"):
        with_ruling("names: [{left: A, right: B, verdict: same}]\n", RULING)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=4))
def test_rulings_on_any_names_read_back_as_written(pairs: list[tuple[str, str]]) -> None:
    text = ""
    for left, right in pairs:
        text = with_ruling(text, Ruling(left, right, "different"))
    read = (yaml.safe_load(text) or {}).get("names", [])
    assert [(r["left"], r["right"]) for r in read] == pairs


def test_a_permalink_survives_a_better_spelling() -> None:
    one = found_in({"a.txt": "The minister Qasem Dhaheri arrived in Basra."})
    published = {e.id: (e.label, *e.aliases) for e in one.entities}
    more = {f"{n}.txt": "Officials received Ghassem al-Zaheri in Basra." for n in range(4)}
    two = found_in({"a.txt": "The minister Qasem Dhaheri arrived in Basra.", **more}, published)
    people = [e for e in two.entities if e.type == "person"]
    assert [(e.id, e.label) for e in people] == [("qasem-dhaheri", "Ghassem al-Zaheri")]
    assert not redirects(published, two.entities)


def test_a_merged_entitys_old_address_redirects() -> None:
    texts = {path: TEXTS[path] for path in ("a.txt", "b.txt")}
    one = found_in(texts)
    published = {e.id: (e.label, *e.aliases) for e in one.entities}
    documents = {path: document(path, text) for path, text in texts.items()}
    two = resolve(documents, recognise(documents, ()), (), (RULING,), published)
    kept = {e.id for e in two.entities}
    moved = redirects(published, two.entities)
    assert set(published) - kept == set(moved)
    assert set(moved) | kept >= {"hassan-karim", "hassan-nabil-karim"}
    assert set(moved.values()) <= kept


def test_a_new_namesake_does_not_take_a_published_address() -> None:
    one = found_in({"b.txt": "Paul Keller sang in Oslo."})
    published = {e.id: (e.label, *e.aliases) for e in one.entities}
    text = "Paul Keller sang in Oslo. Anna Keller and Otto Keller listened."
    two = found_in({"b.txt": text}, published)
    assert {e.label: e.id for e in two.entities}["Paul Keller"] == "paul-keller"


def test_of_two_published_addresses_the_one_that_says_the_name_stays() -> None:
    texts = {
        "a.txt": "The minister Qasem Dhaheri arrived in Basra. Qasem Dhaheri left.",
        "b.txt": "Officials received Ghassem Zaheri in Basra.",
    }
    published = {
        "ghassem-zaheri": ("Qasem Dhaheri", "Ghassem Zaheri"),
        "qasem-dhaheri": ("Qasem Dhaheri",),
    }
    found = found_in(texts, published)
    assert [e.id for e in found.entities if e.type == "person"] == ["qasem-dhaheri"]
    assert redirects(published, found.entities) == {"ghassem-zaheri": "qasem-dhaheri"}
