"""Edits -> the ledger of figures: at corresponding places, how many agree, which were changed, which masked."""

from collections.abc import Sequence

from kejidiff.figures import find_figures, is_mask, value_of
from kejidiff.model import Edit, FigureChange, FigureLedger, Passage
from kejidiff.span import Span


def figure_ledger(left_text: str, right_text: str, passages: Sequence[Passage]) -> FigureLedger:
    """Figures of every passage. Outside edits both sides are equal, so every figure there agrees; within a pair of
    figures whose values are equal (２０１３, 2013) too."""
    same = 0
    changes: list[FigureChange] = []
    for passage in passages:
        at = passage.left.start
        for edit in (*passage.edits, Edit("script", Span(passage.left.end, passage.left.end), passage.right)):
            same += _count(left_text, Span(at, edit.left.start))
            at = edit.left.end
            if edit.kind == "figure" or (edit.kind == "mask" and _shows_digits(left_text, right_text, edit)):
                changes.append(_change(left_text, right_text, edit))
            elif edit.left.length and edit.kind == "script":
                same += _count(left_text, edit.left)
    return FigureLedger(same, tuple(changes))


def _count(text: str, span: Span) -> int:
    return sum(not is_mask(figure.of(span.of(text))) for figure in find_figures(span.of(text)))


def _shows_digits(left_text: str, right_text: str, edit: Edit) -> bool:
    """True where one side still shows what is masked, or part of it; `_` for a name is a mask but no figure."""
    return any(
        char.isdigit() for text in (edit.left.of(left_text), edit.right.of(right_text)) for char in value_of(text)
    )


def _change(left_text: str, right_text: str, edit: Edit) -> FigureChange:
    masked = is_mask(edit.left.of(left_text)) or is_mask(edit.right.of(right_text))
    return FigureChange("masked" if masked else "changed", edit.left, edit.right)
