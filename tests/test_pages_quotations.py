"""What records say of entities: the same whether it is made now, held, or read from a cache."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tearsheet.cache import NO_CACHE, Cache, opened
from tearsheet.model import Entity, Fate, Record
from tearsheet.pages import quotations
from tearsheet.pages.quotations import Quotation, Quotations
from tests.made import document, mentions_of, record

ANNA = Entity("anna-berg", "Anna Berg", "person")
PORT = Entity("port-authority", "Port Authority", "organisation")


def records() -> list[Record]:
    made = []
    for number in range(6):
        text = (
            f"Anna Berg spoke {number} times. The Port Authority heard Anna Berg. Nobody else did."
        )
        one = document((Fate.PARAGRAPH, text), path=f"{number}.txt")
        found = (*mentions_of(one, "Anna Berg", ANNA), *mentions_of(one, "Port Authority", PORT))
        made.append(record(one, number=number, mentions=found))
    return made


PATHS = [one.path for one in records()]


def asking(made: Sequence[Record], marks: Mapping[str, str], cache: Cache) -> Quotations:
    return Quotations({one.path: one for one in made}.__getitem__, marks, cache)


def laid(path: str, said: Sequence[Quotation]) -> tuple[str, ...]:
    return (path, *(one.text for one in said))


def of(found: Quotations, entity: str, paths: Sequence[str]) -> list[tuple[Quotation, ...]]:
    told = found.of(entity, paths, laid)
    assert [one.lines for one in told] == [laid(*one) for one in zip(paths, (t.said for t in told), strict=True)]  # fmt: skip
    return [one.said for one in told]


def told(found: Quotations) -> list[tuple[Quotation, ...]]:
    return [one for name in (ANNA.id, PORT.id, "nobody") for one in of(found, name, PATHS)]


@pytest.mark.parametrize("held", [0, 3, 10])
def test_quotations_are_the_same_whatever_is_held_and_kept(
    tmp_path: Path, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotations, "MOST_HELD", held)
    expected = told(asking(records(), {}, NO_CACHE))
    assert sum(map(len, expected)) == 18
    marks = {one.path: f"mark of {one.path}" for one in records()}

    def asked(cache: Cache) -> list[tuple[Quotation, ...]]:
        return told(asking(records(), marks, cache))

    for _ in range(2):
        with opened(tmp_path / "cache", "rules") as cache:
            assert asked(cache) == expected
    assert told(asking(records(), marks, NO_CACHE)) == expected


def test_a_record_that_says_something_else_is_quoted_anew(tmp_path: Path) -> None:
    one, *others = records()
    with opened(tmp_path / "cache", "rules") as cache:
        marks = {record.path: "as it was" for record in (one, *others)}
        before = of(asking([one, *others], marks, cache), ANNA.id, PATHS)
        text = "Nobody spoke. Then Anna Berg left."
        other = document((Fate.PARAGRAPH, text), path=one.path)
        changed = record(other, mentions=mentions_of(other, "Anna Berg", ANNA))
        marks[one.path] = "as it is"
        after = of(asking([changed, *others], marks, cache), ANNA.id, PATHS)
        assert [quotation.text for quotation in after[0]] == ["Then Anna Berg left."]
        assert after[1:] == before[1:]
        assert of(asking(others, marks, cache), ANNA.id, PATHS[1:]) == before[1:]
