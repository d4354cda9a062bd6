"""Counts -> bits: how surprising each character of a folded text is, given the two before it.

p_k(c | context) = (n(context c) + 4 p_{k-1}) / (n(context) + 4), for k = 1, 2, 3, with p_0 even over 2^13 characters;
surprisal = -log2 p_3, cut at 16 bits so that one rare name cannot outvote a sentence. Counts n are

    background  +  documents of the scan it is not compared with  +  30 x what stands elsewhere in the same document.

The last term makes a topic's own words cheap (商用密码 stands ten times in one law); without it every copied article
matched every other article of its source (plagdet .98 -> .92). A table that already holds the source lowers recall:
with ten more copies of a source in the scan .70 of the passages with exchanged words were found where one copy had .98.
So whatever may share a passage with a document, copies of its source with it, is not counted for it.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.background.grams import ORDERS, GramTable, gram_keys, run_hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.float64]
    Counts = NDArray[np.int32]

#: Weight of the lower order, as in the trial that reached plagdet .991.
_BACKOFF = 4.0
_UNIFORM = 2.0**-13
_CEILING = 16.0
_OWN_WEIGHT = 30.0
#: Characters from which a run that recurs is a repeated passage and no topic's word: 13 and 30 were tried on the 242
#: labelled pairs (plagdet .987, .986; without this .984).
_PASSAGE = 13
#: Documents whose bits are kept: pairs come by their left document, and 512 of 50,000 characters are 200 MB.
_KEPT = 512


class GramProfile(NamedTuple):
    """One folded text's grams by order.

    tables   the different grams, ascending, and how often each stands in the text
    apart    by gram: the same, but a passage that is repeated in the text counts once: a report that holds one text
             twice would otherwise hold nothing surprising
    at       by position: which of the grams begins there
    order    positions by the key of their 3-gram, then by place: what seeds are joined by
    """

    size: int
    tables: tuple[GramTable, ...]
    apart: "tuple[Counts, ...]"
    at: "tuple[NDArray[np.intp], ...]"
    order: "NDArray[np.intp]"

    @classmethod
    def of(cls, codes: "NDArray[np.uint32]") -> "GramProfile":
        once = ~_repeated(codes)
        tables, apart, at = [], [], []
        for order in ORDERS:
            keys, positions, counts = np.unique(gram_keys(codes, order), return_inverse=True, return_counts=True)
            first = np.bincount(positions[once[: len(positions)]], minlength=len(keys))
            tables.append(GramTable(keys, counts.astype(np.int32)))
            apart.append(np.maximum(first, 1).astype(np.int32))
            at.append(positions)
        return cls(len(codes), tuple(tables), tuple(apart), tuple(at), np.argsort(at[-1], kind="stable"))


def _repeated(codes: "NDArray[np.uint32]") -> "NDArray[np.bool_]":
    """Shape (len(codes),): which characters belong to a run of `_PASSAGE` that has stood in the text before."""
    hashes = run_hashes(codes, _PASSAGE)
    if not len(hashes):
        return np.zeros(len(codes), dtype=bool)
    _, first, inverse = np.unique(hashes, return_index=True, return_inverse=True)
    later = np.flatnonzero(first[inverse] != np.arange(len(hashes)))
    edges = np.zeros(len(codes) + 1, dtype=np.int64)
    np.add.at(edges, later, 1)
    np.add.at(edges, later + _PASSAGE, -1)
    return np.asarray(np.cumsum(edges[:-1]) > 0)


class Surprisal:
    """Bits per character under the background and the documents of one scan, which are named by their index."""

    def __init__(
        self, background: Sequence[GramTable], profiles: Sequence[GramProfile], related: Sequence[Collection[int]]
    ) -> None:
        """`related`: by document, the others it is compared with."""
        self.profiles = profiles
        self._related = related
        self._background = background
        self._background_size = int(background[0].counts.sum())
        self._scan = tuple(GramTable.total(profile.tables[at] for profile in profiles) for at in range(len(ORDERS)))
        self._scan_size = sum(profile.size for profile in profiles)
        self._bits: dict[int, Bits] = {}
        self._ordinary: dict[int, Bits] = {}
        self._background_counts: dict[int, tuple[Counts, ...]] = {}

    def bits(self, document: int) -> "Bits":
        """Shape (size of document,): bits of each of its folded characters, wherever it is compared."""
        if document not in self._bits:
            if len(self._bits) >= _KEPT:
                self._bits.clear()
            self._bits[document] = self._computed(document)
        return self._bits[document]

    def _computed(self, document: int) -> "Bits":
        profile = self.profiles[document]
        others = [self.profiles[other] for other in self._related[document]]
        counts: list[Bits] = []
        for order, own in enumerate(profile.tables):
            known = self._known(document)[order] + self._scan[order].count(own.keys) - own.counts
            for other in others:
                known -= other.tables[order].count(own.keys)
            counts.append((known + _OWN_WEIGHT * (profile.apart[order] - 1))[profile.at[order]])
        elsewhere = self._background_size + self._scan_size - profile.size - sum(other.size for other in others)
        return _interpolated(counts, elsewhere + _OWN_WEIGHT * (profile.size - 1))

    def ordinary_bits(self, document: int) -> "Bits":
        """`ordinary_bits` of a document."""
        if document not in self._ordinary:
            profile = self.profiles[document]
            known = self._background_counts.get(document) or background_counts(self._background, profile)
            self._ordinary[document] = _under_background(known, profile, self._background_size)
        return self._ordinary[document]

    def background_pairs(self, document: int) -> "Counts":
        """Shape (characters - 1,): how often the background has the pair of characters that begins at each position."""
        return self._known(document)[1][self.profiles[document].at[1]]

    def _known(self, document: int) -> "tuple[Counts, ...]":
        if document not in self._background_counts:
            self._background_counts[document] = background_counts(self._background, self.profiles[document])
        return self._background_counts[document]


def background_counts(background: Sequence[GramTable], profile: GramProfile) -> "tuple[Counts, ...]":
    """By order: the background's counts of a text's different grams."""
    # By gram and not by position: a search for ascending keys is several times as fast as one for scattered ones.
    return tuple(table.count(own.keys) for table, own in zip(background, profile.tables, strict=True))


def ordinary_bits(background: Sequence[GramTable], profile: GramProfile) -> "Bits":
    """Shape (characters,): bits of a folded text under the background alone: how ordinary the Chinese is."""
    return _under_background(background_counts(background, profile), profile, int(background[0].counts.sum()))


def _under_background(counts: "tuple[Counts, ...]", profile: GramProfile, total: int) -> "Bits":
    return _interpolated([own[at] for own, at in zip(counts, profile.at, strict=True)], total)


def _interpolated(counts: "Sequence[Counts | Bits]", total: float) -> "Bits":
    ones, twos, threes = counts
    if not len(ones):
        return np.zeros(0)
    probability = (ones + _BACKOFF * _UNIFORM) / (total + _BACKOFF)
    probability[1:] = (twos + _BACKOFF * probability[1:]) / (ones[:-1] + _BACKOFF)
    probability[2:] = (threes + _BACKOFF * probability[2:]) / (twos[:-1] + _BACKOFF)
    # Beware: pruned tables can count a gram more often than its context; a probability above 1 is no surprise.
    return np.minimum(-np.log2(np.minimum(probability, 1.0)), _CEILING)
