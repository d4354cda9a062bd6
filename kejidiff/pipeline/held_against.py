"""Drafts, documents, sketches -> ScanResult whose every comparison has a draft on its left.

Each draft is compared as if it were alone, so that its figures do not depend on what else is checked in the same call:
what is rare, what is formula, how many hold a passage is judged among the draft and what it is compared with. Two
documents of that side are compared with each other only where both share a passage with the draft: whether they are
one family decides whether what all of them hold is formula (three copies of one page are one source, not a custom).
What a draft was only looked at for runs with (`from_library`) joins behind that, and changes nothing else (`runs`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from kejidiff.engine import run
from kejidiff.measure.clusters import find_clusters
from kejidiff.measure.reuse import reuse_by_document
from kejidiff.measure.stock import spans_by_document
from kejidiff.measure.substitutions import total_substitutions
from kejidiff.model import CandidatePair, Comparison, Document, FromStock, ScanResult, Skipped, SourceText, StockPhrase
from kejidiff.options import ScanOptions
from kejidiff.pipeline.candidates import candidates
from kejidiff.pipeline.compare import Comparer
from kejidiff.pipeline.from_library import ByRuns
from kejidiff.pipeline.runs import compared_by_runs
from kejidiff.pipeline.scan import assembled
from kejidiff.pipeline.stock import Given
from kejidiff.sketch import Sketch
from kejidiff.span import Span
from kejidiff.version import __version__


class Held(NamedTuple):
    """Everything that is known of the documents before they are compared: by id, but for texts, which are by path.
    `by_runs`: by the id of a draft, what is not compared with it in full."""

    sketches: Mapping[str, Sketch]
    texts: Mapping[str, str]
    options: ScanOptions
    given: Given
    from_stock: Mapping[str, tuple[FromStock, ...]]
    by_runs: Mapping[str, ByRuns] = MappingProxyType({})


def held_against(
    drafts: Sequence[Document],
    others: Callable[[Document], Sequence[Document]],
    held: Held,
    *,
    drafts_too: bool = False,
    jobs: int = 1,
    told: Callable[[int, int], None] | None = None,
) -> list[ScanResult]:
    """A result for each draft, or one for all of them where they are compared with each other, too.

    `others` says what a draft is compared with, and is the same for drafts that are compared together.
    """
    groups = grouped(drafts, drafts_too)
    results = []
    for number, group in enumerate(groups):
        results.append(_of_group(group, others(group[0]), held, jobs))
        if told is not None:
            told(number + 1, len(groups))
    return results


def grouped(drafts: Sequence[Document], drafts_too: bool) -> list[tuple[Document, ...]]:
    """Drafts that are compared in one: each alone, or all."""
    return [tuple(drafts)] if drafts_too and drafts else [(draft,) for draft in drafts]


def together(
    results: Sequence[ScanResult],
    files: tuple[SourceText | Skipped, ...],
    drafts: Sequence[Document],
    others: Sequence[Document],
    held: Held,
    scanned: tuple[str, ...],
) -> ScanResult:
    """The results as one; what other documents' figures say is what of them stands in the drafts."""
    mine = {draft.id for draft in drafts}
    comparisons = sorted(
        (one for result in results for one in result.comparisons),
        key=lambda one: (-one.left_reuse, one.left, one.right),
    )
    phrases = _phrases([phrase for result in results for phrase in result.stock_phrases], mine)
    documents = (*drafts, *others)
    theirs = reuse_by_document(others, comparisons, spans_by_document(phrases))
    ours = {name: stats for result in results for name, stats in result.stats.items() if name in mine}
    return ScanResult(
        version=__version__,
        options=held.options,
        files=files,
        documents=documents,
        stats={document.id: (ours if document.id in mine else theirs)[document.id] for document in documents},
        comparisons=tuple(comparisons),
        clusters=find_clusters(documents, comparisons, held.options.cluster),
        substitutions=total_substitutions(comparisons),
        stock_phrases=phrases,
        fragments_only=tuple(
            sorted((one for result in results for one in result.fragments_only), key=lambda one: (one.left, one.right))
        ),
        scanned=scanned,
        given_as_stock=held.given.paths,
        stock_sources=held.given.sources,
        from_stock=dict(held.from_stock),
    )


def _of_group(drafts: tuple[Document, ...], others: Sequence[Document], held: Held, jobs: int) -> ScanResult:
    documents = [*drafts, *others]
    sketches = [held.sketches[document.id] for document in documents]
    pairs = candidates(sketches, replace(held.options, fragments=False))
    profiles = [own.profile for own in sketches]
    comparer = Comparer(documents, held.texts, held.options, pairs, profiles, subjects=len(drafts))

    def compare(pair: CandidatePair) -> Comparison:
        return comparer.compare(pair.left, pair.right)

    wanted = [*(pair for pair in pairs if pair.left < len(drafts)), *_slight(sketches, len(drafts), pairs)]
    found = run(compare, sorted(wanted), jobs)
    holders = {pair.right for pair, one in zip(sorted(wanted), found, strict=True) if one.passages}
    among = [pair for pair in pairs if pair.left >= len(drafts) and {pair.left, pair.right} <= holders]
    result = assembled((), comparer, [*found, *run(compare, among, jobs)], (), given=held.given,
                       from_stock=_of_documents(held.from_stock, documents))  # fmt: skip
    mine = {draft.id for draft in drafts}
    by_runs = [
        comparison
        for draft in drafts
        if draft.id in held.by_runs
        for comparison in compared_by_runs(result, draft, held.by_runs[draft.id])
    ]
    return replace(
        result,
        comparisons=tuple(one for one in result.comparisons if one.left in mine),
        fragments_only=(*(one for one in result.fragments_only if one.left in mine), *by_runs),
    )


def _slight(sketches: Sequence[Sketch], drafts: int, pairs: Sequence[CandidatePair]) -> list[CandidatePair]:
    """A draft and whatever else shares one fingerprint with it, and so may hold a run of 13 characters."""
    known = {(pair.left, pair.right) for pair in pairs}
    return [
        CandidatePair(draft, other, 0.0, 0.0, 0.0, slight=True)
        for draft in range(drafts)
        for other in range(draft + 1, len(sketches))
        if (draft, other) not in known and np.isin(sketches[draft].fingerprints, sketches[other].fingerprints).any()
    ]


def _of_documents(
    from_stock: Mapping[str, tuple[FromStock, ...]], documents: Sequence[Document]
) -> dict[str, tuple[FromStock, ...]]:
    ids = {document.id for document in documents}
    return {name: found for name, found in from_stock.items() if name in ids}


def _phrases(found: Sequence[StockPhrase], drafts: set[str]) -> tuple[StockPhrase, ...]:
    """Phrases that stand in a draft, each once, with every place that any of the results knows."""
    spans: dict[str, dict[tuple[str, Span], None]] = {}
    first: dict[str, StockPhrase] = {}
    for phrase in found:
        if any(name in drafts for name, _ in phrase.spans):
            first.setdefault(phrase.text, phrase)
            spans.setdefault(phrase.text, {}).update(dict.fromkeys(phrase.spans))
    merged = [
        phrase._replace(spans=tuple(sorted(spans[text])), documents=len({name for name, _ in spans[text]}))
        for text, phrase in first.items()
    ]
    return tuple(sorted(merged, key=lambda phrase: (-phrase.documents, -len(phrase.text), phrase.text)))
