"""What hostile sources cost on the whole way to a page, beside the same at half their size.

Run: `python bench/hostile.py [SCALE]`. Each case runs in a process of its own, as a text and
as a page: read, clean, describe, recognise, resolve, lay out. Printed are CPU seconds, the
peak of memory, and the ratio to the half: about 2 is linear, 4 quadratic.
"""

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a script: the package is beside it

from tearsheet.clean import clean
from tearsheet.describe import describe
from tearsheet.model import Accession, Corpus, Record, Settings
from tearsheet.names import recognise, resolve
from tearsheet.pages import markdown
from tearsheet.pages.compose import compose
from tearsheet.readers import read

SENTENCE = "The harbour was quiet and the ferries of Ada Quillfeather ran on time. "
WRAPPED = "The pilots of Port Elsingham met on Monday to talk about the safety of"
CASES = {
    # name: (what is repeated, how often at scale 1, what stands between)
    "paragraph of 8 MB": (SENTENCE, 115_000, ""),
    "200,000 lines of one character": ("a", 200_000, "\n"),
    "100,000 wrapped lines": (WRAPPED, 100_000, "\n"),
    "quotation marks apart": ('" a " “ a ”', 18_000, " "),
    "characters unseen": ("\u200ba Ã© “ a ”", 18_000, " "),
    "capitals": ("Ada", 200_000, " "),
    "dates": ("May 4, 1911", 100_000, " "),
}
NESTED = 30_000


def main() -> None:
    """Print a table of all cases."""
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    print(f"{'case':34} {'as':5} {'CPU s':>7} {'MB':>6} {'to half':>8}")
    names = [*((name, kind) for name in CASES for kind in ("txt", "html")), ("nested", "html")]
    for name, kind in names:
        half, _ = _alone(name, kind, scale / 2)
        whole, memory = _alone(name, kind, scale)
        print(f"{name:34} {kind:5} {whole:7.2f} {memory:6.0f} {whole / half:8.1f}", flush=True)


def _alone(name: str, kind: str, scale: float) -> tuple[float, float]:
    with ProcessPoolExecutor(1) as process:
        return process.submit(cost, name, kind, scale).result()


def cost(name: str, kind: str, scale: float) -> tuple[float, float]:
    """Give CPU seconds and the peak in megabytes of one case, run in this process."""
    content = _content(name, kind, scale)
    _whole_way(read("warm.txt", SENTENCE.encode()).path, SENTENCE.encode())
    started = time.process_time()
    _whole_way(f"hostile.{kind}", content)
    spent = time.process_time() - started
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _content(name: str, kind: str, scale: float) -> bytes:
    if name == "nested":
        body = "<div>x" * int(NESTED * scale) + f"<p>{SENTENCE * 3}</p>"
    else:
        piece, count, between = CASES[name]
        count = int(count * scale)
        if kind == "html" and between == "\n":
            body = f"<p>{piece}</p>" * count
        else:
            body = between.join([piece] * count)
    page = f"<!doctype html><meta charset=utf-8>{body}"
    return (page if kind == "html" else body).encode()


def _whole_way(path: str, content: bytes) -> int:
    """Take one source to its pages; give how many characters they have."""
    source = read(path, content)
    document = clean(source)
    description = describe(document)
    resolution = resolve({path: document}, recognise({path: document}, ()), (), ())
    row = Accession("0001", "hostile", path, source.sha256, source.size, source.media_type)
    record = Record(row, document, description, resolution.mentions.get(path, ()))
    corpus = Corpus(Settings("Bench"), (record,), resolution.entities, register=(row,))
    return sum(len(markdown.page(page.front_matter, page.body)) for page in compose(corpus))


if __name__ == "__main__":
    main()
