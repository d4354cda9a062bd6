"""A page's head and its parts -> the whole page, from its doctype on."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from kejidiff.view.html import articles
from kejidiff.view.html.evidence import Facing, Text
from kejidiff.view.html.grids import sections
from kejidiff.view.html.legends import Legends
from kejidiff.view.html.marks import fill
from kejidiff.view.html.mast import Tile
from kejidiff.view.html.material import Material
from kejidiff.view.html.section import Section

_PAGE: Final = """\
<!DOCTYPE html>
<html lang="{}">
<head>
<meta charset="utf-8">
<meta name="generator" content="kejidiff">
<meta http-equiv="Content-Security-Policy" content="{}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{} · {}</title>
<style>{}</style>
</head>
<body>
{}<main>
{}
{}{}
</main>
<footer>kejidiff {} · {}</footer>
</body>
</html>
"""
_MAST: Final = """\
<header class="mast">
<p class="kicker">{}</p>
<h1>{}</h1>
<p class="counts">{}</p>
<p class="caveat">{}</p>
{}<ul class="tiles">{}</ul>
<nav aria-label="{}">
{}{}{}</nav>
</header>
"""
_EVIDENCE: Final = """\
<section id="evidence">
<h2>{}</h2>
{}{}
</section>
"""
_TEXTS: Final = """\
<section id="texts">
<h2>{}</h2>
{}<p class="more">{}</p>
</section>
"""


class Head(NamedTuple):
    """What is said at the head of a page; `warnings` first of all."""

    title: str
    verdict: str
    counts: Sequence[str]
    caveat: str
    warnings: Sequence[str]
    tiles: Sequence[Tile]


class Body(NamedTuple):
    """The sections above the evidence, the evidence, what of it has no room, and the sections below."""

    before: Sequence[Section]
    facing_title: str
    facings: Sequence[Facing]
    texts: Sequence[Text]
    legends: Legends
    unshown: tuple[Markup, str]
    after: Sequence[Section]


def page(material: Material, head: Head, body: Body, style: Markup, policy: str) -> str:
    """The page in the material's language, with its style sheet and the policy that allows it."""
    return str(
        fill(
            _PAGE,
            "zh-Hans" if material.lang == "zh" else "en",
            policy,
            head.verdict,
            head.title,
            style,
            _mast(material, head, body),
            sections(body.before),
            _evidence(material, body),
            sections(body.after),
            material.result.version,
            head.caveat,
        )
    )


def _mast(material: Material, head: Head, body: Body) -> Markup:
    tile = "<li><span>{}</span><strong>{}</strong><small>{}</small></li>"
    return fill(
        _MAST,
        head.title,
        head.verdict,
        " · ".join(head.counts),
        head.caveat,
        Markup().join(fill('<p class="warning">⚠ {}</p>', warning) for warning in head.warnings),
        Markup().join(fill(tile, *one) for one in head.tiles),
        material.say("page.contents"),
        _links(body.before),
        Markup().join(
            (
                fill('<a href="#evidence">{}</a>', body.facing_title) if body.facings else Markup(),
                fill('<a href="#texts">{}</a>', material.say("page.marked")) if body.texts else Markup(),
            )
        ),
        _links(body.after),
    )


def _links(listed: Sequence[Section]) -> Markup:
    return Markup().join(fill('<a href="#{}">{}</a>', section.anchor, section.heading) for section in listed)


def _evidence(material: Material, body: Body) -> Markup:
    pairs = (articles.pair(facing, body.facing_title, body.legends, material) for facing in body.facings)
    texts = (articles.full(text, body.legends, material) for text in body.texts)
    evidence = fill(_EVIDENCE, body.facing_title, Markup().join(pairs), body.unshown[0]) if body.facings else Markup()
    if not body.texts:
        return evidence
    return evidence + fill(_TEXTS, material.say("page.marked"), Markup().join(texts), body.unshown[1])
