"""The evidence, as it is laid out -> HTML: an article for each pair side by side, one for each text in full."""

from typing import Final

from markupsafe import Markup

from kejidiff.view.html.evidence import Facing, Side, Text
from kejidiff.view.html.facing import Block, Half, Row
from kejidiff.view.html.grids import wide
from kejidiff.view.html.legends import Legends
from kejidiff.view.html.marks import fill
from kejidiff.view.html.material import Material, Named

_PAIR: Final = """\
<article class="pair" id="{}">
<h3><span class="num">{}</span> {} ⇄ {}</h3>
<div class="sides">
{}</div>
{}
{}{}{}{}</article>
"""
_PASSAGES: Final = """\
<details class="list"{}>
<summary>{} <small>{}</small></summary>
{}
<p class="more">{}</p>
</details>
"""
_SIDE_BY_SIDE: Final = """\
<details class="text"{}>
<summary>{}</summary>
{}
<div class="heads" aria-hidden="true"><span>{}</span><span>{}</span></div>
{}</details>
"""
_BLOCK: Final = """\
<table class="facing">
<colgroup><col><col class="mid"><col></colgroup>
<thead><tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead>
<tbody>
{}</tbody>
</table>
"""
_FULL: Final = """\
<article class="full" id="{}">
<h3>{}</h3>
<p class="find"><strong>{}</strong> {}</p>
{}
<details class="text"{}>
<summary>{} <small>{}</small></summary>
{}
<div class="sheet">
<div class="rail">{}</div>
<div class="lines" lang="{}">
{}</div>
</div>
</details>
</article>
"""


def pair(facing: Facing, title: str, legends: Legends, material: Material) -> Markup:
    """A pair: what is said about it, its passages, its rows under their title."""
    left, right = (side.name for side in facing.sides)
    return fill(
        _PAIR,
        facing.anchor,
        facing.number,
        left.html,
        right.html,
        Markup().join(_side(side, material) for side in facing.sides),
        facing.finding,
        fill(
            _PASSAGES,
            _open(facing.passages_open),
            material.say("page.passages"),
            facing.passages_told,
            wide(facing.passages),
            facing.passages_left_out,
        ),
        wide(facing.formula),
        wide(facing.fragments),
        fill(
            _SIDE_BY_SIDE,
            _open(facing.open),
            title,
            legends.facing,
            left.html,
            right.html,
            Markup().join(_block(block, left, right, material) for block in facing.blocks),
        ),
    )


def full(text: Text, legends: Legends, material: Material) -> Markup:
    """A document in full."""
    marked = text.marked
    return fill(
        _FULL,
        marked.anchor,
        marked.name.html,
        text.total,
        text.told,
        marked.sources,
        _open(text.open),
        material.say("page.marked"),
        marked.name.id,
        legends.marked,
        marked.strip,
        marked.name.language,
        Markup().join(fill("{}\n", line) for line in marked.lines),
    )


def _side(side: Side, material: Material) -> Markup:
    link = fill(' <a href="#{}">{}</a>', side.target, material.say("page.marked")) if side.target else ""
    own = fill("<small>{}</small>", side.name.id) if side.name.id != side.name.label else ""
    return fill("<p><b>{}</b> {}{} {}</p>", side.label, side.share, link, own)


def _block(block: Block, left: Named, right: Named, material: Material) -> Markup:
    table = fill(
        _BLOCK,
        left.html,
        material.say("page.column.tier"),
        right.html,
        Markup().join(_row(row, left.language, right.language) for row in block.rows),
    )
    return fill('<details class="apart"><summary>{}</summary>{}</details>', block.told, table) if block.told else table


def _row(row: Row, left: str, right: str) -> Markup:
    cells = _half(row.left, left), row.between, _half(row.right, right)
    return fill('<tr class="{}">{}<td>{}</td>{}</tr>\n', row.kind, *cells)


def _half(half: Half, language: str) -> Markup:
    anchor = fill(' id="{}"', half.anchor) if half.anchor else ""
    return fill('<td lang="{}"{}>{}</td>', language, anchor, half.html)


def _open(wanted: bool) -> str:
    return " open" if wanted else ""
