"""Comparison, texts, units -> where each unit's characters went: covered by a passage, and by whom answered.

Between two edits of a passage both originals are equal, so every character outside edits has its counterpart. Edits of
script keep their length character by character or are spread evenly; the halves of a moved stretch are told apart by
their text. What is left unanswered inside a passage is answered by the paragraph pairs, if they name one partner.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kejidiff.model import Comparison, Document, Edit, Passage
from kejidiff.span import Span
from quality.real_units import Unit, key_of

_NOWHERE = -1


class Answer(NamedTuple):
    """What happened to a left unit.

    covered   share of its characters (letters and digits) inside passages
    told      share of its characters with a counterpart; the counterparts' units with the share of `told` in each
    """

    covered: float
    told: float
    units: dict[int, float]

    @property
    def unit(self) -> int:
        """The right unit that holds most of the counterparts; -1 where none does."""
        return max(self.units, key=lambda unit: (self.units[unit], -unit), default=_NOWHERE)


def answers(
    comparison: Comparison, sides: Sequence[Document], texts: Sequence[str], units: Sequence[list[Unit]]
) -> list[Answer]:
    """One for each left unit, in order."""
    inside = _inside([passage.left for passage in comparison.passages], len(texts[0]))
    counterparts = np.full(len(texts[0]), _NOWHERE, dtype=np.int64)
    for passage in comparison.passages:
        _map_passage(counterparts, passage)
    _map_moves(counterparts, comparison.passages, texts)
    _map_pairs(counterparts, comparison, sides)
    counts = np.array([mark.isalnum() for mark in texts[0]], dtype=bool)
    owner = _owners(units[1], len(texts[1]))
    return [_answer(unit.span, inside, counterparts, counts, owner) for unit in units[0]]


def coverage(passages: Sequence[Span], text: str, units: list[Unit]) -> list[float]:
    """By unit the share of its characters inside the passages' spans on that side."""
    inside = _inside(passages, len(text))
    counts = np.array([mark.isalnum() for mark in text], dtype=bool)
    return [float(inside[slice(*unit.span)][counts[slice(*unit.span)]].mean()) for unit in units]


def _inside(spans: Sequence[Span], size: int) -> np.ndarray:
    inside = np.zeros(size, dtype=bool)
    for span in spans:
        inside[slice(*span)] = True
    return inside


def _map_passage(counterparts: np.ndarray, passage: Passage) -> None:
    left, right = passage.left.start, passage.right.start
    for edit in (*passage.edits, Edit("punctuation", *_closing(passage))):
        _map_stretch(counterparts, Span(left, edit.left.start), Span(right, edit.right.start))
        if edit.kind in ("script", "figure", "mask"):
            _map_stretch(counterparts, edit.left, edit.right)
        left, right = edit.left.end, edit.right.end


def _closing(passage: Passage) -> tuple[Span, Span]:
    return Span(passage.left.end, passage.left.end), Span(passage.right.end, passage.right.end)


def _map_stretch(counterparts: np.ndarray, left: Span, right: Span) -> None:
    if left.length and right.length:
        counterparts[slice(*left)] = np.linspace(right.start, right.end - 1, left.length).round().astype(np.int64)


def _map_moves(counterparts: np.ndarray, passages: Sequence[Passage], texts: Sequence[str]) -> None:
    moves = [edit for passage in passages for edit in passage.edits if edit.kind == "move"]
    arrived = {key_of(edit.right.of(texts[1])): edit.right for edit in moves if edit.right.length}
    for edit in moves:
        if edit.left.length and (right := arrived.get(key_of(edit.left.of(texts[0])))):
            _map_stretch(counterparts, edit.left, right)


def _map_pairs(counterparts: np.ndarray, comparison: Comparison, sides: Sequence[Document]) -> None:
    """Paragraphs of which nothing is answered yet, though they are paired: moved ones that were changed too."""
    for pair in comparison.pairs:
        left, right = sides[0].paragraphs[pair.left].span, sides[1].paragraphs[pair.right].span
        if (counterparts[slice(*left)] == _NOWHERE).all():
            _map_stretch(counterparts, left, right)


def _owners(units: list[Unit], size: int) -> np.ndarray:
    owner = np.full(size, _NOWHERE, dtype=np.int64)
    for at, unit in enumerate(units):
        owner[slice(*unit.span)] = at
    return owner


def _answer(span: Span, inside: np.ndarray, counterparts: np.ndarray, counts: np.ndarray, owner: np.ndarray) -> Answer:
    counted = counts[slice(*span)]
    went = counterparts[slice(*span)][counted]
    went = went[went != _NOWHERE]
    total = max(int(counted.sum()), 1)
    units = Counter(owner[went].tolist())
    units.pop(_NOWHERE, None)
    shares = {unit: count / max(len(went), 1) for unit, count in units.items()}
    return Answer(float(inside[slice(*span)][counted].sum()) / total, len(went) / total, shares)


def equal_and_covered(passages: Sequence[Passage], text: str) -> tuple[int, int]:
    """Left characters (letters and digits) in passages that are equal but for script, and all of them."""
    covered = sum(_counted(text, passage.left) for passage in passages)
    changed = sum(
        _counted(text, edit.left)
        for passage in passages
        for edit in passage.edits
        if edit.kind not in ("script", "punctuation", "move")
    )
    return covered - changed, covered


def _counted(text: str, span: Span) -> int:
    return sum(mark.isalnum() for mark in span.of(text))
