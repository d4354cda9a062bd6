"""What is known of the texts of a piece of work besides their words <-> lines of JSON in the working folder.

An entry is a file or a row of an archive, with the documents in it. Rows get their names when all are known: an id may
come twice, and a row without one is called by its number.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from kejidiff.model import Document, Exclusion, Repair, Reservation, Skipped, SourceText
from kejidiff.model.bulk import BulkFile
from kejidiff.model.document import Script
from kejidiff.span import Span

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class DocumentEntry(NamedTuple):
    """A document's own facts; `script` is empty where its sketch tells it. Fields as of `Document`.

    titled   whether its first paragraph is its title, which has the number 0
    """

    ordinal: int = 1
    title: str = ""
    script: Script | None = None
    titled: bool = False
    excluded: tuple[Exclusion, ...] = ()
    repaired: tuple[Repair, ...] = ()

    @classmethod
    def of(cls, document: Document) -> "DocumentEntry":
        return cls(
            document.ordinal, document.title, document.script,
            bool(document.paragraphs) and document.paragraphs[0].number == 0, document.excluded, document.repaired,
        )  # fmt: skip


class Entry(NamedTuple):
    """A file or a row.

    id, number   of a row: as of `Row`; number counts lines of the piece, from 1, where the archive is plain lines
    """

    file: BulkFile
    documents: tuple[DocumentEntry, ...] = ()
    id: str | None = None
    number: int = 0
    metadata: str = ""


def file_of(source: SourceText | Skipped) -> BulkFile:
    """A file without its text."""
    if isinstance(source, Skipped):
        return BulkFile(source.path, source.reason, source.message, source.state)
    return BulkFile(
        source.path, format=source.format, encoding=source.encoding, replaced=source.replaced,
        characters=len(source.text), sha256=source.sha256, warnings=source.warnings,
    )  # fmt: skip


def entry_line(entry: Entry) -> str:
    """An entry as `read_entries` reads it."""
    return _ENCODER.encode(entry) + "\n"


def write_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Replace the file by these entries; whole or not at all."""
    temporary = path.with_name(path.name + ".part")
    with temporary.open("w", encoding="utf-8", errors="surrogatepass") as file:
        file.writelines(map(entry_line, entries))
    temporary.replace(path)


def read_entries(path: Path, only: frozenset[int] | None = None) -> Iterator[Entry]:
    """The entries that `write_entries` wrote, or those of them with these numbers."""
    with path.open(encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for at, line in enumerate(file):
            if only is not None and at not in only:
                continue
            own, documents, given, number, metadata = json.loads(line)
            yield Entry(_file(own), tuple(map(_document, documents)), given, number, metadata)


# What comes out of JSON has no types that could be checked; `write_entries` put in what is taken for granted here.


def _file(fields: list[object]) -> BulkFile:
    *plain, warnings = fields
    reserved = tuple(Reservation(reason, message, span and Span(*span)) for reason, message, span in warnings)  # type: ignore[attr-defined]
    return BulkFile._make([*plain, reserved])


def _document(fields: list[object]) -> DocumentEntry:
    ordinal, title, script, titled, excluded, repaired = fields
    return DocumentEntry(
        ordinal, title, script, titled,  # type: ignore[arg-type]
        tuple(Exclusion(Span(*span), reason) for span, reason in excluded),  # type: ignore[attr-defined]
        tuple(
            Repair(Span(*span), reason, text, tuple(Span(*guess) for guess in guessed))
            for span, reason, text, guessed in repaired  # type: ignore[attr-defined]
        ),
    )  # fmt: skip
