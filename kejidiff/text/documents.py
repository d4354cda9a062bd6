"""SourceText -> Documents: repair, chrome, pages, split, segment, fold, in that order, each handed on as a value."""

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kejidiff.model import Document, Exclusion, FoldedText, Paragraph, Repair, SourceText
from kejidiff.span import Span
from kejidiff.text.chrome import find_chrome
from kejidiff.text.countable import countable_before
from kejidiff.text.fold import codes_of
from kejidiff.text.folded import fold_reading
from kejidiff.text.pages import find_page_marks
from kejidiff.text.places import places_of
from kejidiff.text.reading import read_as
from kejidiff.text.repair import find_repairs, find_unreadable
from kejidiff.text.script import script_of
from kejidiff.text.segment import find_paragraphs
from kejidiff.text.split import Section, find_sections
from kejidiff.text.years import years_of

if TYPE_CHECKING:
    from kejidiff.model.document import Script


def find_documents(source: SourceText, ordinal: int | None = None) -> tuple[Document, ...]:
    """The reports of one file, in order; none where nothing readable is left. With `ordinal` that one alone, if there
    is one: to fold a report takes longer than to find it."""
    text = source.text
    repairs = find_repairs(text)
    unreadable = [Exclusion(span, "unreadable") for span in find_unreadable(text, repairs)]
    excluded = _disjoint([*source.marked, *find_chrome(text), *find_page_marks(text), *unreadable])
    found = find_sections(text, excluded, whole=source.format in ("json-line", "parquet-row"))
    around = _around([section.span for section in found.sections], _disjoint([*excluded, *found.prefaces]))
    return tuple(
        _declared(_document(source, number, section, repairs, excluded), around.get(number, []))
        for number, section in enumerate(found.sections, start=1)
        if ordinal in (None, number)
    )


def _around(spans: list[Span], excluded: tuple[Exclusion, ...]) -> dict[int, list[Exclusion]]:
    """By ordinal: what is excluded around a document; it lies in no span, but is no report and must be said.

    What stands behind a document and before the next belongs to the first of them, what stands before all to the first.
    """
    around: dict[int, list[Exclusion]] = {}
    starts = [span.start for span in spans]
    for exclusion in excluded:
        if spans and not any(exclusion.span.overlaps(span) for span in spans):
            around.setdefault(max(bisect_right(starts, exclusion.span.start), 1), []).append(exclusion)
    return around


def _declared(document: Document, around: list[Exclusion]) -> Document:
    return replace(document, excluded=tuple(sorted((*document.excluded, *around), key=lambda one: one.span)))


def _document(
    source: SourceText, ordinal: int, section: Section, repairs: tuple[Repair, ...], excluded: tuple[Exclusion, ...]
) -> Document:
    text, span = source.text, section.span
    inside = _clipped(excluded, span)
    mended = tuple(
        repair
        for repair in repairs
        if span.contains(repair.span) and not any(repair.span.overlaps(exclusion.span) for exclusion in inside)
    )
    paragraphs = _numbered(find_paragraphs(text, span, inside), section.title_span)
    starts = np.array([paragraph.span.start for paragraph in paragraphs], dtype=np.int32)
    folded = fold_reading(read_as(text, span, mended, inside), starts)
    return Document(
        id=f"{source.path}#{ordinal}",
        path=source.path,
        ordinal=ordinal,
        title=section.title,
        span=span,
        script=_script_of(text, folded),
        paragraphs=paragraphs,
        excluded=inside,
        repaired=mended,
        folded=folded,
        countable_before=countable_before(text, span, mended, inside),
        years=years_of(section.title, span.of(text)),
        places=places_of(section.title, folded.text),
    )


def _clipped(exclusions: tuple[Exclusion, ...], window: Span) -> tuple[Exclusion, ...]:
    return tuple(
        Exclusion(exclusion.span.clipped(window), exclusion.reason)
        for exclusion in exclusions
        if exclusion.span.overlaps(window)
    )


def _disjoint(exclusions: list[Exclusion]) -> tuple[Exclusion, ...]:
    """Ascending, the earlier start winning where two meet."""
    kept: list[Exclusion] = []
    for exclusion in sorted(exclusions, key=lambda exclusion: exclusion.span):
        start = max(exclusion.span.start, kept[-1].span.end if kept else 0)
        if start < exclusion.span.end:
            kept.append(Exclusion(Span(start, exclusion.span.end), exclusion.reason))
    return tuple(kept)


def _numbered(spans: tuple[Span, ...], title: Span | None) -> tuple[Paragraph, ...]:
    titled = bool(spans) and title is not None and spans[0].overlaps(title)
    return tuple(Paragraph(span, number) for number, span in enumerate(spans, start=0 if titled else 1))


def _script_of(text: str, folded: FoldedText) -> "Script":
    """Which script the Hanzi are written in."""
    plain = codes_of(folded.text)
    single = folded.ends - folded.starts == 1
    hanzi = single & (plain >= 0x4E00) & (plain <= 0x9FFF)
    original = codes_of(text)[folded.starts[hanzi]]
    return script_of(int(hanzi.sum()), int(np.sum(original != plain[hanzi])))
