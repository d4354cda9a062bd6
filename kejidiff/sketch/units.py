"""Paragraphs of a stream -> units: what is compared with what when a large collection is scanned.

A paragraph is a unit; short lines that follow each other (a list, a page cut at every line) are one unit together; long
units are cut at sentence ends. So a unit has a few hundred characters, and a number from 0 to 511 says where in it an
anchor stands.
"""

from typing import TYPE_CHECKING

import numpy as np

from kejidiff.options import BulkOptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]


def units_of(paragraphs: "Rows", texts: "Rows", sentences: "Rows", options: BulkOptions) -> "Rows":
    """Shape (U, 4), ascending: text, first paragraph, folded start, folded end of each unit that is long enough.

    paragraphs  shape (P, 4): original start and end, folded start and end
    texts       shape (P,): the text each paragraph is of
    sentences   ascending: folded offsets before which a sentence ends
    """
    if not len(paragraphs):
        return np.zeros((0, 4), dtype=np.int64)
    starts, ends = paragraphs[:, 2], paragraphs[:, 3]
    short = ends - starts < options.short
    joined = short[1:] & short[:-1] & (texts[1:] == texts[:-1])
    first = np.flatnonzero(np.concatenate(([True], ~joined)))
    last = np.concatenate((first[1:], [len(paragraphs)])) - 1
    whole = np.stack((texts[first], first, starts[first], ends[last]), axis=1)
    units: Rows = whole[whole[:, 3] - whole[:, 2] >= options.least]
    long = units[:, 3] - units[:, 2] > options.most
    if not long.any():
        return units
    cut = [_cut(unit, starts, sentences, options.most) for unit in units[long].tolist()]
    pieces = np.concatenate((units[~long], *cut))
    ordered: Rows = pieces[np.argsort(pieces[:, 2], kind="stable")]
    return ordered


def _cut(unit: list[int], paragraphs: "Rows", sentences: "Rows", most: int) -> "Rows":
    """Pieces of a unit of about two thirds of `most`, cut at the sentence end next to where they would be equal."""
    text, _, start, end = unit
    count = -(-(end - start) * 3 // (most * 2))
    wanted = start + np.arange(1, count) * (end - start) // count
    reach = most // 6  # so that no piece is longer than `most`
    at = np.minimum(np.searchsorted(sentences, wanted), max(len(sentences) - 1, 0))
    cuts = wanted.copy()
    if len(sentences):
        for near in (sentences[at], sentences[np.maximum(at - 1, 0)]):
            better = (np.abs(near - wanted) <= reach) & (
                (cuts == wanted) | (np.abs(near - wanted) < np.abs(cuts - wanted))
            )
            cuts = np.where(better, near, cuts)
    edges = np.concatenate(([start], cuts, [end]))
    firsts = np.searchsorted(paragraphs, edges[:-1], side="right") - 1
    return np.stack((np.full(count, text), firsts, edges[:-1], edges[1:]), axis=1)
