"""Bytes of an EPUB -> `Extracted`: its chapters in reading order, each read as the web page that it is.

Source.      EPUB 3.3 (OCF: container and encryption; package: manifest and spine), which EPUB 2 agrees with here.
Limitations. A table of contents is left out where the book calls it one; pictures of text are no text.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final
from urllib.parse import unquote

from kejidiff.read.blocks import chained
from kejidiff.read.containers import Container
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.read.xml import Element, parsed

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"

#: Fonts may be scrambled by these, which keeps nobody from reading the text.
_FONTS_ONLY: Final = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})

#: A document type that declares something itself. Naming one is what EPUB 2 asks of a chapter; but entities declared
#: there would be text to one reader and none to us, who read chapters as pages. (NULs are taken out for UTF-16.)
_OWN_DECLARATIONS: Final = re.compile(rb"<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_HEAD: Final = 4096

_PAGES: Final = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})


def extract(data: bytes) -> Extracted:
    """The text of the book. UnparsableError with a reason code where there is none to be had."""
    container = Container(data)
    container.refuse_twins()
    _refuse_protected(container)
    package = _package(container)
    read: Callable[[bytes], Extracted] = import_module("kejidiff.read.web").extract
    return chained(_chapters(container, package, read))


def _refuse_protected(container: Container) -> None:
    part = container.find(_ENCRYPTION)
    for method in () if part is None else parsed(part).iter("enc:EncryptionMethod"):
        if method.get("Algorithm") not in _FONTS_ONLY:
            raise UnparsableError("encrypted", "protected against copying")


def _package(container: Container) -> str:
    """The name of the part that lists what the book is made of."""
    for rootfile in parsed(container.read(_CONTAINER)).iter("container:rootfile"):
        if path := rootfile.get("full-path"):
            return path
    raise UnparsableError("damaged", "it does not say where its contents are listed")


def _chapters(container: Container, package: str, read: Callable[[bytes], Extracted]) -> Iterator[Extracted]:
    """What the spine names, once each; a page without text is passed over, a missing one is not."""
    for name in dict.fromkeys(_spine(parsed(container.read(package)), posixpath.dirname(package))):
        page = container.read(name)
        if _OWN_DECLARATIONS.search(page[:_HEAD].replace(b"\x00", b"")):
            raise UnparsableError("dtd-forbidden", "a chapter of it declares entities of its own")
        try:
            yield read(page)
        except UnparsableError as error:
            if error.reason not in ("no-text", "empty"):
                raise


def _spine(root: Element, folder: str) -> Iterator[str]:
    items = {item.get("id", ""): item for item in root.iter("opf:item")}
    for reference in root.iter("opf:itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.get("media-type") not in _PAGES or "nav" in item.get("properties", "").split():
            continue
        yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "").partition("#")[0])))
