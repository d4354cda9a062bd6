"""Paragraphs of a stream -> units: what is compared with what when a large collection is scanned.

A paragraph is a unit; short lines that follow each other (a list, a page cut at every line) are one unit together; long
units are cut at sentence ends. So a unit has a few hundred characters, and a number from 0 to 511 says where in it an
anchor stands.
"""

from typing import TYPE_CHECKING

import numpy as np

from kejidiff.kernel import units as kernel
from kejidiff.options import BulkOptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]


def units_of(paragraphs: "Rows", texts: "Rows", sentences: "Rows", options: BulkOptions) -> "Rows":
    """Shape (U, 4), ascending: text, first paragraph, folded start, folded end of each unit that is long enough.

    No unit is longer than `options.most`; every paragraph of at least `options.least` characters is in one, or in some.

    paragraphs  shape (P, 4): original start and end, folded start and end
    texts       shape (P,): the text each paragraph is of
    sentences   ascending: folded offsets before which a sentence ends
    """
    found = kernel.cut_units(paragraphs, texts, sentences, options.short, options.least, options.most)
    if found is not None:
        return found
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
    pieces = np.concatenate((units[~long], _cut(units[long], starts, sentences, options.most)))
    ordered: Rows = pieces[np.argsort(pieces[:, 2], kind="stable")]
    return ordered


def _cut(units: "Rows", paragraphs: "Rows", sentences: "Rows", most: int) -> "Rows":
    """Pieces of units of about two thirds of `most`, cut at the sentence end next to where they would be equal."""
    texts, _, starts, ends = units.T
    counts = -(-(ends - starts) * 3 // (most * 2))
    owner = np.repeat(np.arange(len(units)), counts)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    begins = starts[owner] + number * (ends - starts)[owner] // counts[owner]
    if len(sentences):
        at = np.searchsorted(sentences, begins)
        before, after = sentences[np.maximum(at - 1, 0)], sentences[np.minimum(at, len(sentences) - 1)]
        nearest = np.where(np.abs(before - begins) < np.abs(after - begins), before, after)
        reach = most // 6  # so that no piece is longer than `most`
        begins = np.where((number > 0) & (np.abs(nearest - begins) <= reach), nearest, begins)
    last = np.concatenate((number[1:] == 0, [True]))
    closes = np.where(last, ends[owner], np.concatenate((begins[1:], [0])))
    firsts = np.searchsorted(paragraphs, begins, side="right") - 1
    return np.stack((texts[owner], firsts, begins, closes), axis=1)
