"""The review of names in doubt, in a terminal: one pair after another, most consequential first.

Takes an archive's folder and a way to ask; shows each pair with its score, reason, counts
and a sentence of each side, and writes every answer to decisions.yml at once, with who, when
and why. An answer is obeyed by the next build and the pair is never asked again.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec

from tearsheet.archive import open_archive
from tearsheet.archive.permalinks import Published
from tearsheet.commands import load
from tearsheet.documents import Documents
from tearsheet.errors import CorpusError
from tearsheet.model import Corpus, Resolution, Ruling
from tearsheet.names.verdicts import Quote, ReviewRow, merged_rows, rows, with_ruling
from tearsheet.pages.words import count
from tearsheet.writer import write_if_changed

ANSWERS = {"s": "same", "d": "different", "u": "unsure"}
QUESTION = "same, different, unsure, later or quit? [s/d/u/l/q] "

Ask = Callable[[str], str]
Say = Callable[[str], None]


class Editor(msgspec.Struct, frozen=True):
    """Who rules, and on what day (ISO 8601)."""

    who: str | None
    today: str


def pending(folder: Path, former: Published, *, merged: bool = False) -> tuple[ReviewRow, ...]:
    """Give the pairs that wait for a ruling, the most consequential first.

    With `merged`, those that were made one without a ruling, to be confirmed or split.
    """
    corpus = load(open_archive(folder), (), lambda step, done, total: None, former)
    documents = Documents({record.path: record.held for record in corpus.records})
    return (merged_rows if merged else rows)(_resolution(corpus), documents)


def _resolution(corpus: Corpus) -> Resolution:
    mentions = {record.path: record.mentions for record in corpus.records}
    return Resolution(corpus.entities, mentions, corpus.review, corpus.merges)


def show(row: ReviewRow, number: int, total: int, say: Say) -> None:
    """Show one pair as an editor needs to see it."""
    say(f"\n{number} of {total}: {row.score:.0%}, {row.reason}")
    for quote in (row.left, row.right):
        say(f"  {_described(quote)}")
        if quote.sentence is not None:
            say(f"    “{_one_line(quote.sentence)}” ({quote.path})")


def _described(quote: Quote) -> str:
    entity = quote.entity
    name = entity.label if quote.name == entity.id else quote.name
    return f"{name} [{entity.id}], {entity.type}, mentioned {count(quote.mentions, 'time')}"


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def review(
    folder: Path, former: Published, editor: Editor, *, ask: Ask, say: Say, merged: bool = False
) -> int:
    """Ask for a ruling on every pair until all are answered or the editor quits.

    With `merged`, on the names that were made one without a ruling: `different` splits them.
    Gives the number of rulings written. Raises CorpusError for a bare folder, which has no
    place for rulings.
    """
    if open_archive(folder).bare:
        raise CorpusError(
            f"{folder}: a bare folder has no decisions.yml; put its files into a folder "
            "`sources/` inside it to make it an archive"
        )
    found = pending(folder, former, merged=merged)
    written = 0
    for number, row in enumerate(found, 1):
        show(row, number, len(found), say)
        answer = _answer(ask)
        if answer == "q":
            break
        if answer in ANSWERS:
            reason = ask("why? ").strip() or None
            _write(folder / "decisions.yml", _ruling(row, answer, editor, reason))
            written += 1
    return written


def _answer(ask: Ask) -> str:
    while True:
        answer = ask(QUESTION).strip().lower()[:1]
        if answer in {*ANSWERS, "l", "q"}:
            return answer


def _ruling(row: ReviewRow, answer: str, editor: Editor, reason: str | None) -> Ruling:
    left, right = row.left.name, row.right.name
    verdict = ANSWERS[answer]
    return Ruling(left, right, verdict, editor.who, editor.today, reason)  # type: ignore[arg-type]  # one of ANSWERS


def _write(file: Path, ruling: Ruling) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    write_if_changed(file, with_ruling(text, ruling).encode())
