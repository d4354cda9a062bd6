"""Matches of a bucket -> its comparisons: in columns, to be written, and one by one as views take them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from kejidiff.align.unit_edits import KINDS
from kejidiff.measure.bulk_reuse import longest_runs
from kejidiff.model import Tier
from kejidiff.model.bulk import BulkComparison, BulkPassage
from kejidiff.options import ScanOptions
from kejidiff.pipeline.bulk.assembling import Assembled, tiers_of
from kejidiff.pipeline.bulk.matches import Matches
from kejidiff.pipeline.bulk.naming import Named
from kejidiff.pipeline.bulk.passages import Paragraphs, Passages, groups_of, passages_of
from kejidiff.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

#: Tiers by their numbers.
TIERS: Final[tuple[Tier, ...]] = ("verbatim", "light", "rewritten")


class Comparisons(NamedTuple):
    """Those of a bucket, by the numbers of their documents; shape (N,) each, fields as of `BulkComparison`.

    own, formula  where passages and formula of each begin and end in `passages`, shape (N, 2)
    edits         of all passages, as of `Matches`
    """

    left: "Ints"
    right: "Ints"
    left_reuse: "Floats"
    right_reuse: "Floats"
    resemblance: "Floats"
    own: "Ints"
    formula: "Ints"
    passages: Passages
    edits: "NDArray[np.int32]"


class ComparisonsOnDisk:
    """Everything that was found, bucket by bucket. `countable`: shape (D,), countable characters of each document."""

    def __init__(
        self, folder: Path, countable: "Ints", named: Named, assembled: Assembled, options: ScanOptions
    ) -> None:
        self._folder, self._countable, self._named = folder, countable, named
        self._assembled, self._options = assembled, options
        starts, ends = np.load(folder / "paragraphs.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        documents = np.arange(len(countable) + 1, dtype=np.int64)
        self._paragraphs = Paragraphs(starts, ends, np.searchsorted(starts, documents << 32))

    def of(self, bucket: int, only: "Sequence[tuple[int, int]] | None" = None) -> Comparisons:
        """Those of a bucket that share a passage, or those of them in `only`, by documents."""
        rows, edits = Matches.read(self._folder / f"matches-{bucket}")
        first, end = self._assembled.buckets[bucket : bucket + 2].tolist()
        formula, commonness = self._assembled.formula[first:end], self._assembled.commonness[first:end]
        chosen = _chosen(rows, formula, only)
        if chosen is not None:
            edits = edits[_edits_of(rows, chosen)]
            rows, formula, commonness = rows[chosen], formula[chosen], commonness[chosen]
        groups = groups_of(rows, formula)
        tiers = tiers_of(rows, self._options)
        longest = longest_runs(rows, tiers, formula)
        passages = passages_of(rows, groups, tiers, longest, commonness, self._paragraphs)
        return self._compared(rows[groups.begins], formula[groups.begins], passages, edits)

    def each(self, places: Sequence[tuple[int, int, int]]) -> Iterator[BulkComparison]:
        """Some of them, each by bucket and documents, in the order asked for."""
        found: dict[tuple[int, int], BulkComparison] = {}
        for bucket in sorted({bucket for bucket, _, _ in places}):
            own = self.of(bucket, [(left, right) for at, left, right in places if at == bucket])
            found |= {(left, right): comparison for left, right, comparison in self.one_by_one(own)}
        return (found[left, right] for _, left, right in places)

    def one_by_one(self, found: Comparisons) -> Iterator[tuple[int, int, BulkComparison]]:
        """Each with the numbers of its documents."""
        passages = list(_passages(found))
        documents, titles = self._named.documents, self._named.titles
        columns = (column.tolist() for column in found[:7])
        for left, right, left_reuse, right_reuse, resemblance, own, formula in zip(*columns, strict=True):
            yield (
                left,
                right,
                BulkComparison(
                    left=documents[left],
                    right=documents[right],
                    left_title=titles[left],
                    right_title=titles[right],
                    left_reuse=left_reuse,
                    right_reuse=right_reuse,
                    resemblance=resemblance,
                    passages=tuple(passages[slice(*own)]),
                    formula=tuple(passages[slice(*formula)]),
                ),
            )

    def _compared(
        self, firsts: Any, formula: "NDArray[np.bool_]", passages: Passages, edits: "NDArray[np.int32]"
    ) -> Comparisons:
        """`firsts`: the first match of every passage; `formula`: whether it is that."""
        pairs = _pairs(firsts)
        begins = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)])
        ends = np.append(begins[1:], len(pairs))[: len(begins)]
        middles = ends - _sums(formula, begins, ends)
        left, right = (firsts[side + "_document"][begins].astype(np.int64) for side in ("left", "right"))
        shared = [_sums(own, begins, middles) for own in (passages.left_characters, passages.right_characters)]
        whole = self._countable[left], self._countable[right]
        both = (shared[0] + shared[1]) / 2
        return Comparisons(
            left=left,
            right=right,
            left_reuse=shared[0] / np.maximum(whole[0], 1),
            right_reuse=shared[1] / np.maximum(whole[1], 1),
            resemblance=both / np.maximum(whole[0] + whole[1] - both, 1),
            own=np.stack((begins, middles), axis=1),
            formula=np.stack((middles, ends), axis=1),
            passages=passages,
            edits=edits,
        )


def _chosen(rows: Any, formula: "NDArray[np.bool_]", only: "Sequence[tuple[int, int]] | None") -> "Ints | None":
    """Matches of pairs that share more than formula, and are among `only`, of each pair what is formula last; None: all
    of them as they are."""
    if only is None and not formula.any():
        return None
    pairs = _pairs(rows)
    among = _are_in(pairs, pairs[~formula])
    if only is not None:
        among &= _are_in(pairs, np.array([left << 32 | right for left, right in only], dtype=np.int64))
    chosen = np.flatnonzero(among)
    order: Ints = chosen[np.lexsort((formula[chosen], pairs[chosen]))]
    return order


def _are_in(values: "Ints", wanted: "Ints") -> "NDArray[np.bool_]":
    # np.isin would import numpy.ma, 7 ms
    if not len(wanted):
        return np.zeros(len(values), dtype=bool)
    known = np.sort(wanted)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    found: NDArray[np.bool_] = known[at] == values
    return found


def _edits_of(rows: Any, chosen: "Ints") -> "Ints":
    """Numbers of the edits of some matches, in the order of these."""
    counts = rows["edits"].astype(np.int64)
    begins, counts = (np.cumsum(counts) - counts)[chosen], counts[chosen]
    before = np.cumsum(counts) - counts
    edits: Ints = np.arange(int(counts.sum())) + np.repeat(begins - before, counts)
    return edits


def _passages(found: Comparisons) -> Iterator[BulkPassage]:
    columns: list[list[Any]] = [column.tolist() for column in found.passages]
    for own in zip(*columns, strict=True):
        (
            left, left_end, right, right_end, left_first, left_past, right_first, right_past, *characters,
            similarity, tier, longest_run, commonness, edits,
        ) = own  # fmt: skip
        yield BulkPassage(
            left=Span(left, left_end),
            right=Span(right, right_end),
            similarity=similarity,
            tier=TIERS[tier],
            left_paragraphs=list(range(left_first, left_past)),
            right_paragraphs=list(range(right_first, right_past)),
            longest_run=longest_run,
            commonness=commonness,
            edits=[(KINDS[kind], *spans) for kind, *spans in found.edits[slice(*edits)].tolist()],
            characters=(characters[0], characters[1]),
        )


def _sums(values: "NDArray[Any]", begins: "Ints", ends: "Ints") -> "Ints":
    """What stretches of integers come to."""
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(values, dtype=np.int64)))
    return before[ends] - before[begins]


def _pairs(rows: Any) -> "Ints":
    """Both documents of each match as one number."""
    pairs: Ints = rows["left_document"].astype(np.int64) << 32 | rows["right_document"]
    return pairs
