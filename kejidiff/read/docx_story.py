"""A story of a Word document (its body, a note, a header) -> blocks: paragraphs and tables as a reader would see them.

What tracked changes deleted or moved away is left out, what they inserted is kept; of a field its result; of a picture
that is there twice for old and new programs (`mc:AlternateContent`) one.

Source. ECMA-376 part 1, 17.3 and 17.4 (paragraphs, runs, tables), 17.13.5 (revisions), 17.16 (fields); part 3.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from typing import Final

from kejidiff.read.blocks import Block, Run, row_blocks
from kejidiff.read.docx_looks import Styles, is_flat, shading_of
from kejidiff.read.looks import Look
from kejidiff.read.xml import Element, below, children

#: Deleted, moved away, or no text of the story: properties, comments, what a field is told.
_LEFT_OUT: Final = frozenset({
    "w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr", "w:sdtEndPr", "w:sectPr", "w:rt",
    "w:instrText", "w:delText", "w:delInstrText", "w:annotationRef", "w:altChunk", "m:rPr", "m:ctrlPr",
})  # fmt: skip

#: What stands for one character.
_CHARACTERS: Final = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}

#: Beginnings of what `Requires` may name for a choice to be taken: Word's own extensions since 2010.
_UNDERSTOOD: Final = ("w1", "wp", "a1", "c1", "cx", "am3d", "aink", "v", "o", "p14")


class Story:
    """Reads one part; `seen` says that its ground has a colour of its own, so that white on it is no hiding."""

    def __init__(self, styles: Styles, *, seen: bool = False) -> None:
        self._styles = styles
        self._seen = seen
        self._instructions: list[bool] = []  # of each open field: whether its instruction is still going on
        self._open: frozenset[int] = frozenset()

    def blocks(self, parent: Element, seen: bool | None = None) -> Iterator[Block]:
        """The blocks below an element, in order; those of a text box follow the paragraph that it hangs on."""
        ground = self._seen if seen is None else seen
        runs: list[Run] = []
        for element in _flat(parent, {"w:p", "w:tbl"}):
            if element.tag == "w:tbl":
                yield from self._table(element, ground)
                continue
            boxes: list[Element] = []
            self._open = _unended(element)
            properties = below(element, "w:pPr")
            runs += self._runs(element, self._styles.paragraph(properties), ground, boxes)
            if not _mark_is_deleted(properties):
                yield Block(runs)
                runs = []
            for box in boxes:  # its fill is not looked for, so white in it may well be seen
                yield from self.blocks(box, seen=True) if box.tag == "w:txbxContent" else lettered(box)
        yield Block(runs)

    def _runs(self, parent: Element, paragraph: Look, seen: bool, boxes: list[Element]) -> Iterator[Run]:
        for element in _flat(parent, {"w:r", "m:t", "w:t"}):
            if element.tag != "w:r":  # of a formula, which may hold either kind of text
                yield Run(element.text or "")
                continue
            look = self._styles.run(below(element, "w:rPr"), paragraph)
            hidden = look._replace(shaded=look.shaded or seen).unseen
            yield Run("".join(self._text(element, paragraph, seen, boxes)), hidden)

    def _text(self, run: Element, paragraph: Look, seen: bool, boxes: list[Element]) -> Iterator[str]:
        for element in run:
            tag = element.tag
            if tag == "w:fldChar":
                self._field("" if id(element) in self._open else element.get("w:fldCharType", ""))
            elif any(self._instructions) or tag in _LEFT_OUT:
                continue
            elif tag == "w:t":
                yield element.text or ""
            elif tag in _CHARACTERS:
                yield _CHARACTERS[tag]
            elif tag == "w:sym":
                yield _symbol(element.get("w:char", ""))
            elif tag == "w:ruby":
                for base in element.iter("w:rubyBase"):
                    yield "".join(one.text for one in self._runs(base, paragraph, seen, boxes))
            elif tag == "mc:AlternateContent":
                yield from self._text(_only(element), paragraph, seen, boxes)
            else:
                boxes.extend(_flat(element, _DRAWN))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._instructions.append(True)
        elif self._instructions and kind == "separate":
            self._instructions[-1] = False
        elif self._instructions and kind == "end":
            self._instructions.pop()

    def _table(self, table: Element, seen: bool) -> Iterator[Block]:
        style = below(table, "w:tblPr", "w:tblStyle")
        coloured = seen or self._styles.shades(None if style is None else style.get("w:val"))
        coloured = coloured or bool(shading_of(below(table, "w:tblPr")))
        rows = (
            [_unseen(self._cell(cell, coloured), is_flat(row)) for cell in _flat(row, {"w:tc"})]
            for row in _flat(table, {"w:tr"})
            if below(row, "w:trPr", "w:del") is None
        )
        yield from row_blocks(rows)

    def _cell(self, cell: Element, seen: bool) -> list[Block]:
        return list(self.blocks(cell, seen or bool(shading_of(below(cell, "w:tcPr")))))


def _unseen(blocks: list[Block], flat: bool) -> list[Block]:
    """The blocks of a cell, hidden where its row has no height."""
    if not flat:
        return blocks
    return [block._replace(runs=[run._replace(hidden=True) for run in block.runs]) for block in blocks]


#: What holds text in a picture: a box, letters along a line (`v:textpath`), a shape of DrawingML.
_DRAWN: Final = frozenset({"w:txbxContent", "textpath", "txBody"})


def lettered(drawing: Element) -> Iterator[Block]:
    """The text of a drawing, a diagram or a chart: paragraphs of DrawingML, and what a chart took from its table."""
    yield Block([Run(drawing.get("string", "") if drawing.tag == "textpath" else "")])
    for element in drawing.iter():
        if element.tag == "p":
            yield Block([Run("".join(_PIECES[one.tag](one) for one in element.iter() if one.tag in _PIECES))])
        elif element.tag in ("strCache", "strDim"):  # names of series and categories; figures are no text
            texts = (one.text or "" for one in element.iter() if one.tag in ("v", "pt"))
            yield Block([Run("\t".join(text for text in texts if text.strip()))])


_PIECES: Final[Mapping[str, Callable[[Element], str]]] = {
    "t": lambda element: element.text or "",
    "br": lambda _: "\n",
}


def _flat(parent: Element, wanted: Set[str]) -> Iterator[Element]:
    """The wanted elements below one, not inside each other: through whatever only wraps them."""
    for element in parent:
        if element.tag in wanted:
            yield element
        elif element.tag == "mc:AlternateContent":
            yield from _flat(_only(element), wanted)
        elif element.tag not in _LEFT_OUT:
            yield from _flat(element, wanted)


def _only(element: Element) -> Element:
    """Of alternatives the first that is understood, else the fallback; any other element is itself."""
    if element.tag != "mc:AlternateContent":
        return element
    for choice in children(element, "mc:Choice"):
        needed = choice.get("Requires", "").split()
        if all(name.startswith(_UNDERSTOOD) for name in needed):
            return choice
    fallback = below(element, "mc:Fallback")
    return Element("") if fallback is None else fallback


def _unended(paragraph: Element) -> frozenset[int]:
    """Beginnings of fields whose instruction the paragraph does not end: they would swallow the text that follows."""
    begun: list[tuple[int, bool]] = []  # of each open field: which it is, and whether its result has begun
    for mark in paragraph.iter("w:fldChar"):
        kind = mark.get("w:fldCharType")
        if kind == "begin":
            begun.append((id(mark), False))
        elif kind == "separate" and begun:
            begun[-1] = begun[-1][0], True
        elif kind == "end" and begun:
            begun.pop()
    return frozenset(mark for mark, told in begun if not told)


def _mark_is_deleted(properties: Element | None) -> bool:
    """True where tracked changes took the paragraph's end away: the next one goes on in it."""
    return properties is not None and below(properties, "w:rPr", "w:del") is not None


def _symbol(code: str) -> str:
    """A character of a symbol font; what it looks like only the font knows, unless it is outside the private area."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= char <= "\uf8ff" else char
