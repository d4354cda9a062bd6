"""Keys of drafts -> the documents of a library that are worth comparing with them, none lost that a scan would compare.

A scan of drafts and library together asks for evidence at one place of both texts and counts what many families hold
for less (`candidates`). Here a document is taken where all that it shares with a draft, wherever it stands and in full,
would reach what is asked for; so whatever a scan would compare is among those taken. Of a key that very many documents
hold only the first holders count, as there.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.library.candidates import floors
from kejidiff.library.documents import sizes
from kejidiff.library.families import KIN
from kejidiff.library.index import CHANNELS, holders, short
from kejidiff.library.postings import HOT, Postings
from kejidiff.library.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Channel = tuple[NDArray[np.uint32], Numbers, Numbers, NDArray[np.bool_]]

_FINGERPRINTS = CHANNELS.index("fingerprints")


def worth_comparing(
    store: Store, drafts: Sequence[tuple[Postings, Postings, Postings]], total: int, *, every: bool
) -> set[int]:
    """Numbers of the files that hold such a document. `total`: documents of the library.

    `every`: also whatever shares a fingerprint that is not held by very many, so that no common run of 13 characters is
    passed over.
    """
    channels = [_held(store, at, [draft[at] for draft in drafts]) for at in range(len(CHANNELS))]
    asked = floors(total + len(drafts))
    taken: set[int] = set()
    if every:
        _, _, numbers, hot = channels[_FINGERPRINTS]
        taken.update(np.unique(numbers[~hot]).tolist())
    shared = [{at: _weights(channel, draft[at]) for at, channel in enumerate(channels)} for draft in drafts]
    for weighed in shared:
        for at, (numbers, weights) in weighed.items():
            taken.update(numbers[weights >= asked[at]].tolist())
    kin = {number for weighed in shared for number in weighed[_FINGERPRINTS][0].tolist()}
    known = sizes(store, sorted(taken | kin))
    for draft, weighed in zip(drafts, shared, strict=True):
        own = len(draft[_FINGERPRINTS].keys)
        for number, count in zip(*(array.tolist() for array in weighed[_FINGERPRINTS]), strict=True):
            if number in known and count >= KIN * min(own, known[number][1]):
                taken.add(number)
    return {known[number][0] for number in taken if number in known}


def _held(store: Store, channel: int, postings: Sequence[Postings]) -> "Channel":
    """Keys of all drafts, and by index of a key and number the documents that hold it: the first ones of a hot key."""
    keys = short(np.concatenate([own.keys for own in postings])) if postings else np.zeros(0, dtype=np.uint32)
    index, numbers = holders(store, channel, keys)
    counts = np.bincount(index, minlength=len(keys))
    ranks = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    kept = ranks < HOT
    return keys, index[kept], numbers[kept], counts[index[kept]] > HOT


def _weights(channel: "Channel", draft: Postings) -> "tuple[Numbers, NDArray[np.float64]]":
    """Documents, and the weight of all the keys each shares with the draft."""
    keys, index, numbers, _ = channel
    weights = np.zeros(len(keys))
    own = draft.keys != 0
    np.add.at(weights, np.searchsorted(keys, (draft.keys[own] >> np.uint64(32)).astype(np.uint32)), draft.weights[own])
    found, at = np.unique(numbers, return_inverse=True)
    sums = np.bincount(at, weights=weights[index], minlength=len(found)).astype(np.float64)
    return found[sums > 0], sums[sums > 0]
