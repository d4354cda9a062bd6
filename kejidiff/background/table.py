"""The shipped file -> counts of folded 1-, 2- and 3-grams in official Chinese, and back.

The file holds no text: the characters by code point, for each of them how many different characters were seen to
follow it and which, for each such pair the same again, and how often. What was counted, from what, and by which script
stands in docs/DATA.md.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.background.grams import BITS_PER_CHARACTER, GramTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FILE = Path(__file__).parent.parent / "data" / "background.npz"


@cache
def background() -> tuple[GramTable, GramTable, GramTable]:
    """The shipped counts by order; read once a process, when first asked for."""
    return unpacked(_FILE.read_bytes())


def packed(tables: tuple[GramTable, GramTable, GramTable]) -> bytes:
    """The tables as a file; every prefix of a gram must be in the table one order below."""
    ones, twos, threes = tables
    arrays: dict[str, NDArray[np.unsignedinteger]] = {
        "characters": ones.keys.astype(np.uint32),
        "counts1": ones.counts.astype(np.uint32),
    }
    for order, below, table in ((2, ones, twos), (3, twos, threes)):
        prefixes = np.searchsorted(below.keys, table.keys >> BITS_PER_CHARACTER)
        last = np.searchsorted(ones.keys, table.keys & np.uint64(0x1FFFFF))
        arrays[f"followers{order}"] = np.bincount(prefixes, minlength=len(below.keys)).astype(np.uint16)
        arrays[f"last{order}"] = last.astype(np.uint16)
        arrays[f"counts{order}"] = np.minimum(table.counts, 0xFFFF).astype(np.uint16)
    buffer = BytesIO()
    # Not compressed: 1.8 MB that load in 3 ms, against .8 MB that take 20.
    np.savez(buffer, **arrays)  # type: ignore[arg-type]  # numpy's stub takes **kwds for allow_pickle
    return buffer.getvalue()


def unpacked(data: bytes) -> tuple[GramTable, GramTable, GramTable]:
    """The tables of a file that `packed` made."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        characters = arrays["characters"].astype(np.uint64)
        tables = [GramTable(characters, arrays["counts1"].astype(np.int32))]
        for order in (2, 3):
            prefixes = np.repeat(tables[-1].keys, arrays[f"followers{order}"])
            keys = (prefixes << BITS_PER_CHARACTER) | characters[arrays[f"last{order}"]]
            tables.append(GramTable(keys, arrays[f"counts{order}"].astype(np.int32)))
    return tables[0], tables[1], tables[2]
