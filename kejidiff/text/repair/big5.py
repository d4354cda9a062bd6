"""Shown text -> runs of Big5 that were read as GBK, and the reverse: `い瓣` is 中國.

Method.      Both pages write two bytes, so each shown character stands for one other, whatever its neighbours: gains
             are summed to stretches, and both ends of a stretch are tried a little further out and in.
Limitations. Two Hanzi at least, within one line. GBK has bytes that no Big5 pair has; readers drop them, and what is
             shown after that is one byte late: such a run is found in pieces.
"""

from typing import Final, NamedTuple

import numpy as np

from kejidiff.background.likelihood import LONGEST, Bits, Codes, Symbols
from kejidiff.model.document import RepairReason
from kejidiff.span import Span
from kejidiff.text.repair.code_pages import CodePage, big5, gbk
from kejidiff.text.repair.shown import Rereading, Shown, text_of
from kejidiff.text.repair.stretch import stretches

#: Bits a run must gain (with 14, dictionary words in a row were "repaired"), what it may cost per character, Hanzi it
#: must have, and their least share apart from ASCII (else `…` and `“` of clean text turn into `＃` and `※`).
NEED: Final = 18.0
MEAN: Final = 9.5
LEAST: Final = 2
HANZI: Final = 0.5

#: Greatest share of kana, or of Greek and Cyrillic, in what is shown: the commonest Hanzi of Big5 become such letters,
#: but Japanese and Russian are not Big5.
LETTERS: Final = 0.5

#: Where to look: gains within a stretch, and how far it may lose again.
RISE: Final = 10.0
FALL: Final = 24.0

#: How far before and after a stretch's first and last gain its ends are tried.
STARTS: Final = np.arange(-3, 3)
ENDS: Final = np.arange(-2, 5)

#: A gain that ends every stretch.
BARRIER: Final = -1000.0


def find_other_page(shown: Shown) -> list[Rereading]:
    """Ascending, disjoint."""
    found = _find(shown, gbk(), big5(), "big5-as-gbk")
    found += _find(shown.without(found), big5(), gbk(), "gbk-as-big5")
    return sorted(found, key=lambda reading: reading.start)


class Other(NamedTuple):
    """What each shown character stands for in the other page: code point (0: nothing), symbol, and its cost after the
    one before.
    """

    codes: Codes
    symbols: Symbols
    bits: Bits


def _find(shown: Shown, read_as: CodePage, written_in: CodePage, reason: RepairReason) -> list[Rereading]:
    other = _other(shown, read_as, written_in)
    nothing = other.codes == 0
    gain = shown.bits - other.bits
    gain[nothing] = BARRIER
    gain[1:][nothing[:-1]] = BARRIER
    found: list[Rereading] = []
    for start, end in stretches(gain, RISE, FALL):
        span = _fitted(shown, other, start, end)
        if span is not None and (not found or found[-1].end <= span.start):
            found.append(Rereading(*span, reason, text_of(other.codes[span.start : span.end])))
    return found


def _other(shown: Shown, read_as: CodePage, written_in: CodePage) -> Other:
    codes = written_in.code_of[read_as.pairs(shown.codes)].astype(np.uint32)
    codes[(codes >= 0xE000) & (codes < 0xF900)] = 0
    ascii_ = (shown.codes >= 0x20) & (shown.codes < 0x7F)
    codes[ascii_] = shown.codes[ascii_]
    symbols = shown.model.symbols(codes)
    bits = np.full(len(codes), LONGEST, np.float32)
    bits[1:] = shown.model.bits(symbols[:-1], symbols[1:])
    return Other(codes, symbols, bits)


def _fitted(shown: Shown, other: Other, start: int, end: int) -> Span | None:
    """The stretch with the ends that cost least; None if it is not believed."""
    model = shown.model
    low, high = max(start - 1 + STARTS[0], 0), min(end + ENDS[-1], len(other.codes) - 1)
    was = np.cumsum(shown.bits[low : high + 1], dtype=np.float64)
    read = np.cumsum(other.bits[low : high + 1], dtype=np.float64)
    starts, ends = start - 1 + STARTS, end + ENDS
    starts, ends = starts[starts > low], ends[ends <= high]
    into = model.bits(shown.symbols[starts - 1], other.symbols[starts]) - read[starts - low] + was[starts - 1 - low]
    out = model.bits(other.symbols[ends - 1], shown.symbols[ends]) + read[ends - 1 - low] - was[ends - low]
    change = into[:, None] + out
    holes = np.cumsum(other.codes[low : high + 1] == 0)
    holes = holes[ends - 1 - low] - holes[starts - 1 - low][:, None]
    change[(holes > 0) | (starts[:, None] >= ends)] = np.inf
    row, column = divmod(int(np.argmin(change)), len(ends))
    span = _without_ascii(shown.codes, Span(int(starts[row]), int(ends[column])))
    return span if change[row, column] <= -NEED and _believed(shown, other, span) else None


def _without_ascii(codes: Codes, span: Span) -> Span:
    """ASCII at the ends was read rightly."""
    damaged = np.flatnonzero(codes[span.start : span.end] > 0x7F)
    return Span(span.start + int(damaged[0]), span.start + int(damaged[-1]) + 1) if len(damaged) else span


def _believed(shown: Shown, other: Other, span: Span) -> bool:
    codes = other.codes[span.start : span.end]
    symbols = np.concatenate(
        (shown.symbols[span.start - 1 :][:1], other.symbols[span.start : span.end], shown.symbols[span.end :][:1])
    )
    hanzi = int(np.sum((codes >= 0x4E00) & (codes < 0xA000)))
    seen = shown.codes[span.start : span.end]
    kana, alphabet = (int(np.sum((seen >= low) & (seen < high))) for low, high in ((0x3040, 0x3100), (0x370, 0x530)))
    return (
        float(np.mean(shown.model.bits(symbols[:-1], symbols[1:]))) <= MEAN
        and hanzi >= LEAST
        and hanzi >= HANZI * int(np.sum(codes > 0x7F))
        and max(kana, alphabet) <= LETTERS * int(np.sum(seen > 0x7F))
        and len(set(seen.tolist())) >= LEAST
    )
