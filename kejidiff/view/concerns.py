"""A checked draft -> what its writer should look at before it is published: 发布前请核对, the same in every view.

Left-over names, units and years that belong to what was copied, slips that both texts hold, figures that are the
source's to the last digit, and what a file was read with reservations for. Texts are the original's, not yet made
visible.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kejidiff.model import Comparison, Document, Reservation, ScanResult
from kejidiff.model.check import CheckResult, DraftCheck
from kejidiff.span import Span, merged
from kejidiff.view.carried import context, number_of
from kejidiff.view.messages import message

#: The graver first; `figures` are telling figures carried over, a paragraph's together.
KINDS: Final = ("evasion-suspected", "place", "unit", "year", "mistake", "figure", "figures", "decode-replaced")


class Concern(NamedTuple):
    """One thing to look at.

    span      where it stands in the draft's file; None where that is not known
    number    of its paragraph; None outside every paragraph
    source    id of the document it came from; "" where there is none
    origin    paragraph number over there
    own       what the draft itself says: its place, its year; of a slip the usual form; of a reservation what it is
    figures   how many stand in the paragraph
    """

    kind: str
    span: Span | None
    number: int | None
    before: str = ""
    text: str = ""
    after: str = ""
    source: str = ""
    origin: int | None = None
    own: str = ""
    figures: int = 1

    @property
    def certain(self) -> bool:
        """True for what is hardly ever meant, False for what is to be looked at."""
        return self.kind not in ("figures", "decode-replaced")


def concerns(result: CheckResult, draft: DraftCheck) -> tuple[Concern, ...]:
    """By kind, then by place; what several sources have in common once, under the source that shares most."""
    if not draft.document:
        return ()
    scan, document = result.scan, result.scan.document(draft.document)
    ranks = {source.id: place for place, source in enumerate(draft.sources)}
    found = [*_reservations(scan, document)]
    shared = [one for one in scan.comparisons if draft.document in (one.left, one.right)]
    for comparison in sorted(shared, key=lambda one: ranks[_other(one, document.id)]):
        found += _carried(scan, comparison, document)
    found += _figures(scan, shared, document, ranks)
    first: dict[tuple[str, Span | None, str], Concern] = {}
    for one in found:
        first.setdefault((one.kind, one.span, one.own if one.span is None else ""), one)
    ordered = sorted(first.values(), key=lambda one: (KINDS.index(one.kind), one.span or Span(0, 0)))
    return tuple(ordered)


def by_source(found: Iterable[Concern]) -> list[tuple[Concern, tuple[int, ...]]]:
    """Each with the numbers of its paragraphs, figures carried over from one source as one: a list to be read."""
    listed: list[tuple[Concern, tuple[int, ...]]] = []
    figures: dict[str, tuple[int, list[int]]] = {}
    for one in found:
        numbers = () if one.number is None else (one.number,)
        if one.kind == "figures" and one.source in figures:
            at, seen = figures[one.source]
            seen += numbers
            first = listed[at][0]
            listed[at] = first._replace(figures=first.figures + one.figures), tuple(sorted(set(seen)))
            continue
        if one.kind == "figures":
            figures[one.source] = len(listed), list(numbers)
        listed.append((one, numbers))
    return listed


def ranges(numbers: Sequence[int], lang: str) -> str:
    """Ascending paragraph numbers in words: `第 4–9、11 段`; 0 is the title line."""
    runs: list[list[int]] = []
    for number in numbers:
        if number == 0:
            continue
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    told = message("comma", lang).join("–".join(map(str, run)) for run in runs)
    words = [message("show.title", lang)] if 0 in numbers else []
    words += [message("check.paragraphs", lang, numbers=told)] if told else []
    return message("comma", lang).join(words)


def _other(comparison: Comparison, name: str) -> str:
    return comparison.right if comparison.left == name else comparison.left


def _reservations(scan: ScanResult, document: Document) -> Iterator[Concern]:
    """Those of its span; what is told of a place outside every report of the file, of the first of them."""
    beside = [one for one in scan.documents if one.path == document.path and one.id != document.id]
    first = all(document.ordinal < one.ordinal for one in beside)
    for warning in scan.source(document.path).warnings:
        if warning.reason in KINDS and _concerns(warning, document, beside if first else None):
            number = number_of(document, warning.span) if warning.span else None
            yield Concern(warning.reason, warning.span, number, own=warning.message)


def _concerns(warning: Reservation, document: Document, beside: Sequence[Document] | None) -> bool:
    """`beside`: the file's other reports, where this one answers for what stands in none of them."""
    span = warning.span
    if span is None or span.overlaps(document.span):
        return True
    return beside is not None and not any(span.overlaps(one.span) for one in beside)


def _carried(scan: ScanResult, comparison: Comparison, document: Document) -> Iterator[Concern]:
    """Left-overs in the draft (what was left over in the source is its own writer's), and slips."""
    side = "left" if comparison.left == document.id else "right"
    other = scan.document(_other(comparison, document.id))
    text = scan.text_of(document)
    for one in comparison.left_overs:
        if one.side == side:
            words = context(text, one.span)
            yield Concern(
                one.kind, one.span, number_of(document, one.span), *words, other.id, number_of(other, one.origin),
                _own(document, one.kind, words[1]),
            )  # fmt: skip
    for slip in comparison.mistakes:
        here, there = (slip.left, slip.right) if side == "left" else (slip.right, slip.left)
        yield Concern(
            "mistake", here, number_of(document, here), *context(text, here), other.id, number_of(other, there),
            slip.expected,
        )  # fmt: skip


def _own(document: Document, kind: str, text: str) -> str:
    """The place or year that the draft itself goes by; "" where it names none but this one."""
    if kind == "place":
        return next((place for place in document.places if place not in text), "")
    return next((str(year) for year in document.years if str(year) not in text), "") if kind == "year" else ""


def _figures(
    scan: ScanResult, shared: Iterable[Comparison], document: Document, ranks: dict[str, int]
) -> Iterator[Concern]:
    """Telling figures that are the same over there, a paragraph's together."""
    starts = [paragraph.span.start for paragraph in document.paragraphs]
    found: dict[int, dict[Span, tuple[int, str, Span]]] = {}
    for comparison in shared:
        source = _other(comparison, document.id)
        for left, right in comparison.figures.carried:
            here, there = (left, right) if comparison.left == document.id else (right, left)
            place = found.setdefault(bisect_right(starts, here.start) - 1, {})
            place[here] = min(place.get(here, (ranks[source], source, there)), (ranks[source], source, there))
    for spans in found.values():
        first = min(spans)
        _, source, there = min(spans.values())
        text = scan.text_of(document)
        words = message("comma", "zh").join(span.of(text) for span in merged(spans))
        yield Concern(
            "figures", first, number_of(document, first), "", words, "", source,
            number_of(scan.document(source), there), figures=len(spans),
        )  # fmt: skip
