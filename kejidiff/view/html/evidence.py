"""Material -> the evidence: each pair side by side with its passages, each document with reuse in full."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from kejidiff.model import Comparison, Document
from kejidiff.view.html import fragments
from kejidiff.view.html.anchors import comparison_anchor, document_anchor, passage_anchor
from kejidiff.view.html.facing import Block, blocks
from kejidiff.view.html.flank import flank
from kejidiff.view.html.marked import Marked, marked
from kejidiff.view.html.marks import fill
from kejidiff.view.html.material import Material, Named
from kejidiff.view.html.pairs import finding, formula_told, share
from kejidiff.view.html.section import Column, Grid, Row
from kejidiff.view.numbers import count, percent

#: Pairs and full texts that stand open when the page is opened; the others open by a click or by a link to them.
OPEN_PAIRS: Final = 3
OPEN_TEXTS: Final = 2

#: Passages listed for one pair (all are marked in its text), and up to how many the list stands open.
PASSAGES: Final = 200
OPEN_PASSAGES: Final = 12

_COLUMNS: Final = (
    ("number", ""), ("left", ""), ("right", ""), ("tier", ""), ("similarity", "right"), ("characters", "right"),
    ("commonness", "right"), ("kinds", "broad"),
)  # fmt: skip


_FORMULA: Final = (
    ("left", ""), ("right", ""), ("characters", "right"), ("commonness", "right"), ("text", "broad"),
)  # fmt: skip


class Side(NamedTuple):
    """One document of a pair: what it is called, how much of it is shared, where its full text stands."""

    label: str
    name: Named
    share: Markup
    target: str | None


class Facing(NamedTuple):
    """A pair as it is laid out: what is said about it, its passages, its rows."""

    anchor: str
    number: int
    sides: tuple[Side, Side]
    finding: Markup
    passages: Grid
    passages_told: str
    passages_open: bool
    passages_left_out: str
    formula: Grid | None
    fragments: Grid | None
    blocks: tuple[Block, ...]
    open: bool


class Text(NamedTuple):
    """A document in full; `told` are its counts."""

    marked: Marked
    total: str
    told: str
    open: bool


def facings(material: Material) -> Iterator[Facing]:
    """The pairs the page lays out, numbered as in its list of pairs (a prefix of which they are)."""
    for number, comparison in enumerate(material.facing, 1):
        sides = flank(material, comparison, "left"), flank(material, comparison, "right")
        yield facing(material, comparison, number, blocks(material, comparison, *sides))


def facing(material: Material, comparison: Comparison, number: int, laid_out: tuple[Block, ...]) -> Facing:
    """A pair with the rows of its text."""
    left, right = material.documents[comparison.left], material.documents[comparison.right]
    passages = comparison.passages
    return Facing(
        anchor=comparison_anchor(comparison.left, comparison.right),
        number=number,
        sides=(
            _side(material, "side.left", left.id, comparison.left_reuse),
            _side(material, "side.right", right.id, comparison.right_reuse),
        ),
        finding=finding(material, comparison),
        passages=_passages(material, comparison, left, right),
        passages_told=material.say("pair.passages", n=len(passages)),
        passages_open=len(passages) <= OPEN_PASSAGES,
        passages_left_out=material.left_out(passages, PASSAGES),
        formula=_formula(material, comparison, left, right),
        fragments=fragments.runs(material, comparison, _fragments_told(material, comparison)),
        blocks=laid_out,
        open=number <= OPEN_PAIRS,
    )


def _side(material: Material, key: str, document_id: str, reuse: float) -> Side:
    target = document_anchor(document_id) if document_id in material.marked else None
    return Side(material.say(key), material.names[document_id], share(material, document_id, reuse), target)


def _passages(material: Material, comparison: Comparison, left: Document, right: Document) -> Grid:
    rows = []
    for number, passage in enumerate(comparison.passages[:PASSAGES], 1):
        anchor = passage_anchor(comparison.left, comparison.right, number)
        cells = (
            fill('<a href="#{}">§{}</a>', anchor, number),
            _range(left, passage.left_paragraphs),
            _range(right, passage.right_paragraphs),
            material.term("tier", passage.tier),
            percent(passage.similarity),
            count(left.countable_in(passage.left)),
            material.say("page.pair.commonness", n=passage.commonness),
            " · ".join(material.term("kind", kind) for kind in passage.kinds),
        )
        rows.append(Row(cells))
    columns = tuple(Column(material.say(f"page.column.{key}"), name) for key, name in _COLUMNS)
    return Grid("passages", columns, tuple(rows))


def _formula(material: Material, comparison: Comparison, left: Document, right: Document) -> Grid | None:
    """Passages that neither wrote, greyed; None where there are none, or they are not wanted."""
    found = comparison.formula
    if not found or material.phrases == "exclude":
        return None
    rows = tuple(
        Row(
            (
                _range(left, passage.left_paragraphs),
                _range(right, passage.right_paragraphs),
                count(left.countable_in(passage.left)),
                material.say("page.pair.commonness", n=passage.commonness),
                fragments.excerpt(passage.left.of(material.texts[left.id])),
            )
        )
        for passage in found[:PASSAGES]
    )
    columns = tuple(Column(material.say(f"page.column.{key}"), name) for key, name in _FORMULA)
    told = formula_told(material, comparison)
    more = material.left_out(found, PASSAGES)
    return Grid("formula", columns, rows, material.say("page.because", what=told, why=more) if more else told)


def _fragments_told(material: Material, comparison: Comparison) -> str:
    found = comparison.alignment.fragments
    told = material.say("pair.fragments", n=len(found))
    more = material.left_out(found, fragments.RUNS)
    return material.say("page.because", what=told, why=more) if more else told


def _range(document: Document, indexes: Sequence[int]) -> str:
    """Paragraph numbers as people see them."""
    if not indexes:
        return "—"
    first, last = document.paragraphs[indexes[0]].number, document.paragraphs[indexes[-1]].number
    return f"¶{first}" if first == last else f"¶{first}–{last}"


def texts(material: Material) -> Iterator[Text]:
    """The documents of the pairs laid out, each once, in the order in which the pairs name them."""
    for place, document_id in enumerate(material.marked):
        stats = material.stats(document_id)
        of = material.say("page.of.characters", part=stats.reused, whole=stats.countable)
        told = material.say(
            "page.marked.sum", verbatim=stats.verbatim, light=stats.light, rewritten=stats.rewritten, stock=stats.stock
        )
        text = marked(material, material.documents[document_id])
        yield Text(text, percent(stats.total), f"{of} · {told}", place < OPEN_TEXTS)
