"""Sections and their tables -> HTML."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kejidiff.view.html.marks import fill
from kejidiff.view.html.section import Column, Grid, Row, Section


def sections(listed: Iterable[Section]) -> Markup:
    """One after the other, each with its heading, its tables and what it leaves out."""
    return Markup().join(_section(section) for section in listed)


def wide(table: Grid | None) -> Markup:
    """A table in a box that scrolls by itself where the page is narrow; nothing for None."""
    return fill('<div class="wide">{}</div>', _grid(table)) if table else Markup()


def _section(section: Section) -> Markup:
    return fill(
        '<section id="{}">\n<h2>{}</h2>\n<p class="explain">{}</p>\n{}{}\n<p class="more">{}</p>\n</section>\n',
        section.anchor,
        section.heading,
        section.explained,
        Markup().join(wide(table) for table in section.grids),
        section.html,
        section.more,
    )


def _grid(table: Grid) -> Markup:
    return fill(
        '<table class="{}">\n{}<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n',
        table.name,
        fill("<caption>{}</caption>", table.caption) if table.caption else "",
        Markup().join(fill('<th scope="col" class="{}">{}</th>', one.name, one.label) for one in table.columns),
        Markup().join(_row(row, table.columns) for row in table.rows),
    )


def _row(row: Row, columns: Sequence[Column]) -> Markup:
    first, *others = row.cells
    cells = (
        fill('<td class="{}">{}</td>', column.name, cell) for column, cell in zip(columns[1:], others, strict=True)
    )
    return fill('<tr class="{}"><th scope="row">{}</th>{}</tr>\n', row.name, first, Markup().join(cells))
