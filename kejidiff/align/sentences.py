"""Chains -> those that hold a recycled sentence: one sentence of either text, alike as wholes, though too little for a
core.

A core must stand by its bits alone, wherever it lies. A sentence needs fewer, because it says where it begins and ends:
a stock phrase fills a part of the sentences it stands in, and what stands around it there is different.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kejidiff.align.chains import Chain
from kejidiff.align.script import similarity
from kejidiff.align.seeds import Runs, Side
from kejidiff.model import FoldedText
from kejidiff.options import AlignOptions
from kejidiff.span import Span


class _Piece(NamedTuple):
    """The part of a run that lies in one sentence of either side: `[start, end)` on the left, shifted on the right."""

    start: int
    end: int
    shift: int


def holds_sentence(
    chain: Chain, runs: Runs, sides: tuple[Side, Side], texts: tuple[FoldedText, FoldedText], options: AlignOptions
) -> bool:
    """True where the chain ties a sentence of the left text to one of the right that says the same, as a whole."""
    if chain.score < options.sentence_floor:
        return False
    return any(
        _score(pieces, sides, options) >= options.sentence_floor
        and similarity(one.of(texts[0].text), other.of(texts[1].text)) >= options.sentence_alike
        for one, other, pieces in _by_sentences(chain, runs, texts)
        if max(one.length, other.length) >= options.sentence
    )


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
