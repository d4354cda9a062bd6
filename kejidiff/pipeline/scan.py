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
from kejidiff.measure.clusters import find_clusters
from kejidiff.measure.commonness import with_commonness
from kejidiff.measure.formula import find_formula
from kejidiff.measure.formulas import FORMULAS
from kejidiff.measure.reuse import reuse_by_document
from kejidiff.measure.stock import Holding, as_it_stands, find_stock, spans_by_document, without_stock
from kejidiff.measure.substitutions import total_substitutions
from kejidiff.measure.templates import standing_in_stock, with_holders
from kejidiff.model import (
    Cluster,
    Comparison,
    Document,
    FromStock,
    ScanResult,
    Skipped,
    SourceText,
    StockPhrase,
)
from kejidiff.options import ScanOptions
from kejidiff.pipeline.candidates import candidates, sketcher
from kejidiff.pipeline.compare import Comparer
from kejidiff.pipeline.stock import Given, found_in_stock, parted, read_stock, skipped_as_stock
from kejidiff.read import FoundFile, discover, holds_rows, read_file, read_texts
from kejidiff.span import Span, merged
from kejidiff.text.documents import find_documents
from kejidiff.version import __version__

#: Told after every file and every pair: stage (`read`, `sketch`, `align`), done, total.
Advance = Callable[[str, int, int], None]
Path = str | os.PathLike[str]


def scan(
    paths: Sequence[Path],
    options: ScanOptions | None = None,
    *,
    stock: Sequence[Path] = (),
    jobs: int = 1,
    advance: Advance | None = None,
) -> ScanResult:
    """Compare every document below `paths` with every other.

    `stock`: templates, forms, superiors' documents. What reports share of them is formula and in no ratio; what each
    holds of them is in `from_stock`. A file that is given as stock is not compared as a report, wherever it lies.
    The result does not depend on `jobs`, nor on the order of `paths` or `stock`. UsageError where a path does not exist
    (`no-such-path`) or nothing at all is found (`nothing-found`); whatever else is wrong with a file is in the result.
    """
    if isinstance(paths, (str, os.PathLike)) or isinstance(stock, (str, os.PathLike)):
        raise TypeError("paths and stock are sequences of paths; give a single one as [path]")
    options = options or ScanOptions()
    scanned = tuple(os.fspath(path) for path in paths)
    given = read_stock([os.fspath(path) for path in stock], scanned, options, jobs)
    files, documents = read_documents(paths, options, stock=given, jobs=jobs, advance=advance)
    sketches = run(sketcher(options), documents, jobs, _told(advance, "sketch"))
    pairs = candidates(sketches, options)
    texts = {file.path: file.text for file in files if isinstance(file, SourceText)}
    comparer = Comparer(documents, texts, options, pairs, [own.profile for own in sketches])
    compared = run(lambda pair: comparer.compare(pair.left, pair.right), pairs, jobs, _told(advance, "align"))
    from_stock = found_in_stock(documents, texts, given.sources, options, sketches, jobs)
    return assembled(files, comparer, compared, scanned, given=given, from_stock=from_stock)


def read_documents(
    paths: Sequence[Path],
    options: ScanOptions,
    *,
    stock: Given | None = None,
    jobs: int = 1,
    advance: Advance | None = None,
) -> tuple[tuple[SourceText | Skipped, ...], tuple[Document, ...]]:
    """Every file below `paths` by path, and the documents of those that were read; files of `stock` are not read."""
    found = discover([os.fspath(path) for path in paths])
    if not found.found and not found.skipped:
        raise UsageError(
            ", ".join(os.fspath(path) for path in paths), "no file found", "give a file or a folder", "nothing-found"
        )

    def read(file: FoundFile) -> list[tuple[SourceText | Skipped, tuple[Document, ...]]]:
        return [
            (source, find_documents(source) if isinstance(source, SourceText) else ())
            for source in read_texts(file, options)
        ]

    set_apart = {file for file in found.found if stock is not None and stock.holds(file.location)}
    read_one_by_one = run(read, [file for file in found.found if file not in set_apart], jobs, _told(advance, "read"))
    outcomes = [outcome for of_file in read_one_by_one for outcome in of_file]
    unread = [*found.skipped, *map(skipped_as_stock, set_apart)]
    files = sorted([*unread, *(file for file, _ in outcomes)], key=lambda file: file.path)
    documents = sorted(
        (document for _, own in outcomes for document in own), key=lambda document: (document.path, document.ordinal)
    )
    return tuple(files), tuple(documents)


def source_text(path: Path, options: ScanOptions | None = None) -> SourceText | Skipped:
    """One file as kejidiff reads it: the text that spans count in; of an archive none."""
    options = options or ScanOptions()
    found = discover([os.fspath(path)])
    if found.found:
        if holds_rows(found.found[0], options):
            return SourceText(found.found[0].path, "", location=found.found[0].location, format="archive")
        return read_file(found.found[0], options.encoding, options.max_file_bytes)
    return found.skipped[0]


def assembled(
    files: tuple[SourceText | Skipped, ...],
    comparer: Comparer,
    compared: Sequence[Comparison],
    scanned: tuple[str, ...],
    *,
    keep_empty: bool = False,
    given: Given | None = None,
    from_stock: dict[str, tuple[FromStock, ...]] | None = None,
) -> ScanResult:
    """What the comparisons of a scan come to. `keep_empty` keeps those without a passage among the comparisons."""
    documents, options = comparer.documents, comparer.options
    in_stock = standing_in_stock(from_stock or {})
    compared = _without_formula(with_commonness(parted(compared, lambda _: in_stock, comparer)), comparer)
    kept = with_holders([one for one in compared if one.passages or keep_empty], compared)
    clusters = find_clusters(documents, kept, options.cluster)
    stock = find_stock(_holdings(comparer, compared, clusters, in_stock), options.stock, options.fragment, FORMULAS)
    held = spans_by_document(stock)
    ordered = sorted(kept, key=lambda comparison: (-comparison.reuse, comparison.left, comparison.right))
    apart = {name: merged((*held.get(name, ()), *in_stock.get(name, ()))) for name in {*held, *in_stock}}
    rest = [without_stock(comparison, apart, options.fragment) for comparison in compared if not comparison.passages]
    return ScanResult(
        version=__version__,
        options=options,
        files=files,
        documents=tuple(documents),
        stats=reuse_by_document(documents, compared, held),
        comparisons=tuple(without_stock(comparison, apart, options.fragment) for comparison in ordered),
        clusters=clusters,
        substitutions=total_substitutions(kept),
        stock_phrases=_shared(stock, comparer),
        fragments_only=tuple(comparison for comparison in rest if comparison.alignment.fragments and options.fragments),
        scanned=scanned,
        given_as_stock=given.paths if given else (),
        stock_sources=given.sources if given else (),
        from_stock=from_stock or {},
    )


def _without_formula(comparisons: Sequence[Comparison], comparer: Comparer) -> list[Comparison]:
    """The comparisons with what documents share that otherwise share nothing as formula, and measured again."""
    if not comparer.options.formula:
        return list(comparisons)
    formula = find_formula(comparer.documents, comparisons, comparer.options.formula)
    return parted(comparisons, lambda one: formula.get((one.left, one.right), {}), comparer)


def _holdings(
    comparer: Comparer,
    comparisons: Sequence[Comparison],
    clusters: Sequence[Cluster],
    in_stock: dict[str, tuple[Span, ...]],
) -> list[Holding]:
    """Each document as stock phrases are counted: a cluster is one owner, every other document its own."""
    index = {document.id: at for at, document in enumerate(comparer.documents)}
    owners = list(range(len(comparer.documents)))
    for cluster in clusters:
        for member in cluster.members:
            owners[index[member]] = index[cluster.representative]
    passages: list[list[Span]] = [list(in_stock.get(document.id, ())) for document in comparer.documents]
    for comparison in comparisons:
        for passage in (*comparison.passages, *comparison.formula):
            passages[index[comparison.left]].append(passage.left)
            passages[index[comparison.right]].append(passage.right)
    return [
        Holding(document, comparer.codes[at], owners[at], comparer.surprisal.ordinary_bits(at), passages[at])
        for at, document in enumerate(comparer.documents)
    ]


def _shared(stock: Sequence[StockPhrase], comparer: Comparer) -> tuple[StockPhrase, ...]:
    texts = {document.id: comparer.texts[document.path] for document in comparer.documents}
    return tuple(as_it_stands(phrase, texts) for phrase in stock if phrase.documents > 1)


def _told(advance: Advance | None, stage: str) -> Callable[[int, int], None] | None:
    return None if advance is None else lambda done, total: advance(stage, done, total)
