"""Comparison -> 零星雷同: verbatim runs outside every passage, listed with where they stand.

They are too short to say anything by themselves and count in no ratio; they are listed so that none is missed.
"""

from bisect import bisect_right
from typing import Final

from markupsafe import Markup

from kejidiff.model import Comparison, Document
from kejidiff.span import Span
from kejidiff.view.html.marks import fill
from kejidiff.view.html.material import Material
from kejidiff.view.html.section import Column, Grid, Row, Section
from kejidiff.view.visible import visible_line

#: Runs listed for one pair, and pairs that share nothing else; what is beyond is in report.json.
RUNS: Final = 40
PAIRS: Final = 60

#: Characters of a run that are shown: two lines of the table's column.
LENGTH: Final = 60


def runs(material: Material, comparison: Comparison, caption: str | Markup = "") -> Grid | None:
    """The fragments of a pair, None where there is none."""
    found = comparison.alignment.fragments
    if not found:
        return None
    left, right = material.documents[comparison.left], material.documents[comparison.right]
    columns = tuple(
        Column(material.say(key), name)
        for key, name in (
            ("side.left", ""),
            ("side.right", ""),
            ("page.column.characters", "right"),
            ("column.text", "broad"),
        )
    )
    rows = tuple(
        Row((_place(left, run.left), _place(right, run.right), str(run.length), _text(material, left, run.left)))
        for run in found[:RUNS]
    )
    return Grid("fragments", columns, rows, caption)


def section(material: Material) -> Section | None:
    """The pairs that share fragments and nothing else, where the scan was asked for them."""
    found = material.result.fragments_only
    if not found:
        return None
    grids = (runs(material, comparison, _caption(material, comparison)) for comparison in found[:PAIRS])
    return Section(
        anchor="fragments",
        heading=material.say("heading.fragments"),
        explained=material.say("fragments.only", n=len(found)),
        grids=tuple(grid for grid in grids if grid),
        more=material.left_out(found, PAIRS),
    )


def _caption(material: Material, comparison: Comparison) -> Markup:
    more = material.left_out(comparison.alignment.fragments, RUNS)
    left, right = material.names[comparison.left].html, material.names[comparison.right].html
    return fill("{} ⇄ {} <small>{}</small>", left, right, more)


def _place(document: Document, span: Span) -> str:
    starts = [paragraph.span.start for paragraph in document.paragraphs]
    place = bisect_right(starts, span.start) - 1
    return f"¶{document.paragraphs[place].number}" if place >= 0 else "—"


def _text(material: Material, document: Document, span: Span) -> str:
    return excerpt(span.of(material.texts[document.id]))


def excerpt(text: str) -> str:
    """How a stretch of text begins, on one line; line breaks and blanks around them as one blank."""
    text = " ".join(text[: 2 * LENGTH].split())
    return visible_line(text if len(text) <= LENGTH else text[: LENGTH - 1] + "…")
