"""Texts -> one stream of folded characters for all of them, with the way back: the fold of many texts at once.

What `fold` makes of one text with figures looked at, repairs and layout undone, this makes of a batch by one table:
script, width, case and variants are folded; marks and blanks are left out; digits stay as they are. A code point
becomes one folded character or none, so a bit for each original character leads all the way back.

Terms.       *kept*: the original characters that have a folded one. *Paragraph*: a line with at least one of them.
Limitations. Characters beyond the first plane fold to one of 6,400 private ones: rare Hanzi stay apart, mostly.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.text.fold import fold_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What the table has for characters that are left out: nothing, the end of a sentence, the end of a line.
_OUT, _SENTENCE, _LINE = 0, 1, 2
_SENTENCE_ENDS: Final = "。！？；!?;…"
_LINE_ENDS: Final = "\n\r\x0b\x0c\x85\u2028\u2029"
_PRIVATE, _PRIVATE_SIZE = 0xE000, 6400


#: Characters folded at once: of 2,000 reports, batches of 35,000 took .39 s, of 70,000 and 140,000 .31, of 280,000 .35.
BATCH: Final = 100_000


class Stream(NamedTuple):
    """A batch of texts, one line end between each two; *original* offsets count in it, *folded* ones in `folded`.

    folded      shape (F,): folded characters
    kept        shape (C,): True for the original characters that have one
    texts       shape (T + 1,): original offset at which each text begins, and the end
    paragraphs  shape (P, 4), ascending: original start and end, folded start and end (half-open) of each
    sentences   ascending: folded offsets before which a sentence ends
    """

    folded: "NDArray[np.uint16]"
    kept: "NDArray[np.bool_]"
    texts: "NDArray[np.int64]"
    paragraphs: "NDArray[np.int64]"
    sentences: "NDArray[np.int64]"


def stream_of(texts: Sequence[str]) -> Stream:
    """Fold a batch of texts; at least one, some hundred thousand characters together stay in the processor's cache."""
    codes = _codes("\n".join(texts))
    classes = _table()[codes]
    kept = classes > _LINE
    before = np.cumsum(kept, dtype=np.int64)
    lines = np.flatnonzero(classes == _LINE)
    starts, ends = np.concatenate(([0], lines + 1)), np.concatenate((lines, [len(codes)]))
    folded_ends = np.concatenate((before[lines], before[-1:] if len(before) else [0]))
    folded_starts = np.concatenate(([0], folded_ends[:-1]))
    filled = np.flatnonzero(folded_ends > folded_starts)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return Stream(
        folded=classes[kept],
        kept=kept,
        texts=np.concatenate(([0], np.cumsum(lengths + 1))),
        paragraphs=np.stack((starts, ends, folded_starts, folded_ends), axis=1)[filled],
        sentences=before[np.flatnonzero(classes == _SENTENCE)],
    )


def _codes(text: str) -> "NDArray[np.uint16]":
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(units) == len(text):
        return units
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.where(points > 0xFFFF, _PRIVATE + points % _PRIVATE_SIZE, points).astype(np.uint16)


@cache
def _table() -> "NDArray[np.uint16]":
    """Shape (65536,): the folded character of every code point of the first plane, or a class of those left out."""
    folded = fold_table().fold(np.arange(0x10000, dtype=np.uint32))
    # Few fold beyond the plane, and what does is no character of any report.
    table = np.where(folded > 0xFFFF, _OUT, folded).astype(np.uint16)
    private = np.arange(_PRIVATE, _PRIVATE + _PRIVATE_SIZE)
    table[private] = private
    for marks, kind in ((_SENTENCE_ENDS, _SENTENCE), (_LINE_ENDS, _LINE)):
        table[[ord(mark) for mark in marks]] = kind
    return table
