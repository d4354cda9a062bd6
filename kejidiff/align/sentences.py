"""Chains -> those that hold a recycled sentence: one sentence of either text, alike as wholes, though too little for a
core.

A core must stand by its bits alone, wherever it lies. A sentence needs fewer, because it says where it begins and ends:
a stock phrase fills a part of the sentences it stands in, and what stands around it there is different.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kejidiff.align.chains import Chain
from kejidiff.align.script import similarity
from kejidiff.align.seeds import Runs, Side
from kejidiff.align.trace import Trace
from kejidiff.model import FoldedText
from kejidiff.options import AlignOptions
from kejidiff.span import Span

if TYPE_CHECKING:
    from kejidiff.model.explanation import Founding


class _Piece(NamedTuple):
    """The part of a run that lies in one sentence of either side: `[start, end)` on the left, shifted on the right."""

    start: int
    end: int
    shift: int


class Tie(NamedTuple):
    """Two sentences that a chain ties, as folded spans, and whether they are one: `sentence`, or what they lack.

    bits    that the chain's runs hold of both, prices paid
    alike   similarity of the two; None where they lack bits already
    """

    founding: "Founding"
    left: Span
    right: Span
    bits: float
    alike: float | None


#: What a pair of sentences comes to, the farthest from a recycled sentence first.
_STEPS: "tuple[Founding, ...]" = ("short", "weak", "unlike", "sentence")


def holds_sentence(
    chain: Chain,
    runs: Runs,
    sides: tuple[Side, Side],
    texts: tuple[FoldedText, FoldedText],
    options: AlignOptions,
    trace: Trace | None = None,
) -> bool:
    """True where the chain ties a sentence of the left text to one of the right that says the same, as a whole."""
    if chain.score < options.sentence_floor or chain.density < options.telling:
        return False
    best: Tie | None = None
    for one, other, pieces in _by_sentences(chain, runs, texts):
        tie = _tie(one, other, pieces, sides, texts, options)
        if best is None or _rank(tie) > _rank(best):
            best = tie
        if tie.founding == "sentence":
            break
    if trace is not None and best is not None:
        trace.ties[chain] = best
    return best is not None and best.founding == "sentence"


def _rank(tie: Tie) -> tuple[int, float, float]:
    return _STEPS.index(tie.founding), tie.alike or 0.0, tie.bits


def _tie(
    one: Span,
    other: Span,
    pieces: list[_Piece],
    sides: tuple[Side, Side],
    texts: tuple[FoldedText, FoldedText],
    options: AlignOptions,
) -> Tie:
    if max(one.length, other.length) < options.sentence:
        return Tie("short", one, other, 0.0, None)
    bits = _score(pieces, sides, options)
    if bits < options.sentence_floor:
        return Tie("weak", one, other, bits, None)
    alike = similarity(one.of(texts[0].text), other.of(texts[1].text))
    return Tie("sentence" if alike >= options.sentence_alike else "unlike", one, other, bits, alike)


def _by_sentences(
    chain: Chain, runs: Runs, texts: tuple[FoldedText, FoldedText]
) -> Iterator[tuple[Span, Span, list[_Piece]]]:
    """The chain's runs, parted at the breaks of both sides, by the two sentences they tie."""
    left, right = texts[0].breaks, texts[1].breaks
    found: dict[tuple[int, int], list[_Piece]] = {}
    for run in chain.members.tolist():
        at, shift = int(runs.left[run]), int(runs.right[run] - runs.left[run])
        end = at + int(runs.length[run])
        while at < end:
            one = int(np.searchsorted(left, at, side="right"))
            other = int(np.searchsorted(right, at + shift, side="right"))
            stop = min(end, int(left[one]), int(right[other]) - shift)
            found.setdefault((one, other), []).append(_Piece(at, stop, shift))
            at = stop
    for (one, other), pieces in found.items():
        yield Span(int(left[one - 1]), int(left[one])), Span(int(right[other - 1]), int(right[other])), pieces


def _score(pieces: list[_Piece], sides: tuple[Side, Side], options: AlignOptions) -> float:
    """As a chain is scored, for the part of it inside the two sentences; bits."""
    score = 0.0
    i = j = None
    for piece in pieces:
        start = piece.start if i is None or j is None else max(piece.start, i, j - piece.shift)
        if piece.end - start < 2:
            continue
        bits = min(
            float(sides[0].bits[start : piece.end].sum()),
            float(sides[1].bits[start + piece.shift : piece.end + piece.shift].sum()),
        )
        skipped = 0 if i is None or j is None else max(start - i, start + piece.shift - j)
        score += bits - options.run_price - options.gap_price * skipped
        i, j = piece.end, piece.end + piece.shift
    return score
