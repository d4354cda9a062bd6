"""Bytes of an OpenDocument text (odt, ott, or flat in one XML file) -> `Extracted`: body, notes, headers and footers.

What tracked changes deleted stands apart in such a file and is left out; so are annotations.

Source. OpenDocument 1.2 parts 1 and 3; files of LibreOffice.
"""

import re
from collections.abc import Iterator
from typing import Final

from kejidiff.read.blocks import Block, Run, joined, row_blocks
from kejidiff.read.containers import Container
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.read.looks import Look
from kejidiff.read.odt_looks import Styles, is_ground
from kejidiff.read.xml import Element, below, children, parsed

_LEFT_OUT: Final = frozenset({
    "text:tracked-changes", "office:annotation", "office:annotation-end", "text:note-citation", "text:ruby-text",
    "office:forms", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "title", "desc",
    "office:scripts", "office:settings", "office:meta", "office:event-listeners", "math",
})  # fmt: skip

_ROW_GROUPS: Final = frozenset({"table:table-rows", "table:table-header-rows", "table:table-row-group"})

#: Blanks in a row count as one, line breaks of the XML among them (ODF 1.2 part 1, 6.1.2).
_BLANKS: Final = re.compile(r"[ \t\r\n]+")

#: Blanks that one element may stand for, and cells: a table that is repeated to the sheet's end is no text.
_MOST_BLANKS: Final = 100
_MOST_CELLS: Final = 60


def extract(data: bytes) -> Extracted:
    """The text of the document. UnparsableError with a reason code where there is none to be had."""
    if not data.startswith(b"PK"):
        content = styles = parsed(data.lstrip())
    else:
        container = Container(data)
        container.refuse_twins()
        if b"encryption-data" in (container.find("META-INF/manifest.xml") or b""):
            raise UnparsableError("encrypted", "needs a password")
        content = parsed(container.read("content.xml"))
        part = container.find("styles.xml")
        styles = content if part is None else parsed(part)
    return joined(_blocks(content, styles))


def _blocks(content: Element, styles: Element) -> Iterator[Block]:
    body = below(content, "office:body", "office:text")
    if body is None:
        raise UnparsableError("unsupported", "OpenDocument that is no text; save it as a text document")
    paper = _paper(styles)
    story = _Story(Styles(styles, content), paper)
    yield from story.blocks(body, paper)
    yield from story.notes
    known: set[str] = set()
    for page in styles.iter("style:master-page"):
        for element in page:
            for block in () if element.tag == "style:style" else story.blocks(element, paper):
                text = "".join(run.text for run in block.runs)
                if text not in known:
                    known.add(text)
                    yield Block(block.runs, aside=True)


def _paper(styles: Element) -> Look:
    """What is behind the text of pages: where any of them has a ground, it is not asked which."""
    pages = (page.get("fo:background-color") for page in styles.iter("style:page-layout-properties"))
    fills = (page.get("draw:fill-color") for page in styles.iter("style:drawing-page-properties"))
    return Look(shaded=any(map(is_ground, (*pages, *fills))) or None)


class _Story:
    """Reads any element that holds paragraphs; what it meets of notes is kept for the end."""

    def __init__(self, styles: Styles, paper: Look) -> None:
        self._styles, self._paper = styles, paper
        self.notes: list[Block] = []

    def blocks(self, parent: Element, around: Look) -> Iterator[Block]:
        for element in parent:
            if element.tag in ("text:p", "text:h"):
                boxes: list[Element] = []
                look = self._styles.look("paragraph", element.get("text:style-name")).over(around)
                yield Block(list(self._runs(element, look, boxes)))
                for box in boxes:  # its fill is not looked for, so white in it may well be seen
                    yield from self.blocks(box, Look(shaded=True))
            elif element.tag == "table:table":
                yield from self._table(element, around)
            elif element.tag == "text:section":
                unseen = element.get("text:display") == "none"
                yield from self.blocks(element, Look(vanish=True).over(around) if unseen else around)
            elif element.tag.startswith("draw:"):  # a box that hangs on the page
                yield from self.blocks(element, Look(shaded=True))
            elif element.tag not in _LEFT_OUT:
                yield from self.blocks(element, around)

    def _table(self, table: Element, around: Look) -> Iterator[Block]:
        ground = self._ground(table, "table").over(around)
        rows = (
            [self._cell(cell, self._ground(row, "table-row").over(ground)) for cell in _cells(row)]
            for row in _rows(table)
        )
        yield from row_blocks(rows)

    def _ground(self, element: Element, family: str) -> Look:
        """What a table, a row or a cell says of what is behind its text, and nothing else."""
        return Look(shaded=self._styles.look(family, element.get("table:style-name")).shaded)

    def _cell(self, cell: Element, around: Look) -> list[Block]:
        return list(self.blocks(cell, self._ground(cell, "table-cell").over(around)))

    def _runs(self, parent: Element, look: Look, boxes: list[Element]) -> Iterator[Run]:
        """The text of an element, with that of the elements in it, and what stands behind each of them."""
        yield Run(_BLANKS.sub(" ", parent.text or ""), look.unseen)
        for element in parent:
            yield from self._inline(element, look, boxes)
            yield Run(_BLANKS.sub(" ", element.tail or ""), look.unseen)

    def _inline(self, element: Element, look: Look, boxes: list[Element]) -> Iterator[Run]:
        tag = element.tag
        if tag == "text:s":
            count = element.get("text:c", "1")
            yield Run(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS), look.unseen)
        elif tag == "text:tab":
            yield Run("\t", look.unseen)
        elif tag == "text:line-break":
            yield Run("\n", look.unseen)
        elif tag == "text:note":
            for body in children(element, "text:note-body"):
                self.notes += self.blocks(body, self._paper)
        elif tag.startswith("draw:"):
            boxes += _boxes(element)
        elif tag == "text:span":
            yield from self._runs(element, self._styles.look("text", element.get("text:style-name")).over(look), boxes)
        elif tag == "text:hidden-text":
            hidden = element.get("text:is-hidden", "true") == "true"
            yield from self._runs(element, Look(vanish=True).over(look) if hidden else look, boxes)
        elif tag not in _LEFT_OUT:
            yield from self._runs(element, look, boxes)


#: A text box in a frame, or a shape of any kind: what holds these holds text.
_PARAGRAPHS: Final = frozenset({"text:p", "text:h", "text:list", "table:table"})


def _boxes(drawing: Element) -> Iterator[Element]:
    """What holds text in a drawing, not inside each other: text boxes, and shapes, as which those of Word come."""
    if any(child.tag in _PARAGRAPHS for child in drawing):
        yield drawing
        return
    for child in drawing:
        if child.tag not in _LEFT_OUT:
            yield from _boxes(child)


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, also those in groups, not those of tables in its cells."""
    for element in table:
        if element.tag == "table:table-row":
            yield element
        elif element.tag in _ROW_GROUPS:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    cells = (cell for cell in row if cell.tag in ("table:table-cell", "table:covered-table-cell"))
    for cell in cells:
        count = cell.get("table:number-columns-repeated", "1")
        repeated = min(int(count) if count.isdecimal() and len(count) < 5 else 1, _MOST_CELLS)
        yield from [cell] * repeated
