"""Codes of a batch of texts, a table -> the columns of a stream, by `fold.c`: what `text/stream` does by arrays."""

from typing import TYPE_CHECKING, Final, NamedTuple

from kejidiff.kernel.loading import address, function
from kejidiff.kernel.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Bits of a table entry beside its folded character; as in fold.c.
KEPT: Final = 0x80000000
HANZI: Final = 0x40000000
CHANGED: Final = 0x20000000
PRIVATE: Final = 0x100000
LINE: Final = 0x80000
SENTENCE: Final = 1 << 18
FIGURE: Final = 0x20000
ODD: Final = 0x10000

#: What the function takes: see fold.c.
_ARGUMENTS: Final = "ppippiippppppp"


class Folded(NamedTuple):
    """Columns as of `text/stream.Stream`.

    told    shape (T, 4): Hanzi at the beginning of each text, those of them that folding changes; odd characters,
            countable ones
    """

    folded: "NDArray[np.uint16]"
    kept: "NDArray[np.bool_]"
    paragraphs: "Ints"
    sentences: "Ints"
    figures: "Ints"
    told: "Ints"


def fold_codes(
    codes: "NDArray[np.uint16]",
    lengths: "Ints",
    table: "NDArray[np.uint32]",
    telling: int,
    exotic: "Callable[[], NDArray[np.uint16]]",
) -> Folded | None:
    """None where nothing is compiled.

    codes     those of all texts, one line end between each two
    lengths   of the texts
    table     shape (65536,): the folded character of each code, and bits
    telling   characters from the beginning of a text in which Hanzi are counted
    exotic    gives what the private ones fold to, in their order; asked only where there are any
    """
    called = function("fold_codes", _ARGUMENTS)
    if called is None:
        return None
    import numpy as np

    size, texts = len(codes), len(lengths)
    if int(lengths.sum()) + max(texts - 1, 0) != size or len(table) != 0x10000 or not texts or (lengths < 0).any():
        raise ValueError("the lengths of the texts do not come to that of the batch")
    found = Folded(
        folded=scratch("folded", (size + 1,), "<u2"),
        kept=np.empty(size + 1, dtype=np.bool_),
        paragraphs=scratch("paragraphs", (size // 2 + 1, 4), "<i8"),
        sentences=scratch("sentences", (size + 1,), "<i8"),
        figures=scratch("figures", (size // 2 + 1, 4), "<i8"),
        told=np.empty((texts, 4), dtype=np.int64),
    )
    sizes = np.empty(3, dtype=np.int64)

    def call(known: "NDArray[np.uint16]") -> int:
        return called(
            address(codes, "<u2"), address(lengths, "<i8"), texts, address(table, "<u4"),
            address(known, "<u2"), len(known), telling,
            address(found.folded, "<u2"), address(found.kept, "?"), address(found.paragraphs, "<i8"),
            address(found.sentences, "<i8"), address(found.figures, "<i8"), address(found.told, "<i8"),
            address(sizes, "<i8"),
        )  # fmt: skip

    number = call(np.zeros(0, dtype=np.uint16))
    if number < 0 and (number := call(exotic())) < 0:
        raise ValueError("fewer private characters are told of than there are")
    paragraphs, sentences, figures = sizes.tolist()
    return found._replace(
        folded=found.folded[:number].copy(),
        kept=found.kept[:size],
        paragraphs=found.paragraphs[:paragraphs].copy(),
        sentences=found.sentences[:sentences].copy(),
        figures=found.figures[:figures].copy(),
    )
