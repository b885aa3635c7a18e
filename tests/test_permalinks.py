"""The permalinks of names: ids that are never forgotten."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tearsheet.archive.permalinks import published, read_permalinks, write_permalinks
from tearsheet.errors import CorpusError
from tearsheet.model import Entity
from tearsheet.names.identity import gone
from tearsheet.pages.compose import compose
from tests.made import corpus

ANNA = Entity("anna-berg", "Anna Berg", "person", aliases=("Berg",))


def test_an_id_that_no_entity_bears_any_more_is_kept_with_its_names() -> None:
    before = {"ana-berg": ("Ana Berg",)}
    assert published(before, [ANNA]) == {
        "ana-berg": ("Ana Berg",),
        "anna-berg": ("Anna Berg", "Berg"),
    }


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True),
        st.lists(st.from_regex(r"[A-Za-z \",\u0600-\u06ff]{1,8}", fullmatch=True), min_size=1).map(
            tuple
        ),
        max_size=5,
    )
)
def test_permalinks_read_back_as_they_were_written(ids: dict[str, tuple[str, ...]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "names.csv"
        file.write_text(write_permalinks(ids), encoding="utf-8")
        assert read_permalinks(file) == ids


def test_a_file_of_other_columns_stops_the_build(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("name\nx\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"names\.csv: found the columns"):
        read_permalinks(file)


def test_a_former_address_leads_to_the_page_of_today() -> None:
    pages = {
        page.path: page for page in compose(corpus(entities=[ANNA], moved={"ana": "anna-berg"}))
    }
    page = pages["entities/ana.md"]
    assert page.front_matter["moved_to"] == "entities/anna-berg/"
    assert page.body == "This name has moved to the page of [Anna Berg](anna-berg.md)."


def test_an_address_whose_name_is_gone_says_so_and_is_never_given_away() -> None:
    before = {"otto-berg": ("Otto Berg",), "anna-berg": ("Anna Berg",)}
    assert gone(before, [ANNA]) == {"otto-berg": "Otto Berg"}
    made = corpus(entities=[ANNA], gone=gone(before, [ANNA]))
    pages = {page.path: page for page in compose(made)}
    assert "Otto Berg stood here" in pages["entities/otto-berg.md"].body
    assert "otto-berg" in published(before, [ANNA])
