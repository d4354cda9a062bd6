"""Bytes of a Word document (docx, docm, dotx; transitional or strict) -> `Extracted`: body, notes, charts and diagrams,
headers, footers.

Source.      ECMA-376 parts 1 and 2; what programs write besides was tried with LibreOffice and python-docx.
Limitations. Comments, embedded files and pictures are left out, and of charts all but words. Numbers that Word counts
             itself are no text of the file.
"""

import posixpath
from collections.abc import Iterable, Iterator
from typing import Final

from kejidiff.read.blocks import Block, joined
from kejidiff.read.containers import Container
from kejidiff.read.docx_looks import Styles
from kejidiff.read.docx_story import Story, lettered
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.read.looks import is_pale
from kejidiff.read.xml import Element, below, parsed

#: Where the text is, if the package does not say.
MAIN: Final = "word/document.xml"

#: Kinds of relationship by their last part, and the elements that hold a note each.
_NOTES: Final = {"footnotes": "w:footnote", "endnotes": "w:endnote"}
_REPEATED: Final = ("header", "footer")
_DRAWN: Final = ("diagramData", "chart", "chartEx")


def extract(data: bytes) -> Extracted:
    """The text of the document. UnparsableError with a reason code where there is none to be had."""
    container = Container(data)
    container.refuse_twins()
    main = main_part(container)
    return joined(_blocks(container, main, parsed(container.read(main))))


def main_part(container: Container) -> str:
    """The name of the part that the package names as its document."""
    named = [target for kind, target in _relationships(container, "") if kind == "officeDocument"]
    if len(set(named)) > 1:
        raise UnparsableError("ambiguous-parts", "it names two documents as its own")
    return named[0] if named and named[0] in container else MAIN


def _blocks(container: Container, main: str, document: Element) -> Iterator[Block]:
    related = list(_relationships(container, main))
    styles = Styles(_part(container, related, "styles"))
    background = below(document, "w:background")
    coloured = background is not None and is_pale(background.get("w:color")) is False
    body = below(document, "w:body")
    if body is None:
        raise UnparsableError("damaged", "its document has no body")
    if next(body.iter("w:altChunk"), None) is not None:  # better not read than read without a part of it
        raise UnparsableError("unsupported", "part of its text is a document inside it; save it again with Word")
    yield from Story(styles, seen=coloured).blocks(body)
    for kind, tag in _NOTES.items():
        notes = _part(container, related, kind)
        for note in () if notes is None else notes.iter(tag):
            if note.get("w:type", "normal") == "normal":
                yield from Story(styles, seen=coloured).blocks(note)
    sources = [main, *(target for kind, target in related if kind in (*_NOTES, *_REPEATED))]
    yield from _each_once(block for source in dict.fromkeys(sources) for block in _drawn(container, source))
    yield from _repeated(container, related, styles)


def _drawn(container: Container, source: str) -> Iterator[Block]:
    """What is written in diagrams and charts of a part, and in shapes laid over a chart."""
    for target in dict.fromkeys(target for kind, target in _relationships(container, source) if kind in _DRAWN):
        if (part := container.find(target)) is not None:
            yield from lettered(parsed(part))
            shapes = (other for kind, other in _relationships(container, target) if kind == "chartUserShapes")
            for shape in filter(None, map(container.find, shapes)):
                yield from lettered(parsed(shape))


def _each_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """Of blocks that read alike the first."""
    known: set[str] = set()
    for block in blocks:
        text = "".join(run.text for run in block.runs)
        if text not in known:
            known.add(text)
            yield block


def _repeated(container: Container, related: list[tuple[str, str]], styles: Styles) -> Iterator[Block]:
    """Headers and footers, each text once: most documents hold three of either for first, odd and even pages."""
    parts = map(container.find, dict.fromkeys(target for kind, target in related if kind in _REPEATED))
    stories = (Story(styles).blocks(parsed(part)) for part in parts if part is not None)
    yield from _each_once(Block(block.runs, aside=True) for story in stories for block in story)


def _part(container: Container, related: list[tuple[str, str]], kind: str) -> Element | None:
    """The root of the first part that is related in this way."""
    for own, target in related:
        if own == kind and (part := container.find(target)) is not None:
            return parsed(part)
    return None


def _relationships(container: Container, source: str) -> Iterator[tuple[str, str]]:
    """Kind and target of all that a part (of "": the package) says it belongs with, inside the package."""
    folder, name = posixpath.split(source)
    part = container.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in () if part is None else parsed(part):
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            yield relation.get("Type", "").rpartition("/")[2], target.lstrip("/")
