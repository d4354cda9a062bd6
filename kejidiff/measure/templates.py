"""Comparisons, what of each document stands in stock sources -> comparisons whose shared template text is formula.

Two reports that fill in one form, or that both quote one superior's document, share its text without having copied
from each other. So each passage is parted where that text begins and ends: what stands in a stock source on either side
goes to `Comparison.formula`, what the two share beside it stays a passage, in full, and what each filled in by itself
is neither.

Terms: a *tile* is an edit or the equal stretch between two edits, cut where stock text begins or ends; a *section* is
tiles in a row that are all stock or all the reports' own. Either side is enough, because a report that has reworded the
form still has the form's text, and the other one did not write it either.
Limitation: own text under `_LEAST` equal characters inside a form goes with the form: a name, a date, a figure.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from kejidiff.model import Alignment, Comparison, Document, Edit, FromStock, ParagraphPair, Passage, Tier
from kejidiff.span import Span, merged, without

#: Equal countable characters from which a section stands by itself, and up to which a filled-in one belongs to the form
#: around it: a date, a unit's full name, a sum with its unit stay below; the shortest sentence that is looked for as
#: reuse has 20.
_LEAST = 20
#: Least share of the shorter side of an own section that is equal: two unlike fillings of one blank share .1 to .2 of
#: their characters by chance, an edited copy more than half.
_ALIKE = 0.5
#: A filled-in stretch from this length on is the report's own and not the form's; shorter ones are a word or a figure
#: for a blank (no edit that is called a word for a word is longer).
_FILLING = 8

#: Of two folded texts, how alike they are, 0 to 1.
Likeness = Callable[[str, str], float]


class _Tile(NamedTuple):
    left: Span
    right: Span
    edit: Edit | None
    stock: bool


class _Section(NamedTuple):
    """`equal`: countable characters of its tiles that are no edit, or only one of script or punctuation."""

    stock: bool
    tiles: tuple[_Tile, ...]
    equal: int

    @property
    def left(self) -> Span:
        return Span(self.tiles[0].left.start, self.tiles[-1].left.end)

    @property
    def right(self) -> Span:
        return Span(self.tiles[0].right.start, self.tiles[-1].right.end)


def standing_in_stock(found: Mapping[str, Sequence[FromStock]]) -> dict[str, tuple[Span, ...]]:
    """By document id: the text that stands in stock sources, less what was filled in; ascending, disjoint."""
    return {
        document_id: merged(span for source in sources for span in standing(source.passages))
        for document_id, sources in found.items()
    }


def standing(passages: Sequence[Passage]) -> tuple[Span, ...]:
    """What of the left document's passages stands in the right one, less stretches filled in or rewritten."""
    return merged(
        span
        for passage in passages
        for span in without(passage.left, [edit.left for edit in passage.edits if _filled(edit)])
    )


def without_templates(
    comparison: Comparison,
    documents: tuple[Document, Document],
    held: Mapping[str, Sequence[Span]],
    likeness: Likeness,
    light_from: float,
) -> Comparison:
    """The comparison with what both took from stock sources as formula; itself, unchanged, where that is nothing.

    `held` as `standing_in_stock` gives it; `light_from` is the similarity from which a part is `light`. What depends on
    the passages (ratios, direction, substitutions, figures) is not measured again here.
    """
    holes = held.get(comparison.left, ()), held.get(comparison.right, ())
    kept: list[Passage] = []
    formula: list[Passage] = []
    for passage in comparison.passages:
        inside = _within(holes[0], passage.left), _within(holes[1], passage.right)
        sections = _sections(passage, documents[0], inside) if any(inside) else []
        if not any(section.stock for section in sections):
            kept.append(passage)
            continue
        for section in sections:
            if section.stock or _stands(documents[0], section):
                part = passage if len(sections) == 1 else _part(section, documents, likeness, light_from)
                (formula if section.stock else kept).append(part)
    if not formula:
        return comparison
    pairs = tuple(pair for pair in comparison.pairs if _holds(kept, pair))
    rest = tuple(pair for pair in comparison.pairs if not _holds(kept, pair))
    alignment = Alignment(tuple(kept), pairs, comparison.alignment.fragments)
    every = sorted((*comparison.formula, *formula), key=lambda passage: passage.left)
    return comparison._replace(
        alignment=alignment, formula=tuple(every), formula_pairs=(*comparison.formula_pairs, *rest)
    )


def with_holders(comparisons: Iterable[Comparison], every: Iterable[Comparison]) -> list[Comparison]:
    """The comparisons, with `commonness` of their formula counted over `every` comparison of the scan.

    A document holds a formula when one of its own with the same left document covers half of it; what is known already
    of more holders stays.
    """
    held: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
    for comparison in every:
        for passage in comparison.formula:
            held[comparison.left].append((passage.left, comparison.right))
            held[comparison.right].append((passage.right, comparison.left))

    def counted(comparison: Comparison, passage: Passage) -> Passage:
        others = {
            other
            for span, other in held[comparison.left]
            if 2 * span.clipped(passage.left).length >= passage.left.length
        }
        return passage._replace(commonness=max(passage.commonness, len(others) + 1))

    return [
        comparison._replace(formula=tuple(counted(comparison, passage) for passage in comparison.formula))
        for comparison in comparisons
    ]


def _holds(passages: Sequence[Passage], pair: ParagraphPair) -> bool:
    return any(pair.left in one.left_paragraphs and pair.right in one.right_paragraphs for one in passages)


def _sections(passage: Passage, document: Document, holes: tuple[Sequence[Span], Sequence[Span]]) -> list[_Section]:
    """The passage in sections by turns stock and own. Small stock ones have gone with the own text around them, then
    small own ones with the stock text; no section but a whole passage begins or ends with what was filled in."""
    found = _grouped(document, tuple(_tiles(passage, *holes)))
    found = _regrouped(document, found, lambda one: one.stock and one.equal >= _LEAST)
    found = _regrouped(document, found, lambda one: one.stock or _small(document, one))
    return found if len(found) < 2 else [_trimmed(document, section) for section in found]


def _small(document: Document, section: _Section) -> bool:
    return max(document.countable_in(section.left), section.right.length) < _LEAST


def _stands(document: Document, section: _Section) -> bool:
    """True where an own section is a copy: enough of it is equal."""
    shorter = min(document.countable_in(section.left), section.right.length)
    return section.equal >= _LEAST and section.equal >= _ALIKE * shorter


def _regrouped(document: Document, found: Sequence[_Section], stock: Callable[[_Section], bool]) -> list[_Section]:
    return _grouped(document, [tile._replace(stock=stock(one)) for one in found for tile in one.tiles])


def _trimmed(document: Document, section: _Section) -> _Section:
    """Without long fillings and line ends at either end."""
    tiles = list(section.tiles)
    while len(tiles) > 1 and _idle(document, tiles[0], before=True):
        tiles.pop(0)
    while len(tiles) > 1 and _idle(document, tiles[-1], before=False):
        tiles.pop()
    touched = _paragraphs(document, Span(tiles[0].left.start, tiles[-1].left.end))
    if touched:
        lead = document.paragraphs[touched[0]].span.start - tiles[0].left.start
        tail = tiles[-1].left.end - document.paragraphs[touched[-1]].span.end
        if tiles[0].edit is None and 0 < lead < tiles[0].left.length:
            tiles[0] = _shortened(tiles[0], lead, 0)
        if tiles[-1].edit is None and 0 < tail < tiles[-1].left.length:
            tiles[-1] = _shortened(tiles[-1], 0, tail)
    return section._replace(tiles=tuple(tiles))


def _idle(document: Document, tile: _Tile, before: bool) -> bool:
    """True for a long filling, and for marks left over before the first word."""
    if tile.edit is not None:
        return _filled(tile.edit)
    return before and not document.countable_in(tile.left)


def _shortened(tile: _Tile, lead: int, tail: int) -> _Tile:
    left, right = (Span(side.start + lead, side.end - tail) for side in (tile.left, tile.right))
    return tile._replace(left=left, right=right)


def _grouped(document: Document, tiles: Sequence[_Tile]) -> list[_Section]:
    groups: list[list[_Tile]] = []
    for tile in tiles:
        if groups and groups[-1][0].stock == tile.stock:
            groups[-1].append(tile)
        else:
            groups.append([tile])
    return [
        _Section(
            group[0].stock,
            tuple(group),
            sum(document.countable_in(tile.left) for tile in group if tile.edit is None or not _told(tile.edit)),
        )
        for group in groups
    ]


def _tiles(passage: Passage, left_holes: Sequence[Span], right_holes: Sequence[Span]) -> Iterator[_Tile]:
    here, there = passage.left.start, passage.right.start
    end = Edit("script", Span(passage.left.end, passage.left.end), Span(passage.right.end, passage.right.end))
    for edit in (*passage.edits, end):
        yield from _equal(Span(here, edit.left.start), there, left_holes, right_holes)
        if edit.left.length or edit.right.length:
            yield _Tile(*edit[1:], edit, _mostly(edit.left, left_holes) and _mostly(edit.right, right_holes))
        here, there = edit.left.end, edit.right.end


def _equal(left: Span, right: int, left_holes: Sequence[Span], right_holes: Sequence[Span]) -> Iterator[_Tile]:
    """An equal stretch, cut at the edges of stock text on both sides; `right` is where it begins there."""
    shift = right - left.start
    near, far = _within(left_holes, left), _within(right_holes, Span(right, right + left.length))
    edges = {edge for hole in near for edge in hole} | {edge - shift for hole in far for edge in hole}
    cuts = [left.start, *sorted(edge for edge in edges if left.start < edge < left.end), left.end]
    for start, end in pairwise(cuts):
        if start < end:
            own, other = Span(start, end), Span(start + shift, end + shift)
            stock = any(hole.contains(own) for hole in near) or any(hole.contains(other) for hole in far)
            yield _Tile(own, other, None, stock)


def _within(holes: Sequence[Span], window: Span) -> Sequence[Span]:
    """Those of `holes` (ascending, disjoint) that share a character with the window."""
    first = bisect_right(holes, window.start, key=lambda hole: hole.end)
    return holes[first : max(first, bisect_left(holes, window.end, key=lambda hole: hole.start))]


def _mostly(span: Span, holes: Sequence[Span]) -> bool:
    """At least half of an edit's side stands in stock text; of an empty side nothing stands elsewhere."""
    return 2 * sum(span.clipped(hole).length for hole in _within(holes, span)) >= span.length


def _filled(edit: Edit) -> bool:
    """True for what was filled in, left out or rewritten at length."""
    return _told(edit) and max(edit.left.length, edit.right.length) > _FILLING


def _told(edit: Edit) -> bool:
    """False for what folds alike: script and punctuation."""
    return edit.kind not in ("script", "punctuation")


def _part(section: _Section, documents: tuple[Document, Document], likeness: Likeness, light_from: float) -> Passage:
    """A section as a passage of its own."""
    folded = documents[0].folded
    edits = tuple(tile.edit for tile in section.tiles if tile.edit is not None)
    told = [edit for edit in edits if _told(edit)]
    texts = folded.within(section.left), documents[1].folded.within(section.right)
    similarity = likeness(*texts) if told else 1.0
    changed: Tier = "light" if similarity >= light_from else "rewritten"
    begins = [section.left.start, *(edit.left.end for edit in told)]
    ends = [*(edit.left.start for edit in told), section.left.end]
    return Passage(
        left=section.left,
        right=section.right,
        similarity=similarity,
        tier=changed if told else "verbatim",
        edits=edits,
        left_paragraphs=_paragraphs(documents[0], section.left),
        right_paragraphs=_paragraphs(documents[1], section.right),
        longest_run=max(len(folded.within(Span(start, end))) for start, end in zip(begins, ends, strict=True)),
    )


def _paragraphs(document: Document, span: Span) -> tuple[int, ...]:
    """Indexes of those that have more than marks in the span."""
    return tuple(
        index
        for index, paragraph in enumerate(document.paragraphs)
        if document.countable_in(paragraph.span.clipped(span))
    )
