"""Material -> the section that lists every document with its ratios."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from kejidiff.model import Document, ReuseStats
from kejidiff.view.headline import from_stock
from kejidiff.view.html.marks import fill
from kejidiff.view.html.material import Material
from kejidiff.view.html.section import Column, Grid, Row, Section
from kejidiff.view.numbers import count, percent

#: Documents listed, those with most reuse first; the others are in report.json.
DOCUMENTS: Final = 500

_COLUMNS: Final = (
    ("report", "broad"), ("countable", "right"), ("total", "right"), ("single", "right"), ("run", "right"),
    ("stock", "right"), ("notes", ""),
)  # fmt: skip


def section(material: Material) -> Section | None:
    """Every document, those with most reuse first; None where there is none."""
    documents = sorted(material.documents.values(), key=lambda document: -material.stats(document.id).total)
    if not documents:
        return None
    rows = tuple(_row(material, document) for document in documents[:DOCUMENTS])
    return Section(
        anchor="documents",
        heading=material.say("heading.documents"),
        grids=(Grid("documents", tuple(Column(material.say(f"column.{key}"), name) for key, name in _COLUMNS), rows),),
        more=material.left_out(documents, len(rows)),
    )


def _row(material: Material, document: Document) -> Row:
    stats = material.stats(document.id)
    found = stats.reused > 0
    name = material.document_link(document.id)
    own = material.names[document.id]
    path = name if own.label == own.id else fill("{}<small>{}</small>", name, own.path)
    return Row(
        (
            path if found else name,
            count(stats.countable),
            _total(material, stats) if found else percent(stats.total),
            percent(stats.single) if found else "—",
            count(stats.longest_run) if found else "—",
            percent(stats.stock_share),
            " · ".join(_notes(material, document)),
        ),
        "" if found else "none",
    )


def _total(material: Material, stats: ReuseStats) -> Markup:
    of = material.say("page.of", part=stats.reused, whole=stats.countable)
    return fill("<strong>{}</strong>{}<small>{}</small>", percent(stats.total), bar(stats), of)


def bar(stats: ReuseStats) -> Markup:
    """The shares of the three tiers as one bar, a thousand units long."""
    start, parts = 0, []
    for name, part in (("v", stats.verbatim), ("l", stats.light), ("w", stats.rewritten)):
        length = round(1000 * stats.share(part))
        parts.append(fill('<rect class="{}" x="{}" width="{}" height="10"/>', name, start, length) if length else "")
        start += length
    inside = Markup("").join(parts)
    return fill('<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">{}</svg>', inside)


def _notes(material: Material, document: Document) -> Iterator[str]:
    if told := from_stock(material.result, document.id, material.lang)[1]:
        yield told
    if document.script in ("hant", "mixed"):
        yield material.term("script", document.script)
    notes = sum(repair.reason == "pinyin-note" for repair in document.repaired)
    if notes:
        yield material.say("note.pinyin", n=notes)
    if len(document.repaired) > notes:
        yield material.say("note.repaired", n=len(document.repaired) - notes)
    lengths: Counter[str] = Counter()
    for hole in document.excluded:
        lengths[hole.reason] += hole.span.length
    yield from (material.say(f"note.{reason}", n=length) for reason, length in sorted(lengths.items()))
