"""Matches of a large scan -> who shares how much with whom: commonness, formula, ratios, clusters, all in arrays.

The counts are those of `reuse`, `commonness`, `formula` and `clusters`, taken over matches of units, whose spans are
known in countable characters: documents lie one after the other in them.

Terms.       *holders* of a match: documents that its units were matched with, its own two included. *Kin*: documents
             that share a good part of the smaller one; they count once when holders are counted.
Limitations. Where very many hold a text each is matched with the first of them only, so that their number is that
             one's; what a document shares with each of the others is not told.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.measure.coverage import by_group, covered, covered_in_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Rows = NDArray[Any]

_SIDES = ("left", "right")


class PairReuse(NamedTuple):
    """Pairs of documents by their numbers, in the order of the matches, each once; shape (N,) each.

    first     number of the pair's first match
    matches   how many it has
    shared    countable characters of either side in passages, shape (N, 2)
    """

    left: "Ints"
    right: "Ints"
    first: "Ints"
    matches: "Ints"
    shared: "Ints"


class DocumentReuse(NamedTuple):
    """Countable characters of every document, shape (D,) each; fields as of `ReuseStats`."""

    verbatim: "Ints"
    light: "Ints"
    rewritten: "Ints"
    largest_single: "Ints"
    stock: "Ints"
    longest_run: "Ints"


def pairs_of(rows: "Rows") -> PairReuse:
    """The pairs of documents that matches are of; in `rows` those of one pair stand together, formula left out."""
    left, right = rows["left_document"].astype(np.int64), rows["right_document"].astype(np.int64)
    begins = np.flatnonzero(np.concatenate(([True], (left[1:] != left[:-1]) | (right[1:] != right[:-1])))[: len(rows)])
    sizes = np.diff(np.concatenate((begins, [len(rows)])))
    numbers = np.repeat(np.arange(len(begins)), sizes)
    shared = [covered(numbers, rows[side + "_counted"], rows[side + "_counted_end"], len(begins)) for side in _SIDES]
    return PairReuse(left[begins], right[begins], begins, sizes, np.stack(shared, axis=1))


def commonness_of(rows: "Rows", kin: "Ints") -> "Ints":
    """Shape (M,): how many documents hold the text of each match, those of one number in `kin` counted once, its own
    two always as two."""
    units = np.concatenate((rows["left_unit"], rows["right_unit"])).astype(np.int64)
    others = kin[np.concatenate((rows["right_document"], rows["left_document"]))]
    counts = np.bincount(distinct(units << 32 | others) >> 32)
    both = [counts[rows[side + "_unit"]] for side in _SIDES]
    return np.asarray(np.maximum(np.maximum(*both) + 1, 2), dtype=np.int64)


def kin_of(pairs: PairReuse, countable: "Ints", share: float) -> "Ints":
    """Shape (D,): a number for every document: that which the first one before it has with which it shares at least
    `share` of the smaller of both; where there is none, its own. Pairs may come in any order."""
    kin = np.arange(len(countable))
    smaller = np.minimum(countable[pairs.left], countable[pairs.right])
    near = np.flatnonzero(pairs.shared.max(axis=1) >= share * np.maximum(smaller, 1))
    near = near[np.lexsort((pairs.right[near], pairs.left[near]))]  # how pairs lie in buckets must change nothing
    for left, right in zip(pairs.left[near].tolist(), pairs.right[near].tolist(), strict=True):
        if kin[right] == right:
            kin[right] = kin[left]
    return kin


def longest_runs(rows: "Rows", tiers: "Ints", formula: "NDArray[np.bool_]") -> "Ints":
    """Shape (M,): the longest run of equal characters that each match holds a part of. Units are cut, and runs are not:
    verbatim matches of two documents that follow each other on both sides are one run."""
    verbatim = tiers == 0
    follows = verbatim[1:] & verbatim[:-1] & (formula[1:] == formula[:-1])
    for side in _SIDES:
        follows &= rows[side + "_document"][1:] == rows[side + "_document"][:-1]
        follows &= rows[side + "_counted"][1:] == rows[side + "_counted_end"][:-1]
    begins = np.flatnonzero(np.concatenate(([True], ~follows)))[: len(rows)]
    sizes = np.diff(np.append(begins, len(rows)))
    longest = rows["longest"].astype(np.int64)
    return np.repeat(np.add.reduceat(longest, begins), sizes) if len(rows) else longest


def reuse_of(
    rows: "Rows", tiers: "Ints", formula: "NDArray[np.bool_]", pairs: PairReuse, documents: int
) -> DocumentReuse:
    """What every document shares with all others. `tiers`: 0 verbatim, 1 light, 2 rewritten, of each match."""
    runs = longest_runs(rows, tiers, formula)
    sides = [_side(rows, side) for side in _SIDES]
    owners, starts, ends = (np.concatenate(parts) for parts in zip(*sides, strict=True))
    order = by_group(owners, starts, ends)
    owners, starts, ends = owners[order], starts[order], ends[order]
    tiers, formula = np.tile(tiers, 2)[order], np.tile(formula, 2)[order]

    def union(chosen: "NDArray[np.bool_]") -> "Ints":
        return covered_in_order(owners[chosen], starts[chosen], ends[chosen], documents)

    upto = [union(~formula & (tiers <= tier)) for tier in range(3)]
    largest = np.zeros(documents, dtype=np.int64)
    for at, own in enumerate((pairs.left, pairs.right)):
        np.maximum.at(largest, own, np.ascontiguousarray(pairs.shared[:, at]))
    longest = np.zeros(documents, dtype=np.int64)
    np.maximum.at(longest, owners[~formula], np.tile(runs, 2)[order][~formula])
    everything = covered_in_order(owners, starts, ends, documents)
    return DocumentReuse(upto[0], upto[1] - upto[0], upto[2] - upto[1], largest, everything - upto[2], longest)


def clusters_of(pairs: PairReuse, countable: "Ints", share: float) -> list[tuple[int, list[int]]]:
    """Representative and members (it included) of each cluster, by first member, as `clusters.find_clusters` has it:
    a member shares `share` of itself or of the representative with it, and nothing is chained."""
    ratios = pairs.shared / np.maximum(np.stack((countable[pairs.left], countable[pairs.right]), axis=1), 1)
    near: dict[int, set[int]] = {}
    chosen = ratios.max(axis=1) >= share
    for left, right in zip(pairs.left[chosen].tolist(), pairs.right[chosen].tolist(), strict=True):
        near.setdefault(left, set()).add(right)
        near.setdefault(right, set()).add(left)
    clusters = []
    free = set(near)
    for representative in sorted(near, key=lambda document: (-len(near[document]), document)):
        members = near[representative] & free
        if representative not in free or not members:
            continue
        free -= members | {representative}
        clusters.append((representative, sorted(members | {representative})))
    return sorted(clusters, key=lambda cluster: cluster[1][0])


def _side(rows: "Rows", side: str) -> "tuple[Ints, Ints, Ints]":
    return rows[side + "_document"].astype(np.int64), rows[side + "_counted"], rows[side + "_counted_end"]
