"""Bytes of an XML part -> its tree, with short names; whatever an attack needs and a report does not is refused.

Terms.       A *short name* is `w:p` for an element p of the namespace that `NAMESPACES` calls w, under either of the
             addresses that Office Open XML has for it (transitional and strict); a name of any other namespace, or of
             none, is its local part alone. Attributes likewise.
Beware.      No document type is read, so that no entity can be declared: none but the five of XML itself exists.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder

from kejidiff.read.extracted import UnparsableError

__all__ = ["Element", "below", "children", "parsed"]

_OOXML: Final = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"

#: Address of a namespace -> what short names begin with.
NAMESPACES: Final[dict[str, str]] = {
    _OOXML[0] + "wordprocessingml/2006/main": "w",
    _OOXML[1] + "wordprocessingml/main": "w",
    _OOXML[0] + "officeDocument/2006/math": "m",
    _OOXML[1] + "officeDocument/math": "m",
    _OOXML[0] + "officeDocument/2006/relationships": "r",
    _OOXML[1] + "officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    _ODF + "office:1.0": "office",
    _ODF + "text:1.0": "text",
    _ODF + "table:1.0": "table",
    _ODF + "style:1.0": "style",
    _ODF + "drawing:1.0": "draw",
    _ODF + "xsl-fo-compatible:1.0": "fo",
    _ODF + "manifest:1.0": "manifest",
    _ODF + "container": "container",
    "http://www.idpf.org/2007/opf": "opf",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
    "http://www.ofdspec.org/2016": "ofd",
}

#: Nested elements. A table in a table in a text box is some 40 deep; expat itself stands more than a thousand, but
#: what walks the tree calls itself once a level.
DEEPEST: Final = 200

#: Elements of one part. A million Hanzi in runs of four, each with its fonts and sizes, are 1.5 million; at some 300
#: bytes each they are what memory goes for.
MOST: Final = 3_000_000


class _Target:
    """Builds the tree as it is told of it, and counts."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._names: dict[str, str] = {}
        self._depth = 0
        self._count = 0
        self.data = self._builder.data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise UnparsableError("too-deep", f"its XML nests more than {DEEPEST} elements")
        if self._count > MOST:
            raise UnparsableError("expands-too-much", f"a part of it has more than {MOST:,} elements")
        self._builder.start(self._short(tag), {self._short(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(self._short(tag))

    def close(self) -> Element:
        return self._builder.close()

    def _short(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            address, _, local = name.rpartition("}")
            prefix = NAMESPACES.get(address.removeprefix("{"))
            known = self._names[name] = f"{prefix}:{local}" if prefix else local
        return known


def parsed(data: bytes) -> Element:
    """The root of a part's tree. UnparsableError: `dtd-forbidden`, `too-deep`, `expands-too-much`, `damaged`."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    parser = DefusedXMLParser(target=_Target(), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise UnparsableError("dtd-forbidden", "its XML declares a document type or entities") from None
    except (ParseError, ValueError, LookupError):  # LookupError, ValueError: an encoding that expat cannot read
        raise UnparsableError("damaged", "a part of it is no well-formed XML") from None
    return root


def below(element: Element | None, *names: str) -> Element | None:
    """The first child of the first name, its first child of the second, and so on; None where one is missing.

    Beware: Element's own `find` takes the colon of a short name for something else.
    """
    for name in names:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of one name."""
    return (child for child in element if child.tag == name)
