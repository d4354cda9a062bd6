"""Material -> the section on templates and superiors' documents: each file, and which reports hold text of it."""

from typing import Final

from markupsafe import Markup

from kejidiff.model import Skipped, SourceText, StockSource
from kejidiff.view.html.marks import fill
from kejidiff.view.html.material import Material
from kejidiff.view.html.section import Column, Grid, Row, Section
from kejidiff.view.numbers import percent
from kejidiff.view.reservations import reservation
from kejidiff.view.visible import visible_line

#: Files listed, and reports named for each; the others are in report.json.
FILES: Final = 200
HOLDERS: Final = 20

_COLUMNS: Final = (("file", "broad"), ("state", ""), ("message", ""), ("holders", "broad"))


def section(material: Material) -> Section | None:
    """Files that were not read first; None where none were given."""
    found = sorted(material.result.stock_sources, key=lambda source: isinstance(source.file, SourceText))
    if not found:
        return None
    columns = tuple(Column(material.say(f"page.column.{key}"), name) for key, name in _COLUMNS)
    rows = tuple(_row(material, source) for source in found[:FILES])
    return Section(
        anchor="stock-sources",
        heading=material.say("heading.sources"),
        explained=material.say("page.sources.explained"),
        grids=(Grid("files", columns, rows),),
        more=material.left_out(found, FILES),
    )


def _row(material: Material, source: StockSource) -> Row:
    path = visible_line(source.file.path)
    if isinstance(source.file, Skipped):
        why = fill("<code>{}</code> {}", source.file.reason, visible_line(source.file.message))
        return Row((path, material.term("state", source.file.state), why, ""), "" if source.file.harmless else "unread")
    reservations = dict.fromkeys(
        (one.reason, visible_line(reservation(one.message, material.lang))) for one in source.file.warnings
    )
    remarks = Markup("<br>").join(fill("<code>{}</code> {}", reason, told) for reason, told in reservations)
    return Row((path, material.say("state.read"), remarks, _holders(material, source)))


def _holders(material: Material, source: StockSource) -> str | Markup:
    found = [
        (held.reuse, document_id)
        for document_id in material.documents
        for held in material.result.from_stock.get(document_id, ())
        if held.path == source.file.path
    ]
    if not found:
        return material.say("sources.unused")
    found.sort(key=lambda one: -one[0])
    named = [
        fill("{} <b>{}</b>", material.document_link(document_id), percent(share))
        for share, document_id in found[:HOLDERS]
    ]
    if len(found) > HOLDERS:
        named.append(fill("<small>{}</small>", material.say("count.others.reports", n=len(found) - HOLDERS)))
    return Markup("<br>").join(named)
