"""Material -> the section of what was carried along (残留): of every pair laid out, kind, place, sentence, owner."""

from typing import Final

from markupsafe import Markup

from kejidiff.model import Comparison
from kejidiff.view.carried import Carried, carried
from kejidiff.view.html.marks import fill, linked
from kejidiff.view.html.material import Material
from kejidiff.view.html.section import Column, Grid, Row, Section
from kejidiff.view.visible import visible_line

#: Entries of one pair; what is beyond is in report.json.
ENTRIES: Final = 60

#: Entries named in one line about a pair.
BRIEF: Final = 4


def section(material: Material) -> Section | None:
    """The pairs the page lays out that have any."""
    numbered = enumerate(material.facing, 1)
    grids = tuple(grid(material, found, number) for number, found in numbered if found.left_overs or found.mistakes)
    heading = material.say("heading.carried")
    return Section("carried", heading, material.say("page.method.carried"), grids) if grids else None


def entries(material: Material, comparison: Comparison) -> list[Carried]:
    """All of one pair."""
    left, right = (material.documents[side] for side in (comparison.left, comparison.right))
    return list(carried(comparison, left, right, (material.texts[left.id], material.texts[right.id])))


def grid(material: Material, comparison: Comparison, number: int) -> Grid:
    """One pair's entries under its name."""
    found = entries(material, comparison)
    left, right = material.names[comparison.left].html, material.names[comparison.right].html
    pair = linked(material.comparison_target(comparison), fill("{} ⇄ {}", left, right))
    more = material.left_out(found, ENTRIES)
    caption = fill('<span class="num">{}</span> {} <small>{}</small>', number, pair, more)
    keys = ("page.column.kind", "page.carried.place", "page.carried.sentence", "page.carried.owner")
    columns = tuple(Column(material.say(key), "broad" if "sentence" in key else "") for key in keys)
    rows = tuple(
        Row((one.named(material.lang), one.at(material.lang), _sentence(one), visible_line(one.owner(material.lang))))
        for one in found[:ENTRIES]
    )
    return Grid("carried", columns, rows, caption)


def brief(material: Material, comparison: Comparison) -> Markup:
    """The first few in one line about the pair; empty where there are none."""
    found = entries(material, comparison)
    if not found:
        return Markup()
    told = " · ".join(
        f"{one.named(material.lang)} “{visible_line(one.text)}” {one.at(material.lang)}" for one in found[:BRIEF]
    )
    more = material.say("count.others.places", n=len(found) - BRIEF) if len(found) > BRIEF else ""
    return fill('<p class="find"><b>{}</b> {} {}</p>', material.say("heading.carried"), told, more)


def _sentence(one: Carried) -> Markup:
    before, text, after = (visible_line(part) for part in (one.before, one.text, one.after))
    return fill('{}<i class="f">{}</i>{}', before, text, after)
