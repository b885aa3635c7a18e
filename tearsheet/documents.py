"""The documents of a corpus by their paths, each read when it is asked for."""

from collections.abc import Iterator, Mapping

from tearsheet.model import Document, Shelved

NO_MARKS: Mapping[str, str] = {}


def text_of(documents: Mapping[str, Document], path: str) -> str:
    """Give the text of a document, which may be put away."""
    return documents.text(path) if isinstance(documents, Documents) else documents[path].text


class Documents(Mapping[str, Document]):
    """Documents, of which most may be put away; `held` has them as they lie, `marks` tell
    apart what they were made of.
    """

    def __init__(
        self, held: Mapping[str, Document | Shelved], marks: Mapping[str, str] = NO_MARKS
    ) -> None:
        self.held, self._marks = held, marks

    def mark(self, path: str) -> str:
        """Give the mark of a document, or nothing where it is not known."""
        return self._marks.get(path, "")

    @property
    def marks(self) -> Mapping[str, str]:
        """The marks of all documents."""
        return {path: self._marks.get(path, "") for path in self.held}

    def text(self, path: str) -> str:
        """Give the text of a document, without a look at the rest of it."""
        return self.held[path].text

    def __getitem__(self, path: str) -> Document:
        found = self.held[path]
        return found if isinstance(found, Document) else found.read()

    def __iter__(self) -> Iterator[str]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)
