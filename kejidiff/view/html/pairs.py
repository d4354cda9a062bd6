"""Material -> the section that lists the pairs, and what is said about a pair wherever it is named."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from kejidiff.model import Comparison
from kejidiff.view.html import carried
from kejidiff.view.html.marks import fill, linked
from kejidiff.view.html.material import Material
from kejidiff.view.html.section import Column, Grid, Row, Section
from kejidiff.view.numbers import count, numerator, percent
from kejidiff.view.visible import visible_line

#: Pairs listed; the others are in report.json. 500 are some twenty printed pages, more than anyone reads.
PAIRS: Final = 500

#: Substitutions named in one line about a pair: what fits on it.
WORDS: Final = 8


def section(material: Material) -> Section | None:
    """The pairs that share text, as the record orders them; None where there is none."""
    comparisons = material.result.comparisons
    if not comparisons:
        return None
    labels = ("number", "left", "reuse", "right", "reuse", "finding")
    names = ("", "", "right", "", "right", "broad")
    columns = tuple(
        Column(material.say(f"page.column.{label}"), name) for label, name in zip(labels, names, strict=True)
    )
    rows = tuple(_row(material, comparison, number) for number, comparison in enumerate(comparisons[:PAIRS], 1))
    return Section(
        anchor="pairs",
        heading=material.say("heading.pairs"),
        grids=(Grid("pairs", columns, rows),),
        more=material.left_out(comparisons, len(rows)),
    )


def _row(material: Material, comparison: Comparison, number: int) -> Row:
    target = material.comparison_target(comparison)
    return Row(
        (
            fill('<span class="num">{}</span>', number),
            linked(target, material.names[comparison.left].html),
            share(material, comparison.left, comparison.left_reuse),
            linked(target, material.names[comparison.right].html),
            share(material, comparison.right, comparison.right_reuse),
            finding(material, comparison),
        )
    )


def share(material: Material, document_id: str, part: float) -> Markup:
    """A ratio with what it is a ratio of: reused / countable characters."""
    countable = material.documents[document_id].countable
    of = material.say("page.of.characters", part=numerator(part, countable), whole=countable)
    return fill("<strong>{}</strong> <small>{}</small>", percent(part), of)


def finding(material: Material, comparison: Comparison) -> Markup:
    """How the paragraphs agree, what kind of reuse it is, what became of figures and words: up to four lines."""
    told = fill('<p class="find">{}</p>', " · ".join(_tiers(material, comparison)))
    remarks = " · ".join(_remarks(material, comparison))
    if remarks:
        told += fill('<p class="find">{}</p>', remarks)
    figures = " · ".join(_figures(material, comparison))
    if figures:
        told += fill('<p class="find"><b>{}</b> {}</p>', material.say("pair.figures"), figures)
    told += carried.brief(material, comparison)
    words = comparison.substitutions
    if words:
        named = Markup("").join(
            fill(" <span>{}</span>", visible_line(f"{word.left}→{word.right} ×{word.count}")) for word in words[:WORDS]
        )
        more = material.say("count.others", n=len(words) - WORDS) if len(words) > WORDS else ""
        told += fill('<p class="find words"><b>{}</b>{} {}</p>', material.say("pair.substitutions"), named, more)
    return told


def _tiers(material: Material, comparison: Comparison) -> Iterator[str]:
    if comparison.pairs:
        yield material.say("pair.paragraphs", n=len(comparison.pairs))
    else:
        yield material.say("pair.passages", n=len(comparison.passages))
    found = Counter(pair.tier for pair in comparison.pairs) or Counter(found.tier for found in comparison.passages)
    for tier in ("verbatim", "light", "rewritten"):
        if found[tier]:
            yield f"{material.term('tier', tier)} {count(found[tier])}"


def _remarks(material: Material, comparison: Comparison) -> Iterator[str]:
    if material.documents[comparison.left].script != material.documents[comparison.right].script:
        yield material.say("page.pair.script")
    direction = comparison.direction
    if direction.source != "unknown":
        told = material.say("page.direction", what=material.term("direction", direction.source))
        sure = material.say("direction.confidence", share=percent(direction.confidence))
        why = material.say("page.and").join(material.term("evidence", slug) for slug in direction.evidence)
        yield material.say("page.because", what=told, why=material.say("semicolon").join(filter(None, (why, sure))))
    yield from (material.term("relation", slug) for slug in comparison.relation)
    yield from (f"⚠ {material.term('finding', slug)}" for slug in comparison.findings)
    if comparison.formula:
        yield formula_told(material, comparison)
    if comparison.alignment.fragments:
        yield material.say("pair.fragments", n=len(comparison.alignment.fragments))


def formula_told(material: Material, comparison: Comparison) -> str:
    """How much formula two documents share."""
    left = material.documents[comparison.left]
    length = sum(left.countable_in(passage.left) for passage in comparison.formula)
    return material.say("pair.formula", n=len(comparison.formula), length=length)


def _figures(material: Material, comparison: Comparison) -> Iterator[str]:
    ledger = comparison.figures
    for key, number in (("same", ledger.same), ("changed", ledger.changed), ("masked", ledger.masked)):
        if number:
            yield material.say(f"figures.{key}", n=number)
