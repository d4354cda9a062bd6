"""A text with gaps, and what can stand in each -> the likeliest text.

Viterbi's algorithm over the gaps between two known characters; a known character separates what is before from what is
after it, because the model looks one character back.
"""

from typing import NamedTuple

import numpy as np

from kejidiff.background.likelihood import Bits, Codes, Likelihood, Symbols, codes_of
from kejidiff.span import Span, merged


class Gap(NamedTuple):
    """One character of which several are possible: their code points, and what each costs besides. Never empty."""

    codes: Codes
    price: Bits


def filled(pieces: list[str | Gap], before: Symbols, after: Symbols, model: Likelihood) -> tuple[str, tuple[Span, ...]]:
    """The text, and the places in it of characters that were chosen from several.

    pieces         known text and gaps, in order
    before, after  shape (1,): the symbols around
    """
    text, guessed, waiting = list[str](), list[Span](), list[Gap]()
    length, last = 0, before
    for piece in pieces:
        if isinstance(piece, Gap):
            waiting.append(piece)
            if len(piece.codes) > 1:
                guessed.append(Span(length, length + 1))
            length += 1
        elif piece:
            if waiting:
                text.append(_cheapest(waiting, last, model.symbols(codes_of(piece[0])), model))
                waiting = []
            text.append(piece)
            length += len(piece)
            last = model.symbols(codes_of(piece[-1]))
    if waiting:
        text.append(_cheapest(waiting, last, after, model))
    return "".join(text), merged(guessed)


def _cheapest(gaps: list[Gap], before: Symbols, after: Symbols, model: Likelihood) -> str:
    cost, last = np.zeros(1, np.float32), before
    came: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    for gap in gaps:
        symbols = model.symbols(gap.codes)
        ways = cost[:, None] + model.bits(last[:, None], symbols)
        came.append(np.argmin(ways, axis=0))
        cost, last = np.min(ways, axis=0) + gap.price, symbols
    best = int(np.argmin(cost + model.bits(last, after)))
    chosen: list[str] = []
    for gap, back in zip(reversed(gaps), reversed(came), strict=True):
        chosen.append(chr(gap.codes[best]))
        best = int(back[best])
    return "".join(reversed(chosen))
