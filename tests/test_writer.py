"""The one module that writes: only what changed, only where it may."""

import os
import shutil
import zipfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tearsheet.batches import Batch, Lines, Pages, Walk, read_former
from tearsheet.errors import CorpusError
from tearsheet.writer import GENERATED, pack_folder, swap_folder, write_generated, write_if_changed


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def write(docs: Path, files: list[tuple[str, bytes]]) -> int:
    batches = [Batch(path, "", partial(tuple, [(path, content)])) for path, content in files]
    state = docs.with_name("state")
    return write_generated(docs, batches, state, read_former(state, ""))


def test_the_generated_folders_hold_exactly_what_was_given(tmp_path: Path) -> None:
    write(tmp_path, [("records/a.md", b"a"), ("index.md", b"home")])
    write(tmp_path, [("records/b.md", b"b")])
    assert tree(tmp_path) == {"records/b.md": b"b"}


def test_hand_written_pages_are_left_alone(tmp_path: Path) -> None:
    hand = tmp_path / "about" / "method.md"
    hand.parent.mkdir()
    hand.write_bytes(b"by hand")
    write(tmp_path, [("records/a.md", b"a")])
    assert tree(tmp_path) == {"about/method.md": b"by hand", "records/a.md": b"a"}


def test_a_page_outside_the_generated_folders_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"docs/about/x\.md: not in a generated folder"):
        write(tmp_path, [("about/x.md", b"x")])
    assert tree(tmp_path) == {}


def test_two_pages_at_one_path_stop_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"records/A\.md: two pages want this path"):
        write(tmp_path, [("records/a.md", b"1"), ("records/A.md", b"2")])
    assert tree(tmp_path) == {}


def test_a_file_that_is_as_it_should_be_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "x"
    assert write_if_changed(file, b"same")
    before = file.stat().st_mtime_ns
    assert not write_if_changed(file, b"same")
    assert file.stat().st_mtime_ns == before
    assert write_if_changed(file, b"other")
    assert file.read_bytes() == b"other"


def counted(made: list[str], path: str, content: bytes) -> list[tuple[str, bytes]]:
    made.append(path)
    return [(path, content)]


def test_what_stands_as_it_would_be_made_is_not_made(tmp_path: Path) -> None:
    docs, state, made = tmp_path / "docs", tmp_path / "state", list[str]()

    def build(**marks: str) -> list[str]:
        made.clear()
        batches = [
            Batch(name, mark, partial(counted, made, f"records/{name}.md", mark.encode()))
            for name, mark in marks.items()
        ]
        write_generated(docs, batches, state, read_former(state, "rules"))
        return list(made)

    assert build(a="1", b="1") == ["records/a.md", "records/b.md"]
    assert build(a="1", b="2") == ["records/b.md"]
    (docs / "records/a.md").write_bytes(b"!")
    assert build(a="1", b="2") == ["records/a.md"]
    (docs / "records/b.md").unlink()
    assert build(a="1", b="2") == ["records/b.md"]
    assert build(b="2") == []
    assert tree(docs) == {"records/b.md": b"2"}
    other = [Batch("b", "2", partial(counted, made, "records/b.md", b"2"))]
    write_generated(docs, other, state, read_former(state, ""))
    assert made == ["records/b.md"]  # by other rules


def test_of_a_file_of_lines_only_the_new_ones_are_made(tmp_path: Path) -> None:
    docs, state, made = tmp_path / "docs", tmp_path / "state", list[str]()

    def build(*marks: str) -> list[str]:
        made.clear()

        def line(number: int) -> bytes:
            made.append(marks[number])
            return f"{marks[number]}, line\n".encode()

        write_generated(
            docs, [Lines("data/x.jsonl", marks, line)], state, read_former(state, "rules")
        )
        whole = "".join(f"{mark}, line\n" for mark in marks)
        assert (docs / "data/x.jsonl").read_text(encoding="utf-8") == whole
        return list(made)

    assert build("a", "b") == ["a", "b"]
    assert build("a", "b") == []
    assert build("new", "b", "a") == ["new"]
    assert build("b", "-") == ["-"]
    assert build("b", "-") == ["-"]
    (docs / "data/x.jsonl").write_bytes(b"touched\n")
    assert build("b") == ["b"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from("abcd"), st.sampled_from("12"), max_size=4),
            st.sets(st.sampled_from("abcd"), max_size=2),
            st.booleans(),
        ),
        min_size=2,
        max_size=5,
    )
)
def test_pages_of_a_plan_stand_unless_they_change_go_or_are_touched(
    tmp_path: Path, plans: list[tuple[dict[str, str], set[str], bool]]
) -> None:
    """`plans` are the marks of pages by name, pages that somebody touches, and whether the
    plan is told from the one before.
    """
    docs, state, made = tmp_path / "docs", tmp_path / "state", list[str]()
    shutil.rmtree(docs, ignore_errors=True)
    shutil.rmtree(state, ignore_errors=True)
    before: dict[str, str] = {}
    for number, (marks, touched, from_before) in enumerate(plans):
        former, told = read_former(state, "rules"), from_before and number > 0
        new = [one for one in marks if not told or before.get(one) != marks[one]]
        there = [one for one in touched if one in before]
        for one in there:
            (docs / f"records/{one}.md").write_bytes(b"touched")
        made.clear()

        def make(name: str, marks: dict[str, str] = marks) -> list[tuple[str, bytes]]:
            return counted(made, f"records/{name}.md", f"{name} {marks[name]}".encode())

        pages = Pages(
            former.manifest.plan if told else "",
            f"plan {number}",
            [Batch(one, marks[one], partial(make, one)) for one in new],
            frozenset(before.keys() - marks.keys()) if told else frozenset(),
            make,
        )
        write_generated(
            docs, [pages, Batch("x", "", lambda: [("dates/x.md", b"x")])], state, former
        )
        expected = {f"records/{one}.md": f"{one} {mark}".encode() for one, mark in marks.items()}
        assert tree(docs) == {**expected, "dates/x.md": b"x"}
        changed = {one for one in marks if before.get(one) != marks[one]}
        assert set(made) == {f"records/{one}.md" for one in {*changed, *there} & marks.keys()}
        before = marks


def test_a_plan_made_from_something_else_than_what_stands_is_refused(tmp_path: Path) -> None:
    docs, state = tmp_path / "docs", tmp_path / "state"
    pages = Pages("another", "this", [], frozenset(), lambda name: [])
    with pytest.raises(CorpusError, match="not made from what stands"):
        write_generated(docs, [pages], state, read_former(state, ""))


def a_line(marks: list[str], number: int) -> bytes:
    return f"{marks[number]} line\n".encode()


MARKS = st.lists(st.sampled_from("abcdefgh"), max_size=6, unique=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(st.lists(st.tuples(MARKS, st.sampled_from(["kept", "linked", "lost", "other"])), max_size=6))
def test_a_replaced_file_that_nobody_holds_is_used_up(
    tmp_path: Path, builds: list[tuple[list[str], str]]
) -> None:
    """What becomes of the file that was replaced: it lies among the retired, as the only one or
    not; it is lost; something else lies there.
    """
    docs, state, retired = (tmp_path / name for name in ("docs", "state", "retired"))
    for folder in (docs, state, retired):
        shutil.rmtree(folder, ignore_errors=True)
    old, held = retired / "data/x.jsonl", tmp_path / "held"
    old.parent.mkdir(parents=True)
    now = docs / "data/x.jsonl"
    for marks, becomes in builds:
        held.unlink(missing_ok=True)
        if becomes == "linked" and old.exists():
            held.hardlink_to(old)
        before = held.read_bytes() if held.exists() else b""
        shown = tmp_path / "shown"
        shown.unlink(missing_ok=True)
        if now.exists():
            shown.hardlink_to(now)
        lines = Lines("data/x.jsonl", tuple(marks), partial(a_line, marks))
        write_generated(docs, [lines], state, read_former(state, "rules"), retired)
        assert now.read_text(encoding="utf-8") == "".join(f"{mark} line\n" for mark in marks)
        assert not held.exists() or held.read_bytes() == before
        old.unlink(missing_ok=True)
        if becomes == "other":
            old.write_bytes(b"something else\n")
        elif becomes != "lost" and shown.exists() and shown.stat().st_ino != now.stat().st_ino:
            shown.rename(old)


def test_of_a_file_that_is_used_up_only_the_end_is_written(tmp_path: Path) -> None:
    docs, state, retired = (tmp_path / name for name in ("docs", "state", "retired"))
    (retired / "data").mkdir(parents=True)
    now, marks = docs / "data/x.jsonl", ["a", "b", "c"]
    numbers = []
    for new in "defg":
        shown = retired / "data/x.jsonl"
        kept = tmp_path / "kept"
        if now.exists():
            kept.hardlink_to(now)
        lines = Lines("data/x.jsonl", tuple(marks), partial(a_line, marks))
        write_generated(docs, [lines], state, read_former(state, "rules"), retired)
        numbers.append(now.stat().st_ino)
        shown.unlink(missing_ok=True)
        if kept.exists():
            kept.rename(shown)
        marks.append(new)
    assert numbers[2:] == numbers[:2]  # each took the place of the other


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    new, site = tmp_path / ".site.new", tmp_path / "site"
    for folder, text in ((site, "old"), (new, "new")):
        folder.mkdir()
        (folder / "index.html").write_text(text, encoding="utf-8")
    (site / "gone.html").write_text("old", encoding="utf-8")
    swap_folder(new, site)
    assert tree(tmp_path) == {"site/index.html": b"new"}


def test_a_packed_folder_has_every_file_and_the_same_bytes_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "records").mkdir(parents=True)
    (site / "index.html").write_bytes(b"home")
    (site / "records" / "a.html").write_bytes(b"a")
    pack_folder(site, tmp_path / "one.zip")
    os.utime(site / "index.html", (0, 10**9))
    first = (tmp_path / "one.zip").read_bytes()
    pack_folder(site, tmp_path / "one.zip")
    assert (tmp_path / "one.zip").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {
            "one/index.html": b"home",
            "one/records/a.html": b"a",
        }


PLACES = st.sampled_from(["records/a.md", "records/b/c.md", "records/b/d/e.md", "dates/f.md"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(before=st.sets(PLACES), gone=st.sets(PLACES), more=st.sets(PLACES))
def test_a_folder_that_looks_the_same_need_not_be_read(
    tmp_path: Path, before: set[str], gone: set[str], more: set[str]
) -> None:
    docs = tmp_path / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    for path in before:
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(b"1")
    for folder in sorted(docs.rglob("*")) if docs.exists() else ():
        os.utime(folder, ns=(1, 1))  # long ago
    old = Walk(docs, GENERATED)
    for path in gone:
        (docs / path).unlink(missing_ok=True)
    for path in more:
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(b"22")
    found, whole = Walk(docs, GENERATED, old.files, old.folders), Walk(docs, GENERATED)
    assert (found.files, found.folders) == (whole.files, whole.folders)
    assert sorted(found.empty) == sorted(whole.empty)


def test_a_file_that_does_not_belong_is_removed_however_it_came(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write(docs, [("records/a/x.md", b"a"), ("records/b/x.md", b"b")])
    for folder in docs.rglob("*"):
        os.utime(folder, ns=(1, 1))
    write(docs, [("records/a/x.md", b"a"), ("records/b/x.md", b"b")])
    (docs / "records" / "b" / "foreign.md").write_bytes(b"no")
    (docs / "records" / "empty").mkdir()
    write(docs, [("records/a/x.md", b"a"), ("records/b/x.md", b"b")])
    assert tree(docs) == {"records/a/x.md": b"a", "records/b/x.md": b"b"}
    assert not (docs / "records" / "empty").exists()
