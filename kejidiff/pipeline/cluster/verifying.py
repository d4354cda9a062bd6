"""A bucket of pairs of units, with their texts -> matches: as workers do it."""

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.engine.columns import Columns
from kejidiff.library.unit_join import SharedAnchors
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.units_on_disk import Stores, Units
from kejidiff.pipeline.bulk.verifying import matches_of
from kejidiff.pipeline.cluster.numbers import UNIT_BITS, joined_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

MATCHES: Final = "bucket int, documents binary, units binary, matches binary, edits binary"
_UNIT: Final = ("span", "text", "kept", "figures")


def verified(bucket: Columns, options: BulkOptions) -> Columns:
    """The matches of a bucket of pairs, in one row; a unit paired with itself is there for its text.

    `documents` and `units` are the numbers that those in `matches` stand for; countable characters are counted from the
    beginning of each document.
    """
    pairs = np.stack((bucket["left"], bucket["right"]), axis=1)
    numbers, at, places = np.unique(pairs, return_index=True, return_inverse=True)
    documents, own = np.unique(numbers >> UNIT_BITS, return_inverse=True)
    rows, stores = _in_hand(bucket, at, own)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    order = order[pairs[order, 0] != pairs[order, 1]]
    shared = [joined_bytes(bucket["places"][one], np.uint16).reshape(-1, 2).astype(np.int64) for one in order.tolist()]
    sizes = np.array(list(map(len, shared)))
    both = np.concatenate(shared)
    local = places.reshape(pairs.shape)[order]
    candidates = SharedAnchors(
        left=local[:, 0], right=local[:, 1], rare=sizes, tied=np.zeros_like(sizes),
        edges=np.concatenate(([0], np.cumsum(sizes))), left_places=both[:, 0], right_places=both[:, 1],
    )  # fmt: skip
    first = np.array([0, len(numbers)])
    units = Units(rows, stores, first, np.zeros(2, np.int64), np.ascontiguousarray(rows[:, 0]))
    found = matches_of(candidates, units, options)
    return {
        "bucket": bucket["bucket"][:1],
        "documents": [documents.tobytes()], "units": [numbers.tobytes()],
        "matches": [found.rows.tobytes()], "edits": [found.edits.tobytes()],
    }  # fmt: skip


class _Bytes(NamedTuple):
    """Bytes in memory, as one shard."""

    data: bytes

    def read(self, _: int, start: int, size: int) -> bytes:
        return self.data[start : start + size]

    def gathered(self, _: "Ints", starts: "Ints", sizes: "Ints") -> "NDArray[np.uint8]":
        places = zip(starts.tolist(), sizes.tolist(), strict=True)
        joined = b"".join(self.data[start : start + size].ljust(size, b"\0") for start, size in places)
        return np.frombuffer(joined, dtype=np.uint8)

    def close(self) -> None:
        pass


def _in_hand(bucket: Columns, at: "Ints", documents: "Ints") -> "tuple[NDArray[np.uint32], Stores]":
    """The units at the places `at` of both sides, left and right in turn, as rows and stores of `Units`."""
    sides = [(one // 2, "right_" if one % 2 else "left_") for one in at.tolist()]
    spans, texts, kept, figures = ([bucket[side + name][row] for row, side in sides] for name in _UNIT)
    known = joined_bytes(spans, np.int64).reshape(-1, 4)
    lengths = np.array(list(map(len, texts)), dtype=np.int64) // 2
    columns = (
        documents, known[:, 0], known[:, 1], _before(texts, 2), lengths, _before(kept, 1) * 8 + known[:, 2],
        _before(figures, 12), known[:, 3],
    )  # fmt: skip
    stores = Stores(*(_Bytes(b"".join(own)) for own in (texts, kept, figures)))
    return np.stack(columns, axis=1).astype(np.uint32), stores


def _before(pieces: list[bytes], size: int) -> "Ints":
    """Items of `size` bytes that stand before each."""
    lengths = np.array(list(map(len, pieces)), dtype=np.int64) // size
    before: Ints = np.cumsum(lengths) - lengths
    return before
