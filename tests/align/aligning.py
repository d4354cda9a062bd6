"""Documents made of plain strings, so that tests can say what is aligned with what."""

import numpy as np

from kejidiff.model import Comparison, Document, Paragraph, Repair
from kejidiff.options import ScanOptions
from kejidiff.pipeline.compare import Comparer
from kejidiff.span import Span
from kejidiff.text.countable import countable_before
from kejidiff.text.folded import fold_reading
from kejidiff.text.reading import read_as
from kejidiff.text.segment import find_paragraphs


def document(name: str, text: str, repairs: tuple[Repair, ...] = ()) -> Document:
    """A document that is the whole of `text`, its lines the paragraphs; nothing is looked for, nothing left out."""
    window = Span(0, len(text))
    spans = find_paragraphs(text, window, ())
    starts = np.array([span.start for span in spans], dtype=np.int32)
    return Document(
        id=f"{name}#1",
        path=name,
        ordinal=1,
        title=name,
        span=window,
        script="hans",
        paragraphs=tuple(Paragraph(span, number) for number, span in enumerate(spans, start=1)),
        excluded=(),
        repaired=repairs,
        folded=fold_reading(read_as(text, window, repairs, ()), starts),
        countable_before=countable_before(text, window, repairs, ()),
    )


def compared(left: str, right: str, repairs: tuple[Repair, ...] = (), options: ScanOptions | None = None) -> Comparison:
    """The comparison of two texts; `repairs` are the right one's."""
    documents = [document("left", left), document("right", right, repairs)]
    return Comparer(documents, {"left": left, "right": right}, options or ScanOptions()).compare(0, 1)


def changes(comparison: Comparison, left: str, right: str) -> list[tuple[str, str, str]]:
    """Every edit as (kind, left text, right text)."""
    return [
        (edit.kind, edit.left.of(left), edit.right.of(right))
        for passage in comparison.passages
        for edit in passage.edits
    ]
