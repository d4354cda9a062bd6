"""Matches, sketches and entries of a large scan in its working folder -> `BulkResult`: names, ratios, lines, and what
leads.

name        naming      what every file and row is called
assemble    assembling  formula, ratios, clusters of the whole
write       lines       lines for every file, document, comparison
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.measure.bulk_reuse import clusters_of
from kejidiff.model import Cluster, Skipped
from kejidiff.model.bulk import BulkResult, BulkTotals, Lead, Renderer
from kejidiff.options import ScanOptions
from kejidiff.pipeline.bulk.assembling import Assembled, assemble
from kejidiff.pipeline.bulk.collection import Collection
from kejidiff.pipeline.bulk.comparisons import ComparisonsOnDisk
from kejidiff.pipeline.bulk.documents import DocumentsOnDisk, TextsOnDisk
from kejidiff.pipeline.bulk.entries import file_of
from kejidiff.pipeline.bulk.extract import Leading, extract_of, places_of
from kejidiff.pipeline.bulk.filling import Texts
from kejidiff.pipeline.bulk.lines import write_comparisons, write_documents
from kejidiff.pipeline.bulk.naming import Named
from kejidiff.pipeline.bulk.ordering import Index, LinesByIndex, LinesByPiece
from kejidiff.pipeline.bulk.planning import Plan
from kejidiff.pipeline.bulk.workspace import VERIFIED, let_go
from kejidiff.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    #: Does a piece of work for each of so many numbers.
    Stage = Callable[[Callable[[int], None], int], None]

#: Documents and comparisons that a result tells of one by one: more than any page lists.
LEADING: Final = 200


class Scanned(NamedTuple):
    """A scan whose matches are found.

    buckets   how many of them there are
    keep      whether another scan may go on from the files in the folder
    """

    plan: Plan
    options: ScanOptions
    folder: Path
    collection: Collection
    buckets: int
    named: Named
    keep: bool


def finished(scanned: Scanned, render: Renderer, stage: "Stage") -> BulkResult:
    """Everything a view gets, but for how the scan went."""
    plan, options, folder, collection, buckets, named, _ = scanned
    assembled = assemble(buckets, collection.countable, folder, options)
    documents = DocumentsOnDisk(folder, collection.first_documents, named, assembled.documents)
    comparisons = ComparisonsOnDisk(folder, collection.countable, named, assembled, options)
    _write(scanned, render, documents, comparisons, stage)
    index = Index.read(buckets, len(render.kinds), folder)
    reuse = np.sum(assembled.documents[:3], axis=0)
    shares = reuse / np.maximum(collection.countable, 1)
    unread = (*plan.unread, *named.unread)
    clusters = _clusters(scanned, assembled)
    lines = {kind: LinesByPiece(kind, len(plan.pieces), folder) for kind in ("file", "document")}
    return BulkResult(
        version=__version__,
        options=options,
        totals=_totals(scanned, unread, reuse, index),
        unopened=(*map(file_of, plan.unread), *named.archives),
        unread=unread,
        reserved=tuple(named.reserved),
        shares=shares,
        clusters=clusters,
        complete=all(file.harmless for file in unread) and all(file.whole for file in named.reserved),
        lines=lines | {kind: LinesByIndex(index, render.kinds, kind, folder) for kind in render.kinds},
        lead=cache(lambda: _lead(scanned, documents, comparisons, index, shares, clusters, render.texts)),
    )


def _write(
    scanned: Scanned, render: Renderer, documents: DocumentsOnDisk, comparisons: ComparisonsOnDisk, stage: "Stage"
) -> None:
    """Lines of all pieces and buckets."""
    folder, pieces = scanned.folder, len(scanned.plan.pieces)
    ids = Texts.of(render.forms.escaped(scanned.named.documents))

    def write(task: int) -> None:
        if task < pieces:
            write_documents(task, documents, render.forms, folder)
            if not scanned.keep:
                let_go(folder, task, VERIFIED)
        else:
            write_comparisons(task - pieces, comparisons, ids, render, _texts(scanned, render.texts), folder)

    stage(write, pieces + scanned.buckets)


def _lead(
    scanned: Scanned,
    documents: DocumentsOnDisk,
    comparisons: ComparisonsOnDisk,
    index: Index,
    shares: "NDArray[np.float64]",
    clusters: tuple[Cluster, ...],
    texts: bool,
) -> Lead:
    """What a result leads with; `texts`: whether the original ones were kept."""
    most = [at for at in np.lexsort((np.arange(len(shares)), -shares))[:LEADING].tolist() if shares[at]]
    leading = index.rows[:LEADING]
    sides = np.stack((leading["left"], leading["right"]), axis=1)
    numbers = list(dict.fromkeys((*most, *sides.ravel().tolist())))
    found = tuple(documents.each(numbers))
    pairs = tuple(comparisons.each(leading[["bucket", "left", "right"]].tolist()))
    plan, named, first = scanned.plan, scanned.named, scanned.collection.first_documents
    places = places_of(found, numbers, first, plan.pieces)
    led = Leading(found, numbers, places, pairs, clusters, (*plan.unread, *named.unread), tuple(named.reserved))
    return Lead(found[: len(most)], pairs, extract_of(led, scanned.options, _texts(scanned, texts)))


def _texts(scanned: Scanned, kept: bool) -> TextsOnDisk | None:
    return TextsOnDisk(scanned.folder, scanned.collection.first_documents) if kept else None


def _totals(scanned: Scanned, unread: tuple[Skipped, ...], reuse: "NDArray[np.int64]", index: Index) -> BulkTotals:
    failed = sum(file.state == "error" for file in unread)
    return BulkTotals(
        read=scanned.named.read + sum(file.state is None for file in scanned.named.archives),
        skipped=len(unread) - failed,
        failed=failed,
        documents=len(scanned.named.documents),
        recycled=int(np.count_nonzero(reuse)),
        countable=int(scanned.collection.countable.sum()),
        reused=int(reuse.sum()),
        comparisons=len(index.rows),
        passages=int(index.rows["passages"].sum()),
    )


def _clusters(scanned: Scanned, assembled: Assembled) -> tuple[Cluster, ...]:
    found = clusters_of(assembled.pairs, scanned.collection.countable, scanned.options.cluster)
    names = scanned.named.documents
    return tuple(Cluster(tuple(names[at] for at in members), names[own]) for own, members in found)
