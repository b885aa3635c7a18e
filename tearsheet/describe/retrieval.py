"""Sentences for a reader on how this copy came here, and on what was found in reading it.

Composed from the believed claims in one voice; each says no more than its claim.
"""

from collections.abc import Iterator, Mapping

from tearsheet.dates import read_date
from tearsheet.describe.head import captured
from tearsheet.describe.look import quoted
from tearsheet.describe.readings import in_words
from tearsheet.languages import language_name
from tearsheet.model import Claim, Conflict, Note, Source

ORDINARY_ENCODINGS = frozenset({"utf-8", "ascii", "utf-8-sig"})
OTHERS_NAMED = 3


def retrieval_notes(
    claims: Mapping[str, Claim], conflicts: tuple[Conflict, ...], source: Source
) -> Iterator[Note]:
    """Say when and how this copy was retrieved, or that nothing of it is recorded."""
    yield _retrieved(claims)
    if (capture := captured(source)) is not None:
        yield Note(
            "retrieval",
            f"A web archive captured the page on {_day(capture.value)} ({capture.found_in}).",
        )
    yield from _status(claims)
    yield from _encoding(source)
    yield from _updated(claims)
    yield from _given_origin(claims)
    yield from _given_completeness(claims)
    yield from _from_address(claims)
    yield from _access(claims)
    yield from _impossible(claims)
    yield from _disagreements(conflicts)


def _retrieved(claims: Mapping[str, Claim]) -> Note:
    when, who = claims.get("retrieved"), claims.get("retrieved_by")
    tool, method = claims.get("tool"), claims.get("method")
    url = claims.get("source_url")
    if not (when or who or tool or method):
        where = f" Its address is given as {url.value} ({url.found_in})." if url else ""
        return Note("retrieval", f"When and how this copy was retrieved is not recorded.{where}")
    words = ["This copy was retrieved"]
    words += [f"on {_day(when.value)}"] if when else []
    words += [f"by {who.value}"] if who else []
    words += [f"with {tool.value}"] if tool else []
    words += [f": {method.value}"] if method else []
    missing = "" if when else "; when is not recorded"
    places = dict.fromkeys(claim.found_in for claim in (when, who, tool, method) if claim)
    text = f"{' '.join(words)}{missing} ({', '.join(places)}).".replace(" : ", ": ")
    return Note("retrieval", text)


def _day(value: str) -> str:
    found = read_date(value)
    return in_words(found) if found else value


def _status(claims: Mapping[str, Claim]) -> Iterator[Note]:
    status = claims.get("http_status")
    if status and status.value != "200":
        text = f"The server answered with the status {status.value} ({status.found_in}): this may not be the article itself."
        yield Note("retrieval", text, serious=not status.value.startswith(("2", "3")))


def _encoding(source: Source) -> Iterator[Note]:
    if source.encoding.lower() not in ORDINARY_ENCODINGS:
        yield Note(
            "encoding", f"The file was decoded as {source.encoding} ({source.encoding_evidence})."
        )


def _updated(claims: Mapping[str, Claim]) -> Iterator[Note]:
    updated, published = claims.get("updated"), claims.get("published")
    if updated is None:
        return
    if published and updated.value[:10] == published.value[:10]:
        return
    text = f"The article was updated on {_day(updated.value)} ({updated.found_in}); this copy may differ from what was first published."
    yield Note("updated", text, unit=updated.unit)


def _given_origin(claims: Mapping[str, Claim]) -> Iterator[Note]:
    origin = claims.get("republished_from")
    if origin and origin.how == "given":
        yield Note("origin", f"The text was taken over from {origin.value} ({origin.found_in}).")
    made = claims.get("translation")
    original = claims.get("original_language")
    if made and made.how == "given":
        source = f" from {language_name(original.value)}" if original else ""
        by = "by a machine" if "machine" in made.value.lower() else f": {made.value}"
        text = f"The text was translated{source} {by} ({made.found_in})."
        yield Note("translation", text.replace(" :", ":"), serious="machine" in made.value.lower())


def _given_completeness(claims: Mapping[str, Claim]) -> Iterator[Note]:
    whole = claims.get("completeness")
    if whole and whole.how == "given" and whole.value.lower() not in ("full", "complete"):
        yield Note("completeness", f"On completeness, {whole.found_in} says {quoted(whole.value)}.")


def _from_address(claims: Mapping[str, Claim]) -> Iterator[Note]:
    published = claims.get("published")
    if (
        published
        and published.how == "inferred"
        and published.original.startswith(published.value[:4])
        and "/" in published.original
    ):
        text = f"The date of publication is inferred from the page's address, which holds {quoted(published.original)} ({published.found_in})."
        yield Note("date", text)


def _access(claims: Mapping[str, Claim]) -> Iterator[Note]:
    access = claims.get("access")
    if access and access.how == "stated":
        text = f"The page says of itself that it is {access.value} ({access.found_in}); whether this copy is whole has to be seen from its text."
        yield Note("access", text)


def _impossible(claims: Mapping[str, Claim]) -> Iterator[Note]:
    published, retrieved, updated = (
        claims.get(name) for name in ("published", "retrieved", "updated")
    )
    if published and retrieved and _after(published.value, retrieved.value):
        text = f"The date of publication ({_day(published.value)}, {published.found_in}) lies after that of retrieval ({_day(retrieved.value)}, {retrieved.found_in}); one of them is wrong."
        yield Note("date", text, serious=True, unit=published.unit)
    if published and updated and _after(published.value, updated.value):
        text = f"The date of the update ({_day(updated.value)}, {updated.found_in}) lies before that of publication ({_day(published.value)}, {published.found_in}); one of them is wrong."
        yield Note("date", text, serious=True, unit=updated.unit)


def _after(left: str, right: str) -> bool:
    """Tell whether one date is surely later than another, by the day at least."""
    length = min(len(left), len(right), 10)
    return left[:length] > right[:length]


def _disagreements(conflicts: tuple[Conflict, ...]) -> Iterator[Note]:
    fields = [*dict.fromkeys(conflict.field for conflict in conflicts)]
    for field in fields:
        of_field = [conflict for conflict in conflicts if conflict.field == field]
        believed = of_field[0].believed
        others = "; ".join(
            f"{quoted(one.other.value, 100)} ({one.other.found_in})"
            for one in of_field[:OTHERS_NAMED]
        )
        text = f"What is said of the field “{field}” disagrees: {quoted(believed.value, 100)} ({believed.found_in}) is believed; found besides: {others}."
        yield Note("conflict", text, unit=of_field[0].other.unit)
