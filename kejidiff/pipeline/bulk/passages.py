"""Matches of a bucket -> its passages, pair by pair: matches of two documents that follow each other on both sides are
one. All in columns, as there are tens of thousands."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class Passages(NamedTuple):
    """Passages by pairs of documents in the order of the matches, of each pair its own before its formula; by left
    start. Shape (N,) each, fields as of `BulkPassage`.

    tier         0 verbatim, 1 light, 2 rewritten
    …_paragraph  the first it touches, …_paragraph_end the one behind the last: numbers in the document, from 0
    …_characters countable ones
    edits        where its edits begin and end in `Edits`, shape (N, 2)
    """

    left: "Ints"
    left_end: "Ints"
    right: "Ints"
    right_end: "Ints"
    left_paragraph: "Ints"
    left_paragraph_end: "Ints"
    right_paragraph: "Ints"
    right_paragraph_end: "Ints"
    left_characters: "Ints"
    right_characters: "Ints"
    similarity: "NDArray[np.float64]"
    tier: "Ints"
    longest_run: "Ints"
    commonness: "Ints"
    edits: "Ints"


class Paragraphs(NamedTuple):
    """All paragraphs of a collection: where each starts and ends, as of `collection.write_paragraphs`, and the first of
    each document, and of none, shape (D + 1,)."""

    starts: "Ints"
    ends: "Ints"
    firsts: "Ints"


class Groups(NamedTuple):
    """Runs of matches that are one passage each. `begins`, `ends`: shape (N,), half-open; `numbers`: of every match the
    passage it belongs to."""

    begins: "Ints"
    ends: "Ints"
    numbers: "Ints"


def groups_of(rows: Any, formula: "NDArray[np.bool_]") -> Groups:
    """`rows`: as of `matches.MATCH`, by pairs of documents, and of each pair by `formula`."""
    if not len(rows):
        nothing = np.zeros(0, dtype=np.int64)
        return Groups(nothing, nothing, nothing)
    earlier, later = rows[:-1], rows[1:]
    follows = formula[:-1] == formula[1:]
    for side in ("left", "right"):
        follows &= earlier[side + "_document"] == later[side + "_document"]
        follows &= earlier[side + "_counted_end"] == later[side + "_counted"]  # nothing that counts stands between
    begins = np.flatnonzero(np.concatenate(([True], ~follows)))
    ends = np.append(begins[1:], len(rows))
    return Groups(begins, ends, np.repeat(np.arange(len(begins)), ends - begins))


def passages_of(
    rows: Any, groups: Groups, tiers: "Ints", longest: "Ints", commonness: "Ints", paragraphs: Paragraphs
) -> Passages:
    """Tiers, longest runs and commonness are those of the matches."""
    begins, lasts = groups.begins, groups.ends - 1
    first, last = rows[begins], rows[lasts]
    touched = {side: _touched(first, last, side, paragraphs) for side in ("left", "right")}
    edits = np.cumsum(rows["edits"], dtype=np.int64)
    return Passages(
        **{name: first[name].astype(np.int64) for name in ("left", "right")},
        **{name: last[name].astype(np.int64) for name in ("left_end", "right_end")},
        **{side + "_paragraph": own[0] for side, own in touched.items()},
        **{side + "_paragraph_end": own[1] for side, own in touched.items()},
        **{side + "_characters": last[side + "_counted_end"] - first[side + "_counted"] for side in touched},
        similarity=_similarity(rows, groups),
        tier=_greatest(tiers, begins),
        longest_run=_greatest(longest, begins),
        commonness=_greatest(commonness, begins),
        edits=np.stack((edits[begins] - rows["edits"][begins], edits[lasts]), axis=1),
    )


def _similarity(rows: Any, groups: Groups) -> "NDArray[np.float64]":
    """That of a passage's matches, by their folded lengths; bincount adds in the order of the matches."""
    lengths = (rows["left_length"] + rows["right_length"]).astype(np.float64)
    count = len(groups.begins)
    whole = np.bincount(groups.numbers, weights=lengths, minlength=count)
    mean = np.bincount(groups.numbers, weights=rows["similarity"] * lengths, minlength=count) / whole
    alone = groups.ends - groups.begins == 1
    return np.where(alone, rows["similarity"][groups.begins], mean)


def _greatest(values: "Ints", begins: "Ints") -> "Ints":
    # of no groups reduceat would make an error
    return np.maximum.reduceat(values, begins) if len(begins) else np.zeros(0, dtype=np.int64)


def _touched(first: Any, last: Any, side: str, paragraphs: Paragraphs) -> "tuple[Ints, Ints]":
    """The first paragraph that each passage touches and the one behind the last, by numbers in their documents."""
    documents = first[side + "_document"].astype(np.int64)
    bounds = paragraphs.firsts[documents], paragraphs.firsts[documents + 1]
    begins, closes = (documents << 32 | edge for edge in (first[side], last[side + "_end"]))
    touched = positions(paragraphs.ends, *bounds, begins + 1), positions(paragraphs.starts, *bounds, closes)
    return touched[0] - bounds[0], touched[1] - bounds[0]


def positions(edges: "Ints", low: "Ints", high: "Ints", wanted: "Ints") -> "Ints":
    """`np.searchsorted` of each in its own `[low, high)` of the edges, of which a document has a few beside each other:
    a search among all of them goes through memory that is in no cache. By halves, all at once."""
    while (left := low < high).any():
        middle = (low + high) >> 1
        below = left & (edges[np.minimum(middle, len(edges) - 1)] < wanted)
        low, high = np.where(below, middle + 1, low), np.where(left & ~below, middle, high)
    return low
