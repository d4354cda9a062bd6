"""Matches of a bucket -> its comparisons, one pair of documents after the other, as views take them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.model.bulk import BulkComparison
from kejidiff.options import ScanOptions
from kejidiff.pipeline.bulk.assembling import Assembled, tiers_of
from kejidiff.pipeline.bulk.matches import Matches
from kejidiff.pipeline.bulk.naming import Named
from kejidiff.pipeline.bulk.passages import Found, found_in, passages_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


class ComparisonsOnDisk:
    """Everything that was found, bucket by bucket. `countable`: shape (D,), countable characters of each document."""

    def __init__(
        self, folder: Path, countable: "NDArray[np.int64]", named: Named, assembled: Assembled, options: ScanOptions
    ) -> None:
        self._folder, self._countable, self._named = folder, countable, named
        self._assembled, self._options = assembled, options

    def of(
        self, bucket: int, only: "frozenset[tuple[int, int]] | None" = None
    ) -> Iterator[tuple[int, int, BulkComparison]]:
        """Numbers of two documents and what they share, of every pair of a bucket that shares a passage, or of those
        in `only`."""
        rows, edits = Matches.read(self._folder / f"matches-{bucket}")
        start, end = self._assembled.buckets[bucket : bucket + 2].tolist()
        apart, commonness = self._assembled.formula[start:end], self._assembled.commonness[start:end]
        if only is not None:
            chosen = np.isin(_pairs(rows), [left << 32 | right for left, right in only])
            edits = edits[np.repeat(chosen, rows["edits"])]
            rows, apart, commonness = rows[chosen], apart[chosen], commonness[chosen]
        formula = apart.tolist()
        paragraphs = np.load(self._folder / "paragraphs.npy", mmap_mode="r", allow_pickle=False)
        found = found_in(rows, edits, tiers_of(rows, self._options), commonness, paragraphs)
        lefts, rights = rows["left_document"].tolist(), rows["right_document"].tolist()
        for at, to in pairwise(_borders(rows)):
            pair = lefts[at], rights[at]
            if all(formula[at:to]):
                continue
            sides = ([found[one] for one in range(at, to) if formula[one] is side] for side in (False, True))
            yield *pair, self._comparison(*pair, *sides)

    def each(self, pairs: Sequence[tuple[int, int, int]]) -> Iterator[BulkComparison]:
        """Some of them, each by bucket and documents, in the order asked for."""
        found: dict[tuple[int, int], BulkComparison] = {}
        for bucket in sorted({bucket for bucket, _, _ in pairs}):
            wanted = frozenset((left, right) for own, left, right in pairs if own == bucket)
            found |= {(left, right): comparison for left, right, comparison in self.of(bucket, wanted)}
        return (found[left, right] for _, left, right in pairs)

    def _comparison(self, left: int, right: int, own: list[Found], formula: list[Found]) -> BulkComparison:
        passages = passages_of(own)
        whole = int(self._countable[left]), int(self._countable[right])
        shared = sum(one.characters[0] for one in passages), sum(one.characters[1] for one in passages)
        both = sum(shared) / 2
        return BulkComparison(
            left=self._named.documents[left],
            right=self._named.documents[right],
            left_title=self._named.titles[left],
            right_title=self._named.titles[right],
            left_reuse=shared[0] / max(whole[0], 1),
            right_reuse=shared[1] / max(whole[1], 1),
            resemblance=both / max(sum(whole) - both, 1),
            passages=passages,
            formula=passages_of(formula),
        )


def _borders(rows: "NDArray[np.void]") -> list[int]:
    """Where each pair of documents begins among the matches of a bucket, and their end."""
    documents = _pairs(rows)
    if not len(documents):
        return [0]
    return [0, *(np.flatnonzero(documents[1:] != documents[:-1]) + 1).tolist(), len(documents)]


def _pairs(rows: "NDArray[np.void]") -> "NDArray[np.int64]":
    """Both documents of each match as one number."""
    pairs: NDArray[np.int64] = rows["left_document"].astype(np.int64) << 32 | rows["right_document"]
    return pairs
