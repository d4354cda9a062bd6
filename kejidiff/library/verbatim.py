"""A draft, the documents of a library that share a fingerprint with it -> those that hold a run of it that is no stock.

Each common run of `length` characters shares a fingerprint (`sketch/winnow`), so the documents that the index names for
a draft's fingerprints are all that can hold one. Whether they do is read off their folded texts, without aligning them:
each stretch of `length` characters is hashed and looked up among the draft's.

A stretch is stock where two documents hold it that are of one family neither with each other nor with the draft, which
makes three unrelated ones, as in a scan (`measure/stock`). A document that holds a stretch that is not is *told*.

Terms: a *stretch* is `length` code units of UTF-16 in a row, at every place of a text; runs are made of stretches. A
character beyond the first plane is two units: then a document may be told that holds one character less, and whoever
looks at the runs finds none.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.library.families import KIN
from kejidiff.library.folded import read, units_of
from kejidiff.library.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Numbers = NDArray[np.int64]
    Units = NDArray[np.uint16]

#: Code units hashed at once: as many as stay in the processor's cache with what is made of them.
_BATCH: Final = 100_000
#: What is left of a hash without its end: 18 bits, a table of 256 KB, of which a draft of 8,000 characters fills 3 %.
_TAIL: Final = np.uint64(46)
#: Odd 64-bit constants (of MurmurHash3's finalizer; A. Appleby), to multiply by.
_ODD: Final = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53))
_FOLD: Final = np.uint64(32)
#: Characters of the grams that families are told by: those of fingerprints, of which these are all and not a sample.
_GRAM: Final = 8


class Verbatim(NamedTuple):
    """What a draft has in common with documents of a library, run for run.

    looked_at   documents that were looked at
    holders     of them, numbers of those that are told, ascending
    stock       shape (characters of the draft - length + 1,), or (0,): is what begins there stock?
    """

    looked_at: "Numbers"
    holders: "Numbers"
    stock: "NDArray[np.bool_]"


def find_verbatim(store: Store, draft: str, numbers: "Numbers", length: int) -> Verbatim:
    """`draft`: a folded text; `numbers`: the documents to look at, ascending.

    LibraryError `library-damaged` where one of them is.
    """
    units = units_of(draft)
    stretches, places = np.unique(stretch_hashes(units, length), return_inverse=True)
    if not len(stretches):  # shorter than a run; of what it repeats others may hold more
        nothing = np.zeros(0, dtype=np.int64)
        return Verbatim(numbers, nothing, nothing.astype(bool))
    shared = _shared(store, units, stretches, numbers, length)
    stock = _stock(_Families(store, units), shared)
    holders = shared.owners[~np.repeat(stock, np.diff(shared.starts))]
    told = distinct(np.concatenate((holders, shared.kin)))
    return Verbatim(numbers, told, stock[places][_first_units(draft)[: max(len(draft) - length + 1, 0)]])


def _first_units(text: str) -> "Numbers":
    """Shape (len(text),): the code unit at which each character begins."""
    widths = 1 + (np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4") > 0xFFFF)
    first: Numbers = np.cumsum(widths) - widths
    return first


def stretch_hashes(units: "Units", length: int) -> "Hashes":
    """Shape (len(units) - length + 1,), or (0,): a hash of the `length` units, 4 or more, that begin at each place.

    Two different ones hash alike once in 2^64 pairs.
    """
    fours = _fours(units)
    return _hashes_at(fours, np.arange(max(len(units) - length + 1, 0)), length)


def _fours(units: "Units") -> "Hashes":
    """Shape (len(units) - 3,), or (0,): four units as one number."""
    twos = (units[:-1].astype(np.uint64) << np.uint64(16)) | units[1:]
    return (twos[:-2] << np.uint64(32)) | twos[2:]


def _hashes_at(fours: "Hashes", at: "Numbers", length: int) -> "Hashes":
    """Hashes of the stretches that begin there: of the fours that cover each of them."""
    return reduce(_mixed, [fours[at + place] for place in _covering(length)])


def _covering(length: int) -> list[int]:
    """Where in a stretch fours begin that leave nothing of it out."""
    return [*range(0, length - 4, 4), length - 4]


def _mixed(left: "Hashes", right: "Hashes") -> "Hashes":
    """A hash of two hashes, in order."""
    mixed = left * _ODD[0]
    mixed ^= mixed >> _FOLD
    mixed += right
    mixed *= _ODD[1]
    mixed ^= mixed >> _FOLD
    return mixed


class _Shared(NamedTuple):
    """Who holds the draft's different stretches: of stretch `at`, `owners[starts[at] : starts[at + 1]]`.

    kin   documents that share so much with the draft that they are of its family, whatever their 8-grams say; they are
          not among the owners
    """

    starts: "Numbers"
    owners: "Numbers"
    kin: "Numbers"


def _shared(store: Store, units: "Units", stretches: "Hashes", numbers: "Numbers", length: int) -> _Shared:
    """`stretches`: the different ones of `units`, ascending."""
    known = np.zeros(1 << 18, dtype=bool)
    known[(_fours(units) * _ODD[0]) >> _TAIL] = True
    found, owners, kin = ([np.zeros(0, dtype=np.int64)] for _ in range(3))
    for batch in _batches(read(store, numbers.tolist())):
        of, at = _found_in([text for _, text in batch], stretches, known, length)
        counts = np.bincount(of, minlength=len(batch))
        sizes = np.array([min(len(stretches), max(len(text) - length + 1, 1)) for _, text in batch])
        close = counts >= KIN * sizes
        own = np.array([number for number, _ in batch])
        kin.append(own[close])
        found.append(at[~close[of]])
        owners.append(own[of[~close[of]]])
    each, of_each = np.concatenate(found), np.concatenate(owners)
    order = np.argsort(each, kind="stable")
    starts = np.searchsorted(each[order], np.arange(len(stretches) + 1))
    return _Shared(starts, of_each[order], np.concatenate(kin))


def _found_in(
    texts: "Sequence[Units]", stretches: "Hashes", known: "NDArray[np.bool_]", length: int
) -> "tuple[Numbers, Numbers]":
    """Index of a text and of a stretch that it holds, each two once. `known`: by what is left of its hash, does a four
    stand in the draft? Only stretches all of whose fours may are hashed."""
    edges = np.cumsum([0, *map(len, texts)])
    fours = _fours(np.concatenate(texts))
    held = known[(fours * _ODD[0]) >> _TAIL]
    size = max(len(fours) + 4 - length, 0)
    at = np.flatnonzero(np.logical_and.reduce([held[place : place + size] for place in _covering(length)]))
    if not len(at):
        return at, at
    hashes = _hashes_at(fours, at, length)
    nearest = np.minimum(np.searchsorted(stretches, hashes), len(stretches) - 1)
    of = np.searchsorted(edges, at, side="right") - 1
    equal = (stretches[nearest] == hashes) & (at + length <= edges[of + 1])
    pairs = distinct(of[equal] * len(stretches) + nearest[equal])
    return pairs // len(stretches), pairs % len(stretches)


def _batches(texts: "Iterator[tuple[int, Units]]") -> "Iterator[list[tuple[int, Units]]]":
    batch: list[tuple[int, Units]] = []
    size = 0
    for number, text in texts:
        batch.append((number, text))
        size += len(text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _stock(families: "_Families", shared: _Shared) -> "NDArray[np.bool_]":
    """By stretch: is it stock? Holders of most come first, so that few families are looked into."""
    starts, owners, _ = shared
    stock = np.zeros(len(starts) - 1, dtype=bool)
    several = np.flatnonzero(np.diff(starts) > 1)
    counts = np.bincount(owners)
    known: dict[bytes, bool] = {}
    for at in several.tolist():
        holders = owners[starts[at] : starts[at + 1]]
        key = holders.tobytes()
        if key not in known:
            known[key] = families.unrelated(holders[np.argsort(-counts[holders], kind="stable")].tolist())
        stock[at] = known[key]
    return stock


class _Families:
    """Which documents are of one family, as far as anybody asks: by the 8-grams they share."""

    def __init__(self, store: Store, draft: "Units") -> None:
        self.store = store
        self.grams = {0: distinct(stretch_hashes(draft, _GRAM))}  # no document is number 0
        self.known: dict[tuple[int, int], bool] = {}

    def unrelated(self, holders: Sequence[int]) -> bool:
        """Are two of them of one family neither with each other nor with the draft?"""
        first = 0
        for one in holders:
            if self._kin(0, one):
                continue
            if not first:
                first = one
            elif not self._kin(first, one):
                return True
        return False

    def _kin(self, one: int, other: int) -> bool:
        pair = (min(one, other), max(one, other))
        if pair not in self.known:
            few, many = sorted((self._grams_of(one), self._grams_of(other)), key=len)
            at = np.minimum(np.searchsorted(many, few), len(many) - 1)
            self.known[pair] = bool(len(few)) and int((many[at] == few).sum()) >= KIN * len(few)
        return self.known[pair]

    def _grams_of(self, number: int) -> "Hashes":
        if number not in self.grams:
            ((_, text),) = read(self.store, [number])
            self.grams[number] = distinct(stretch_hashes(text, _GRAM))
        return self.grams[number]
