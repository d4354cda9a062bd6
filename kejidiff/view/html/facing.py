"""A comparison -> 全文对照: the paragraphs of two documents in rows, left beside right.

What stands beside what: the paragraph pairs of the comparison; and where a passage lies in paragraphs that were not
paired, its first paragraph on either side. Rows follow the left document; what is only on the right stands where the
right document has it. A pair out of that order is *moved*: it stands at its left place, with a note at its right one.
Paragraphs without a partner that follow each other in number are set *apart*, to be folded away.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from markupsafe import Markup

from kejidiff.model import Comparison, ParagraphPair, Tier
from kejidiff.view.html.flank import Flank
from kejidiff.view.html.marks import fill
from kejidiff.view.html.material import Material
from kejidiff.view.numbers import percent

#: Paragraphs without a partner from which on they are folded away; fewer do not push a pair off the screen (a
#: paragraph of a work report is some 140 characters, five lines of a column).
APART: Final = 4


class Link(NamedTuple):
    """Two paragraphs side by side (indexes); `similarity` and `tier` are None where only parts of them agree, and in
    formula, which neither wrote."""

    left: int
    right: int
    similarity: float | None = None
    tier: Tier | None = None
    moved: bool = False
    formula: bool = False


class Half(NamedTuple):
    """One side of a row, empty where it has nothing; `anchor` names its place."""

    html: Markup = Markup()
    anchor: str = ""


class Row(NamedTuple):
    """`kind` is its class in report.css: the tier of a pair; `part` where only parts of two paragraphs agree; `formula`
    for a pair that neither wrote; `rest` for a paragraph whose partner stands elsewhere, `stub` where its text does;
    `lone` for one without a partner, and for two titles."""

    kind: str
    left: Half
    between: Markup
    right: Half


class Block(NamedTuple):
    """Rows to be shown; with `told`, what is said in their place while they are folded away."""

    rows: tuple[Row, ...]
    told: str = ""


def blocks(material: Material, comparison: Comparison, left: Flank, right: Flank) -> tuple[Block, ...]:
    """The rows of a comparison in reading order, long stretches without a partner set apart."""
    found: list[Block] = []
    pending: list[Row] = []
    for lone, group in groupby(_rows(material, links(comparison), left, right), key=lambda row: row.kind == "lone"):
        rows = tuple(group)
        if lone and len(rows) >= APART:
            found += [Block(tuple(pending)), Block(rows, _told(material, rows))]
            pending = []
        else:
            pending += rows
    return tuple(block for block in (*found, Block(tuple(pending))) if block.rows)


def _told(material: Material, rows: Sequence[Row]) -> str:
    lefts = sum(bool(row.left.html) for row in rows)
    numbers = (("left", lefts), ("right", len(rows) - lefts))
    return " · ".join(material.say(f"page.pair.apart.{side}", n=number) for side, number in numbers if number)


def links(comparison: Comparison) -> tuple[Link, ...]:
    """What stands beside what, by left index, each paragraph once; `moved` where a link leaves the common order."""
    found = [_link(pair) for pair in comparison.pairs]
    lefts, rights = {link.left for link in found}, {link.right for link in found}
    for passage in comparison.passages:
        paired = lefts.intersection(passage.left_paragraphs) or rights.intersection(passage.right_paragraphs)
        if paired or not passage.left_paragraphs or not passage.right_paragraphs:
            continue
        found.append(Link(passage.left_paragraphs[0], passage.right_paragraphs[0]))
        lefts.add(found[-1].left)
        rights.add(found[-1].right)
    found += [
        Link(pair.left, pair.right, moved=pair.moved, formula=True)
        for pair in comparison.formula_pairs
        if pair.left not in lefts and pair.right not in rights
    ]
    found.sort(key=lambda link: (link.left, link.right))
    staying = [link for link in found if not link.moved]
    kept = {staying[place] for place in longest_ascent([link.right for link in staying])}
    return tuple(link if link in kept else link._replace(moved=True) for link in found)


def _link(pair: ParagraphPair) -> Link:
    return Link(pair.left, pair.right, pair.similarity, pair.tier, pair.moved)


def longest_ascent(numbers: Sequence[int]) -> list[int]:
    """Indexes of a longest strictly ascending subsequence (patience sorting, n log n)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        tops[pile : pile + 1] = [number]
        piles[pile : pile + 1] = [place]
        before.append(piles[pile - 1] if pile else -1)
    ascent: list[int] = []
    place = piles[-1] if piles else -1
    while place >= 0:
        ascent.append(place)
        place = before[place]
    return ascent[::-1]


def _rows(material: Material, found: Sequence[Link], left: Flank, right: Flank) -> Iterator[Row]:
    moved_left = {link.left: link for link in found if link.moved}
    moved_right = {link.right: link for link in found if link.moved}
    here = there = 0
    ends = Link(len(left.document.paragraphs), len(right.document.paragraphs))
    if _titles_apart(found, left, right):
        yield Row("lone", _half(left, 0), Markup(), _half(right, 0))
        here = there = 1
    for link in (*(link for link in found if not link.moved), ends):
        for index in range(here, link.left):
            moved = moved_left.get(index)
            yield _pair(material, moved, left, right) if moved else _alone(left, index)
        for index in range(there, link.right):
            moved = moved_right.get(index)
            yield _stub(material, moved, left, right) if moved else _alone(right, index)
        if link is not ends:
            yield _pair(material, link, left, right)
        here, there = link.left + 1, link.right + 1


def _titles_apart(found: Sequence[Link], left: Flank, right: Flank) -> bool:
    """Both documents begin with a title line, and neither title has a partner."""
    numbers = [flank.document.paragraphs[0].number for flank in (left, right) if flank.document.paragraphs]
    return numbers == [0, 0] and not any(0 in (link.left, link.right) for link in found)


def _half(flank: Flank, index: int) -> Half:
    cell = flank.cell(index)
    return Half(cell.html, cell.anchor)


def _pair(material: Material, link: Link, left: Flank, right: Flank) -> Row:
    told = [material.term("tier", link.tier) if link.tier else material.say("page.pair.excerpt")]
    if link.formula:
        told = [material.say("mark.formula")]
    if link.similarity is not None:
        told.append(percent(link.similarity))
    if link.moved:
        told.append(f"↷ {material.say('page.pair.moved')}")
    between = Markup("").join(fill("<span>{}</span>", part) for part in told)
    return Row(
        "formula" if link.formula else link.tier or "part", _half(left, link.left), between, _half(right, link.right)
    )


def _stub(material: Material, link: Link, left: Flank, right: Flank) -> Row:
    """What stands at a moved paragraph's own place on the right: its number, and beside which it is shown."""
    told = material.say("page.pair.moved.to", n=left.document.paragraphs[link.left].number)
    moved = fill('<a class="mv" href="#{}">↷ {}</a>', right.anchor(link.right), told)
    return Row("stub", Half(), Markup(), Half(Markup(right.number(link.right)) + moved))


def _alone(flank: Flank, index: int) -> Row:
    cell = flank.cell(index)
    kind, half = "rest" if cell.reused else "lone", Half(cell.html, cell.anchor)
    return Row(kind, half, Markup(), Half()) if flank.side == "left" else Row(kind, Half(), Markup(), half)
