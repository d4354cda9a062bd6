"""Sketches of all pieces -> the collection: every document's place in it, and how its units are to be joined."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.library.unit_join import OFFSET_BITS, UnitBits, join_keys
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.joining import Layout, part_edges, write_pairs
from kejidiff.pipeline.bulk.spill import ShardSketch, damaged, read_arrays, write_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Anchors of a part at most: with what joining makes of them 400 MB a worker.
_PART: Final = 4_000_000
#: And anchors of a part where less memory is asked for than can be had: of each part every piece is read.
_LEAST_PART: Final = 20_000
#: Bytes that joining takes for every anchor of a part.
_BYTES: Final = 100
#: Units for which there is one bucket: a worker takes 191 MB so for 10,000 reports (360,000 units), with 10,000 units
#: a bucket 133, and as much time. And buckets at least: so many that workers end together.
_BUCKET: Final = 40_000
_LEAST_BUCKETS: Final = 8
_COLUMNS: Final = len(ShardSketch._fields)


class Collection(NamedTuple):
    """All pieces together; D documents in the order of the scan.

    first_documents   shape (S + 1,): number of each piece's first document, and of all
    countable         shape (D,): countable characters of each document
    units             how many there are
    anchors           shape (S,): how many each piece has
    """

    first_documents: "NDArray[np.int64]"
    countable: "NDArray[np.int64]"
    units: int
    anchors: "NDArray[np.int64]"


def gather(pieces: int, folder: Path) -> tuple[Collection, "NDArray[np.uint64]", Layout]:
    """The collection, its units' keys, shape (2, U): own and beside, and its layout, which is not joined yet; writes
    `units.npy`, `counts.npy` and `paragraphs.npy`. UsageError where a sketch was damaged since it was kept."""
    sketches = [_sketch(piece, folder) for piece in range(pieces)]
    documents = _firsts([len(sketch.documents) for sketch in sketches])
    first_units = _firsts([len(sketch.units) for sketch in sketches])
    count = int(first_units[-1])
    unit_documents, keys = np.empty(count, dtype=np.uint32), np.empty((2, count), dtype=np.uint64)
    for sketch, first, start in zip(sketches, documents.tolist(), first_units.tolist(), strict=False):
        sketch.units[:, 0] += np.uint32(first)
        own = slice(start, start + len(sketch.units))
        unit_documents[own], keys[0, own], keys[1, own] = sketch.units[:, 0], sketch.keys, sketch.beside
    write_parts(folder / "units.npy", [sketch.units for sketch in sketches], (count, 8))
    write_parts(folder / "counts.npy", [sketch.counts for sketch in sketches], (count,))
    write_paragraphs([(sketch.documents, sketch.paragraphs) for sketch in sketches], documents, folder)
    countable = [sketch.documents[:, 2].astype(np.int64) for sketch in sketches]
    anchors = np.array([_items(folder / f"anchors-{piece}", 8) for piece in range(pieces)])
    layout = Layout(
        first_units=first_units,
        first_counted=_firsts([int(own.sum()) for own in countable]),
        unit_documents=unit_documents,
        stands=np.ones(0, dtype=bool),
        edges=np.zeros((0, 0), dtype=np.int64),
        parting=0,
        buckets=max(_LEAST_BUCKETS, count // _BUCKET),
    )
    return Collection(documents, np.concatenate(countable), count, anchors), keys, layout


def _sketch(piece: int, folder: Path) -> ShardSketch:
    """That of a piece. What it says about its units is looked at: by that texts are read, and room is made for them."""
    path = folder / f"sketch-{piece}"
    sketch = ShardSketch(*read_arrays(path, _COLUMNS))
    beside = [folder / f"{kind}-{piece}" for kind in ("folded", "kept", "figures", "anchors")]
    if not _is_whole(sketch, *(_items(one, 1) for one in beside)):
        raise damaged(path, *beside)
    return sketch


def _is_whole(sketch: ShardSketch, folded: int, kept: int, figures: int, anchors: int) -> bool:
    """Whether the columns fit each other, and the bytes of the four files that lie beside them."""
    count = len(sketch.units)
    shapes = [column.shape[1:] for column in sketch]
    kinds = [str(column.dtype) for column in sketch]
    if shapes != [(7,), (2,), (8,), (), (), ()] or kinds != ["uint32"] * 3 + ["uint64"] * 2 + ["uint16"]:
        return False
    owners, start, end, first, length, bits, figure, _ = sketch.units.T.astype(np.int64)
    paragraphs = np.append(sketch.documents[:, 4].astype(np.int64), len(sketch.paragraphs))
    return bool(
        len(sketch.keys) == len(sketch.beside) == len(sketch.counts) == count
        and (np.diff(owners) >= 0).all()
        and (np.diff(paragraphs) >= 0).all()
        and owners.max(initial=-1) < len(sketch.documents)
        and (start <= end).all()
        and length.max(initial=0) <= 1 << OFFSET_BITS
        and (first + length).max(initial=0) * 2 <= folded
        and (bits + end - start).max(initial=0) <= kept * 8
        and figure.max(initial=0) * 12 <= figures
        and int(sketch.counts.sum(dtype=np.int64)) * 8 == anchors
    )


def laid_out(
    collection: Collection,
    keys: "NDArray[np.uint64]",
    layout: Layout,
    folder: Path,
    options: BulkOptions,
    memory: int,
) -> Layout:
    """The layout with its parts, none of which takes more than `memory` bytes to join; writes the pairs of equal keys.
    What is found does not depend on the parts."""
    parting = parting_of(collection, layout.bits, memory)
    pairs, stands = join_keys(keys[0], keys[1], layout.unit_documents, layout.bits, options.holders)
    write_pairs(pairs, folder / "pairs-equal", layout)
    edges = [
        part_edges(folder / f"anchors-{piece}", count, parting)
        for piece, count in enumerate(collection.anchors.tolist())
    ]
    return layout._replace(stands=stands, parting=parting, edges=np.stack(edges))


def parting_of(collection: Collection, bits: UnitBits, memory: int) -> int:
    """Bits of a hash that say which part it is in, so that a part fits into `memory` bytes."""
    most = max(min(_PART, memory // _BYTES), _LEAST_PART)
    return max(bits.parting, (max(int(collection.anchors.sum()) - 1, 0) // most).bit_length())


def write_paragraphs(
    pieces: "Sequence[tuple[NDArray[np.uint32], NDArray[np.uint32]]]", first: "NDArray[np.int64]", folder: Path
) -> None:
    """Write `paragraphs.npy`: starts and ends of all paragraphs, each `document << 32 | offset`.

    pieces   documents and paragraphs of each, as of `ShardSketch`
    first    the number of each piece's first document
    """
    columns: list[list[NDArray[np.int64]]] = [[], []]
    for (documents, paragraphs), number in zip(pieces, first.tolist(), strict=False):
        counts = np.diff(np.concatenate((documents[:, 4].astype(np.int64), [len(paragraphs)])))
        owners = np.repeat(np.arange(number, number + len(counts)) << 32, counts)
        for own, edge in zip(columns, paragraphs.T, strict=True):
            own.append(owners | edge)
    starts, ends = columns
    parts = [*starts, *ends, np.zeros(0, np.int64)]
    write_parts(folder / "paragraphs.npy", parts, (2, sum(map(len, starts))))


def _firsts(counts: Sequence[int]) -> "NDArray[np.int64]":
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)


def _items(path: Path, size: int) -> int:
    return path.stat().st_size // size
