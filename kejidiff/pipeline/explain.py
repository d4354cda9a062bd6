"""Two names -> Explanation: the pair is compared as `show` or `scan` does it, and each stage asked what it decided."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from kejidiff.align import Trace
from kejidiff.align.explain import chain_accounts, seed_counts
from kejidiff.engine import run
from kejidiff.errors import UsageError
from kejidiff.measure.commonness import with_commonness
from kejidiff.measure.formula import find_holders
from kejidiff.model import CandidatePair, Comparison, Document, Skipped, SourceText
from kejidiff.model.explanation import Explanation
from kejidiff.options import ScanOptions
from kejidiff.pipeline.candidates import candidacy, candidates, sketcher
from kejidiff.pipeline.compare import Comparer
from kejidiff.pipeline.names import find_documents_named, which_document
from kejidiff.pipeline.scan import Advance, Path, assembled, read_documents


class _Material(NamedTuple):
    """What is compared: files and documents in the order of a scan, and the pair by index, `left < right`."""

    files: tuple[SourceText | Skipped, ...]
    documents: tuple[Document, ...]
    left: int
    right: int
    paths: tuple[str, ...]


def explain(
    left: str,
    right: str,
    *,
    within: Path | None = None,
    among: Sequence[Path] = (),
    options: ScanOptions | None = None,
    jobs: int = 1,
    advance: Advance | None = None,
) -> Explanation:
    """Why two documents do or do not share what they are said to share. They are aligned in any case.

    Alone, the two are judged as `show` judges them, and names are looked up `within` a file or folder. With `among`,
    they are judged as in a scan of these paths, where the names are looked up too: what is rare, what makes a
    candidate, who else holds a passage. A pair that is no candidate there is judged as if it were one.
    UsageError: `no-match`, `ambiguous`, `same-document`, and those of `scan`. NotReadError: a file that is named cannot
    be read.
    """
    options = options or ScanOptions()
    material = (
        _of_scan((left, right), among, options, jobs, advance) if among else _of_two((left, right), within, options)
    )
    return _explained(material, bool(among), options, jobs, advance)


def _explained(
    material: _Material, within_scan: bool, options: ScanOptions, jobs: int, advance: Advance | None
) -> Explanation:
    files, documents, left, right, paths = material
    texts = {file.path: file.text for file in files if isinstance(file, SourceText)}
    sketches = run(sketcher(options), documents, jobs, None)
    pairs = _with_pair(candidates(sketches, options) if within_scan else (), left, right)
    comparer = Comparer(documents, texts, options, pairs, [own.profile for own in sketches])
    trace = Trace()
    here = [(pair.left, pair.right) for pair in pairs].index((left, right))
    others = (*pairs[:here], *pairs[here + 1 :])
    told = None if advance is None else lambda done, total: advance("align", done, total)
    compared = run(lambda pair: comparer.compare(pair.left, pair.right), others, jobs, told)
    compared = [*compared[:here], comparer.compare(left, right, trace), *compared[here:]]
    counted = with_commonness(compared)
    result = assembled(files, comparer, compared, paths, keep_empty=True)
    texts_folded = documents[left].folded, documents[right].folded
    rules = trace.rules or options.align
    return Explanation(
        result=result,
        comparison=_comparison_of(result.comparisons, documents[left].id, documents[right].id),
        within_scan=within_scan,
        candidacy=candidacy(sketches, left, right),
        seeds=seed_counts(trace),
        chains=chain_accounts(trace, texts_folded, rules),
        rules=rules,
        holders=find_holders(documents, counted, counted[here], options.formula),
    )


def _of_two(names: tuple[str, str], within: Path | None, options: ScanOptions) -> _Material:
    found = find_documents_named(names, within, options)
    _refuse_one(names, found[0].document, found[1].document)
    ordered = sorted(found, key=lambda named: (named.document.path, named.document.ordinal))
    files = {named.source.path: named.source for named in ordered}
    return _Material(tuple(files.values()), tuple(named.document for named in ordered), 0, 1, names)


def _of_scan(
    names: tuple[str, str], paths: Sequence[Path], options: ScanOptions, jobs: int, advance: Advance | None
) -> _Material:
    if isinstance(paths, (str, os.PathLike)):
        raise TypeError("among is a sequence of paths; give a single one as [path]")
    files, documents = read_documents(paths, options, jobs=jobs, advance=advance)
    sources = [file for file in files if isinstance(file, SourceText)]
    one, other = (which_document(name, sources, documents) for name in names)
    _refuse_one(names, one, other)
    at = sorted((documents.index(one), documents.index(other)))
    return _Material(files, documents, at[0], at[1], tuple(os.fspath(path) for path in paths))


def _refuse_one(names: tuple[str, str], one: Document, other: Document) -> None:
    if one.id == other.id:
        raise UsageError(", ".join(names), "both names mean one report", f"it is {one.id}", "same-document")


def _with_pair(pairs: Sequence[CandidatePair], left: int, right: int) -> tuple[CandidatePair, ...]:
    """The candidates with this pair among them, in their order."""
    if any((pair.left, pair.right) == (left, right) for pair in pairs):
        return tuple(pairs)
    return tuple(sorted((*pairs, CandidatePair(left, right, 0.0, 0.0, 0.0))))


def _comparison_of(comparisons: Sequence[Comparison], left: str, right: str) -> Comparison:
    return next(one for one in comparisons if (one.left, one.right) == (left, right))
