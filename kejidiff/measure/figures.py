"""Edits -> the ledger of figures: at corresponding places, how many agree, which were changed, which hidden, which of
those that agree a new year should have changed; and the findings that rest on it.

A telling figure is one that two reports do not share by chance: two significant digits and more, and no year, date,
ordinal, list number, name (863计划) or limit set by a rule (20人以上).
"""

import re
from collections.abc import Iterator, Sequence

from kejidiff.figures import find_figures, is_mask, value_of
from kejidiff.model import Document, Edit, FigureChange, FigureLedger, Passage
from kejidiff.quantities import Quantity, find_quantities
from kejidiff.span import Span

#: `only-figures-changed`: a passage of this many characters, this many changed figures in it, and no more than this
#: share of it in edits of any other kind (script and marks apart). Of 108 labelled pairs it names two, whose cases
#: had little but figures exchanged, and none of the 72 copied, converted, reworded or shuffled ones.
_PASSAGE, _CHANGED, _OTHERWISE = 60, 2, 0.02
#: `figures-carried-over` from this many telling figures on: none of 24 pairs of reports of one government or county in
#: neighbouring years, 8 of 46 comparisons of labelled pairs of different years (the others share fewer figures).
_CARRIED = 3
#: A sentence that runs on is cut here, on either side of the figure: 98 % of the sentences of the sample reports are
#: shorter than 200 characters.
_SENTENCE = 200
_ENDS = re.compile("[。！？；!?;…\n]")
_QUIET = ("script", "punctuation")

_BEFORE = re.compile(r"(?:第|[A-Za-z/.\-—〔\[【《“\"(（·•:：]|号)\s*$")
_AFTER = re.compile(
    r"\s*(?:[年月日号條条届屆次、．)）〕\]】》”\"]|\.(?!\d)|计划|計劃|工程|热线|熱線|文件|周年|週年|五?规划|個?个?工作日|小时|小時|天|"
    r"[%％]?[万亿元人岁家平方米公里公斤吨\w]{0,4}?(?:以上|以下|以内|以內)|[-—－~～至])"
)
#: What every telling quantity has at least one of.
_DIGIT = re.compile("[0-9０-９]")
_ROUND = re.compile(r"0*\.?0*[1-9]?0*\.?0*")


def figure_ledger(left_text: str, right_text: str, passages: Sequence[Passage]) -> FigureLedger:
    """Figures of every passage. Outside edits both sides are equal, so every figure there agrees; within a pair of
    figures whose values are equal (２０１３, 2013; 三成, 30%) too."""
    same = 0
    changes: list[FigureChange] = []
    carried: list[tuple[Span, Span]] = []
    for passage in passages:
        at, other_at = passage.left.start, passage.right.start
        for edit in (*passage.edits, Edit("script", Span(passage.left.end, passage.left.end), passage.right)):
            equal = Span(at, edit.left.start)
            same += _count(left_text, equal)
            carried += [(span, _shifted(span, other_at - at)) for span in _telling(left_text, equal)]
            at, other_at = edit.left.end, edit.right.end
            if edit.kind == "figure" or (edit.kind == "mask" and _shows_digits(left_text, right_text, edit)):
                changes.append(_change(left_text, right_text, edit))
            elif edit.left.length and edit.kind == "script":
                same += _count(left_text, edit.left) or _is_quantity(edit.left.of(left_text))
                if list(_telling(left_text, edit.left)) == [edit.left]:
                    carried.append((edit.left, edit.right))
    return FigureLedger(same, tuple(changes), tuple(carried))


def figure_findings(
    documents: tuple[Document, Document], ledger: FigureLedger, passages: Sequence[Passage]
) -> tuple[str, ...]:
    """`only-figures-changed` where a passage is the other one with other figures, `figures-carried-over` where telling
    figures stand unchanged though the two documents are of different years."""
    found: list[str] = []
    if any(_only_figures(passage, ledger) for passage in passages):
        found.append("only-figures-changed")
    years = [document.years[:1] for document in documents]
    if all(years) and years[0] != years[1] and len(ledger.carried) >= _CARRIED:
        found.append("figures-carried-over")
    return tuple(found)


def _only_figures(passage: Passage, ledger: FigureLedger) -> bool:
    figures = {(change.left, change.right) for change in ledger.changes}
    changed = sum(change.kind == "changed" and passage.left.contains(change.left) for change in ledger.changes)
    other = sum(
        max(edit.left.length, edit.right.length)
        for edit in passage.edits
        if edit.kind not in _QUIET and (edit.left, edit.right) not in figures
    )
    long_enough = passage.left.length >= _PASSAGE
    return long_enough and changed >= _CHANGED and other <= _OTHERWISE * passage.left.length


def _count(text: str, span: Span) -> int:
    return sum(not is_mask(figure.of(span.of(text))) for figure in find_figures(span.of(text)))


def _is_quantity(text: str) -> bool:
    """True for 三成 and its like, which are no figure by themselves."""
    return any(found.span == (0, len(text)) and not found.hidden for found in find_quantities(text))


def _telling(text: str, span: Span) -> Iterator[Span]:
    """The telling quantities that lie in `span`, whole."""
    if not _DIGIT.search(text, span.start, span.end):
        return
    for quantity in find_quantities(span.of(text)):
        place = _shifted(quantity.span, span.start)
        if _tells(quantity, text, place) and (place.end < span.end or not text[place.end : place.end + 1].isdigit()):
            yield place


def _tells(quantity: Quantity, text: str, place: Span) -> bool:
    written = place.of(text)
    if quantity.hidden or not _DIGIT.search(written):
        return False
    if _ROUND.fullmatch(quantity.value.rstrip("公斤亩米")) or text[place.start - 1 : place.start].isdigit():
        return False
    before = text[max(place.start - 8, 0) : place.start]
    return not _BEFORE.search(before.rpartition("\n")[2] or "(") and not _AFTER.match(text[place.end : place.end + 12])


def _shifted(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _shows_digits(left_text: str, right_text: str, edit: Edit) -> bool:
    """True where one side still shows what is hidden, or part of it; `_` for a name is a mask but no figure."""
    return any(
        char.isdigit() for text in (edit.left.of(left_text), edit.right.of(right_text)) for char in value_of(text)
    )


def _change(left_text: str, right_text: str, edit: Edit) -> FigureChange:
    masked = edit.kind == "mask" or is_mask(edit.left.of(left_text)) != is_mask(edit.right.of(right_text))
    return FigureChange(
        "masked" if masked else "changed",
        edit.left,
        edit.right,
        _sentence(left_text, edit.left),
        _sentence(right_text, edit.right),
    )


def _sentence(text: str, span: Span) -> Span:
    """The sentence around `span`, with the mark that ends it, without blanks at its beginning."""
    first = max(span.start - _SENTENCE, 0)
    start = max((found.end() for found in _ENDS.finditer(text, first, span.start)), default=first)
    while start < span.start and text[start].isspace():
        start += 1
    limit = min(span.end + _SENTENCE, len(text))
    end = _ENDS.search(text, span.end, limit)
    return Span(start, limit if end is None else end.end() - (end.group() == "\n"))
