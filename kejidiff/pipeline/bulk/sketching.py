"""A shard's streams -> its sketch, in the working folder: folded texts, units and anchors."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.kernel import columns as kernel
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.spill import raw_file, write_arrays, write_raw
from kejidiff.sketch.unit_anchors import UNIT_SHIFT, unit_anchors
from kejidiff.sketch.unit_keys import UnitKeys, unit_keys
from kejidiff.sketch.units import units_of
from kejidiff.text.stream import Stream

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Batch(NamedTuple):
    """Columns of a `ShardSketch`, and what lies beside it; numbers go on from what stands before it in its shard."""

    documents: "NDArray[np.uint32]"
    paragraphs: "NDArray[np.uint32]"
    units: "NDArray[np.uint32]"
    keys: "NDArray[np.uint64]"
    beside: "NDArray[np.uint64]"
    counts: "NDArray[np.uint16]"
    anchors: "NDArray[np.uint64]"
    folded: "NDArray[np.uint16]"
    kept: "NDArray[np.uint8]"
    figures: "NDArray[np.uint32]"


NOTHING = Batch(
    documents=np.zeros((0, 7), np.uint32),
    paragraphs=np.zeros((0, 2), np.uint32),
    units=np.zeros((0, 8), np.uint32),
    keys=np.zeros(0, np.uint64),
    beside=np.zeros(0, np.uint64),
    counts=np.zeros(0, np.uint16),
    anchors=np.zeros(0, np.uint64),
    folded=np.zeros(0, np.uint16),
    kept=np.zeros(0, np.uint8),
    figures=np.zeros((0, 3), np.uint32),
)


class Counts(NamedTuple):
    """What stands before a batch in its shard."""

    documents: int = 0
    paragraphs: int = 0
    units: int = 0
    folded: int = 0
    bits: int = 0
    figures: int = 0
    counted: int = 0

    def after(self, batch: Batch) -> "Counts":
        return Counts(
            self.documents + len(batch.documents),
            self.paragraphs + len(batch.paragraphs),
            self.units + len(batch.units),
            self.folded + len(batch.folded),
            self.bits + 8 * len(batch.kept),
            self.figures + len(batch.figures),
            self.counted + int(batch.documents[:, 2].sum()),
        )


def sketch_streams(streams: Iterable[tuple[Stream, int]], number: int, folder: Path, options: BulkOptions) -> None:
    """Write the files of shard `number`; documents are numbered as they come. With each stream: where in the original
    text its only document begins; 0 for whole texts."""
    batches, before = [NOTHING], Counts()
    with ExitStack() as stack:
        folded, kept, figures = (
            stack.enter_context(raw_file(folder / f"{kind}-{number}")) for kind in ("folded", "kept", "figures")
        )
        for stream, start in streams:
            batch = sketch_of(stream, start, before, options)
            folded(batch.folded)
            kept(batch.kept)
            figures(batch.figures)
            batches.append(batch._replace(folded=NOTHING.folded, kept=NOTHING.kept, figures=NOTHING.figures))
            before = before.after(batch)
    *sketch, anchors = (np.concatenate(parts) for parts in list(zip(*batches, strict=True))[:7])
    anchors.sort()
    write_raw(folder / f"anchors-{number}", anchors)
    write_arrays(folder / f"sketch-{number}", sketch)


def sketch_of(stream: Stream, start: int, before: Counts, options: BulkOptions) -> Batch:
    """One stream of `sketch_streams`."""
    paragraphs = stream.paragraphs
    owners = np.searchsorted(stream.texts, paragraphs[:, 0], side="right") - 1
    units = units_of(paragraphs, owners, stream.sentences, options)
    keys, anchors, counts = _anchors(stream, units, before, options)
    origins = stream.texts[owners] - start
    return Batch(
        documents=_documents(stream, start, owners, units, before),
        paragraphs=(paragraphs[:, :2] - origins[:, None]).astype(np.uint32),
        units=_units(stream, start, units, before),
        keys=keys.own,
        beside=keys.beside,
        counts=counts,
        anchors=anchors,
        folded=stream.folded,
        kept=np.packbits(stream.kept),
        figures=stream.figures[:, 1:].astype(np.uint32),
    )


def _anchors(
    stream: Stream, units: "NDArray[np.int64]", before: Counts, options: BulkOptions
) -> "tuple[UnitKeys, NDArray[np.uint64], NDArray[np.uint16]]":
    """Keys of all units, anchors, and how many each unit has: none of what stands there before."""
    found = unit_anchors(stream.folded, units, options, before.units)
    keys = unit_keys(found.keys, units[:, 0].copy())
    if not keys.repeated.any():
        return keys, found.anchors, found.counts
    numbers = (found.anchors >> UNIT_SHIFT & np.uint64(0xFFFFFF)).astype(np.int64) - before.units
    counts = np.where(keys.repeated, 0, found.counts).astype(np.uint16)
    return keys, found.anchors[~keys.repeated[numbers]], counts


def _documents(
    stream: Stream, start: int, owners: "NDArray[np.int64]", units: "NDArray[np.int64]", before: Counts
) -> "NDArray[np.uint32]":
    numbers = np.arange(len(stream.texts) - 1)
    characters = np.diff(stream.texts) - 1
    columns = (
        np.full(len(numbers), start),
        characters,
        stream.countable,
        np.searchsorted(units[:, 0], numbers) + before.units,
        np.searchsorted(owners, numbers) + before.paragraphs,
        *stream.hanzi.T,
    )
    return np.stack(columns, axis=1).astype(np.uint32)


def _units(stream: Stream, start: int, units: "NDArray[np.int64]", before: Counts) -> "NDArray[np.uint32]":
    known = (before.documents, before.folded, before.bits, before.figures, before.counted)
    found = kernel.unit_columns(units, stream.kept, stream.texts, stream.figures, start, known)
    if found is not None:
        return found
    texts, _, starts, ends = units.T
    firsts, lasts = np.flatnonzero(stream.kept)[starts], stream.ends_of(ends - 1)
    at = stream.texts[texts] - start
    columns = (
        texts + before.documents, firsts - at, lasts - at, starts + before.folded, ends - starts, firsts + before.bits,
        np.searchsorted(stream.figures[:, 0], starts) + before.figures, stream.counted_before(starts) + before.counted,
    )  # fmt: skip
    return np.stack(columns, axis=1).astype(np.uint32)
