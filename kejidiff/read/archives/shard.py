"""What archives are cut into -> the nouns of this folder: `Shard`, `Row`, and the names rows go by.

Terms.       A *row* is one document of an archive: a line of JSON lines, a row of a Parquet table. A *shard* is a
             piece of an archive that can be read without the rest of it: the unit of work of one worker.
"""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

Form = Literal["lines", "gzip", "zstd", "parquet"]

#: Bytes of a row that is read: as many as of a file (`ScanOptions.max_file_bytes`).
MAX_ROW_BYTES: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Shard:
    """A piece of an archive.

    path        as in records: the archive's display path (`FoundFile.path`)
    location    where it lies
    form        `lines`, `gzip`, `zstd` or `parquet`
    start, end  half-open: bytes of plain lines, where a line belongs to the shard that it *starts* in; row groups of a
                Parquet file; `0, -1` for a packed file, which cannot be entered in the middle; bytes of `unpacked`
    unpacked    where the archive's rows lie as lines (`unpacking`), those of a packed file as its `lines`; else empty
    torn        of the last shard of an archive that cannot be read further: why, as of `UnreadableArchiveError`
    """

    path: str
    location: str
    form: Form
    start: int
    end: int
    unpacked: str = ""
    torn: tuple[str, str] | None = None

    @property
    def place(self) -> str:
        """The file to be opened."""
        return self.unpacked or self.location


class Row(NamedTuple):
    """A document of an archive, or what stands in its place.

    number      of plain lines the offset of the line's first byte (within a range of bytes no line's number is known);
                else the number of the line or row in the whole file, from 1, blank lines counted
    id          as given, a number as its digits; None where there is none
    text        None where there is none
    metadata    all other fields as an object in JSON, UTF-8; None where there are none. What JSON has no value for
                (NaN, infinity) is null; of Parquet, columns that are null are left out
    problem     why the row is not read: a slug of `errors.REASONS`: `damaged` (no object with a string text), `empty`,
                `too-large`, `too-deep`; None where it is
    """

    number: int
    id: str | None
    text: str | None
    metadata: bytes | None = None
    problem: str | None = None


def utf8_length(text: str) -> int:
    """Bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


class UnreadableArchiveError(Exception):
    """The archive cannot be read, or not further: `reason` is a slug of `errors.REASONS`. Rows before it are good."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.reason, self.message = reason, message


class RowNames:
    """Rows in their order -> what each is called in its archive: by its id, else by its number; no two by one name."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._taken

    def name(self, row: Row) -> tuple[str, bool]:
        """The name, and True where an earlier row has this id: the later is called `ID@NUMBER`."""
        given = row.id or str(row.number)
        name = given
        if repeats := given in self._taken:
            name = f"{given}@{row.number}"
        while name in self._taken:
            name += "@"
        self._taken.add(name)
        return name, repeats
