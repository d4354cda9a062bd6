"""The shipped file -> counts of folded 1-, 2- and 3-grams in official Chinese, and back.

The file holds no text: for each order the keys of its grams, ascending, and how often each was counted. What was
counted, from what, and by which script stands in docs/DATA.md.
"""

from functools import cache
from pathlib import Path
from typing import Final

from kejidiff.background.arrays import Mapped, mapped, packed_arrays, unpacked_arrays
from kejidiff.background.grams import ORDERS, GramTable

_FILE = Path(__file__).parent.parent / "data" / "background.bin"
#: Of each order's two arrays: keys and counts.
_TYPES: Final = ("<u8", "<i4") * len(ORDERS)


@cache
def background() -> tuple[GramTable, GramTable, GramTable]:
    """The shipped counts by order; mapped once a process, when first asked for."""
    return unpacked(mapped(_FILE))


def packed(tables: tuple[GramTable, GramTable, GramTable]) -> bytes:
    """The tables as a file."""
    return packed_arrays([array for table in tables for array in (table.keys, table.counts)], _TYPES)


def unpacked(data: Mapped) -> tuple[GramTable, GramTable, GramTable]:
    """The tables of a file that `packed` made."""
    arrays = unpacked_arrays(data, _TYPES)
    ones, twos, threes = (GramTable(*pair) for pair in zip(arrays[::2], arrays[1::2], strict=True))
    return ones, twos, threes
