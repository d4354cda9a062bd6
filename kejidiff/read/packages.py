"""Bytes of a zip file -> what its contents make it: a document, read as such, or an archive, with its members.

Source. The marks are those the formats' specifications ask for: parts of fixed names (OPC, GB/T 33190), and the file
        `mimetype` (ODF, EPUB).
"""

from importlib import import_module
from typing import Final

from kejidiff.read.archive import members_of
from kejidiff.read.containers import Container
from kejidiff.read.extracted import Extracted, Members, UnparsableError

#: What `mimetype` may begin with, and the format.
_TYPES: Final = (
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.", "OpenDocument that is no text"),
)

#: A part whose presence tells the format.
_PARTS: Final = (
    ("OFD.xml", "ofd"),
    ("META-INF/container.xml", "epub"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("content.xml", "odt"),
)

#: A beginning of what [Content_Types].xml says of the main part, and the format.
_CONTENT: Final = (
    (b"wordprocessingml.", "docx"),
    (b"ms-word.", "docx"),
    (b"spreadsheetml.", "xlsx"),
    (b"presentationml.", "pptx"),
)

READ: Final = frozenset({"docx", "odt", "epub", "ofd"})


def extract(data: bytes, member_bytes: int, total_bytes: int) -> Extracted | Members:
    """The document's text, or the members of an archive, each of at most `member_bytes` and all of `total_bytes`."""
    container = Container(data)
    kind = _kind(container)
    if not kind:
        return members_of(container, member_bytes, total_bytes)
    if kind not in READ:
        raise UnparsableError("unsupported", f"{kind}, a kind of document that is not read; save it as docx or text")
    extracted: Extracted = import_module(f"kejidiff.read.{kind}").extract(data)
    return extracted._replace(format=kind)


def _kind(container: Container) -> str:
    """The format; empty for a plain archive."""
    if "mimetype" in container:
        declared = container.read("mimetype").strip()
        for beginning, kind in _TYPES:
            if declared.startswith(beginning):
                return kind
    if "[Content_Types].xml" in container:
        types = container.read("[Content_Types].xml")
        for mark, kind in _CONTENT:
            if mark in types:
                return kind
    if "word/document.xml" in container:
        return "docx"
    return next((kind for part, kind in _PARTS if part in container), "")
