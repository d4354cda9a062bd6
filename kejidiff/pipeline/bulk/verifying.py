"""A bucket of candidate pairs -> matches, each verified on the folded texts of its two units."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from kejidiff.align.units import UnitMatch, match_units
from kejidiff.library.unit_join import SharedAnchors, shared_anchors, units_of_pairs
from kejidiff.options import BulkOptions
from kejidiff.pipeline.bulk.joining import Layout, read_pairs
from kejidiff.pipeline.bulk.spill import Pieces, write_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Share of the anchors of the unit with fewer that two units must share: of verbatim text they share all, with three
#: of ten characters edited a fifth, with a stock phrase or two in common less than this.
_SHARE: Final = 0.1
#: Edit kinds as they are spilled.
KINDS: Final = ("replacement", "insertion", "deletion", "figure", "move")
_KIND: Final = {"replace": 0, "insert": 1, "delete": 2}
_FIGURE, _MOVE = 3, 4


class Matches(NamedTuple):
    """What a bucket came to, by pair of documents and then by place.

    rows    shape (M, 10) of int64: left unit, right unit, left start and end, right start and end (folded offsets in
            the units), matched characters, longest run, number of the first edit, 1 where the units are equal
    alike   shape (M,) of float64: similarity
    edits   shape (E, 5) of int32: kind, left start and end, right start and end, as above
    """

    rows: "NDArray[np.int64]"
    alike: "NDArray[np.float64]"
    edits: "NDArray[np.int32]"


class _Units:
    """Folded texts of units, from the disk."""

    def __init__(self, folder: Path, layout: Layout, places: "NDArray[np.uint32]") -> None:
        self._pieces = Pieces(folder, "folded")
        self._first, self._places = layout.first_units, places

    def texts(self, units: "NDArray[np.int64]") -> Iterator[str]:
        shards = (np.searchsorted(self._first, units, side="right") - 1).tolist()
        rows = self._places[units]
        for shard, start, length in zip(shards, rows[:, 3].tolist(), rows[:, 4].tolist(), strict=True):
            yield self._pieces.read(shard, start * 2, length * 2).decode("utf-16-le", "surrogatepass")

    def close(self) -> None:
        self._pieces.close()


def verify(bucket: int, parts: int, layout: Layout, folder: Path, options: BulkOptions) -> tuple[int, int, int]:
    """Write the matches of one bucket; how many candidates it had, how many of them match, and in how many places."""
    equal = read_pairs(folder / "pairs-equal", bucket)
    pairs = np.concatenate([equal, *(read_pairs(folder / f"pairs-{part}", bucket) for part in range(parts))])
    shared = shared_anchors(pairs, layout.bits)
    units = np.load(folder / "units.npy", mmap_mode="r", allow_pickle=False)
    counts = np.load(folder / "counts.npy", mmap_mode="r", allow_pickle=False)
    worth = _worth_verifying(shared, counts, units_of_pairs(equal, layout.bits), options)
    source = _Units(folder, layout, units)
    rows: list[tuple[int, ...]] = []
    edits: list[tuple[int, int, int, int, int]] = []
    alike: list[float] = []
    lefts, rights = shared.left[worth], shared.right[worth]
    matched = 0
    for at, left, right, a, b in zip(
        worth.tolist(), lefts.tolist(), rights.tolist(), source.texts(lefts), source.texts(rights), strict=True
    ):
        found = match_units(a, b, lambda at=at: _places(shared, at), options)  # type: ignore[misc]
        matched += bool(found)
        for match in found:
            rows.append(
                (left, right, match.left, match.left_end, match.right, match.right_end, match.matched, match.longest,
                 len(edits), int(match.similarity == 1.0))
            )  # fmt: skip
            alike.append(match.similarity)
            edits += _edits(match, a, b)
    source.close()
    write_arrays(
        folder / f"matches-{bucket}",
        (
            np.array(rows, dtype=np.int64).reshape(-1, 10),
            np.array(alike, dtype=np.float64),
            np.array(edits, dtype=np.int32).reshape(-1, 5),
        ),
    )
    return len(worth), matched, len(rows)


def _worth_verifying(
    shared: SharedAnchors, counts: Any, equal: "tuple[NDArray[np.int64], NDArray[np.int64]]", options: BulkOptions
) -> "NDArray[np.int64]":
    """Numbers of the pairs that share enough anchors, or have one key."""
    total = shared.rare + shared.tied
    fewer = np.minimum(counts[shared.left], counts[shared.right])
    enough = (total >= options.shared) & (total >= _SHARE * fewer)
    shift = np.int64(32)
    enough |= np.isin(shared.left << shift | shared.right, equal[0] << shift | equal[1])
    return np.flatnonzero(enough)


def _places(shared: SharedAnchors, at: int) -> list[tuple[int, int]]:
    edges = slice(int(shared.edges[at]), int(shared.edges[at + 1]))
    return list(zip(shared.left_places[edges].tolist(), shared.right_places[edges].tolist(), strict=True))


def _edits(match: UnitMatch, left: str, right: str) -> list[tuple[int, int, int, int, int]]:
    edits = []
    for kind, i, i_end, j, j_end in match.script:
        if kind == "equal":
            continue
        number = _KIND[kind]
        if not number and left[i:i_end].isdecimal() and right[j:j_end].isdecimal():
            number = _FIGURE
        edits.append((number, i, i_end, j, j_end))
    for i, i_end, j, j_end in match.moved:
        edits.append((_MOVE, i, i_end, j, j_end))
    return edits
