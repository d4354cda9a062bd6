"""Keys of many documents -> candidate pairs, in memory: documents that hold an equal key, counted by channel.

A key that very many documents hold (a boilerplate page, a whole folder of equal files) does not pair them all with one
another, which would grow with their square: they are linked to the first of them, and so to each other through it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.model import CandidatePair

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]

#: Holders of one key that are still paired with one another: 64 make 2,016 pairs.
_HOT = 64


def find_candidates(bands: Sequence["Keys"], fingerprints: Sequence["Keys"]) -> tuple[CandidatePair, ...]:
    """Pairs by document index, ascending. One array of keys a document; a key of 0 is nobody's."""
    by_windows = _shared(bands)
    by_fingerprints = _shared(fingerprints)
    return tuple(
        CandidatePair(left, right, by_windows.get((left, right), 0), by_fingerprints.get((left, right), 0))
        for left, right in sorted(by_windows.keys() | by_fingerprints.keys())
    )


def _shared(keys: Sequence["Keys"]) -> dict[tuple[int, int], int]:
    """How many different keys each pair of documents shares."""
    different = [distinct(document[document != 0]) for document in keys]
    if not different:
        return {}
    owners = np.repeat(np.arange(len(different)), [len(document) for document in different])
    every = np.concatenate(different)
    order = np.lexsort((owners, every))
    every, owners = every[order], owners[order]
    edges = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1], [True])))
    counts: dict[tuple[int, int], int] = {}
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if end - start < 2:
            continue
        holders = owners[start:end].tolist()
        firsts = holders if len(holders) <= _HOT else holders[:1]
        for at, left in enumerate(firsts):
            for right in holders[at + 1 :]:
                counts[left, right] = counts.get((left, right), 0) + 1
    return counts
