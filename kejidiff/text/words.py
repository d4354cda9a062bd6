"""Folded text -> where its words begin: jieba's segmentation, with only the part of its dictionary the text needs.

jieba's dictionary takes 0.6 to 1.3 s to load, and it keeps a cache in the shared temporary folder under a name anyone
can guess. Its algorithm asks only for words that stand in the text, so a text brings its own small dictionary: those
entries of `data/words.npy` that occur in it. The words are jieba's own with HMM off (a test compares them).
jieba's one door.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.text.fold import codes_of

if TYPE_CHECKING:
    from jieba import Tokenizer
    from numpy.typing import NDArray

_FILE = Path(__file__).parent.parent / "data" / "words.npy"
#: Sum of all frequencies in jieba 0.42.1's dict.txt, which its probabilities are shares of.
_TOTAL: Final = 60_101_967
#: Longer entries are titles and proverbs: 1,430 of 349,046.
LONGEST_WORD = 8
#: Stretches whose words are kept: clauses of some 20 characters, asked for again with every document that shares them.
_KEPT: Final = 1 << 14

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
    begins, at = list[int](), 0
    for word in _tokenizer(_entries_in(stretch)).cut(stretch, HMM=False):
        begins.append(at)
        at += len(word)
    return tuple(begins)


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


def _entries_in(stretch: str) -> dict[str, int]:
    """Every word of the dictionary that stands somewhere in it, with its frequency; prefixes with 0, as jieba wants."""
    found = _found(_every_hash(codes_of(stretch)))
    lengths, starts = np.nonzero(found)
    frequencies = (found[lengths, starts] & FREQUENCY_MASK).tolist()
    entries: dict[str, int] = {}
    for start, end, frequency in zip(starts.tolist(), (starts + lengths + 1).tolist(), frequencies, strict=True):
        if end <= len(stretch) and frequency:
            entries[stretch[start:end]] = frequency
            for shorter in range(start + 1, end):
                entries.setdefault(stretch[start:shorter], 0)
    return entries


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


def _tokenizer(entries: dict[str, int]) -> "Tokenizer":
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ = entries
    tokenizer.total = _TOTAL
    tokenizer.initialized = True
    return tokenizer


@cache
def _jieba() -> ModuleType:
    # Left out where they are not there yet: pkg_resources, which takes 100 ms and gives a warning, for a file that will
    # not be opened here; and until it is asked for the model of unknown words (8 ms), which HMM=False does without.
    with _instead("pkg_resources", None), _instead("jieba.finalseg", _imported_when_used("jieba.finalseg")):
        import jieba
    assert isinstance(jieba, ModuleType)
    return jieba


@contextmanager
def _instead(name: str, module: ModuleType | None) -> Iterator[None]:
    """What `import` finds under a name that is not imported yet; None: nothing."""
    missing = name not in sys.modules
    if missing:
        sys.modules[name] = module  # type: ignore[assignment]  # None is how Python is told that an import must fail
    try:
        yield
    finally:
        if missing:
            del sys.modules[name]


def _imported_when_used(name: str) -> ModuleType:
    module = ModuleType(name)
    # As of PEP 562. importlib's LazyLoader would not do: an import statement alone makes it load.
    vars(module)["__getattr__"] = lambda attribute: getattr(import_module(name), attribute)
    return module
