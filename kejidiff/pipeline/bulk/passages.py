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
    rows: Any, groups: Groups, tiers: "Ints", commonness: "Ints", paragraphs: "NDArray[np.int64]"
) -> Passages:
    """Tiers and commonness are those of the matches; `paragraphs`: shape (2, P), as of `collection.gather`."""
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
        longest_run=_greatest(rows["longest"].astype(np.int64), begins),
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


def _touched(first: Any, last: Any, side: str, paragraphs: "NDArray[np.int64]") -> "tuple[Ints, Ints]":
    """The first paragraph that each passage touches and the one behind the last, by numbers in their documents."""
    starts, ends = paragraphs
    documents = first[side + "_document"].astype(np.int64) << 32
    order = np.argsort(documents)  # what is looked up in order is found in half the time
    documents, found = documents[order], np.empty((2, len(order)), dtype=np.int64)
    begins = np.searchsorted(starts, documents)
    found[0, order] = np.searchsorted(ends, documents | first[side][order], side="right") - begins
    found[1, order] = np.searchsorted(starts, documents | last[side + "_end"][order]) - begins
    return found[0], found[1]
