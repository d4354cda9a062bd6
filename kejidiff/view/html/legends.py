"""Language -> the legends of the two views of the text: each mark with its meaning."""

from collections.abc import Collection
from typing import Final, NamedTuple

from markupsafe import Markup

from kejidiff.view.html.marks import KIND_CLASSES, TIER_CLASSES, fill
from kejidiff.view.html.material import Material

_NO_SWITCH: Final = Markup()


class Legends(NamedTuple):
    """One for 全文对照 (with the switch for script differences), one for 全文标明."""

    facing: Markup
    marked: Markup


def legends(material: Material) -> Legends:
    """Both, in the page's language."""
    switch = fill('<p><label><input type="checkbox" class="switch"> {}</label></p>', material.say("page.pair.toggle"))
    return Legends(facing_legend(material, KIND_CLASSES, switch), _marked(material))


def facing_legend(material: Material, shown: Collection[str], switch: Markup = _NO_SWITCH) -> Markup:
    """That of 全文对照: tiers, the kinds of edits `shown`."""
    tiers = Markup(" ").join(
        fill('<span class="key {}">{}</span>', tier, material.term("tier", tier)) for tier in TIER_CLASSES
    )
    kinds = Markup(" ").join(
        fill('<span class="key"><i class="{}">{}</i></span>', name, material.term("kind", kind))
        for kind, name in KIND_CLASSES.items()
        if kind in shown
    )
    return fill(
        '<div class="legend"><p><b>{}</b> {} <span class="key o">{}</span>{}</p>'
        '<p><b>{}</b> {} <span class="key"><b class="r"></b>{}</span></p>{}</div>',
        material.say("page.legend.tier"),
        tiers,
        material.say("page.legend.outside"),
        fill(' <span class="key k">{}</span>', material.say("page.legend.stock")) if material.stock else "",
        material.say("page.legend.kind"),
        kinds,
        material.say("page.legend.caret"),
        switch,
    )


def _marked(material: Material) -> Markup:
    tiers = Markup(" ").join(
        fill('<mark class="s1 {}">{}</mark>', name, material.term("tier", tier)) for tier, name in TIER_CLASSES.items()
    )
    others = Markup(" ").join(
        fill('<span class="{}">{}</span>', name, material.say(f"page.legend.{key}"))
        for name, key in (("x", "excluded"), ("k", "stock"), ("t", "note"), ("g", "repaired"))
    )
    source = material.say("page.legend.source")
    return fill('<div class="legend"><p>{} {} <span class="chip s1">1</span> {}</p></div>', tiers, others, source)
