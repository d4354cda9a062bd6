"""Findings -> sections of the page above its evidence: headings, tables, notes.

Cells are `str`, which the template escapes, or `Markup`, made from `marks.fill`. Why so little is left to the template:
compiling one costs 0.16 ms for each tag in it, and the page is made at the end of every scan.
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
