"""The shipped file -> counts of folded 1-, 2- and 3-grams in official Chinese, and back.

The file holds no text: the characters by code point, for each of them how many different characters were seen to
follow it and which, for each such pair the same again, and how often. What was counted, from what, and by which script
stands in docs/DATA.md.
"""

from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.background.grams import BITS_PER_CHARACTER, GramTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FILE = Path(__file__).parent.parent / "data" / "background.bin"
#: The arrays of the file: characters and their counts; then, for grams of two and of three characters, how many follow
#: each gram of one less, which, and their counts.
_TYPES: Final = ("<u4", "<u4", *("<u2",) * 6)


@cache
def background() -> tuple[GramTable, GramTable, GramTable]:
    """The shipped counts by order; read once a process, when first asked for."""
    return unpacked(_FILE.read_bytes())


def packed(tables: tuple[GramTable, GramTable, GramTable]) -> bytes:
    """The tables as a file: how many bytes each of its arrays has (32 bits each), then the arrays.

    Every prefix of a gram must be in the table one order below. Not compressed: 1.8 MB that load in 5 ms, against .8 MB
    that take 20.
    """
    ones, twos, threes = tables
    arrays: list[NDArray[np.generic]] = [ones.keys, ones.counts]
    for below, table in ((ones, twos), (twos, threes)):
        prefixes = np.searchsorted(below.keys, table.keys >> BITS_PER_CHARACTER)
        last = np.searchsorted(ones.keys, table.keys & np.uint64(0x1FFFFF))
        arrays += [np.bincount(prefixes, minlength=len(below.keys)), last, np.minimum(table.counts, 0xFFFF)]
    parts = [array.astype(kind).tobytes() for array, kind in zip(arrays, _TYPES, strict=True)]
    return b"".join((np.array([len(part) for part in parts], "<u4").tobytes(), *parts))


def unpacked(data: bytes) -> tuple[GramTable, GramTable, GramTable]:
    """The tables of a file that `packed` made."""
    lengths = np.frombuffer(data, "<u4", len(_TYPES)).tolist()
    spans = pairwise(accumulate(lengths, initial=4 * len(_TYPES)))
    codes, counts, *longer = (
        np.frombuffer(memoryview(data)[start:end], kind) for (start, end), kind in zip(spans, _TYPES, strict=True)
    )
    characters = codes.astype(np.uint64)
    tables = [GramTable(characters, counts.astype(np.int32))]
    for followers, last, own in (longer[:3], longer[3:]):
        keys = np.repeat(tables[-1].keys, followers)
        keys <<= BITS_PER_CHARACTER
        keys |= characters[last]
        tables.append(GramTable(keys, own.astype(np.int32)))
    return tables[0], tables[1], tables[2]
