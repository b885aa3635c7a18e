"""The documents of a corpus by their paths, each read when it is asked for."""

from collections.abc import Iterator, Mapping

from tearsheet.model import Document, Shelved


class Documents(Mapping[str, Document]):
    """Documents, of which most may be put away; `held` has them as they lie."""

    def __init__(self, held: Mapping[str, Document | Shelved]) -> None:
        self.held = held

    def __getitem__(self, path: str) -> Document:
        found = self.held[path]
        return found if isinstance(found, Document) else found.read()

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)
