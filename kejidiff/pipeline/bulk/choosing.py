"""Matches of many pairs of documents -> of those between two documents that want the same text the best."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

Span = tuple[int, int]


def choose(rows: "NDArray[Any]", owners: "NDArray[np.uint32]") -> "Ints":
    """Which matches, as of `matches.FOUND`, are kept: of those between two documents that overlap on either side the
    one with most in common. By documents, then by place on the left.

    owners   the document of every unit
    """
    left, right = _contested(rows, owners)
    lone = (np.bincount(left)[left] == 1) & (np.bincount(right)[right] == 1) if len(rows) else np.zeros(0, dtype=bool)
    at = np.flatnonzero(~lone)
    order = at[np.lexsort((rows["right_unit"][at], rows["left_unit"][at], -rows["matched"][at].astype(np.int64)))]
    lone[_best(rows, order, left, right)] = True
    kept = np.flatnonzero(lone)
    return kept[in_order(rows[kept], owners)]


def in_order(rows: "NDArray[Any]", owners: "NDArray[np.uint32]") -> "Ints":
    """By documents, then by place on the left."""
    return np.lexsort((rows["left"], rows["left_unit"], owners[rows["right_unit"]], owners[rows["left_unit"]]))


def _contested(rows: "NDArray[Any]", owners: "NDArray[np.uint32]") -> "tuple[Ints, Ints]":
    """A number for the text that each match wants on either side: a unit, for the other side's document."""
    numbers = []
    for own, other in (("left_unit", "right_unit"), ("right_unit", "left_unit")):
        wanted = rows[own].astype(np.uint64) << np.uint64(32) | owners[rows[other]]
        numbers.append(np.unique(wanted, return_inverse=True)[1])
    return numbers[0], numbers[1]


def _best(rows: "NDArray[Any]", order: "Ints", left: "Ints", right: "Ints") -> list[int]:
    """Those of `order` that overlap none before them that is kept."""
    held: dict[tuple[int, int], list[Span]] = {}
    kept = []
    texts = left[order].tolist(), right[order].tolist()
    spans = (rows[name][order].tolist() for name in ("left", "left_end", "right", "right_end"))
    for at, one, other, start, end, right_start, right_end in zip(order.tolist(), *texts, *spans, strict=True):
        own, others = held.setdefault((0, one), []), held.setdefault((1, other), [])
        if _is_free((start, end), own) and _is_free((right_start, right_end), others):
            own.append((start, end))
            others.append((right_start, right_end))
            kept.append(at)
    return kept


def _is_free(span: Span, held: Sequence[Span]) -> bool:
    return not any(span[0] < end and start < span[1] for start, end in held)
