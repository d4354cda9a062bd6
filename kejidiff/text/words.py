"""Folded text -> where its words begin: jieba's segmentation, with only the part of its dictionary the text needs.

jieba's dictionary takes 0.6 to 1.3 s to load, and it keeps a cache in the shared temporary folder under a name anyone
can guess. Its algorithm asks only for words that stand in the text, so a text brings its own small dictionary: those
entries of `data/words.npy` that occur in it. The words are jieba's own with HMM off (a test compares them).
jieba's one door.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.text.fold import codes_of

if TYPE_CHECKING:
    from jieba import Tokenizer
    from numpy.typing import NDArray

_FILE = Path(__file__).parent.parent / "data" / "words.npy"
#: Sum of all frequencies in jieba 0.42.1's dict.txt, which its probabilities are shares of.
_TOTAL = 60_101_967
#: Longer entries are titles and proverbs: 1,430 of 349,046.
LONGEST_WORD = 8

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


def word_begins(stretch: str) -> Sequence[int]:
    """The offsets at which the words of a stretch of text begin; the first is 0."""
    begins, at = [], 0
    for word in _tokenizer(_entries_in(stretch)).cut(stretch, HMM=False):
        begins.append(at)
        at += len(word)
    return begins


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
    return np.uint64(_found(_hashes_at(codes_of(word), np.zeros(1, dtype=np.int64), np.array([len(word)])))[0])


def _entries_in(text: str) -> dict[str, int]:
    """Every dictionary word that stands somewhere in the text, with its frequency; prefixes with 0, as jieba wants."""
    size = len(text)
    lengths = np.repeat(np.arange(1, LONGEST_WORD + 1), np.maximum(size - np.arange(LONGEST_WORD), 0))
    starts = np.concatenate([np.arange(max(size - length, 0)) for length in range(LONGEST_WORD)])
    found = _found(_hashes_at(codes_of(text), starts, lengths))
    known = np.flatnonzero(found)
    entries: dict[str, int] = {}
    columns = starts[known], (starts + lengths)[known], found[known] & FREQUENCY_MASK
    for start, end, frequency in zip(*(column.tolist() for column in columns), strict=True):
        entries[text[start:end]] = frequency
        for shorter in range(start + 1, end):
            entries.setdefault(text[start:shorter], 0)
    return entries


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
