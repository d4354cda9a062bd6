"""Material -> the section with the matrix of documents: who shares how much with whom, families standing together.

A cell says how much of the row's document is found in the column's; it leads to where the two stand side by side.
"""

from itertools import chain
from typing import Final

from markupsafe import Markup

from kejidiff.view.html.marks import fill
from kejidiff.view.html.material import Material
from kejidiff.view.html.section import Column, Grid, Row, Section
from kejidiff.view.numbers import percent

#: Documents up to which a matrix shows all; beyond, only those with reuse, as many as this. Forty columns of a
#: two-figure share still fit an A4 sheet held sideways.
LIMIT: Final = 40

#: Shades of report.css; a step is a tenth.
SHADES: Final = 10

_SELF: Final = Markup('<span class="self"></span>')
_NOTHING: Final = Markup()


def section(material: Material) -> Section | None:
    """At most `LIMIT` documents, families first; None where no two documents share a passage."""
    if not material.result.comparisons:
        return None
    order = _order(material)
    reused = [document_id for document_id in order if material.of_document[document_id]]
    chosen = order if len(order) <= LIMIT else reused[:LIMIT]
    cells = _cells(material)
    columns = (Column(""), *(Column(str(place)) for place in range(1, len(chosen) + 1)))
    rows = tuple(
        Row((_heading(material, place, row), *(_cell(cells, row, column) for column in chosen)))
        for place, row in enumerate(chosen, 1)
    )
    return Section(
        anchor="matrix",
        heading=material.say("page.matrix"),
        explained=material.say("page.matrix.caption"),
        grids=(Grid("matrix", columns, rows),),
        more=_left_out(material, len(order) - len(chosen), len(reused) > len(chosen)),
    )


def _heading(material: Material, place: int, document_id: str) -> Markup:
    return fill('<span class="num">{}</span> {}', place, material.document_link(document_id))


def _order(material: Material) -> list[str]:
    """Ids of all documents: families as they come, each led by its representative; then others with reuse; the rest."""
    families = chain.from_iterable((family.representative, *family.members) for family in material.result.clusters)
    reused = (side for found in material.result.comparisons for side in (found.left, found.right))
    return list(dict.fromkeys(chain(families, reused, material.documents)))


def _cells(material: Material) -> dict[tuple[str, str], Markup]:
    cells: dict[tuple[str, str], Markup] = {}
    for found in material.result.comparisons:
        target = material.comparison_target(found)
        for row, column, share in (
            (found.left, found.right, found.left_reuse),
            (found.right, found.left, found.right_reuse),
        ):
            cells[row, column] = _share(material, row, column, share, target)
    return cells


def _share(material: Material, row: str, column: str, share: float, target: str | None) -> Markup:
    exact = percent(share)
    shade = min(SHADES - 1, int(share * SHADES))
    if target is None:
        return fill('<span class="h h{}">{}</span>', shade, exact.rstrip("%"))
    told = material.say(
        "page.matrix.cell", left=material.names[row].label, share=exact, right=material.names[column].label
    )
    return fill('<a class="h h{}" href="#{}" title="{}">{}</a>', shade, target, told, exact.rstrip("%"))


def _cell(cells: dict[tuple[str, str], Markup], row: str, column: str) -> Markup:
    return _SELF if row == column else cells.get((row, column), _NOTHING)


def _left_out(material: Material, number: int, reused_too: bool) -> str:
    if not number:
        return ""
    why = material.say("page.matrix.why.many" if reused_too else "page.matrix.why.none")
    return material.say("page.matrix.left", n=number, why=why)
