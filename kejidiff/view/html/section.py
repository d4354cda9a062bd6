"""Findings -> sections of the page above its evidence: headings, tables, notes.

Cells are `str`, which is escaped where it is filled in, or `Markup`, made from `marks.fill`.
"""

from typing import NamedTuple

from markupsafe import Markup


class Column(NamedTuple):
    """`name` is a class of report.css: `right` for flush right, `broad` for the widest."""

    label: str
    name: str = ""


class Row(NamedTuple):
    """`cells[0]` heads the row."""

    cells: tuple[str | Markup, ...]
    name: str = ""


class Grid(NamedTuple):
    """A table; `name` is a class of report.css. `caption` is empty where the section's heading says it all."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str | Markup = ""


class Section(NamedTuple):
    """`more` says what was left out and where it is; empty where nothing was."""

    anchor: str
    heading: str
    explained: str = ""
    grids: tuple[Grid, ...] = ()
    html: Markup = Markup()
    more: str = ""
