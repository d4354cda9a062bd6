"""Texts -> one stream of folded characters for all of them, with the way back: the fold of many texts at once.

What `fold` makes of one text with figures looked at, repairs and layout undone, this makes of a batch by one table:
script, width, case and variants are folded, marks and blanks are left out, and a figure becomes one symbol, its value
kept beside it. A code point becomes one folded character or none, so a bit for each original character leads back.

Terms.       *kept*: the original characters that have a folded one. *Paragraph*: a line with at least one of them.
Limitations. What folds to a character beyond the first plane becomes one of 6,400 private ones, so that two rare Hanzi
             may compare alike.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.kernel import fold as kernel
from kejidiff.kernel import is_compiled
from kejidiff.kernel.rows import BEGINNING, EncodedText
from kejidiff.model import FIGURE_SYMBOL, Document
from kejidiff.text.figure_runs import figure_runs, in_figures, value_of_figure
from kejidiff.text.fold import codes_of, fold_table
from kejidiff.text.odd import odd_characters

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What the table has for the ends of sentences and of lines; other characters that are left out are 0.
_SENTENCE, _LINE = 1, 2
_SENTENCE_ENDS: Final = "。！？；!?;…"
_LINE_ENDS: Final = "\n\r\x0b\x0c\x85\u2028\u2029"
#: One in codes, two bytes each.
_LINE_END: Final = b"\n\0"
#: The first plane's private use area, which itself folds to nothing.
_PRIVATE, _PRIVATE_SIZE = 0xE000, 6400
_HANZI: Final = (0x4E00, 0xA000)
_FILE: Final = Path(__file__).parent.parent / "data" / "fold.npy"

#: Characters from the beginning of a text that tell its script.
_TELLING: Final = 2_000
#: What `_marks` has for characters that stand in figures, and for odd ones.
FIGURE_MARK: Final = 1
ODD: Final = 2


#: Characters folded at once, by arrays and compiled. By arrays 2,000 reports in batches of 35,000 took .39 s, of 70,000
#: and 140,000 .31, of 280,000 .35. Compiled, 10,000 are read and sketched in 1.45 s by 100,000, in 1.43 by 200,000, in
#: 1.35 by 400,000, in 1.25 by 800,000, and that with 20 MB more.
_BATCHES: Final = (100_000, 400_000)


def batch_size() -> int:
    """Characters that are best folded at once."""
    return _BATCHES[is_compiled()]


class Stream(NamedTuple):
    """A batch of texts, one line end between each two; *original* offsets count in it, *folded* ones in `folded`.

    folded      shape (F,): folded characters
    kept        shape (C,): True for the original characters that have one
    texts       shape (T + 1,): original offset at which each text begins, and the end
    paragraphs  shape (P, 4), ascending: original start and end, folded start and end (half-open) of each
    sentences   ascending: folded offsets before which a sentence ends
    hanzi       shape (T, 2): Hanzi at the beginning of each text, and those of them that folding to simplified changes
    odd         shape (T,): characters of each text that `odd` tells
    figures     shape (N, 4): of each figure the folded offset, value, original length and countable characters
    countable   shape (T,): countable characters of each text
    """

    folded: "NDArray[np.uint16]"
    kept: "NDArray[np.bool_]"
    texts: "NDArray[np.int64]"
    paragraphs: "NDArray[np.int64]"
    sentences: "NDArray[np.int64]"
    hanzi: "NDArray[np.int64]"
    odd: "NDArray[np.int64]"
    figures: "NDArray[np.int64]"
    countable: "NDArray[np.int64]"

    def ends_of(self, folded: "NDArray[np.int64]") -> "NDArray[np.int64]":
        """Original ends of folded characters: a figure's is where its last digit ends."""
        ends: NDArray[np.int64] = np.flatnonzero(self.kept)[folded] + 1
        if len(self.figures):
            at = np.minimum(np.searchsorted(self.figures[:, 0], folded), len(self.figures) - 1)
            ends += np.where(self.figures[at, 0] == folded, self.figures[at, 2] - 1, 0)
        return ends

    def counted_before(self, folded: "NDArray[np.int64]") -> "NDArray[np.int64]":
        """Countable characters before folded offsets."""
        return _counted_before(self.figures, folded)


def _counted_before(figures: "NDArray[np.int64]", folded: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """A figure has as many countable characters as it has digits and letters."""
    more = np.concatenate(([0], np.cumsum(figures[:, 3] - 1)))
    counted: NDArray[np.int64] = folded + more[np.searchsorted(figures[:, 0], folded)]
    return counted


def stream_of(texts: Sequence[str]) -> Stream:
    """Fold a batch of texts; at least one, some hundred thousand characters together stay in the processor's cache."""
    text = "\n".join(texts)
    codes = _codes(text)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return _stream(codes, lengths, lambda: codes_of(text)[_private(codes)])


def stream_of_encoded(texts: Sequence[EncodedText]) -> Stream:
    """`stream_of` for texts that are encoded already."""
    codes = np.frombuffer(_LINE_END.join([text.codes for text in texts]), dtype="<u2")
    lengths = np.array([text.characters for text in texts], dtype=np.int64)
    return _stream(codes, lengths, lambda: np.frombuffer(b"".join([text.points for text in texts]), dtype="<u4"))


def encoded(text: str) -> EncodedText:
    """A text as `stream_of_encoded` takes it."""
    codes = _codes(text)
    points = codes_of(text)[_private(codes)]
    utf8 = text.encode("utf-8", "surrogatepass")
    return EncodedText(text[:BEGINNING], memoryview(utf8), memoryview(codes.tobytes()), memoryview(points.tobytes()))


def _stream(
    codes: "NDArray[np.uint16]", lengths: "NDArray[np.int64]", points: "Callable[[], NDArray[np.uint32]]"
) -> Stream:
    """`codes` of texts of these lengths, one line end between each two; `points` gives those of private ones."""
    edges = np.concatenate(([0], np.cumsum(lengths + 1)))

    def exotic() -> "NDArray[np.uint16]":
        return _in_the_first_plane(fold_table().fold(points()))

    found = kernel.fold_codes(codes, lengths, _entries(), _TELLING, exotic)
    if found is not None:
        return Stream(
            folded=found.folded, kept=found.kept, texts=edges, paragraphs=found.paragraphs, sentences=found.sentences,
            hanzi=found.told[:, :2], odd=found.told[:, 2], figures=found.figures, countable=found.told[:, 3],
        )  # fmt: skip
    return _plain_stream(codes, edges, exotic)


def _plain_stream(
    codes: "NDArray[np.uint16]", edges: "NDArray[np.int64]", exotic: "Callable[[], NDArray[np.uint16]]"
) -> Stream:
    classes = _table()[codes]
    private = _private(codes)
    if len(private):
        classes[private] = exotic()
    marks = _marks()[codes]
    runs = figure_runs(codes, classes, np.flatnonzero(marks == FIGURE_MARK))
    classes[runs.members] = 0
    classes[runs.starts] = ord(FIGURE_SYMBOL)
    kept = classes > _LINE
    before = np.cumsum(kept, dtype=np.int64)
    lines = np.flatnonzero(classes == _LINE)
    starts, ends = np.concatenate(([0], lines + 1)), np.concatenate((lines, [len(codes)]))
    folded_ends = np.concatenate((before[lines], before[-1:] if len(before) else [0]))
    folded_starts = np.concatenate(([0], folded_ends[:-1]))
    filled = np.flatnonzero(folded_ends > folded_starts)
    figures = np.stack((before[runs.starts] - 1, runs.values, runs.ends - runs.starts, runs.counted), axis=1)
    return Stream(
        folded=classes[kept],
        kept=kept,
        texts=edges,
        paragraphs=np.stack((starts, ends, folded_starts, folded_ends), axis=1)[filled],
        sentences=before[np.flatnonzero(classes == _SENTENCE)],
        hanzi=_hanzi(codes, classes, edges),
        odd=_in_each(marks == ODD, edges) if (marks == ODD).any() else np.zeros(len(edges) - 1, dtype=np.int64),
        figures=figures,
        countable=np.diff(_counted_before(figures, np.concatenate(([0], before[edges[1:-1] - 1], folded_ends[-1:])))),
    )


def stream_of_document(text: str, document: Document) -> Stream:
    """One document that was folded with care, as a stream. Offsets count from the beginning of its span.

    Of several folded characters that a repair made of one original one, the first is kept. Where two meet within one
    original character, a figure ends before that: it is the next one's.
    """
    folded, start = document.folded, document.span.start
    starts, first = np.unique(folded.starts, return_index=True)
    kept = np.zeros(document.span.length, dtype=bool)
    kept[starts - start] = True
    spans = np.array([paragraph.span for paragraph in document.paragraphs], dtype=np.int64).reshape(-1, 2)
    inside = np.searchsorted(starts, spans)
    filled = inside[:, 1] > inside[:, 0]
    plain = _codes(folded.text)[first]
    hanzi = (plain >= _HANZI[0]) & (plain < _HANZI[1])
    changed = hanzi & (_codes(text)[starts] != plain)
    figures = np.array(list(_figures_of(text, document, first.tolist())), dtype=np.int64).reshape(-1, 4)
    if len(figures):
        nearest = np.append(starts, document.span.end)[figures[:, 0] + 1] - starts[figures[:, 0]]
        figures[:, 2] = np.minimum(figures[:, 2], nearest)
    return Stream(
        folded=plain,
        kept=kept,
        texts=np.array([0, document.span.length + 1]),
        paragraphs=np.concatenate((spans - start, inside), axis=1)[filled],
        sentences=np.searchsorted(first, folded.breaks),
        hanzi=np.array([[hanzi.sum(), changed.sum()]]),
        odd=np.zeros(1, dtype=np.int64),
        figures=figures,
        countable=np.array([len(plain) + int((figures[:, 3] - 1).sum())]),
    )


def _figures_of(text: str, document: Document, chosen: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    folded = document.folded
    for number, at in enumerate(chosen):
        if folded.text[at] == FIGURE_SYMBOL:
            span = folded.span(at, at + 1)
            yield number, value_of_figure(span.of(text)), span.length, max(document.countable_in(span), 1)


def _hanzi(
    codes: "NDArray[np.uint16]", folded: "NDArray[np.uint16]", edges: "NDArray[np.int64]"
) -> "NDArray[np.int64]":
    """Shape (T, 2): Hanzi at the beginning of each text, and those that folding changed."""
    counts = []
    for start, end in pairwise(edges.tolist()):
        told = slice(start, min(start + _TELLING, end - 1))
        hanzi = (folded[told] >= _HANZI[0]) & (folded[told] < _HANZI[1])
        counts.append((np.count_nonzero(hanzi), np.count_nonzero(hanzi & (codes[told] != folded[told]))))
    return np.array(counts, dtype=np.int64)


def _in_each(marked: "NDArray[np.bool_]", edges: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """How many are marked in each text; `edges` as `Stream.texts`."""
    pairs = pairwise(edges.tolist())
    return np.array([np.count_nonzero(marked[start:end]) for start, end in pairs], dtype=np.int64)


def _codes(text: str) -> "NDArray[np.uint16]":
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(units) == len(text):
        return units
    return _in_the_first_plane(codes_of(text))


def _private(codes: "NDArray[np.uint16]") -> "NDArray[np.int64]":
    return np.flatnonzero((codes >= _PRIVATE) & (codes < _PRIVATE + _PRIVATE_SIZE))


@cache
def _entries() -> "NDArray[np.uint32]":
    """Shape (65536,): `_table` and `_marks` as the kernel has them."""
    table, marks, codes = _table(), _marks(), np.arange(0x10000)
    hanzi = (table >= _HANZI[0]) & (table < _HANZI[1])
    entries = table.astype(np.uint32)
    for bit, told in (
        (kernel.KEPT, table > _LINE),
        (kernel.HANZI, hanzi),
        (kernel.CHANGED, hanzi & (table != codes)),
        (kernel.LINE, table == _LINE),
        (kernel.SENTENCE, table == _SENTENCE),
        (kernel.FIGURE, marks == FIGURE_MARK),
        (kernel.ODD, marks == ODD),
        (kernel.PRIVATE, (codes >= _PRIVATE) & (codes < _PRIVATE + _PRIVATE_SIZE)),
    ):
        entries[told] |= np.uint32(bit)
    return entries


@cache
def _table() -> "NDArray[np.uint16]":
    """`fold_classes`, as it is shipped: making it takes 50 ms, and OpenCC 20 to load."""
    table: NDArray[np.uint16] = np.load(_FILE, allow_pickle=False)
    return table


def fold_classes() -> "NDArray[np.uint16]":
    """Shape (65536,): the folded character of every code point of the first plane, or a class of those left out."""
    table = _in_the_first_plane(fold_table().fold(np.arange(0x10000, dtype=np.uint32)))
    for marks, kind in ((_SENTENCE_ENDS, _SENTENCE), (_LINE_ENDS, _LINE)):
        table[[ord(mark) for mark in marks]] = kind
    return table


@cache
def _marks() -> "NDArray[np.uint8]":
    """Shape (65536,): `FIGURE_MARK`, `ODD` or 0 for every code point of the first plane."""
    marks = np.zeros(0x10000, dtype=np.uint8)
    marks[odd_characters()] = ODD
    marks[in_figures(_table())] = FIGURE_MARK
    return marks


def _in_the_first_plane(points: "NDArray[np.uint32]") -> "NDArray[np.uint16]":
    return np.where(points > 0xFFFF, _PRIVATE + points % _PRIVATE_SIZE, points).astype(np.uint16)
