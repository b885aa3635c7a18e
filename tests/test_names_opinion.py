"""A model's voice in the vote on types, and the note on languages that are not read."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tearsheet.archive import open_archive
from tearsheet.commands import load
from tearsheet.errors import CorpusError
from tearsheet.names import language_note, recognise
from tearsheet.names.observed import observe
from tearsheet.names.opinion import Heard, spacy_opinion
from tests.test_names import document

TEXT = "On Monday Zorvane Kelth signed. Many admire Zorvane Kelth."


def as_organisation(text: str) -> Iterable[Heard]:
    """Take every Zorvane Kelth for an organisation, and a span that no rule finds."""
    starts = [i for i in range(len(text)) if text.startswith("Zorvane Kelth", i)]
    return [Heard(3, 9, "person"), *(Heard(i, i + 13, "organisation") for i in starts)]


def test_a_model_takes_part_in_the_vote_on_types() -> None:
    documents = {"a.txt": document("a.txt", TEXT)}
    alone = recognise(documents, ())["a.txt"]
    together = recognise(documents, (), as_organisation)["a.txt"]
    assert {m.type for m in alone} == {"person"}
    assert {m.type for m in together} == {"organisation"}
    assert [(m.start, m.end) for m in alone] == [(m.start, m.end) for m in together]


def test_a_model_that_is_not_installed_stops_the_build_with_a_word_of_what_to_do() -> None:
    with pytest.raises(CorpusError, match="install tearsheet"):
        spacy_opinion("a_model_that_nobody_has")


def test_a_model_saved_in_the_archive_is_heard_in_a_build(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is absent: pip install tearsheet[spacy]")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Zorvane Kelth"}])
    pipeline.to_disk(tmp_path / "model")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text(f"The quay\n\n{TEXT}\n", encoding="utf-8")
    kinds = {}
    for settings in ("title: A\n", "title: A\nspacy_model: model\n"):
        (tmp_path / "corpus.yml").write_text(settings, encoding="utf-8")
        corpus = load(open_archive(tmp_path), (), lambda step, done, total: None)
        kinds[settings] = {one.type for one in corpus.entities if one.label == "Zorvane Kelth"}
    assert list(kinds.values()) == [{"person"}, {"organisation"}]


@pytest.mark.parametrize(
    "text",
    [
        "وصل رئيس الوزراء إلى بغداد يوم الخميس لإجراء محادثات مع المسؤولين في العاصمة",
        "Le président a reçu hier soir le premier ministre pour une longue discussion sur les "
        "réformes que le gouvernement veut présenter avant la fin de cette année difficile.",
        "Der Minister sprach gestern mit der Regierung über den Haushalt, und am Ende stand eine "
        "Einigung, die niemand erwartet hatte, auch nicht in der eigenen Partei.",
    ],
)
def test_a_language_that_is_not_read_gets_a_note(text: str) -> None:
    note = language_note(observe(text))
    assert note is not None
    assert note.kind == "language"


@pytest.mark.parametrize(
    "text", [TEXT, "", "\n \n", "1,140", "1. Anna Keller (Norland) 12.4\n2. Otto Moen 12.9"]
)
def test_english_and_empty_texts_and_tables_get_none(text: str) -> None:
    assert language_note(observe(text)) is None
