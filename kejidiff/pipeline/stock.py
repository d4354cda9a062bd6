"""Stock paths, documents -> what of each document stands in templates and superiors' documents.

They are read like any document and compared with the reports only, two by two: what is rare is judged by the background
and the two alone, so that a form that a hundred reports fill in is found in each of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kejidiff.align.script import similarity
from kejidiff.engine import run
from kejidiff.errors import UsageError
from kejidiff.measure.reuse import covered
from kejidiff.measure.templates import standing, without_templates
from kejidiff.model import Comparison, Document, FromStock, Skipped, SourceText, StockSource
from kejidiff.options import ScanOptions
from kejidiff.pipeline.compare import Comparer
from kejidiff.read import FoundFile, discover, read_texts
from kejidiff.read.discover import STDIN
from kejidiff.sketch import Sketch, sketch, worth_aligning
from kejidiff.span import Span
from kejidiff.text.documents import find_documents
from kejidiff.text.fold import codes_of

#: Put before the paths of stock files while they are compared: no display path holds two slashes in a row, so a report
#: and a stock file of one name do not meet.
_APART = "stock//"


class Given(NamedTuple):
    """Stock as it was given, the sources as they were read, and the identities (device, inode) of all their files."""

    paths: tuple[str, ...] = ()
    sources: tuple[StockSource, ...] = ()
    identities: frozenset[tuple[int, int]] = frozenset()

    def holds(self, location: str) -> bool:
        """True where a file of the scan is one of the stock files, under whatever name."""
        return bool(self.identities) and _identity(location) in self.identities

    def but(self, locations: Iterable[str]) -> "Given":
        """Without the sources that are the files at these places."""
        named = {_identity(location) for location in locations}
        return self._replace(
            sources=tuple(one for one in self.sources if _identity(one.file.location) not in named - {None})
        )


def read_stock(stock: Sequence[str], paths: Sequence[str], options: ScanOptions, jobs: int = 1) -> Given:
    """Every file below the stock paths, by path. UsageError where a path does not exist, or stdin is to be both."""
    if not stock:
        return Given()
    if STDIN in stock and STDIN in paths:
        raise UsageError("--stock -", "stdin is among the reports already", "give one of them as a file")
    found = discover(stock)
    if not found.found and not found.skipped:
        raise UsageError(", ".join(stock), "no file found", "give a file or a folder", "nothing-found")

    def read(file: FoundFile) -> list[StockSource]:
        sources = read_texts(file, options)
        return [StockSource(one, find_documents(one) if isinstance(one, SourceText) else ()) for one in sources]

    read_one_by_one = run(read, found.found, jobs)
    sources = [*map(StockSource, found.skipped), *(source for of_file in read_one_by_one for source in of_file)]
    identities = {identity for file in found.found if (identity := _identity(file.location)) is not None}
    return Given(tuple(stock), tuple(sorted(sources, key=lambda source: source.file.path)), frozenset(identities))


def found_in_stock(
    documents: Sequence[Document],
    texts: Mapping[str, str],
    sources: Sequence[StockSource],
    options: ScanOptions,
    sketches: Sequence[Sketch] | None = None,
    jobs: int = 1,
) -> dict[str, tuple[FromStock, ...]]:
    """By id of each document that holds any: the stock documents it holds text of, the greatest share first."""
    own = [_apart(document) for source in sources for document in source.documents]
    if not own or not documents:
        return {}
    every = [*documents, *own]
    known = {**texts, **{_APART + one.file.path: one.file.text for one in sources if isinstance(one.file, SourceText)}}
    sketched = [*(sketches or _sketched(documents, options)), *_sketched(own, options)]

    def compare(pair: tuple[int, int]) -> Comparison:
        return Comparer([every[pair[0]], every[pair[1]]], known, options).compare(0, 1)

    pairs = _pairs(sketched, len(documents))
    found: dict[str, list[FromStock]] = {}
    for (left, right), comparison in zip(pairs, run(compare, pairs, jobs), strict=True):
        if comparison.passages:
            found.setdefault(every[left].id, []).append(_from_stock(every[left], every[right], comparison))
    return {
        document_id: tuple(sorted(sources, key=lambda one: (-one.reuse, one.source)))
        for document_id, sources in found.items()
    }


def parted(
    comparisons: Iterable[Comparison],
    held: Callable[[Comparison], Mapping[str, Sequence[Span]]],
    comparer: Comparer,
) -> list[Comparison]:
    """The comparisons with what `held` gives for each, by document id, as formula; measured again where that changed
    them."""
    by_id = {document.id: document for document in comparer.documents}
    light_from = comparer.options.light_from

    def part(comparison: Comparison) -> Comparison:
        spans = held(comparison)
        if comparison.left not in spans and comparison.right not in spans:
            return comparison
        sides = by_id[comparison.left], by_id[comparison.right]
        own = without_templates(comparison, sides, spans, similarity, light_from)
        return own if own is comparison else comparer.measured_again(own)

    return [part(comparison) for comparison in comparisons]


def _identity(location: str) -> tuple[int, int] | None:
    if location == STDIN:
        return None
    try:
        status = Path(location).stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _apart(document: Document) -> Document:
    return replace(document, id=_APART + document.id, path=_APART + document.path)


def _sketched(documents: Iterable[Document], options: ScanOptions) -> list[Sketch]:
    return [sketch(codes_of(one.folded.text), one.folded.breaks, options.sketch) for one in documents]


def _pairs(sketches: Sequence[Sketch], reports: int) -> list[tuple[int, int]]:
    """Report and stock document by index, wherever they may share a passage.

    Each with each, not by shared keys: a key that very many documents hold pairs them with the first holder only, and
    a form's keys are held by every report that fills it in.
    """
    return [
        (report, stock)
        for report in range(reports)
        for stock in range(reports, len(sketches))
        if worth_aligning(sketches[report], sketches[stock])
    ]


def _from_stock(document: Document, stock: Document, comparison: Comparison) -> FromStock:
    return FromStock(
        source=stock.id.removeprefix(_APART),
        path=stock.path.removeprefix(_APART),
        title=stock.title,
        reuse=covered(document, standing(comparison.passages)) / max(document.countable, 1),
        passages=comparison.passages,
    )


def skipped_as_stock(file: FoundFile) -> Skipped:
    """What stands for a file of the scan that was given as stock."""
    return Skipped(file.path, "ignored", "given as stock: compared with the reports, not one of them", "skipped")
