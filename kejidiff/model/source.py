"""A file as it was found: `SourceText` where it was read, `Skipped` where not; every file ends as one of them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from kejidiff.errors import PARTIAL, State
from kejidiff.model.document import Exclusion
from kejidiff.span import Span


class Reservation(NamedTuple):
    """A file was read, but: `reason` is one of `errors.RESERVATIONS`; `span`, where known, says where."""

    reason: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's decoded text, unchanged but for its byte order mark; of a format that is no plain text, what was
    extracted from it.

    path        as CONTRACT details 1 say: relative to the scanned folder, with `/`; the name of a file given by name;
                of a member of an archive the archive's, `/`, and its own in it
    encoding    `utf-8`, `gb18030`, `big5hkscs`, `utf-16-le` or `utf-16-be`; empty where the format has none of its own
    format      `text`, `html`, `docx`, `odt`, `epub`, `pdf`, `rtf`, `doc`, `ofd`, or `archive`, whose text is empty:
                its members are files of their own; `json-line` and `parquet-row` for a row of an archive of texts,
                one document whole
    marked      stretches that its format tells to be no part of the report: page headers, menus, hidden text
    replaced    how many U+FFFD decoding put in for bytes that could not be read
    sha256      hex digest of the file's bytes
    metadata    what a row of an archive of texts holds beside its text and id: an object in JSON, UTF-8; else empty
    location    where it was read from, for messages and `show`; never part of a record. A member's is its archive's
    """

    path: str
    text: str
    encoding: str = "utf-8"
    replaced: int = 0
    sha256: str = ""
    warnings: tuple[Reservation, ...] = ()
    location: str = field(default="", compare=False)
    format: str = "text"
    marked: tuple[Exclusion, ...] = ()
    metadata: bytes = b""

    @property
    def whole(self) -> bool:
        """False where a part of it could not be read."""
        return not any(warning.reason in PARTIAL for warning in self.warnings)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was found but not read: a failure as data. `reason` is a slug of `errors.REASONS`."""

    path: str
    reason: str
    message: str
    state: State
    location: str = field(default="", compare=False)

    @property
    def harmless(self) -> bool:
        """True where passing it over leaves the scan complete: hidden files, second names of one file."""
        return self.reason == "ignored"
