"""Matches of a bucket -> its comparisons, one pair of documents after the other, as views take them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kejidiff.model.bulk import BulkComparison, BulkPassage
from kejidiff.options import ScanOptions
from kejidiff.pipeline.bulk.assembling import Assembled, tiers_of
from kejidiff.pipeline.bulk.documents import Paragraphs
from kejidiff.pipeline.bulk.matches import Matches
from kejidiff.pipeline.bulk.naming import Named
from kejidiff.pipeline.bulk.passages import passages_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


class ComparisonsOnDisk:
    """Everything that was found, bucket by bucket.

    first       shape (S + 1,): number of each piece's first document, and of all
    countable   shape (D,): countable characters of each document
    """

    def __init__(
        self, folder: Path, first: "NDArray[np.int64]", countable: "NDArray[np.int64]", named: Named,
        assembled: Assembled, options: ScanOptions,
    ) -> None:  # fmt: skip
        self._folder, self._countable, self._named = folder, countable, named
        self._assembled, self._options = assembled, options
        self._paragraphs = Paragraphs(folder, first)

    def of(self, bucket: int) -> Iterator[tuple[int, int, BulkComparison]]:
        """Numbers of two documents and what they share, of every pair of a bucket that shares a passage."""
        found = _Bucket.read(self._folder, bucket, self._assembled, self._options)
        documents = np.stack((found.rows["left_document"], found.rows["right_document"]), axis=1).astype(np.int64)
        edges = np.flatnonzero(np.any(documents[1:] != documents[:-1], axis=1)) + 1
        for start, end in zip([0, *edges.tolist()], [*edges.tolist(), len(documents)], strict=True):
            own = [at for at in range(start, end) if not found.formula[at]]
            if own:
                left, right = documents[start].tolist()
                paragraphs = self._paragraphs.of(left).tolist(), self._paragraphs.of(right).tolist()
                apart = [at for at in range(start, end) if found.formula[at]]
                passages, formula = (found.passages(chosen, paragraphs) for chosen in (own, apart))
                yield left, right, self._comparison(left, right, passages, formula)

    def each(self, pairs: Sequence[tuple[int, int, int]]) -> Iterator[BulkComparison]:
        """Some of them, each by bucket and documents, in the order asked for."""
        wanted = {pair: at for at, pair in enumerate(pairs)}
        found: dict[int, BulkComparison] = {}
        for bucket in sorted({bucket for bucket, _, _ in pairs}):
            for left, right, comparison in self.of(bucket):
                at = wanted.get((bucket, left, right))
                if at is not None:
                    found[at] = comparison
        return (found[at] for at in range(len(pairs)))

    def _comparison(
        self, left: int, right: int, passages: tuple[BulkPassage, ...], formula: tuple[BulkPassage, ...]
    ) -> BulkComparison:
        sides = left, right
        whole = [int(self._countable[side]) for side in sides]
        shared = [sum(passage.characters[at] for passage in passages) for at in range(2)]
        both = sum(whole) - sum(shared) / 2
        return BulkComparison(
            left=self._named.documents[left],
            right=self._named.documents[right],
            left_title=self._named.titles[left],
            right_title=self._named.titles[right],
            left_reuse=shared[0] / max(whole[0], 1),
            right_reuse=shared[1] / max(whole[1], 1),
            resemblance=sum(shared) / 2 / max(both, 1),
            passages=passages,
            formula=formula,
        )


class _Bucket(NamedTuple):
    """Matches, and what is known of each by its number."""

    rows: Any
    edits: "list[NDArray[np.int32]]"
    formula: list[bool]
    commonness: list[int]
    tiers: list[int]

    @classmethod
    def read(cls, folder: Path, bucket: int, assembled: Assembled, options: ScanOptions) -> "_Bucket":
        rows, edits = Matches.read(folder / f"matches-{bucket}")
        start, end = assembled.buckets[bucket : bucket + 2].tolist()
        return cls(
            rows,
            np.split(edits, np.cumsum(rows["edits"], dtype=np.int64)[:-1]) if len(rows) else [],
            assembled.formula[start:end].tolist(),
            assembled.commonness[start:end].tolist(),
            tiers_of(rows, options).tolist(),
        )

    def passages(
        self, chosen: list[int], paragraphs: tuple[list[list[int]], list[list[int]]]
    ) -> tuple[BulkPassage, ...]:
        edits, commonness, tiers = (
            [column[at] for at in chosen] for column in (self.edits, self.commonness, self.tiers)
        )
        return passages_of(self.rows[chosen], edits, commonness, tiers, paragraphs)  # type: ignore[arg-type]
