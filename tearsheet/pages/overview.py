"""The pages about the archive as a whole: home, register, how it was made.

Takes the Catalogue; gives Pages. Guarantees that every file ever received has a row in
the register, with its checksum, whatever became of it.
"""

from collections import Counter
from collections.abc import Iterator

from tearsheet.archive.register import permalink
from tearsheet.model import ASIDE_FATES, Accession, Corpus, EntityType, Fate, Page, Takedown
from tearsheet.pages.card import Card, fates_in, short
from tearsheet.pages.catalogue import Catalogue, Group
from tearsheet.pages.indexes import list_pages
from tearsheet.pages.markdown import escape, escape_line, link
from tearsheet.pages.periods import periods
from tearsheet.pages.planned import Planned
from tearsheet.pages.words import FATE_LABELS, NOTE_LABELS, TYPE_PLURALS, count, date_words

LATEST = 10
TOP = 8


def overview_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Lay out the pages about the archive as a whole."""
    yield _home(catalogue)
    yield _about(catalogue)
    withdrawn = {takedown.source: takedown for takedown in catalogue.corpus.takedowns}
    published = {card.number for card in catalogue.in_time}
    for row in catalogue.corpus.register:
        if row.number not in published:
            yield _tombstone(row, withdrawn.get(row.path), catalogue.corpus)


# ---------------------------------------------------------------- home


def _home(catalogue: Catalogue) -> Page:
    settings = catalogue.corpus.settings
    matter: dict[str, object] = {
        "title": settings.title,
        "kind": "home",
        "template": "home.html",
        "description": settings.description,
        "stats": _stats(catalogue),
        "chart": periods(catalogue),
        "latest": _latest(catalogue),
        "people": _top(catalogue, "person"),
        "organisations": _top(catalogue, "organisation"),
        "places": _top(catalogue, "place"),
        "publications": [_publication_row(one) for one in _largest(catalogue)],
        "topics": _topics(catalogue),
        "connected": _connected(catalogue),
    }
    return Page("index.md", matter, "")


def _stats(catalogue: Catalogue) -> dict[str, object]:
    dates = [card.published or "" for card in (*catalogue.dated[:1], *catalogue.dated[-1:])]
    return {
        "records": len(catalogue.in_time),
        "publications": len(catalogue.publications),
        "entities": len(catalogue.companions),
        "first": date_words(dates[0][:10]) if dates else None,
        "last": date_words(dates[-1][:10]) if dates else None,
    }


def _latest(catalogue: Catalogue) -> list[dict[str, object]]:
    dated, undated = catalogue.dated, catalogue.in_time[len(catalogue.dated) :]
    shown = [*reversed(dated[-LATEST:]), *undated[:LATEST]]
    return [
        {
            "title": card.title,
            "href": permalink(card.slug),
            "date": date_words(card.published or ""),
            "publisher": publication.label if publication else None,
        }
        for card in shown[:LATEST]
        for publication in [catalogue.publication_of(card.path)]
    ]


def _top(catalogue: Catalogue, kind: EntityType) -> list[dict[str, object]]:
    members = catalogue.by_type.get(kind, ())
    counted = [(catalogue.number_of_records(one.id), one) for one in members]
    ordered = sorted(counted, key=lambda item: (-item[0], item[1].label, item[1].id))
    return [
        {"label": one.label, "href": f"entities/{one.id}/", "count": number}
        for number, one in ordered[:TOP]
        if number
    ]


def _topics(catalogue: Catalogue) -> list[dict[str, object]]:
    ordered = sorted(catalogue.topics.values(), key=lambda one: (-len(one.records), one.label))
    return [
        {"label": one.label, "href": f"topics/{one.slug}/", "count": len(one.records)}
        for one in ordered[:TOP]
    ]


def _connected(catalogue: Catalogue) -> list[dict[str, object]]:
    """Give the names that stand in records together with the most others."""
    counted = [
        (found.number, catalogue.entities[one]) for one, found in catalogue.companions.items()
    ]
    ordered = sorted(counted, key=lambda item: (-item[0], item[1].label, item[1].id))
    return [
        {"label": one.label, "href": f"entities/{one.id}/", "count": number}
        for number, one in ordered[:TOP]
        if number
    ]


def _largest(catalogue: Catalogue) -> list[Group]:
    publications = catalogue.publications.values()
    return sorted(publications, key=lambda one: (-len(one.records), one.label))[:TOP]


def _publication_row(publication: Group) -> dict[str, object]:
    return {
        "label": publication.label,
        "href": f"publications/{publication.slug}/",
        "count": len(publication.records),
    }


# ---------------------------------------------------------------- register


def register_pages(catalogue: Catalogue) -> Iterator[Planned]:
    """Plan the register, a row for every file."""
    rows = catalogue.corpus.register
    differing = {one.path: one for one in catalogue.corpus.discrepancies}
    rejected = {one.path: one.reason for one in catalogue.corpus.rejected}
    noted = {card.path: _serious(card) for card in catalogue.in_time if card.serious}
    shown: list[str | tuple[Accession, str]] = []
    for row in rows:
        note = rejected.get(row.path) or noted.get(row.path, "")
        if row.path in differing:
            note = f"{differing[row.path].kind}: {differing[row.path].found}"
        shown.append((row, note))
    known = {row.path for row in rows}
    shown += [
        f"| – | {escape(one.path)} | not a source | – | – | {escape(one.reason)} |"
        for one in catalogue.corpus.rejected
        if one.path not in known
    ]
    head = "| No. | File | Status | Bytes | SHA-256 | Note |\n|---|---|---|---|---|---|\n"
    matter: dict[str, object] = {
        "kind": "register",
        "template": "register.html",
        "summary": f"{count(len(rows), 'file')} received",
        "csv": "data/register.csv",
    }
    yield from list_pages(
        "register/index", "Register of sources", shown, _register_line, matter, head
    )


def _serious(card: Card) -> str:
    """Say in a few words what a reader must know of a record."""
    kinds = dict.fromkeys(kind for kind, _ in card.serious)
    return ", ".join(NOTE_LABELS.get(kind, kind) for kind in kinds)


def _register_line(shown: str | tuple[Accession, str]) -> str:
    if isinstance(shown, str):
        return shown
    row, note = shown
    address = f"{{up}}records/{row.slug}.md"
    return (
        f"| {link(row.number, address)} | {escape(row.path)} | {row.status} | {row.size:,} "
        f"| `{row.sha256}` | {escape(note)} |"
    )


def _tombstone(row: Accession, takedown: Takedown | None, corpus: Corpus) -> Page:
    """Give the page that stands at the permalink of a file that is not shown."""
    rejected = next((one.reason for one in corpus.rejected if one.path == row.path), None)
    if takedown is not None:
        why = f"It was taken down by the editor: {takedown.reason}"
    elif rejected is not None:
        why = f"It could not be used: {rejected}"
    else:
        why = "Its file is missing from the sources."
    body = (
        f"{escape_line(why)}\n\n"
        f"Accession {row.number}, {escape(row.path)}, {row.size:,} bytes, SHA-256 `{row.sha256}`."
    )
    matter = {
        "title": f"Accession {row.number} is not shown",
        "kind": "about",
        "template": "index.html",
        "breadcrumbs": [{"label": "Register of sources", "href": "register/"}],
    }
    return Page(f"records/{row.slug}.md", matter, body)


# ---------------------------------------------------------------- about


def _about(catalogue: Catalogue) -> Page:
    corpus = catalogue.corpus
    parts = [
        _about_sources(corpus),
        _about_cleaning(catalogue),
        _about_trouble(catalogue),
        _about_names(catalogue),
        "What a person should look at stands in the [build report](report.md), each with the "
        "line that settles it.",
        "How each step works is told in [How a page is made](../about/method.md); "
        "everything here can be taken away as [open data](../about/data.md).",
    ]
    matter = {"title": "How this archive was made", "kind": "about", "template": "index.html"}
    return Page("archive/about.md", matter, "\n\n".join(part for part in parts if part))


def _about_sources(corpus: Corpus) -> str:
    settings = corpus.settings
    facts = [("Kept by", settings.keeper), ("Rights", settings.rights)]
    facts += [("Languages", ", ".join(settings.languages) or None)]
    lines = [f"- {label}: {escape(value)}" for label, value in facts if value]
    statement = (
        f"{count(len(corpus.register), 'file')} received, {count(len(corpus.records), 'record')} "
        "published. The bytes of every file are kept as they came; their checksums stand in the "
        "[register of sources](../register/index.md)."
    )
    return "\n\n".join(["## Sources", statement, "\n".join(lines)]).rstrip()


def _about_cleaning(catalogue: Catalogue) -> str:
    fates: Counter[Fate] = Counter()
    # Many records have as many units of each fate as others.
    for packed, records in Counter([card.fates for card in catalogue.in_time]).items():
        for fate, units in fates_in(packed).items():
            fates[fate] += units * records
    rows = [f"| {FATE_LABELS[fate]} | {fates[fate]:,} |" for fate in FATE_LABELS if fates[fate]]
    if not rows:
        return ""
    aside = sum(fates[fate] for fate in ASIDE_FATES)
    statement = (
        "Every line of a text and every block of a page has one fate. "
        f"{count(aside, 'unit')} were set aside, each with its reason, and can be read on its "
        "record’s page and in its source view."
    )
    return f"## Cleaning\n\n{statement}\n\n| Fate | Units |\n|---|---|\n" + "\n".join(rows)


def _about_trouble(catalogue: Catalogue) -> str:
    corpus, cards = catalogue.corpus, catalogue.cards
    rejected = [f"- {escape(one.path)}: {escape(one.reason)}" for one in corpus.rejected]
    warnings = [f"- {escape(one)}" for one in corpus.warnings]
    serious = [
        f"- {link(short(card.title), f'../records/{card.slug}.md')}: {escape(text)}"
        for card in map(cards.__getitem__, catalogue.records.told)
        for _, text in card.serious
    ]
    sections = [("Not used", rejected), ("Warnings", warnings), ("Serious notes", serious)]
    return "\n\n".join(
        f"## {heading}\n\n" + "\n".join(lines[:100]) for heading, lines in sections if lines
    )


def _about_names(catalogue: Catalogue) -> str:
    corpus = catalogue.corpus
    rows = [
        f"- {TYPE_PLURALS[kind]}: {len(members):,}"
        for kind in TYPE_PLURALS
        if (members := catalogue.by_type.get(kind, ()))
    ]
    if not rows:
        return ""
    doubts = f"{count(len(corpus.review), 'pair')} of names may be one and the same"
    return (
        "## Names\n\n" + "\n".join(rows) + f"\n\n{doubts}: see [names in doubt](review.md), which "
        "also tells what was merged and on whose word."
    )
