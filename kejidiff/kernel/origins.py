"""What is known of units' folded characters -> where matches and their edits stand in the original texts, compiled."""

from typing import TYPE_CHECKING, Final

from kejidiff.kernel.loading import address, function

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Folded characters of a unit that a table on the stack has room for.
_MOST: Final = 512


def count_of(symbol: int, symbols: "NDArray[np.uint16]", lengths: "Ints") -> "Ints | None":
    """Shape (U,): how often a symbol stands in each unit; `symbols` are those of all, one unit after the other.
    ValueError where there are fewer than that."""
    called = function("origins_figures", "ppiip")
    if called is None:
        return None
    import numpy as np

    if len(lengths) and (lengths.min() < 0 or int(lengths.sum()) > len(symbols)):
        raise ValueError("lengths are not those of the symbols")
    counts = np.empty(len(lengths), dtype=np.int64)
    called(address(symbols, "<u2"), address(lengths, "<i8"), len(lengths), symbol, address(counts, "<i8"))
    return counts


def located(
    symbols: "NDArray[np.uint16]",
    kept: "NDArray[np.uint8]",
    figures: "NDArray[np.uint32]",
    symbol: int,
    units: "Ints",
    matches: "Ints",
    edits: "NDArray[np.int32]",
) -> "tuple[Ints, NDArray[np.int32]] | None":
    """Matches, shape (M, 8), and edits, shape (E, 5), in the original texts. None where nothing is compiled, or a unit
    is too long. ValueError where these are not matches of the units.

    symbols, kept, figures   of all units: folded characters; kept bits; value, original length and countable characters
                             of each figure, whose folded character is `symbol`
    units     shape (U, 8): first folded character and how many, original start and end, first byte of kept bits and
              bits in it before the unit, first figure, countable characters before it
    matches   shape (M, 7): left and right unit, left start and end, right start and end, edits
    A match comes back as original start and end, left and right, and countable characters before these four.
    """
    called = function("origins_located", "pipipiipipipp")
    if called is None or (len(units) and units[:, 1].max() > _MOST):
        return None
    import numpy as np

    if int(matches[:, 6].sum()) != len(edits) or (matches[:, 6] < 0).any():
        raise ValueError("edits are not those of the matches")
    found, moved = np.empty((len(matches), 8), dtype=np.int64), edits.copy()
    told = (address(symbols, "<u2"), len(symbols), address(kept, "|u1"), len(kept), address(figures, "<u4"))
    asked = address(units, "<i8"), len(units), address(matches, "<i8"), len(matches)
    if called(*told, len(figures), symbol, *asked, address(moved, "<i4"), address(found, "<i8")) < 0:
        raise ValueError("matches are not those of the units")
    return found, moved
