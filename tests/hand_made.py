"""Pages in the shape of the front matter contract, made by hand, with hostile strings in
every place that a source can fill: for tests of the theme and the search without a generator.
"""

import json
from pathlib import Path

import yaml

HOSTILE = (
    "<script>window.pwned=1</script>",
    '"><img src=x onerror="window.pwned=2">',
    "javascript:window.pwned=3",
    "{: onclick=window.pwned=4 }",
    "{{ config.site_name }}{% raw %}",
    "--8<-- 'secret.txt'",
    "&lt;b&gt;&amp;",
    "x' onfocus='window.pwned=5' autofocus='",
)
"""Strings that must come out as the characters they are."""

ARTICLE = (
    "The ferry to Orlo Island did not sail on Tuesday, and by noon the quay was full.",
    "Harbour master [Ilse Varga](../entities/ilse-varga.md){: .entity .person } said that the crew had refused to load the crates.",
    "“Nobody told us what was in them,” said one deckhand, who asked not to be named.",
    "A second vessel, the Marrow, was sent for in the evening and sailed at once.",
    "The crates were gone from the quay before the inspectors of the port came back.",
)


def record(slug: str, title: str, **changes: object) -> tuple[dict[str, object], str]:
    """Give the front matter and the body of a record."""
    matter: dict[str, object] = {
        "title": title,
        "kind": "record",
        "template": "record.html",
        "lang": "en",
        "dir": "ltr",
        "accession": "0001",
        "slug": slug,
        "path": f"{slug}.txt",
        "byline": ["Dora Lindqvist", "Staff"],
        "publisher": {"label": "The Orlo Packet", "href": "publications/orlo-packet/"},
        "published": {"value": "2019-03-12", "words": "12 March 2019", "how": "stated"},
        "facets": {
            "publication": ["The Orlo Packet"],
            "year": ["2019"],
            "person": ["Ilse Varga"],
            "organisation": ["Port Authority of Orlo"],
            "place": ["Orlo Island"],
            "completeness": ["Complete"],
            "language": ["en"],
        },
        "claims": [_claim("title", "Title", title), _claim("published", "Published", "2019-03-12")],
        "conflicts": [],
        "notes": [],
        "fixity": {
            "sha256": "5e" * 32,
            "size": 2310,
            "media_type": "text/plain",
            "encoding": "utf-8",
            "encoding_evidence": "decodes without an error",
        },
        "original": f"originals/{slug}.txt",
        "source_view": f"records/{slug}/source/",
        "set_aside": {"total": 0, "shown": True, "groups": []},
        "entities": [_entity("person", "Ilse Varga", "ilse-varga", 2)],
        "previous": None,
        "next": None,
    }
    return matter | changes, _article(ARTICLE)


def _claim(field: str, label: str, value: str | None) -> dict[str, object]:
    return {
        "field": field,
        "label": label,
        "value": value,
        "words": value,
        "original": value,
        "found_in": "line 3",
        "how": "stated",
        "confidence": 0.9,
        "href": None,
    }


def _entity(kind: str, label: str, name: str, count: int) -> dict[str, object]:
    return {"type": kind, "label": label, "href": f"entities/{name}/", "count": count}


def _article(paragraphs: tuple[str, ...]) -> str:
    return "\n\n".join(f"{text}\n{{: #u{number} }}" for number, text in enumerate(paragraphs, 1))


def hostile_record(number: int) -> tuple[dict[str, object], str]:
    """Give a record with the hostile string `number` wherever a source can put one."""
    bad = HOSTILE[number]
    facets = {
        name: [bad]
        for name in ("publication", "person", "organisation", "place", "completeness", "language")
    }
    matter, _ = record(f"hostile-{number}", f"{bad} zanthrope")
    matter |= {
        "path": bad,
        "byline": [bad, bad],
        "lang": bad,
        "publisher": {"label": bad, "href": "publications/orlo-packet/"},
        "published": {"value": bad, "words": bad, "how": "inferred"},
        "facets": facets | {"year": ["2019"]},
        "claims": [
            _claim("title", bad, bad) | {"found_in": bad, "original": bad + "!"},
            _claim("source_url", "Address", bad) | {"href": bad},
            _claim("rights", bad, None),
        ],
        "conflicts": [
            {
                "label": bad,
                "believed": bad,
                "believed_from": bad,
                "other": bad,
                "other_from": bad,
            }
        ],
        "notes": [
            {"kind": bad, "text": bad, "serious": True, "href": None},
            {"kind": bad, "text": bad, "serious": False, "href": None},
        ],
        "set_aside": {
            "total": 1,
            "shown": True,
            "groups": [
                {
                    "fate": "comments",
                    "label": "Comments",
                    "count": 1,
                    "units": [
                        {
                            "number": 9,
                            "reason": bad,
                            "text": bad,
                            "href": f"records/hostile-{number}/source/#u9",
                        }
                    ],
                }
            ],
        },
        "entities": [_entity("person", bad, "ilse-varga", 1)],
        "previous": {"title": bad, "href": "records/ferry/", "date": bad},
        "next": {"title": bad, "href": "records/ferry/", "date": bad},
    }
    escaped = "".join(f"&#{ord(character)};" for character in f"{bad} zanthrope")
    return matter, f'<p id="u1">{escaped}</p>'


def pages() -> dict[str, tuple[dict[str, object], str]]:
    """Give every page of the small site by its path under docs/."""
    made: dict[str, tuple[dict[str, object], str]] = {
        "records/ferry.md": record("ferry", "Ferry crew refuses to load unmarked crates"),
        "records/undated.md": record(
            "undated", "Undated note on the lighthouse", published=None, publisher=None, byline=[]
        ),
        "records/later.md": record(
            "later",
            "Port inspectors return to an empty quay",
            published={"value": "2021-06", "words": "June 2021", "how": "given"},
            facets={"publication": ["Evening Tide"], "year": ["2021"], "person": []},
        ),
        "index.md": (
            {
                "title": "The Orlo files",
                "kind": "home",
                "template": "home.html",
                "description": "Papers on the Orlo ferry.",
                "stats": {
                    "records": 11,
                    "publications": 2,
                    "entities": 1,
                    "first": "12 March 2019",
                },
                "years": [{"year": "2019", "count": 9}, {"year": "2021", "count": 1}],
                "latest": [
                    {"title": bad, "href": "records/ferry/", "date": bad, "publisher": bad}
                    for bad in HOSTILE
                ],
                "people": [{"label": HOSTILE[0], "href": "entities/ilse-varga/", "count": 2}],
            },
            "",
        ),
        "entities/ilse-varga.md": (
            {
                "title": f"Ilse Varga {HOSTILE[1]}",
                "kind": "entity",
                "template": "entity.html",
                "type": "person",
                "description": HOSTILE[0],
                "aliases": [{"label": name, "count": 1} for name in ("Ilza Warga", *HOSTILE)],
                "same_as": ["https://example.org/varga", "javascript:window.pwned=6", HOSTILE[1]],
                "evidence": list(HOSTILE),
                "records": 2,
                "mentions": 4,
                "co_mentions": [_entity("place", HOSTILE[1], "ilse-varga", 3)],
                "breadcrumbs": [{"label": HOSTILE[0], "href": "register/"}],
                "pages": [],
            },
            "### [Ferry crew](../records/ferry.md)\n\n> Harbour master Ilse Varga said so.",
        ),
        "publications/orlo-packet.md": (
            {"title": HOSTILE[0], "kind": "index", "template": "index.html", "summary": HOSTILE[1]},
            "- [Ferry crew](../records/ferry.md)",
        ),
        "register/index.md": (
            {"title": "Register of sources", "kind": "register", "template": "register.html"},
            "| No. | File |\n|---|---|\n| 0001 | ferry.txt |\n| 0002 | arrival.txt |",
        ),
    }
    names = ["ferry", "undated", "later", *(f"hostile-{n}" for n in range(len(HOSTILE)))]
    made |= {f"records/hostile-{n}.md": hostile_record(n) for n in range(len(HOSTILE))}
    made |= {f"records/{name}/source.md": _ledger(name) for name in names}
    return made


def _ledger(name: str) -> tuple[dict[str, object], str]:
    matter: dict[str, object] = {
        "title": f"Source of {HOSTILE[1]}",
        "kind": "source",
        "template": "source.html",
        "record": {"title": HOSTILE[1], "href": f"records/{name}/"},
        "counts": [{"fate": "paragraph", "label": HOSTILE[0], "count": 2}],
    }
    rows = "".join(
        f'<li id="u{n}" class="fate-paragraph" value="{n}"><span class="fate">Paragraph</span> '
        f'<span class="reason">whole sentences</span><pre dir="auto">Line {n}</pre></li>'
        for n in range(1, 12)
    )
    return matter, f'<ol class="ledger">{rows}</ol>'


def write_docs(docs: Path) -> None:
    """Write the small site's pages, originals and settings under `docs`."""
    for number, (path, (matter, body)) in enumerate(pages().items(), 1):
        if matter["kind"] == "record":
            matter["accession"] = f"{number:04}"
        target = docs / path
        target.parent.mkdir(parents=True, exist_ok=True)
        front = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False)
        target.write_text(f"---\n{front}---\n{body}\n", encoding="utf-8")
        if matter["kind"] == "record":
            original = docs / str(matter["original"])
            original.parent.mkdir(exist_ok=True)
            original.write_text(str(matter["title"]), encoding="utf-8")
    site = {
        "title": f"The Orlo files {HOSTILE[0]}",
        "description": HOSTILE[1],
        "keeper": HOSTILE[1],
        "rights": HOSTILE[0],
        "contact": HOSTILE[2],
        "site_url": "https://example.org/orlo/",
        "nav": [
            {"label": HOSTILE[0], "href": "index.md"},
            {"label": HOSTILE[1], "href": "register/index.md"},
            {"label": "Orlo Packet", "href": "publications/orlo-packet.md"},
        ],
    }
    (docs / "archive").mkdir(exist_ok=True)
    (docs / "archive/site.json").write_text(json.dumps(site), encoding="utf-8")
