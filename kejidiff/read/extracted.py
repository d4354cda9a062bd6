"""Bytes of one format -> `Extracted`, or `UnparsableError` raised with a reason code: what every parser hands back.

A parser is a function of bytes. It runs in a child process with limits (`confined`), because what it reads may have
been made to harm it; nothing but plain values goes back.
"""

from typing import NamedTuple

from kejidiff.model import Exclusion, Reservation


class Extracted(NamedTuple):
    """The text of a document, made of blocks with a blank line between them.

    text       paragraphs, headings and list items are one line each, rows of a table one line with tabs between cells
    marked     stretches of it that are no part of the report: `web-chrome` (menus, related lists), `page-mark` (page
               headers, footers, numbers), `hidden` (what nobody sees: white, tiny, covered); ascending, disjoint
    warnings   what is to be said of it, `evasion-suspected` for text that was hidden
    encoding   of a text format (HTML) the codec it was read with, else empty
    replaced   how many U+FFFD decoding put in
    format     of a container (zip, OLE) what it turned out to be, as `SourceText.format` has it; else empty
    """

    text: str
    marked: tuple[Exclusion, ...] = ()
    warnings: tuple[Reservation, ...] = ()
    encoding: str = ""
    replaced: int = 0
    format: str = ""


class Member(NamedTuple):
    """A file in an archive; one that is not read has no `data`, and a `reason` with its message instead."""

    name: str
    data: bytes = b""
    reason: str = ""
    message: str = ""


class Members(NamedTuple):
    """What an archive holds, by name."""

    members: tuple[Member, ...]


class UnparsableError(Exception):
    """No text: `reason` is a slug of `errors.REASONS`. The message names no path and quotes nothing."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.reason = reason
        self.message = message
