"""Material -> the sections between overview and evidence: families, substitutions, figures, stock phrases."""

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from kejidiff.model import Comparison, FigureChange
from kejidiff.span import Span
from kejidiff.view.html.marks import fill, linked
from kejidiff.view.html.material import Material
from kejidiff.view.html.section import Column, Grid, Row, Section
from kejidiff.view.numbers import count
from kejidiff.view.visible import visible_line

#: Entries of each list; what is beyond is in report.json. A page of A4 holds some 40 families, 25 figures, 150 words.
FAMILIES: Final = 200
WORDS: Final = 120
CHANGES: Final = 60
PHRASES: Final = 80

#: Characters of a sentence on either side of a figure: two lines of a table's column, enough to recognise it.
AROUND: Final = 28

_STOPS: Final = "。！？；!?;\n\r"


def families(material: Material) -> Section | None:
    """Documents that share a good part of their text with one of them."""
    clusters = material.result.clusters
    if not clusters:
        return None
    rows = []
    for number, family in enumerate(clusters[:FAMILIES], 1):
        others = (material.document_link(member) for member in family.members if member != family.representative)
        rows.append(Row((str(number), material.document_link(family.representative), Markup("<br>").join(others))))
    columns = tuple(Column(material.say(f"page.column.{key}")) for key in ("number", "representative", "members"))
    heading = material.say("heading.families")
    more = material.left_out(clusters, len(rows))
    return Section("families", heading, grids=(Grid("families", columns, tuple(rows)),), more=more)


def substitutions(material: Material) -> Section | None:
    """Words that stand for other words, over all pairs."""
    found = material.result.substitutions
    words = ((visible_line(f"{word.left} → {word.right}"), f"×{count(word.count)}") for word in found[:WORDS])
    more = material.left_out(found, WORDS)
    return Section("words", material.say("heading.substitutions"), html=_chips(words), more=more) if found else None


def stock_phrases(material: Material) -> Section | None:
    """Phrases that unrelated documents share."""
    found = material.result.stock_phrases
    if found and material.phrases == "exclude":
        told = material.say("page.because", what=material.say("stock.hidden", n=len(found)), why="report.json")
        return Section("stock", material.say("heading.stock"), explained=material.say("page.method.stock"), more=told)
    phrases = (
        (visible_line(phrase.text), material.say("stock.documents", n=phrase.documents)) for phrase in found[:PHRASES]
    )
    return Section(
        anchor="stock",
        heading=material.say("heading.stock"),
        explained=material.say("page.method.stock"),
        html=_chips(phrases),
        more=material.left_out(found, PHRASES),
    ) if found else None  # fmt: skip


def _chips(words: Iterable[tuple[str, str]]) -> Markup:
    items = Markup("\n").join(fill("<li>{} <b>{}</b></li>", word, told) for word, told in words)
    return fill('<ul class="chips">{}</ul>', items)


def figures(material: Material) -> Section | None:
    """The figures that do not agree, with their sentences, of the pairs the page lays out."""
    numbered = enumerate(material.facing, 1)
    grids = tuple(_ledger(material, found, number) for number, found in numbered if found.figures.changes)
    heading = material.say("heading.figures")
    return Section("figures", heading, grids=grids) if grids else None


def _ledger(material: Material, comparison: Comparison, number: int) -> Grid:
    ledger = comparison.figures
    told = " · ".join(material.say(f"figures.{key}", n=getattr(ledger, key)) for key in ("same", "changed", "masked"))
    target = material.comparison_target(comparison)
    left, right = material.names[comparison.left].html, material.names[comparison.right].html
    pair = linked(target, fill("{} ⇄ {}", left, right))
    caption = fill('<span class="num">{}</span> {} <small>{} {}</small>', number, pair, told,
                   material.left_out(ledger.changes, CHANGES))  # fmt: skip
    keys = ("kind", "left.sentence", "right.sentence")
    columns = tuple(Column(material.say(f"page.column.{key}")) for key in keys)
    rows = tuple(_change(material, comparison, change) for change in ledger.changes[:CHANGES])
    return Grid("ledger", columns, rows, caption)


def _change(material: Material, comparison: Comparison, change: FigureChange) -> Row:
    left, right = (
        sentence(material.texts[side], span, material.documents[side].span, "m" if change.kind == "masked" else "f")
        for side, span in ((comparison.left, change.left), (comparison.right, change.right))
    )
    return Row((material.say(f"page.figures.kind.{change.kind}"), left, right))


def sentence(text: str, span: Span, within: Span, name: str) -> Markup:
    """The sentence that holds `span`, cut to `AROUND` characters on either side and never beyond `within`; the span
    itself marked with class `name`, an empty one by a caret."""
    before = text[max(within.start, span.start - AROUND) : span.start]
    after = text[span.end : min(within.end, span.end + AROUND)]
    stop = max(before.rfind(mark) for mark in _STOPS)
    ends = [place for mark in _STOPS if (place := after.find(mark)) >= 0]
    head = before[stop + 1 :] if stop >= 0 else ("…" if span.start - AROUND > within.start else "") + before
    tail = after[: min(ends) + 1] if ends else after + ("…" if span.end + AROUND < within.end else "")
    shown = (visible_line(part.strip("\r\n")) for part in (head, span.of(text), tail))
    return fill('{}<i class="{}">{}</i>{}' if span.length else '{}<b class="{}">{}</b>{}', *_named(shown, name))


def _named(parts: Iterable[str], name: str) -> tuple[str, str, str, str]:
    head, figure, tail = parts
    return head, name, figure, tail
