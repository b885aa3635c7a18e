"""Read corpus.yml: what the archive is called, who keeps it, how its dates are to be read."""

from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from tearsheet.archive.handwritten import Handwritten
from tearsheet.archive.strict import Problems, entry_of, mapping_at
from tearsheet.model import Settings

KEYS = "keys and values such as 'title: The harbour papers'"


class _Written(msgspec.Struct, frozen=True):
    """The keys of corpus.yml: those of Settings, but that a title need not be there."""

    title: str | None = None
    description: str | None = None
    keeper: str | None = None
    contact: str | None = None
    corrections: str | None = None
    rights: str | None = None
    languages: tuple[str, ...] = ()
    site_url: str | None = None
    day_first: bool | None = None
    spacy_model: str | None = None


def settings_of(file: Handwritten | None, folder_name: str, problems: Problems) -> Settings:
    """Give the archive's settings; without a corpus.yml it is called after its folder."""
    title = folder_name or "Archive"
    if file is None or file.problems:
        return Settings(title=title)
    written = entry_of(
        _Written, file, mapping_at(file, file.value, (), KEYS, problems), (), problems
    )
    if written is None:
        return Settings(title=title)
    for key, address in (("site_url", written.site_url), ("corrections", written.corrections)):
        if address and not is_web_address(address):
            problems.add(
                f"{file.where((key,))}: found '{address}', expected an address that begins with "
                "https:// or http://"
            )
    return replace(
        Settings(title=written.title or title),
        description=written.description,
        keeper=written.keeper,
        contact=written.contact,
        corrections=written.corrections,
        rights=written.rights,
        languages=written.languages,
        site_url=written.site_url,
        day_first=written.day_first,
        spacy_model=written.spacy_model,
    )


def is_web_address(text: str) -> bool:
    """Tell an http or https address with a host from anything else."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
