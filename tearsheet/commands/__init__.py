"""What the command line does: build, check, explain. `build_corpus.py` only parses words.

Takes folders; reads and writes through the modules that do so; prints for a person.
"""

import hashlib
import json
import shutil
from functools import partial
from pathlib import Path

from tearsheet.archive import open_archive
from tearsheet.archive.permalinks import Published, published, read_permalinks, write_permalinks
from tearsheet.archive.register import (
    Received,
    accept,
    compare,
    fixity,
    read_register,
    write_register,
)
from tearsheet.batches import LOOKS, read_former
from tearsheet.build import NONE_BEFORE, assemble, generated_files, summary
from tearsheet.cache import NO_CACHE, Cache, opened, rules
from tearsheet.commands.mkdocs import run_mkdocs
from tearsheet.errors import CorpusError
from tearsheet.every_source import Progress, prepare_all
from tearsheet.executors import executor_for
from tearsheet.looks import Looks, looks_in
from tearsheet.memory import apart, leave, uncollected
from tearsheet.model import Accession, Archive, Corpus, Discrepancy
from tearsheet.names.opinion import spacy_opinion
from tearsheet.pages.catalogue import Catalogue, catalogue
from tearsheet.prepare import UNKNOWN_MEDIA_TYPE
from tearsheet.spare import make_spare, spare_of, swap_with_spare
from tearsheet.unchanged import (
    Last,
    Outcome,
    held_in,
    look_of,
    mark_of,
    project_mark,
    read_last,
    write_last,
)
from tearsheet.workers import Crew
from tearsheet.writer import swap_folder, write_generated, write_if_changed

REGISTER = "register.csv"
NAMES = "names.csv"
STANDS, SPARE, CHANGED = "stands.json", "spare.json", "changed.json"
"""What says of which site a build wrote things down, what its spare differs in, and what the
build that comes changed in the spare: hooks/ours.py reads and writes them.
"""
STATE = ".tearsheet"
"""The folder in the project for what is ours to keep or to throw away; git ignores it."""


def kept_in(archive: Archive, project: Path) -> Path:
    """Give the folder of what we write down for good: the archive, or for a bare folder of
    files, which is never written into, one of its own in the project.
    """
    if not archive.bare:
        return archive.folder
    return project / STATE / "registers" / _marked(archive.folder)


def written_into(archive: Path, project: Path) -> tuple[Path, ...]:
    """Give the files of ours that an archive may hold, or that are kept for it."""
    folders = (archive, project / STATE / "registers" / _marked(archive))
    return tuple(folder / name for folder in folders for name in (REGISTER, NAMES))


def _marked(archive: Path) -> str:
    """Give a name that tells this archive's folder from any other of the same name."""
    folder = archive.resolve()
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    return f"{folder.name or 'root'}-{mark}"


def load(
    archive: Archive,
    register: tuple[Accession, ...],
    progress: Progress,
    former: Published = NONE_BEFORE,
    cache: Cache = NO_CACHE,
    scheduler: str | None = None,
) -> Corpus:
    """Run every step up to the pages, over processes where there are sources enough, or on the
    cluster of a `scheduler`.
    """
    model = archive.settings.spacy_model
    opinion = spacy_opinion(model, archive.folder) if model else None
    with executor_for(len(archive.sources), scheduler) as executor:
        prepared = prepare_all(archive, progress, executor, cache)
        crew = Crew(executor, cache)
        return assemble(archive, register, prepared, former, opinion=opinion, crew=crew)


def build(
    folder: Path, *, project: Path, site: Path, progress: Progress, scheduler: str | None = None
) -> Outcome:
    """Build an archive's site: pages under docs/, the site in the place of the old one.

    Where the last build in this project read what stands there now, its site stays as it is.
    Raises CorpusError before anything is written where the configuration is wrong, and
    where the pages can't be made into a site; the old site is whole until then.
    """
    last_file, written = project / STATE / "last.json", written_into(folder, project)
    looks = looks_in(folder)
    last, own = read_last(last_file), project_mark(project)
    mark = mark_of(own, looks, written)
    same = last is not None and last.read == f"{mark} {held_in(written)}"
    if last is not None and same and last.site and last.site == look_of(site):
        return last.outcome
    last_file.unlink(missing_ok=True)
    spare = spare_of(site)
    laid_out = partial(_laid_out, folder, looks, project, progress, scheduler, spare)
    outcome, hears_model = apart(laid_out)
    progress("Making the site", 0, 1)
    render(project, site, laid_out=True)
    progress("Making the site", 1, 1)
    # A model may change without our seeing it, and a file of the project may be saved while we
    # read and then be as it was. One of the archive looks otherwise ever after.
    if not hears_model and own == project_mark(project):
        write_last(last_file, Last(f"{mark} {held_in(written)}", look_of(site), outcome))
    return outcome


def _laid_out(
    folder: Path,
    looks: Looks,
    project: Path,
    progress: Progress,
    scheduler: str | None,
    spare: Path | None = None,
) -> tuple[Outcome, bool]:
    """Open and lay out an archive; give what there is to tell, and whether a model was heard."""
    with uncollected():
        archive = open_archive(folder, looks)
        outcome = lay_out(archive, project, progress, scheduler, spare)
    return outcome, bool(archive.settings.spacy_model)


def lay_out(
    archive: Archive,
    project: Path,
    progress: Progress,
    scheduler: str | None = None,
    spare: Path | None = None,
) -> Outcome:
    """Write the pages of an archive, and what is ours to keep in it. What nothing but the `spare`
    site holds may be used up (see writer.py).
    """
    register, names = (kept_in(archive, project) / name for name in (REGISTER, NAMES))
    former = read_permalinks(names)
    made_by = rules()
    file = project / STATE / "cache" / f"{_marked(archive.folder)}.sqlite"
    with uncollected(), opened(file, made_by) as cache:
        corpus = load(archive, read_register(register), progress, former, cache, scheduler)
        left = read_former(project / STATE, made_by + _marked(archive.folder))
        seen = catalogue(corpus, cache, left.manifest.plan)
        files = generated_files(archive, seen, cache)
        write_generated(project / "docs", files, project / STATE, left, spare)
    write_if_changed(register, seen.register)
    write_if_changed(names, write_permalinks(published(former, corpus.entities)).encode())
    leave(archive, seen, left)
    return told(seen)


def told(seen: Catalogue) -> Outcome:
    """Give what a build has to tell of a corpus."""
    corpus = seen.corpus
    rejected = {row.path for row in corpus.register if row.status == "rejected"}
    said = [
        f"{'rejected' if one.path in rejected else 'left out'}: {one.path}: {one.reason}"
        for one in corpus.rejected
    ]
    said += [f"warning: {warning}" for warning in corpus.warnings]
    return Outcome(tuple(said), dict(summary(seen)))


def former_names(folder: Path, project: Path) -> Published:
    """Give the permalinks of names that earlier builds of an archive gave out."""
    return read_permalinks(kept_in(open_archive(folder), project) / NAMES)


def render(project: Path, site: Path, *, laid_out: bool = False) -> None:
    """Turn docs/ into a site with its search index, aside, then put it in its place.

    What the last build wrote down of the site that stands there says which pages are kept;
    where that goes wrong, every page is made. What was just `laid_out` need not be looked at.
    """
    state = project / STATE / "site"
    before, after = state / "before", state / "after"
    _forget(after)
    if not _is_of(before / STANDS, site):
        _forget(before)
    state.mkdir(parents=True, exist_ok=True)
    aside = site.with_name(f".{site.name}.new")
    looks = project / STATE / LOOKS if laid_out else None
    said = _mkdocs(project, aside, state, looks)
    if said is not None and before.exists():
        _forget(before)
        said = _mkdocs(project, aside, state, None)
    if said is not None:
        raise CorpusError(f"the site could not be made; MkDocs said:\n{said}")
    _forget(before)
    noted = _put_in_place(aside, site, after)
    after.rename(before)
    stands = {"site": str(site.resolve()), "look": look_of(site)}
    write_if_changed(before / STANDS, json.dumps(stands).encode())
    if noted is not None:
        noted |= {"inode": spare_of(site).stat().st_ino}
        write_if_changed(before / SPARE, json.dumps(noted).encode())


def _put_in_place(aside: Path, site: Path, after: Path) -> dict[str, object] | None:
    """Show the site that was made; give what is noted of its spare, None where there is none."""
    file = after / CHANGED
    noted: dict[str, object] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    if isinstance(noted.get("changed"), list):
        swap_with_spare(site)
        shutil.rmtree(aside, ignore_errors=True)
        return noted
    swap_folder(aside, site)
    if not noted:
        return None
    make_spare(site)
    return noted | {"changed": []}


def _forget(written: Path) -> None:
    """Remove what a build wrote down; first what says of which site it is."""
    (written / STANDS).unlink(missing_ok=True)
    shutil.rmtree(written, ignore_errors=True)


def _is_of(stands: Path, site: Path) -> bool:
    """Say whether what was written down is of the site that stands there."""
    try:
        look = json.loads(stands.read_text(encoding="utf-8"))["look"]
    except (OSError, ValueError, KeyError):
        return False
    return bool(look) and look == look_of(site)


def _mkdocs(project: Path, aside: Path, state: Path, looks: Path | None) -> str | None:
    """Run MkDocs; give what it said where it failed. `looks` says how the generated files look."""
    told = {"TEARSHEET_STATE": str(state.resolve())}
    told["TEARSHEET_LOOKS"] = str(looks.resolve()) if looks else ""
    return run_mkdocs(project, aside, told)


def check(folder: Path, *, project: Path, accepting: bool = False) -> tuple[Discrepancy, ...]:
    """Compare every source with the register; with `accepting`, make the register agree first.

    Raises CorpusError where there is no register to check against.
    """
    archive = open_archive(folder)
    file = kept_in(archive, project) / REGISTER
    if not file.exists():
        raise CorpusError(
            f"{file.name}: no register found for {folder}; build the archive once to make it"
        )
    rows, found = read_register(file), received_files(archive)
    if accepting:
        rows = accept(rows, found)
        write_if_changed(file, write_register(rows).encode())
    return compare(rows, found)


def received_files(archive: Archive) -> tuple[Received, ...]:
    """Give every source as it is now, without reading more into it than its bytes."""
    received = []
    for file in archive.sources:
        try:
            content = file.file.read_bytes()
        except OSError:
            continue  # compare() reports it as missing
        received.append(Received(file.path, fixity(content), len(content), UNKNOWN_MEDIA_TYPE))
    return tuple(received)
