"""A document -> 全文标明: its whole text, what is reused shaded by source, and where in it reuse lies."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from markupsafe import Markup

from kejidiff.model import Document, Paragraph
from kejidiff.span import Span
from kejidiff.view.html.anchors import document_anchor
from kejidiff.view.html.marks import fill, linked, shower
from kejidiff.view.html.material import Material, Named
from kejidiff.view.html.sources import Piece, Source, coloured, held, sources
from kejidiff.view.html.spots import Spots, spots, spotted
from kejidiff.view.numbers import percent
from kejidiff.view.visible import visible_line

#: Sources listed, and named beside one paragraph: of a sentence that a hundred documents hold, more would be a column
#: of figures.
SOURCES: Final = 100
BESIDE: Final = 6


class Marked(NamedTuple):
    """A document's full text: where it stands in the page, its sources, the strip and the lines, as HTML."""

    anchor: str
    name: Named
    sources: Markup
    strip: Markup
    lines: tuple[Markup, ...]


def marked(material: Material, document: Document) -> Marked:
    """The whole document, from its title line to its last paragraph."""
    found = sources(material, document.id)
    all_held = tuple(chain.from_iterable(held(document, source) for source in found))
    text = material.texts[document.id]
    pieces = [piece for piece in coloured(all_held) if not piece.span.of(text).isspace()]
    return Marked(
        anchor=document_anchor(document.id),
        name=material.names[document.id],
        sources=_sources(material, document, found),
        strip=_strip(material, document, pieces),
        lines=tuple(_lines(material, document, pieces, _by_paragraph(document, all_held))),
    )


def _sources(material: Material, document: Document, found: Sequence[Source]) -> Markup:
    """Whom it shares text with, then what it holds of stock sources."""
    items = [
        fill(
            "<li>{} {} <b>{}</b></li>",
            _chip(source, None),
            linked(material.comparison_target(source.comparison), material.names[source.other].html),
            percent(source.share),
        )
        for source in found[:SOURCES]
    ]
    stock = material.result.from_stock.get(document.id, ())
    items += [
        fill(
            '<li><span class="k">{}</span> {} <b>{}</b></li>',
            material.say("page.marked.from-stock"),
            visible_line(f"{held.source} {held.title}"),
            percent(held.reuse),
        )
        for held in stock[:SOURCES]
    ]
    more = material.left_out(found, SOURCES)
    return fill('<ul class="sources">{}</ul><p class="more">{}</p>', Markup("\n").join(items), more)


def _chip(source: Source, anchor: str | None) -> Markup:
    """A source's number in its colour, leading to the same text beside it."""
    if anchor is None:
        return fill('<span class="chip {}">{}</span>', source.colour, source.number)
    return fill('<a class="chip {}" href="#{}">{}</a>', source.colour, anchor, source.number)


def _by_paragraph(document: Document, pieces: Sequence[Piece]) -> dict[int, list[Source]]:
    """Paragraph numbers -> the sources that hold some of the paragraph, each once, in their order."""
    ends = [paragraph.span.end for paragraph in document.paragraphs]
    beside: defaultdict[int, list[Source]] = defaultdict(list)
    for piece in pieces:
        for place in range(bisect_right(ends, piece.span.start), len(ends)):
            paragraph = document.paragraphs[place]
            if paragraph.span.start >= piece.span.end:
                break
            named = beside[paragraph.number]
            if not named or named[-1] is not piece.source:
                named.append(piece.source)
    return beside


def _lines(
    material: Material, document: Document, pieces: Sequence[Piece], beside: dict[int, list[Source]]
) -> Iterator[Markup]:
    text, known = material.texts[document.id], spots(material, document)
    position = document.span.start
    for paragraph in document.paragraphs:
        yield from _between(text, Span(position, paragraph.span.start), known)
        place = _place(document, paragraph)
        html = Markup("".join(_painted(text, paragraph.span, pieces, known)))
        margin = _beside(beside.get(paragraph.number, []), paragraph.number)
        number = fill('<a class="no" href="#{}">¶{}</a>', place, paragraph.number)
        yield fill('<p id="{}">{}{}{}</p>', place, number, html, margin)
        position = paragraph.span.end
    yield from _between(text, Span(position, document.span.end), known)


def _place(document: Document, paragraph: Paragraph) -> str:
    return f"{document_anchor(document.id)}-{paragraph.number}"


def _between(text: str, window: Span, known: Spots) -> Iterator[Markup]:
    """What stands between two paragraphs, unless it is blank."""
    if window.of(text).strip():
        yield fill('<p class="between">{}</p>', Markup(spotted(text, window.start, window.end, known).strip()))


def _beside(found: Sequence[Source], number: int) -> Markup:
    if not found:
        return Markup()
    chips = Markup("").join(_chip(source, source.place(number)) for source in found[:BESIDE])
    return fill('<span class="by">{}{}</span>', chips, f"+{len(found) - BESIDE}" if len(found) > BESIDE else "")


def _painted(text: str, window: Span, pieces: Sequence[Piece], known: Spots) -> Iterator[str]:
    position = window.start
    show = shower(window.of(text))
    first = bisect_right(pieces, window.start, key=lambda piece: piece.span.end)
    last = bisect_left(pieces, window.end, key=lambda piece: piece.span.start)
    for piece in pieces[first:last]:
        span = piece.span.clipped(window)
        yield spotted(text, position, span.start, known, show)
        yield f'<mark class="{piece.classes}">{spotted(text, span.start, span.end, known, show)}</mark>'
        position = span.end
    yield spotted(text, position, window.end, known, show)


def _strip(material: Material, document: Document, pieces: Sequence[Piece]) -> Markup:
    """The document from top to bottom, ten thousand units high; each piece leads to its paragraph.

    A piece is 20 units high at least: on a strip as high as a screen a single sentence can still be seen and hit.
    """
    length = max(1, document.span.length)
    starts = [paragraph.span.start for paragraph in document.paragraphs]
    stripes = []
    for piece in pieces:
        start, end = ((edge - document.span.start) * 10000 // length for edge in piece.span)
        paragraph = document.paragraphs[max(0, bisect_right(starts, piece.span.start) - 1)]
        stripe = '<a href="#{}"><rect class="{}" y="{}" width="10" height="{}"/></a>'
        stripes.append(fill(stripe, _place(document, paragraph), piece.classes, start, max(20, end - start)))
    return fill(
        '<svg class="strip" viewBox="0 0 10 10000" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        material.say("page.marked.strip"),
        Markup("").join(stripes),
    )
