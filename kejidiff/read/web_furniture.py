"""Page -> which of its blocks are furniture of the site: menus, lists of links, bars, footers; by structure alone.

Marked is what an element says of itself (`<nav>`, `role="navigation"`, `class="breadcrumb"`), and what is made of
links, as long as it holds none of the page's prose. Words are looked at elsewhere: `text/chrome` reads lines later.

Terms.       *prose*: blocks of 30 Hanzi and more that end a sentence, outside links. *main*: the innermost element that
             holds nearly all of it.
Limitations. When in doubt a block is left unmarked: furniture that is read does little harm, text that is not read
             hides what was recycled. A page without prose (a table, a list of titles) keeps all but its menus.
"""

import re
from typing import Final, NamedTuple

from kejidiff.read.web_tree import HEADINGS, Block, Page

#: Elements that hold no part of a report, whatever stands in them.
_CONTROLS: Final = frozenset({"button", "select", "option", "optgroup", "textarea", "menu", "datalist"})
#: Elements that are furniture unless they hold prose, or stand in the article itself.
_AROUND: Final = frozenset({"nav", "footer", "aside", "header", "form", "dialog", "search"})
_ROLES: Final = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar", "tablist",
    "dialog", "alert",
})  # fmt: skip
#: Parts of the names of classes and ids, as Chinese and other sites write them; only whole parts count.
_NAMES: Final = frozenset({
    "nav", "navbar", "navi", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "bread",
    "mianbao", "mianbaoxie", "dqwz", "weizhi", "sidebar", "side", "aside", "footer", "foot", "bottom", "copyright",
    "banquan", "beian", "friendlink", "friendlinks", "flink", "flinks", "yqlj", "related", "relate", "relation",
    "relatednews", "xgwz", "xgyd", "xiangguan", "recommend", "recommended", "recommends", "tuijian", "tjyd", "hot",
    "hotnews", "rank", "ranking", "paihang", "pagination", "pager", "pages", "fenye", "prevnext", "prenext", "updown",
    "share", "sharebar", "bdshare", "fenxiang", "toolbar", "tools", "tool", "login", "register", "search",
    "searchbox", "sousuo", "ad", "ads", "advert", "advertisement", "guanggao", "comment", "comments", "pinglun",
    "qrcode", "erweima", "ewm", "topbar", "dropdown", "keywords", "tags", "taglist",
})  # fmt: skip
#: Those of them that may hold prose (what readers wrote) and are furniture all the same, within bounds.
_REPLIES: Final = frozenset({"comment", "comments", "pinglun"})
_PARTS: Final = re.compile(r"[^a-z]+")

_PROSE_HAN: Final = 30
_SENTENCE: Final = re.compile(r"[。！？；]")
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
#: Share of the page's prose that its main element holds; what readers added may be the rest.
_MAIN: Final = 0.8
#: A list of links: so many, and so much of its text.
_LINKS: Final = 3
_LINKED: Final = 0.7
#: So many characters that are mostly no links are text, prose or not: a report of short lines in a form.
_BULK: Final = 300
#: So many Hanzi outside links, and half as many as the rest has, are no furniture, whatever they call themselves: a
#: report in short lines, each in an element that is named like a menu.
_MOST_ASIDE: Final = 1_000
#: Links to these are what a report comes with, not where else to go.
_ATTACHED: Final = re.compile(r"^#|\.(?:docx?|xlsx?|pptx?|pdf|wps|et|zip|rar|7z|ofd|txt)(?:$|[?#])", re.IGNORECASE)


class _Sums(NamedTuple):
    """Counts of an element and all below it, by its place in `Page.elements`; `headings` are `<h1>`."""

    characters: list[int]
    linked: list[int]
    prose: list[int]
    links: list[int]
    attached: list[int]
    headings: list[int]


def furniture(page: Page) -> list[bool]:
    """By block: is it furniture?"""
    sums = _sums(page)
    main = _main(page, sums)
    within = _within(page, main)
    total = sum(_prose(block) for block in page.blocks)
    marked = [False] * len(page.elements)
    for place, element in enumerate(page.elements):
        marked[place] = (element.parent >= 0 and marked[element.parent]) or _is_furniture(
            page, sums, place, total, within[place]
        )
    article = [place for place, element in enumerate(page.elements) if element.tag in ("article", "main")]
    judged = [_judged(page, block, marked, within, bool(total or article)) for block in page.blocks]
    loose = [_loose(block) for block in page.blocks]
    aside = sum(han for han, one in zip(loose, judged, strict=True) if one)
    if aside >= _MOST_ASIDE and 2 * aside >= sum(loose) - aside:
        return [one and not han for han, one in zip(loose, judged, strict=True)]
    return judged


def _judged(page: Page, block: Block, marked: list[bool], within: list[bool], prosaic: bool) -> bool:
    """A block in a marked element; without prose, one half in marked ones; outside the main element, a lone link."""
    if block.element < 0:
        return False
    if marked[block.element]:
        return True
    inline = sum(len(piece.text.strip()) for piece in block.pieces if marked[piece.element])
    if inline and 2 * inline >= len(block.text.strip()) and not _prose(block):
        return True
    lone = all(piece.linked for piece in block.pieces if piece.text.strip())
    headed = page.elements[block.element].tag in HEADINGS
    attached = any(_ATTACHED.search(_href(page, piece.element)) for piece in block.pieces)
    return prosaic and lone and not headed and not attached and not within[block.element]


def _loose(block: Block) -> int:
    """Hanzi outside links."""
    return sum(len(_HAN.findall(piece.text)) for piece in block.pieces if not piece.linked)


def _href(page: Page, place: int) -> str:
    """Where the text of an element leads, looked for on it and the few around it."""
    for _ in range(4):
        if place < 0:
            break
        if page.elements[place].href:
            return page.elements[place].href
        place = page.elements[place].parent
    return ""


def _prose(block: Block) -> int:
    """Hanzi outside links, of a block that is prose."""
    text = "".join(piece.text for piece in block.pieces if not piece.linked)
    han = len(_HAN.findall(text))
    return han if han >= _PROSE_HAN and _SENTENCE.search(text) else 0


def _sums(page: Page) -> _Sums:
    count = len(page.elements)
    sums = _Sums(*([0] * count for _ in _Sums._fields))
    for block in page.blocks:
        if block.element >= 0:
            sums.prose[block.element] += _prose(block)
        for piece in block.pieces:
            if piece.element >= 0:
                length = len(piece.text.strip())
                sums.characters[piece.element] += length
                sums.linked[piece.element] += length * piece.linked
    for place, element in enumerate(page.elements):
        sums.links[place] += bool(element.href) and element.tag == "a"
        sums.attached[place] += _ATTACHED.search(element.href) is not None
        sums.headings[place] += element.tag == "h1"
    for place in range(count - 1, 0, -1):
        parent = page.elements[place].parent
        if parent >= 0:
            for column in sums:
                column[parent] += column[place]
    return sums


def _main(page: Page, sums: _Sums) -> int:
    """The innermost element with nearly all prose; -1 where there is none."""
    most = max(sums.prose, default=0)
    main = -1
    for place, prose in enumerate(sums.prose):
        if most and prose >= _MAIN * most and (main < 0 or page.elements[place].parent == main or place > main):
            main = place
    return main


def _within(page: Page, main: int) -> list[bool]:
    """By element: does it lie in the main one?"""
    within = [False] * len(page.elements)
    for place, element in enumerate(page.elements):
        within[place] = place == main or (element.parent >= 0 and within[element.parent])
    return within


def _is_furniture(page: Page, sums: _Sums, place: int, total: int, inside: bool) -> bool:
    element = page.elements[place]
    if element.tag in _CONTROLS:
        return sums.prose[place] == 0
    if element.tag in ("html", "body") or element.tag in HEADINGS or sums.characters[place] == 0:
        return False
    parts = set(_PARTS.split(element.names)) if element.names else set()
    if parts & _REPLIES and sums.prose[place] < total / 2 and not inside:
        return True
    bulky = sums.characters[place] >= _BULK and sums.linked[place] * 3 < sums.characters[place]
    if sums.prose[place] or (bulky and element.tag not in ("nav", "footer")):
        return False
    names_itself = element.tag in _AROUND or element.role in _ROLES or (parts & _NAMES and element.tag != "a")
    if names_itself and not sums.headings[place] and not (inside and element.tag in ("header", "footer")):
        return not inside or element.tag == "nav" or sums.links[place] > 0
    return _is_list_of_links(sums, place, total)


def _is_list_of_links(sums: _Sums, place: int, total: int) -> bool:
    if not total or sums.links[place] < _LINKS or sums.linked[place] < _LINKED * sums.characters[place]:
        return False
    return sums.attached[place] * 2 < sums.links[place]
