"""A shard's streams -> its sketch, in the working folder: folded texts, units and anchors."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.spill import write_arrays, write_raw
from kejidiff.sketch.unit_anchors import unit_anchors
from kejidiff.sketch.units import units_of
from kejidiff.text.stream import Stream

if TYPE_CHECKING:
    from numpy.typing import NDArray


class _Batch(NamedTuple):
    documents: "NDArray[np.uint32]"
    paragraphs: "NDArray[np.uint32]"
    units: "NDArray[np.uint32]"
    keys: "NDArray[np.uint64]"
    counts: "NDArray[np.uint16]"
    anchors: "NDArray[np.uint64]"
    folded: "NDArray[np.uint16]"
    kept: "NDArray[np.uint8]"


_NOTHING = _Batch(
    documents=np.zeros((0, 4), np.uint32),
    paragraphs=np.zeros((0, 2), np.uint32),
    units=np.zeros((0, 6), np.uint32),
    keys=np.zeros(0, np.uint64),
    counts=np.zeros(0, np.uint16),
    anchors=np.zeros(0, np.uint64),
    folded=np.zeros(0, np.uint16),
    kept=np.zeros(0, np.uint8),
)


class _Counts(NamedTuple):
    """What stands before a batch in its shard."""

    documents: int = 0
    paragraphs: int = 0
    units: int = 0
    folded: int = 0
    bits: int = 0

    def after(self, batch: _Batch) -> "_Counts":
        return _Counts(
            self.documents + len(batch.documents),
            self.paragraphs + len(batch.paragraphs),
            self.units + len(batch.units),
            self.folded + len(batch.folded),
            self.bits + 8 * len(batch.kept),
        )


def sketch_streams(streams: Iterable[Stream], number: int, folder: Path, options: BulkOptions) -> None:
    """Write the files of shard `number`; documents are numbered as they come."""
    batches = [_NOTHING]
    before = _Counts()
    for stream in streams:
        batches.append(_sketched(stream, before, options))
        before = before.after(batches[-1])
    *sketch, anchors, folded, kept = (np.concatenate(parts) for parts in zip(*batches, strict=True))
    anchors.sort()
    write_raw(folder / f"anchors-{number}", anchors)
    write_raw(folder / f"folded-{number}", folded)
    write_raw(folder / f"kept-{number}", kept)
    write_arrays(folder / f"sketch-{number}", sketch)


def _sketched(stream: Stream, before: _Counts, options: BulkOptions) -> _Batch:
    paragraphs = stream.paragraphs
    owners = np.searchsorted(stream.texts, paragraphs[:, 0], side="right") - 1
    units = units_of(paragraphs, owners, stream.sentences, options)
    anchors = unit_anchors(stream.folded, units, before.units, options)
    origins = stream.texts[owners]
    return _Batch(
        documents=_documents(stream, owners, units, before),
        paragraphs=(paragraphs[:, :2] - origins[:, None]).astype(np.uint32),
        units=_units(stream, units, before),
        keys=anchors.keys,
        counts=anchors.counts,
        anchors=anchors.anchors,
        folded=stream.folded,
        kept=np.packbits(stream.kept),
    )


def _documents(stream: Stream, owners: "NDArray[np.int64]", units: "NDArray[np.int64]", before: _Counts) -> Any:
    numbers = np.arange(len(stream.texts) - 1)
    kept = np.add.reduceat(np.concatenate((stream.kept, [False])), stream.texts[:-1], dtype=np.int64)
    columns = (
        np.diff(stream.texts) - 1,
        kept,
        np.searchsorted(units[:, 0], numbers) + before.units,
        np.searchsorted(owners, numbers) + before.paragraphs,
    )
    return np.stack(columns, axis=1).astype(np.uint32)


def _units(stream: Stream, units: "NDArray[np.int64]", before: _Counts) -> Any:
    texts, _, starts, ends = units.T
    origins = np.flatnonzero(stream.kept)
    firsts, lasts = origins[starts], origins[ends - 1] + 1
    at = stream.texts[texts]
    columns = (
        texts + before.documents, firsts - at, lasts - at, starts + before.folded, ends - starts, firsts + before.bits,
    )  # fmt: skip
    return np.stack(columns, axis=1).astype(np.uint32)
