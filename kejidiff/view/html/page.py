"""ScanResult -> report.html, one file: what the page says, its style sheet and the policy that seals it.

The policy (Content-Security-Policy) allows the style sheet by its hash and nothing else: no script, no picture, no
font, no request. Whatever is filled in is escaped; Markup comes from `marks` alone, and from what is built with it.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from markupsafe import Markup

from kejidiff.model import Comparison, ScanResult, Skipped, SourceText
from kejidiff.view import headline
from kejidiff.view.html import (
    appendix,
    carried,
    documents,
    evidence,
    findings,
    fragments,
    mast,
    matrix,
    pairs,
    stock_sources,
)
from kejidiff.view.html.frame import Body, Head, page
from kejidiff.view.html.legends import Legends, legends
from kejidiff.view.html.marks import fill
from kejidiff.view.html.material import Material, gather
from kejidiff.view.html.section import Section
from kejidiff.view.labels import typed

_FOLDER: Final = Path(__file__).parent


def report(result: ScanResult, *, lang: str, seconds: float | None = None, phrases: str = "grey") -> str:
    """The whole scan as one page in `lang` (`zh`, or English for any other).

    `seconds` is how long the scan took, for the head of the page; without it equal results give equal pages.
    `phrases`: `grey` greys stock phrases and formula in the texts, `show` and `exclude` do not, `exclude` does not list
    them either.
    """
    material = gather(result, lang, phrases=phrases)
    return rendered(
        material,
        verdict=headline.verdict(result, lang),
        counts=headline.counts(result, lang, seconds),
        tiles=mast.tiles(material),
        before=there(
            pairs.section(material),
            documents.section(material),
            matrix.section(material),
            findings.families(material),
            findings.substitutions(material),
            carried.section(material),
            findings.figures(material),
            findings.stock_phrases(material),
            stock_sources.section(material),
            fragments.section(material),
        ),
        unshown=unshown(material),
        after=there(appendix.set_aside(material), appendix.files(material), appendix.method(material)),
    )


def pair_page(result: ScanResult, comparison: Comparison, *, lang: str) -> str:
    """One comparison of `result` as a page of its own: its figures and both views of its text, no overview."""
    material = gather(result, lang, (comparison,))
    sides = {result.document(side).path for side in (comparison.left, comparison.right)}
    return rendered(
        material,
        files=[file for file in result.files if file.path in sides],
        verdict=material.say("page.verdict.pair"),
        counts=(),
        tiles=(),
        before=there(carried.section(material), findings.figures(material)),
        unshown=(Markup(), ""),
        after=there(appendix.method(material)),
    )


def there(*sections: Section | None) -> tuple[Section, ...]:
    """Those that have something to say."""
    return tuple(section for section in sections if section)


def rendered(
    material: Material,
    before: Sequence[Section],
    after: Sequence[Section],
    *,
    verdict: str,
    counts: Sequence[str],
    tiles: Sequence[mast.Tile],
    unshown: tuple[Markup, str],
    caveat: str = "",
    title: str = "",
    complete: bool | None = None,
    files: Iterable[SourceText | Skipped] | None = None,
    facings: Iterable[evidence.Facing] | None = None,
    facing_title: str = "",
    legend: Legends | None = None,
) -> str:
    """The page. What is given of `caveat`, `title` … stands for a scan's; of `files` alarms are told in the head."""
    style = _style()
    complete = material.result.complete if complete is None else complete
    alarms = headline.alarms(material.result.files if files is None else files, material.lang)
    head = Head(
        title=title or material.say("page.title"),
        verdict=verdict,
        counts=counts,
        caveat=caveat or material.say("caveat"),
        warnings=(*(() if complete else (material.say("incomplete"),)), *alarms),
        tiles=tiles,
    )
    body = Body(
        before=before,
        facing_title=facing_title or material.say("page.facing"),
        facings=tuple(evidence.facings(material) if facings is None else facings),
        texts=tuple(evidence.texts(material)),
        legends=legend or legends(material),
        unshown=unshown,
        after=after,
    )
    policy = f"default-src 'none'; style-src 'sha256-{_digest(style)}'; base-uri 'none'; form-action 'none'"
    return page(material, head, body, style, policy)


def unshown(material: Material) -> tuple[Markup, str]:
    """What is said where the page has no room for every pair, with a command that shows the next one, and for every
    full text."""
    left_out = material.result.comparisons[len(material.facing) :]
    if not left_out:
        return Markup(), ""
    names = [material.names[side].label for side in (left_out[0].left, left_out[0].right)]
    told = material.say("page.more.evidence", n=len(left_out))
    texts = headline.reused(material.result) - len(material.marked)
    return (
        fill(
            '<p class="more">{} <code>{}</code></p>',
            told,
            f"kejidiff show {typed((*headline.stock_words(material.result), *names))}",
        ),
        material.say("page.more.marked", n=texts) if texts else "",
    )


@cache
def _style() -> Markup:
    """The style sheet; ours, and free of `</`, so that it can stand in a page as it is."""
    return Markup((_FOLDER / "report.css").read_text(encoding="utf-8"))


def _digest(style: str) -> str:
    """What a Content-Security-Policy calls a style sheet by: Base64 of the SHA-256 of all between the tags."""
    return b64encode(sha256(style.encode()).digest()).decode()
