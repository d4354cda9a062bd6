"""A web page's text -> `Page`: its elements in order, and the blocks of text they make, with what is hidden in them.

Terms.       A *block* is what a browser sets by itself: a paragraph, a heading, a list item, a cell, what stands
             between two `<br>`. A *piece* is a stretch of it that comes from one element.
Limitations. Nothing is computed that a script would do, and nothing is loaded. Marks of lists (1., •) are no text.
             What an `<object>` shows where it cannot be loaded counts as seen; so does any colour in a drawing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from kejidiff.read.extracted import UnparsableError
from kejidiff.read.web_rules import Keys
from kejidiff.read.web_style import BLACK, HIDDEN, SEEN, Look, Styles, keys_of

if TYPE_CHECKING:
    from resiliparse.parse.html import DocumentNode, ElementNode, HTMLTree, Node

BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "optgroup", "p", "pre",
    "plaintext", "listing", "xmp", "search", "section", "select", "summary", "table", "tbody", "td", "textarea",
    "tfoot", "th", "thead", "tr", "ul", "svg:text", "svg:foreignobject",
})  # fmt: skip
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: What a browser never shows as text.
UNSHOWN: Final = frozenset({
    "script", "style", "noscript", "template", "head", "title", "iframe", "embed", "audio", "video", "canvas",
    "noframes", "rp", "noembed", "datalist", "base", "link", "meta", "param", "source", "track", "annotation",
    "annotation-xml",
})  # fmt: skip
_KEPT_BLANKS: Final = frozenset({"pre", "plaintext", "listing", "xmp"})
_ATTRIBUTES: Final = ("class", "id", "role", "style", "hidden", "color", "bgcolor", "background", "href", "srcdoc")

#: Pages within pages (`srcdoc`); each level doubles the quoting, and nobody writes a third.
_FRAMES: Final = 8
#: Of a drawing these hold text, and what else stands in it is none.
_LETTERED: Final = frozenset({"text", "foreignobject"})

#: Elements of a page at most; beyond, the text still counts, as text of the element that holds it.
MOST_ELEMENTS: Final = 500_000


class Element(NamedTuple):
    """`parent` is the place of the element around it in `Page.elements`, -1 for the first."""

    parent: int
    tag: str
    names: str
    role: str
    href: str


class Piece(NamedTuple):
    """`element` is a place in `Page.elements`; `state` one of `web_style`'s; `faint` for hidden by colour or size."""

    text: str
    element: int
    state: int
    faint: bool
    linked: bool


@dataclass(slots=True)
class Block:
    """`element` holds all of it; `broken`: a `<br>` ended it; `kept`: blanks and line ends count (`<pre>`)."""

    element: int
    pieces: list[Piece] = field(default_factory=list)
    broken: bool = False
    kept: bool = False
    _shows: bool | None = None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def shows(self) -> bool:
        """Is any of it seen beyond doubt? Asked when it is complete, for every doubtful piece of it."""
        if self._shows is None:
            self._shows = any(piece.state == SEEN and piece.text.strip() for piece in self.pieces)
        return self._shows


@dataclass(slots=True)
class Page:
    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    title: str = ""


def parsed(markup: str) -> Page:
    """The page; of damaged markup what a browser would make of it."""
    tree = _tree(markup)
    page = Page(title=_squeezed(tree.title or ""))
    if tree.document is not None:
        _Walk(page, _styles(tree.document), _Open()).through(tree.document)
    return page


def _tree(markup: str) -> "HTMLTree":
    from resiliparse.parse.html import HTMLTree

    return HTMLTree.parse(markup)


def _styles(document: "DocumentNode") -> Styles:
    links = [node.getattr("rel") or "" for node in document.get_elements_by_tag_name("link")]
    styles = Styles(external=any("stylesheet" in rel.lower() for rel in links))
    for node in document.get_elements_by_tag_name("style"):
        styles.add(node.text or "")
    return styles


def _tag(node: "Node") -> str:
    """Of an element its name, of anything else a word that begins with `#`. A document type has any name."""
    tag = (node.tag or "#").lower()
    return tag if tag[0] == "#" or hasattr(node, "attrs") else "#doctype"


def _attributes(node: "ElementNode") -> dict[str, str]:
    names = node.attrs or ()
    return {name: node.getattr(name) or "" for name in _ATTRIBUTES if name in names}


class _Open(NamedTuple):
    """An element that is being walked through; `block` is the innermost block around its text.

    drawn   it is an `<svg>` or in one
    mute    text that stands in it is none: of a drawing, but for its `<text>`
    """

    element: int = -1
    block: int = -1
    tag: str = ""
    look: Look = Look()
    linked: bool = False
    kept: bool = False
    drawn: bool = False
    mute: bool = False


class _Walk:
    """Through the tree without recursion: nesting may be ten thousand deep."""

    def __init__(self, page: Page, styles: Styles, around: _Open, frames: int = 0) -> None:
        self.page, self.styles, self.frames = page, styles, frames
        self.open = [around]
        self.keys: list[Keys] = []  # of the elements that are open, but for the first
        self.block = Block(around.block)

    def through(self, root: "Node") -> None:
        node: Node | None = root
        depth = 0
        while node is not None:
            child = node.first_child if self._enter(node) else None
            if child is not None:
                node, depth = child, depth + 1
                continue
            while node is not None:
                self._leave(node)
                if depth == 0:
                    node = None
                elif (after := node.next) is not None:
                    node = after
                    break
                else:
                    node, depth = node.parent, depth - 1
        self._end()

    def _enter(self, node: "Node") -> bool:
        """True where what is inside is walked through, too."""
        tag = _tag(node)
        if tag in ("#text", "#cdata-section"):
            self._text(node.value or "")
        elif tag == "#comment" and (node.value or "").startswith("[CDATA["):
            self._text((node.value or "")[7:].removesuffix("]]"))
        elif tag == "iframe":
            self._framed(cast("ElementNode", node))
        elif tag[0] == "#" or tag in UNSHOWN:
            return tag == "#document"
        else:
            self._opened(cast("ElementNode", node), tag)
            return True
        return False

    def _leave(self, node: "Node") -> None:
        tag = _tag(node)
        if tag[0] == "#" or tag in UNSHOWN:
            return
        tag = self.open[-1].tag
        if tag == "rt":
            self._add(")")
        if tag in BLOCKS:
            self._end()
        self.open.pop()
        self.keys.pop()
        if tag in BLOCKS:
            self._begin()

    def _opened(self, node: "ElementNode", tag: str) -> None:
        above = self.open[-1]
        attributes = _attributes(node)
        place = above.element
        if len(self.page.elements) < MOST_ELEMENTS:
            place = len(self.page.elements)
            named = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower()
            role, href = attributes.get("role", "").lower(), attributes.get("href", "")
            self.page.elements.append(Element(above.element, tag, named, role, href))
        keys = keys_of(tag, attributes)
        look = self.styles.look(keys, attributes, above.look, self.keys)
        linked = above.linked or (tag == "a" and "href" in attributes)
        drawn, mute = above.drawn or tag == "svg", tag == "svg" or above.mute
        if drawn:  # its letters have a colour and a measure of their own, and any picture behind them
            look = look._replace(colour=BLACK, background=None, tiny=False)
        if above.drawn and tag in _LETTERED:
            tag, mute = f"svg:{tag}", False
        if tag in BLOCKS:
            self._end()
        block = place if tag in BLOCKS else above.block
        self.keys.append(keys)
        self.open.append(_Open(place, block, tag, look, linked, above.kept or tag in _KEPT_BLANKS, drawn, mute))
        if tag in BLOCKS:
            self._begin()
        elif tag == "br":
            self._end(broken=True)
        elif tag == "rt":
            self._add("(")

    def _framed(self, node: "ElementNode") -> None:
        """A page that stands in an attribute: it has rules of its own, and inherits no colour."""
        above = self.open[-1]
        attributes = _attributes(node)
        if not (markup := attributes.get("srcdoc")):
            return
        if self.frames == _FRAMES:
            raise UnparsableError("too-deep", f"it nests more than {_FRAMES} pages in one another")
        document = _tree(markup).document
        if document is None:
            return
        self._end()
        look = self.styles.look(keys_of("iframe", attributes), attributes, above.look, self.keys)._replace(
            colour=BLACK, tiny=False
        )
        _Walk(self.page, _styles(document), _Open(above.element, above.block, look=look), self.frames + 1).through(
            document
        )
        self._begin()

    def _text(self, text: str) -> None:
        if self.open[-1].mute:
            return
        if self.open[-1].kept:
            self._add(text.replace("\r\n", "\n").replace("\r", "\n"))
        elif text:
            self._add(_BLANKS.sub(_blank, text))

    def _add(self, text: str) -> None:
        top = self.open[-1]
        if text:
            look = top.look
            self.block.pieces.append(Piece(text, top.element, look.state, look.faint, top.linked))
            self.block.kept = self.block.kept or top.kept

    def _begin(self) -> None:
        self.block = Block(self.open[-1].block)

    def _end(self, broken: bool = False) -> None:
        self.block.broken = broken
        self.page.blocks += _settled(self.block)
        self.block = Block(self.open[-1].block)


_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")
_EDGES: Final = " \t\n\r\f\xa0\u3000"
#: Where a page sets its paragraphs with nothing but blanks: behind a sentence, the width of two Hanzi.
_INDENT: Final = re.compile(r"(?<=[。！？；：”）])(?:\u3000{2,}|(?:\xa0 ?){4,}|(?:\u3000|\xa0){3,})(?=\S)")


def _blank(match: re.Match[str]) -> str:
    """One blank; a line feed where the source was broken there, which between Hanzi is none."""
    return "\n" if "\n" in match.group() or "\r" in match.group() else " "


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _settled(block: Block) -> Iterator[Block]:
    """The block without blanks at its ends and between Hanzi at a line's end, parted at indents; nothing of blanks."""
    if block.kept:
        if block.text.strip():
            yield block
        return
    text = block.text
    if not text.strip(_EDGES):
        return
    drop = _dropped(text)
    cuts = [match.span() for match in _INDENT.finditer(text)]
    part = Block(block.element, broken=block.broken)
    at = 0
    for piece in block.pieces:
        if not cuts and drop.isdisjoint(range(at, at + len(piece.text))):
            part.pieces.append(piece._replace(text=piece.text.replace("\n", " ")))
            at += len(piece.text)
            continue
        kept: list[str] = []
        for place, char in enumerate(piece.text, start=at):
            while cuts and place >= cuts[0][1]:
                cuts.pop(0)
                if kept:
                    part.pieces.append(piece._replace(text="".join(kept)))
                    kept = []
                yield part
                part = Block(block.element, broken=block.broken)
            if place not in drop and not (cuts and cuts[0][0] <= place):
                kept.append(" " if char == "\n" else char)
        if kept:
            part.pieces.append(piece._replace(text="".join(kept)))
        at += len(piece.text)
    if part.pieces:
        yield part


_RUN: Final = re.compile(r"[ \n]+")


def _dropped(text: str) -> set[int]:
    """Places of blanks not to be shown: at the ends, all but one of a run, and a source's line end between Hanzi."""
    start, end = len(text) - len(text.lstrip(_EDGES)), len(text.rstrip(_EDGES))
    gone = {*range(start), *range(end, len(text))}
    for run in _RUN.finditer(text, start, end):
        wide = ord(text[run.start() - 1]) >= 0x2E80 and ord(text[run.end()]) >= 0x2E80
        gone.update(range(run.start() + (0 if wide and "\n" in run.group() else 1), run.end()))
    return gone


def hidden(piece: Piece, block: Block) -> bool:
    """Nobody sees it; of doubtful pieces only those amid text that is seen."""
    if piece.state == HIDDEN:
        return True
    return piece.state != SEEN and block.shows
