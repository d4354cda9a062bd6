"""Paths, options -> ScanResult: the order of the stages, and nothing else.

discover, read     read/      files
repair ... fold    text/      documents
sketch             sketch/    signatures, fingerprints
candidates         library/   pairs worth aligning
align, measure     compare    passages, edits, ratios
stock, reuse ...   measure/   findings of the whole scan
"""

import os
from collections.abc import Callable, Sequence

from kejidiff.engine import run
from kejidiff.errors import UsageError
from kejidiff.library import find_candidates
from kejidiff.measure.clusters import find_clusters
from kejidiff.measure.commonness import with_commonness
from kejidiff.measure.formulas import FORMULAS
from kejidiff.measure.reuse import reuse_by_document
from kejidiff.measure.stock import Holding, find_stock, spans_by_document, without_stock
from kejidiff.measure.substitutions import total_substitutions
from kejidiff.model import (
    CandidatePair,
    Cluster,
    Comparison,
    Document,
    ScanResult,
    Skipped,
    SourceText,
    StockPhrase,
)
from kejidiff.options import ScanOptions
from kejidiff.pipeline.compare import Comparer
from kejidiff.read import FoundFile, discover, read_file
from kejidiff.sketch import Sketch, sketch, worth_aligning
from kejidiff.span import Span
from kejidiff.text.documents import find_documents
from kejidiff.text.fold import codes_of
from kejidiff.version import __version__

#: Told after every file and every pair: stage (`read`, `sketch`, `align`), done, total.
Advance = Callable[[str, int, int], None]
Path = str | os.PathLike[str]


def scan(
    paths: Sequence[Path], options: ScanOptions | None = None, *, jobs: int = 1, advance: Advance | None = None
) -> ScanResult:
    """Compare every document below `paths` with every other.

    The result does not depend on `jobs`, nor on the order of `paths`. UsageError where a path does not exist
    (`no-such-path`) or nothing at all is found (`nothing-found`); whatever else is wrong with a file is in the result.
    """
    if isinstance(paths, (str, os.PathLike)):
        raise TypeError("paths is a sequence of paths; give a single one as [path]")
    options = options or ScanOptions()
    files, documents = read_documents(paths, options, jobs=jobs, advance=advance)
    comparer = Comparer(documents, {file.path: file.text for file in files if isinstance(file, SourceText)}, options)
    sketches = run(_sketcher(options), documents, jobs, _told(advance, "sketch"))
    pairs = _candidates(sketches, options)
    compared = run(lambda pair: comparer.compare(pair.left, pair.right), pairs, jobs, _told(advance, "align"))
    return assembled(files, comparer, compared, tuple(os.fspath(path) for path in paths))


def read_documents(
    paths: Sequence[Path], options: ScanOptions, *, jobs: int = 1, advance: Advance | None = None
) -> tuple[tuple[SourceText | Skipped, ...], tuple[Document, ...]]:
    """Every file below `paths` by path, and the documents of those that were read."""
    found = discover([os.fspath(path) for path in paths])
    if not found.found and not found.skipped:
        raise UsageError(
            ", ".join(os.fspath(path) for path in paths), "no file found", "give a file or a folder", "nothing-found"
        )

    def read(file: FoundFile) -> tuple[SourceText | Skipped, tuple[Document, ...]]:
        source = read_file(file, options.encoding, options.max_file_bytes)
        return source, find_documents(source) if isinstance(source, SourceText) else ()

    outcomes = run(read, found.found, jobs, _told(advance, "read"))
    files = sorted([*found.skipped, *(file for file, _ in outcomes)], key=lambda file: file.path)
    documents = sorted(
        (document for _, own in outcomes for document in own), key=lambda document: (document.path, document.ordinal)
    )
    return tuple(files), tuple(documents)


def source_text(path: Path, options: ScanOptions | None = None) -> SourceText | Skipped:
    """One file as kejidiff reads it: the text that spans count in."""
    options = options or ScanOptions()
    found = discover([os.fspath(path)])
    if found.found:
        return read_file(found.found[0], options.encoding, options.max_file_bytes)
    return found.skipped[0]


def assembled(
    files: tuple[SourceText | Skipped, ...],
    comparer: Comparer,
    compared: Sequence[Comparison],
    scanned: tuple[str, ...],
    *,
    keep_empty: bool = False,
) -> ScanResult:
    """What the comparisons of a scan come to. `keep_empty` keeps those without a passage among the comparisons."""
    documents, options = comparer.documents, comparer.options
    kept = with_commonness([comparison for comparison in compared if comparison.passages or keep_empty])
    clusters = find_clusters(documents, kept, options.cluster)
    stock = find_stock(_holdings(comparer, kept, clusters), options.stock, options.fragment, FORMULAS)
    held = spans_by_document(stock)
    ordered = sorted(kept, key=lambda comparison: (-comparison.reuse, comparison.left, comparison.right))
    rest = [without_stock(comparison, held, options.fragment) for comparison in compared if not comparison.passages]
    return ScanResult(
        version=__version__,
        options=options,
        files=files,
        documents=tuple(documents),
        stats=reuse_by_document(documents, kept, held),
        comparisons=tuple(without_stock(comparison, held, options.fragment) for comparison in ordered),
        clusters=clusters,
        substitutions=total_substitutions(kept),
        stock_phrases=_shared(stock),
        fragments_only=tuple(comparison for comparison in rest if comparison.alignment.fragments and options.fragments),
        scanned=scanned,
    )


def _sketcher(options: ScanOptions) -> Callable[[Document], Sketch]:
    return lambda document: sketch(codes_of(document.folded.text), document.folded.breaks, options.sketch)


def _candidates(sketches: Sequence[Sketch], options: ScanOptions) -> tuple[CandidatePair, ...]:
    """Every pair that shares anything where fragments are wanted, else those that may hold a passage."""
    keys = [own.keys.reshape(-1) for own in sketches]
    pairs = find_candidates(keys, [own.fingerprints for own in sketches])
    if options.fragments:
        return pairs
    return tuple(pair for pair in pairs if worth_aligning(sketches[pair.left], sketches[pair.right]))


def _holdings(comparer: Comparer, comparisons: Sequence[Comparison], clusters: Sequence[Cluster]) -> list[Holding]:
    """Each document as stock phrases are counted: a cluster is one owner, every other document its own."""
    index = {document.id: at for at, document in enumerate(comparer.documents)}
    owners = list(range(len(comparer.documents)))
    for cluster in clusters:
        for member in cluster.members:
            owners[index[member]] = index[cluster.representative]
    passages: list[list[Span]] = [[] for _ in comparer.documents]
    for comparison in comparisons:
        for passage in comparison.passages:
            passages[index[comparison.left]].append(passage.left)
            passages[index[comparison.right]].append(passage.right)
    return [
        Holding(document, comparer.codes[at], owners[at], comparer.surprisal.ordinary_bits(at), passages[at])
        for at, document in enumerate(comparer.documents)
    ]


def _shared(stock: Sequence[StockPhrase]) -> tuple[StockPhrase, ...]:
    return tuple(phrase for phrase in stock if phrase.documents > 1)


def _told(advance: Advance | None, stage: str) -> Callable[[int, int], None] | None:
    return None if advance is None else lambda done, total: advance(stage, done, total)
