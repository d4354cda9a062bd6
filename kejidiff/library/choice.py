"""Keys of drafts -> the files of a library that are worth comparing with them, and what else to look at for runs.

What speaks for a document is what it shares with the draft *at one place* of the draft, as in a scan (`candidates`):
fingerprints, or bits of anchors. It is not known here which holders of a key are of one family, so it is weighed in two
ways: in full, so that whatever a scan would compare reaches the floor; and divided by the holders, as if each were a
family of its own, which leaves nearly nothing of formula. What reaches the floor divided is taken. What reaches it in
full only, or just shares a fingerprint, is taken up to `_FILLED` files, first what reaches `_CLEAR` times the floor, as
ten copies of a source do. Keys that very many documents hold (`HOT`) say no more than whether one is of the draft's
family.

Whatever else shares a fingerprint with a draft may hold a verbatim run of it, and is looked at for that alone
(`verbatim`); of a fingerprint that very many documents hold the first `_LOOKED_INTO` are.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.library.candidates import PLACE, floors
from kejidiff.library.documents import sizes
from kejidiff.library.families import KIN
from kejidiff.library.index import RATE, holders, short, telling
from kejidiff.library.postings import Postings
from kejidiff.library.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Weights = NDArray[np.float64]

#: Of eight drafts with four paragraphs from 3,000 report-like documents each, no document without such a paragraph
#: reaches 2.7 times the floor; those that a quarter of a paragraph's words were exchanged from reach 6.4 and more.
_CLEAR: Final = 3.0
#: Files up to which those are taken that are hardly worth it, and files at most: each costs some 25 ms.
_FILLED, _MOST = 16, 240
#: Of a fingerprint that very many documents hold, the holders that are looked at for runs: two that are of one family
#: neither with each other nor with the draft make what all three hold a stock phrase.
_LOOKED_INTO: Final = 4
#: Documents of which it is looked up how many fingerprints they have.
_LOOKED_UP: Final = 64


class Chosen(NamedTuple):
    """`files`: numbers of those worth comparing. `sharing`: by draft, ascending, the documents that may hold a run."""

    files: set[int]
    sharing: "tuple[Numbers, ...]"


class _Held(NamedTuple):
    """What the library holds of the drafts' keys: holders of key `at` are `numbers[starts[at] : starts[at + 1]]`."""

    keys: "NDArray[np.uint32]"
    starts: "Numbers"
    numbers: "Numbers"
    hot: "NDArray[np.bool_]"

    def of(self, postings: Postings) -> "tuple[Numbers, Numbers]":
        """By holder: its number and the index of the posting that it shares."""
        at = np.searchsorted(self.keys, (postings.keys >> np.uint64(32)).astype(np.uint32))
        counts = np.diff(self.starts)[at]
        first = np.repeat(self.starts[at] - (np.cumsum(counts) - counts), counts)
        return self.numbers[first + np.arange(len(first))], np.repeat(np.arange(len(at)), counts)


def worth_comparing(
    store: Store, drafts: Sequence[tuple[Postings, Postings, Postings]], total: int, *, every: bool
) -> Chosen:
    """`drafts`: windows, fingerprints and anchors of each; `total`: documents of the library; `every`: also files that
    share a fingerprint only."""
    asked = [(_known(fingerprints), telling(_known(anchors))) for _, fingerprints, anchors in drafts]
    keys = short(np.concatenate([np.zeros(0, np.uint64), *(channel.keys for own in asked for channel in own)]))
    index, numbers, hot = holders(store, keys)
    held = _Held(keys, np.searchsorted(index, np.arange(len(keys) + 1)), numbers, hot)
    files = {number for own in asked for number in _of_draft(store, held, *own, total, every=every)}
    return Chosen(files, tuple(_sharing(held, fingerprints) for fingerprints, _ in asked))


def _sharing(held: _Held, fingerprints: Postings) -> "Numbers":
    """Documents that share a fingerprint with the draft, as many as are looked into."""
    at = np.searchsorted(held.keys, (fingerprints.keys >> np.uint64(32)).astype(np.uint32))
    starts, counts = held.starts[at], np.diff(held.starts)[at]
    counts = np.where(held.hot[at], np.minimum(counts, _LOOKED_INTO), counts)
    first = np.repeat(starts - (np.cumsum(counts) - counts), counts)
    found: Numbers = distinct(held.numbers[first + np.arange(len(first))])
    return found


def _of_draft(
    store: Store, held: _Held, fingerprints: Postings, anchors: Postings, total: int, *, every: bool
) -> set[int]:
    _, runs, bits = floors(total + 1)
    full: dict[int, float] = {}
    divided: dict[int, float] = {}
    for postings, floor in ((fingerprints, runs), (anchors, bits / RATE)):
        for scores, found in zip((full, divided), _scores(held, postings, floor), strict=True):
            for number, score in found:
                scores[number] = max(score, scores.get(number, 0.0))
    kin = _kin(store, held, fingerprints)
    sure = [number for number, score in divided.items() if score >= 1.0]
    sure.sort(key=lambda one: (-full[one], one))
    ranked = list(dict.fromkeys([*kin, *sure]))[:_MOST]
    if len(ranked) < _FILLED:
        taken, shared = set(ranked), set(held.of(fingerprints)[0].tolist()) if every else set()
        rest = [number for number in full if (full[number] >= 1.0 or number in shared) and number not in taken]
        rest.sort(key=lambda one: (full[one] < _CLEAR, -divided[one], -full[one], one))
        ranked += rest[: _FILLED - len(ranked)]
    return {file for file, _ in sizes(store, sorted(ranked)).values()}


def _scores(held: _Held, postings: Postings, floor: float) -> "tuple[list[tuple[int, float]], list[tuple[int, float]]]":
    """Documents, and what of the floor each reaches at the best place of the draft: in full, and divided by holders."""
    numbers, at = held.of(postings)
    keys = np.searchsorted(held.keys, (postings.keys >> np.uint64(32)).astype(np.uint32))
    cold = ~held.hot[keys][at]
    numbers, at = numbers[cold], at[cold]
    weights = postings.weights[at] / floor
    shares = weights / np.diff(held.starts)[keys[at]]
    best: list[list[tuple[int, float]]] = []
    for weighed in (weights, shares):
        found = [_best(numbers, (postings.places[at] + shift) // PLACE, weighed) for shift in (0, PLACE // 2)]
        best.append([pair for one in found for pair in one])
    return best[0], best[1]


def _best(numbers: "Numbers", places: "Numbers", weights: "Weights") -> list[tuple[int, float]]:
    """By document: the greatest weight at one of the places."""
    if not len(numbers):
        return []
    width = int(places.max()) + 1
    cells = numbers * width + places
    order = np.argsort(cells, kind="stable")
    ascending = cells[order]
    starts = np.flatnonzero(np.concatenate(([True], ascending[1:] != ascending[:-1])))
    sums, owners = np.add.reduceat(weights[order], starts), ascending[starts] // width
    firsts = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
    return list(zip(owners[firsts].tolist(), np.maximum.reduceat(sums, firsts).tolist(), strict=True))


def _kin(store: Store, held: _Held, fingerprints: Postings) -> list[int]:
    """Documents of one family with the draft, that with most in common first."""
    counts = np.bincount(held.of(fingerprints)[0])
    own = len(fingerprints.keys)
    likely = np.argsort(-counts, kind="stable")[:_LOOKED_UP]
    likely = likely[counts[likely] > 0]
    known = sizes(store, sorted(likely.tolist()))
    return [
        number for number in likely.tolist() if number in known and counts[number] >= KIN * min(own, known[number][1])
    ]


def _known(postings: Postings) -> Postings:
    """Without what is nobody's."""
    own = postings.keys != 0
    return Postings(postings.keys[own], postings.places[own], postings.weights[own])
