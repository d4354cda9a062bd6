"""Paragraphs -> units, keys of units -> keys by which they are paired, by `units.c`: as `sketch/units`, `unit_keys`."""

from typing import TYPE_CHECKING, Final

from kejidiff.kernel.loading import address, function
from kejidiff.kernel.scratch import scratch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Ints = NDArray[np.int64]

#: Shortest greatest length of a unit for which pieces come out in order.
_LEAST_MOST: Final = 64


def cut_units(paragraphs: "Ints", texts: "Ints", sentences: "Ints", short: int, least: int, most: int) -> "Ints | None":
    """Shape (U, 4): text, first paragraph, folded start and end of each unit. None where nothing is compiled.
    ValueError where paragraphs overlap: there would be more units than there is room for."""
    called = function("cut_units", "ppipiiiip")
    if called is None or most < _LEAST_MOST:
        return None

    edges = paragraphs[:, 2:].ravel()
    if len(texts) != len(paragraphs) or (len(edges) and (edges[0] < 0 or (edges[1:] < edges[:-1]).any())):
        raise ValueError("not a text for each paragraph, or paragraphs that overlap")
    characters = int(edges[-1]) if len(edges) else 0
    units = scratch("units", (len(paragraphs) + 3 * characters // most + 1, 4), "<i8")
    number = called(
        address(paragraphs, "<i8"), address(texts, "<i8"), len(paragraphs), address(sentences, "<i8"), len(sentences),
        short, least, most, address(units, "<i8"),
    )  # fmt: skip
    return units[:number].copy()


def unit_keys(keys: "Keys", texts: "Ints") -> "tuple[Keys, Keys, NDArray[np.bool_]] | None":
    """Own and neighbours' keys, and which units are repeated. None where nothing is compiled, and where keys were made
    up so that it would take long.

    texts   which text each unit is of, ascending
    """
    called = function("unit_keys", "ppippp")
    if called is None or len(keys) >= 1 << 31:
        return None
    import numpy as np

    if len(texts) != len(keys):
        raise ValueError("not a text for each key")
    own, beside = np.empty_like(keys), np.empty_like(keys)
    repeated = np.empty(len(keys), dtype=np.bool_)
    done = called(
        address(keys, "<u8"), address(texts, "<i8"), len(keys),
        address(own, "<u8"), address(beside, "<u8"), address(repeated, "?"),
    )  # fmt: skip
    if done < 0:
        raise MemoryError
    return (own, beside, repeated) if done else None
