"""Folded characters, units -> anchors and keys, by `anchors.c`: what `sketch/unit_anchors` does by arrays."""

from typing import TYPE_CHECKING, Final

from kejidiff.kernel.loading import address, function
from kejidiff.kernel.scratch import scratch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Rows = NDArray[np.int64]

_ARGUMENTS: Final = "ppiiiipppp"


def unit_anchors(
    folded: "NDArray[np.uint16]", units: "Rows", gram: int, sample: int, first: int, characters: "Keys"
) -> "tuple[Keys, Keys, NDArray[np.uint16]] | None":
    """Anchors in the order of the text, none twice in a unit; keys; how many anchors each unit has. None where nothing
    is compiled.

    units        shape (U, 4): the last two columns are folded start and end, with room for a gram
    first        the number of the first unit
    characters   shape (65536,): a number for every character
    """
    called = function("unit_anchors", _ARGUMENTS)
    if called is None:
        return None
    import numpy as np

    sizes = units[:, 3] - units[:, 2]
    if len(units) and (units[:, 2].min() < 0 or units[:, 3].max() > len(folded) or int(sizes.min()) < gram or gram < 4):
        raise ValueError("units do not lie within the text, or hold no gram")
    anchors = scratch("anchors", (int(sizes.sum()),), "<u8")
    keys = np.empty(len(units), dtype=np.uint64)
    counts = np.empty(len(units), dtype=np.uint16)
    number = called(
        address(folded, "<u2"), address(units, "<i8"), len(units), gram, sample, first, address(characters, "<u8"),
        address(anchors, "<u8"), address(keys, "<u8"), address(counts, "<u2"),
    )  # fmt: skip
    if number < 0:
        raise MemoryError
    return anchors[:number].copy(), keys, counts
