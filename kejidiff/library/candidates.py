"""Postings of three channels -> candidate pairs, in memory.

A pair is a candidate where one channel gives enough evidence *at one place* of both texts:

anchors       rare 4-grams: the bits of those that stand together
windows       sentence-aligned windows that agree in several bands of their MinHash signatures
fingerprints  winnowed 8-grams that stand together

What many families hold is formula: a key that f of them hold counts 1 / (f - 1). Documents of one family are candidates
without more. A key held by very many documents ties them to the first holder only, or pairs would grow with the square.
"""

from collections.abc import Sequence
from math import log2
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.library.families import find_families, fingerprints_shared
from kejidiff.library.postings import Postings, Ties, find_ties
from kejidiff.model import CandidatePair

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kejidiff.model.explanation import Candidacy, ChannelName

    Scores = dict[tuple[int, int], float]

#: Bits of anchors a pair needs in a scan of two documents, and how many more for every doubling of the pairs, as chance
#: has more opportunities: of pairs of unrelated texts .27 reach 24, .15 reach 33, .09 reach 40; of single sentences
#: with a fifth of their words changed .93, .90 and .85. In a scan of 484 files (116,886 pairs) 43 bits leave 1 pair in
#: 110, and the lowest of 162 labelled ones has 106.
_ANCHOR_BITS, _PER_DOUBLING = 24.0, 1.15
#: Bands in which two windows agree (of 42; three are to be expected at a Jaccard similarity of .4, one at .3), and
#: fingerprints together: a lone verbatim run of 38 characters holds five.
_BANDS, _FINGERPRINTS = 3.0, 5.0
#: Characters on either side that count as one place; the grid is laid four times, shifted by half.
PLACE = 128
#: Families that make a key worth nothing: 1 / (f - 1) of it would be left.
_COMMON = 16


class Evidence(NamedTuple):
    """What speaks for any pair of the documents.

    tied       pairs that share a fingerprint
    sizes      fingerprints of each document
    families   by document, see `find_families`
    channels   windows, fingerprints, anchors: by pair the most evidence at one place; nothing inside a family
    floors     of each channel
    """

    tied: Ties
    sizes: "NDArray[np.int64]"
    families: "NDArray[np.int64]"
    channels: "tuple[Scores, Scores, Scores]"
    floors: tuple[float, float, float]


def find_candidates(
    bands: Sequence[Postings], fingerprints: Sequence[Postings], anchors: Sequence[Postings], *, every: bool = False
) -> tuple[CandidatePair, ...]:
    """Pairs by document index, ascending. One of each channel a document; places of `bands` are window numbers.

    `every`: all that share a fingerprint are candidates, so that no common run of 13 characters is passed over.
    """
    if not len(fingerprints):
        return ()
    tied, sizes, families, channels, floors = find_evidence(bands, fingerprints, anchors)
    chosen = {pair for scores, floor in zip(channels, floors, strict=True) for pair in scores if scores[pair] >= floor}
    tied_pairs = _tied_pairs(tied, len(sizes))
    chosen |= {(left, right) for left, right in tied_pairs if families[left] == families[right]}
    windows, runs, bits = channels
    return tuple(
        CandidatePair(
            *pair, windows.get(pair, 0.0), runs.get(pair, 0.0), bits.get(pair, 0.0), slight=pair not in chosen
        )
        for pair in sorted(chosen.union(tied_pairs) if every else chosen)
    )


def find_candidacy(evidence: Evidence, left: int, right: int) -> "Candidacy":
    """What each channel has for the pair of documents, `left < right`, and whether that makes it a candidate."""
    from kejidiff.model.explanation import Candidacy, Channel  # a scan does without

    names: tuple[ChannelName, ...] = ("windows", "fingerprints", "anchors")
    channels = tuple(
        Channel(name, scores.get((left, right), 0.0), floor)
        for name, scores, floor in zip(names, evidence.channels, evidence.floors, strict=True)
    )
    shared = fingerprints_shared(evidence.tied, evidence.sizes, left, right)
    return Candidacy(channels, bool(evidence.families[left] == evidence.families[right]) and shared > 0, shared)


def find_evidence(bands: Sequence[Postings], fingerprints: Sequence[Postings], anchors: Sequence[Postings]) -> Evidence:
    """Arguments as of `find_candidates`; at least one document."""
    count = len(fingerprints)
    tied = find_ties(fingerprints, np.arange(count))
    sizes = np.array([len(own.keys) for own in fingerprints])
    families = find_families(tied, sizes)
    channels = (
        _together(find_ties(bands, families), families, 1),
        _together(find_ties(fingerprints, families), families, PLACE),
        _together(find_ties(anchors, families), families, PLACE),
    )
    return Evidence(tied, sizes, families, channels, floors(count))


def floors(documents: int) -> tuple[float, float, float]:
    """What a pair needs in each channel among so many documents."""
    return _BANDS, _FINGERPRINTS, _ANCHOR_BITS + _PER_DOUBLING * log2(max(documents * (documents - 1) / 2, 1))


def _tied_pairs(ties: Ties, count: int) -> list[tuple[int, int]]:
    pairs = distinct(ties.left * count + ties.right)
    return list(zip((pairs // count).tolist(), (pairs % count).tolist(), strict=True))


def _together(ties: Ties, families: "NDArray[np.int64]", place: int) -> "Scores":
    """By pair: the greatest weight of ties that stand in one place of either text."""
    ties = ties.where((ties.families <= _COMMON) & (families[ties.left] != families[ties.right]))
    if not len(ties.left):
        return {}
    weights = ties.weights / np.maximum(ties.families - 1, 1)
    count = int(max(ties.left.max(), ties.right.max())) + 1
    width = int(max(ties.left_places.max(), ties.right_places.max())) // place + 2
    pairs = ties.left * count + ties.right
    best: dict[int, float] = {}
    shifts = (0, place // 2) if place > 1 else (0,)
    for shift in shifts:
        for other in shifts:
            cells = (ties.left_places + shift) // place * width + (ties.right_places + other) // place
            for pair, weight in _heaviest(pairs, cells, weights):
                if weight > best.get(pair, 0.0):
                    best[pair] = weight
    return {(pair // count, pair % count): weight for pair, weight in best.items()}


def _heaviest(
    pairs: "NDArray[np.int64]", cells: "NDArray[np.int64]", weights: "NDArray[np.float64]"
) -> "list[tuple[int, float]]":
    """By pair, ascending: the weight of its heaviest cell."""
    order = np.lexsort((cells, pairs))
    pairs, cells = pairs[order], cells[order]
    starts = np.flatnonzero(np.concatenate(([True], (pairs[1:] != pairs[:-1]) | (cells[1:] != cells[:-1]))))
    sums = np.add.reduceat(weights[order], starts)
    owners = pairs[starts]
    first = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
    return list(zip(owners[first].tolist(), np.maximum.reduceat(sums, first).tolist(), strict=True))
