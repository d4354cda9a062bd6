"""Folded text -> where its words begin, and what the dictionary says of a word: words as jieba parts them.

The words are those of the most probable way through a stretch, each as probable as it is frequent in jieba's corpus:
jieba's algorithm with its model of unknown words off, over its dictionary (a test compares them). That dictionary takes
it 0.6 to 1.3 s to load; `data/words.npy` is mapped, and looked into for whatever could be a word in the stretch.

Source.      jieba 0.42.1 (MIT licence): `Tokenizer.cut(text, HMM=False)` and dict.txt.
Limitations. Words of nine and more characters are not known: titles and proverbs, 1,430 of 349,046.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.text.fold import codes_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FILE = Path(__file__).parent.parent / "data" / "words.npy"
#: Sum of all frequencies in the dictionary, which probabilities are shares of.
_TOTAL: Final = log(60_101_967)
LONGEST_WORD = 8
#: What can stand in words, beside `_HANZI`: anything else is parted from what is before it and behind it.
_IN_WORDS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+#&._%-")
#: Stretches whose words are kept: clauses of some 20 characters, asked for again with every document that shares them.
_KEPT: Final = 1 << 14
_HANZI: Final = ("\u4e00", "\u9fd5")

#: An entry of the table is one integer: 43 bits of the word's hash, 1 bit for a place name (jieba's tag `ns`), 20 bits
#: of frequency (its greatest is 883,634). At 43 bits one look-up in 25 million finds a word that is none.
HASH_SHIFT, PLACE_BIT, FREQUENCY_MASK = np.uint64(21), np.uint64(1 << 20), np.uint64((1 << 20) - 1)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def word_hashes(codes: "NDArray[np.uint32]", length: int) -> "NDArray[np.uint64]":
    """Shape (len(codes) - length + 1,): the hash of the word of `length` characters that begins at each position."""
    starts = np.arange(max(len(codes) - length + 1, 0))
    return _hashes_at(codes, starts, np.full(len(starts), length))


def _hashes_at(
    codes: "NDArray[np.uint32]", starts: "NDArray[np.int64]", lengths: "NDArray[np.int64]"
) -> "NDArray[np.uint64]":
    """Shape (len(starts),): the hashes of the words of these lengths, `LONGEST_WORD` at most, that begin there."""
    hashes = lengths.astype(np.uint64)
    for offset in range(LONGEST_WORD):
        reaching = np.flatnonzero(lengths > offset)
        if not len(reaching):
            break
        mixed = (hashes[reaching] ^ codes[starts[reaching] + offset]) * _MULTIPLIER
        hashes[reaching] = mixed ^ (mixed >> np.uint64(31))
    return hashes >> HASH_SHIFT


@lru_cache(maxsize=_KEPT)
def word_begins(stretch: str) -> Sequence[int]:
    """The offsets at which the words of a stretch of text begin; the first is 0."""
    ends = _likeliest_ends(stretch, _words_in(stretch))
    begins, at, in_latin = list[int](), 0, False
    while at < len(stretch):
        latin = ends[at] == at + 1 and stretch[at].isascii() and stretch[at].isalnum()
        if not (latin and in_latin):
            begins.append(at)
        at, in_latin = ends[at], latin
    return tuple(begins)


def _likeliest_ends(stretch: str, words: Mapping[int, list[tuple[float, int]]]) -> list[int]:
    """By offset: where the word ends that begins there on the most probable way from there on."""
    weight, ends = [0.0] * (len(stretch) + 1), list(range(1, len(stretch) + 1))
    for at in range(len(stretch) - 1, -1, -1):
        if stretch[at] in _IN_WORDS or _HANZI[0] <= stretch[at] <= _HANZI[1]:
            known = words.get(at) or ((-_TOTAL, at + 1),)
            weight[at], ends[at] = max((own + weight[end], end) for own, end in known)
    return ends


def places_at(
    codes: "NDArray[np.uint32]", starts: "NDArray[np.int64]", lengths: "NDArray[np.int64]"
) -> "NDArray[np.bool_]":
    """Shape (len(starts),): does a place of the dictionary, of that length, stand there?"""
    return np.asarray((_found(_hashes_at(codes, starts, lengths)) & PLACE_BIT) != 0)


def is_place(word: str) -> bool:
    """True where the dictionary has a folded word as a place."""
    return bool(_entry(word) & PLACE_BIT)


def frequency_of(word: str) -> int:
    """How often jieba's corpus had a folded word; 0 where the dictionary has not."""
    return int(_entry(word) & FREQUENCY_MASK)


def _entry(word: str) -> np.uint64:
    if len(word) > LONGEST_WORD:
        return np.uint64(0)
    hashed = len(word)
    for character in word:
        hashed = (hashed ^ ord(character)) * int(_MULTIPLIER) & 0xFFFF_FFFF_FFFF_FFFF
        hashed ^= hashed >> 31
    return np.uint64(_found(np.array([hashed], dtype=np.uint64) >> HASH_SHIFT)[0])


def _words_in(stretch: str) -> Mapping[int, list[tuple[float, int]]]:
    """By offset: the words that begin there, shortest first, each as its log probability and where it ends."""
    found = _found(_every_hash(codes_of(stretch)))
    lengths, starts = np.nonzero(found)
    frequencies = (found[lengths, starts] & FREQUENCY_MASK).tolist()
    words: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for start, end, frequency in zip(starts.tolist(), (starts + lengths + 1).tolist(), frequencies, strict=True):
        if end <= len(stretch) and frequency:
            words[start].append((log(frequency) - _TOTAL, end))
    return words


def _every_hash(codes: "NDArray[np.uint32]") -> "NDArray[np.uint64]":
    """Shape (LONGEST_WORD, len(codes)): by length and position, the hash of the word that begins there; of one that
    reaches beyond the last character it means nothing."""
    padded = np.zeros(len(codes) + LONGEST_WORD, dtype=np.uint64)
    padded[: len(codes)] = codes
    hashes = np.empty((LONGEST_WORD, len(codes)), dtype=np.uint64)
    hashes[:] = np.arange(1, LONGEST_WORD + 1, dtype=np.uint64)[:, None]
    for offset in range(LONGEST_WORD):
        longer = hashes[offset:]
        longer ^= padded[offset : offset + len(codes)]
        longer *= _MULTIPLIER
        longer ^= longer >> np.uint64(31)
    return hashes >> HASH_SHIFT


def _found(hashes: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """Same shape: the table's entry for each hash, 0 where it has none."""
    table = _table()
    at = np.minimum(np.searchsorted(table, hashes << HASH_SHIFT), len(table) - 1)
    entries = table[at]
    return np.where(entries >> HASH_SHIFT == hashes, entries, np.uint64(0))


@cache
def _table() -> "NDArray[np.uint64]":
    # Mapped, not read: a search touches a few hundred of its pages.
    return np.asarray(np.load(_FILE, mmap_mode="r", allow_pickle=False), dtype=np.uint64)
