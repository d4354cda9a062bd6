"""Paths -> what is there, where it is so much that it is compared paragraph by paragraph.

Limitations. Sizes are those of the files, of zip archives what these say that their members have, and of other packed
             ones what such usually unpack to; stdin, which has none before it is read, counts nothing.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kejidiff.read import Discovery, FoundFile, discover
from kejidiff.read.formats import HEAD, is_archive_name, is_own_report

if TYPE_CHECKING:
    from kejidiff.pipeline.bulk.planning import Plan

#: Bytes from which a scan is a large one: some 600 reports, which take two cores a minute when compared in full.
LARGE_BYTES: Final = 16 << 20


#: What a packed file unpacks to, in its own size. Of 300 real reports (6.5 MB): zstd 3.9, gzip 3.6, Parquet 2.2
#: (snappy) or 3.0 (zstd).
_PACKED: Final = 4
_PARQUET: Final = 3
#: Of a word processor's file or a PDF most is not text: pictures, fonts, layout.
_OFFICE: Final = 20
_OFFICE_NAMES: Final = (
    ".pdf",
    ".docx",
    ".doc",
    ".wps",
    ".odt",
    ".epub",
    ".rtf",
    ".ofd",
    ".ppt",
    ".pptx",
    ".xls",
    ".xlsx",
)
#: As of `ScanOptions.max_file_bytes`.
_MOST: Final = 64 << 20


class Large(NamedTuple):
    """What was found, and how it is to be read: in one piece of work at least."""

    found: Discovery
    plan: "Plan"


def found_large(paths: Sequence[str], asked: bool, every: bool = False) -> Large | None:
    """What lies below `paths` if it is large, or if that is `asked` for; None where it is neither, or where nothing can
    be read at all, of which a scan in full tells. `every`: all files are archives of texts.

    UsageError where a path does not exist."""
    found = discover(paths)
    if not asked and sum(_size(one, every) for one in found.found) < LARGE_BYTES:
        return None
    from kejidiff.pipeline.bulk.planning import plan_of  # with all that reads archives

    plan = plan_of(found, every)
    return Large(found, plan) if plan.pieces else None


def inputs_called(path: str | None, found: Discovery) -> list[str]:
    """Where the files of this path lie that a scan would read: none where it is a result that kejidiff wrote, which a
    scan passes over."""
    if path is None:
        return []
    try:
        with Path(path).open("rb") as file:
            own = is_own_report(file.read(HEAD))
        same = [] if own else [one.location for one in found.found if Path(one.location).exists()]
        return [location for location in same if Path(location).samefile(path)]
    except OSError:
        return []


def _size(found: FoundFile, every: bool) -> int:
    """Bytes of what is in the file, roughly; 0 for what is gone, and for stdin."""
    try:
        size = Path(found.location).stat().st_size
        if every or is_archive_name(found.path):
            return size * _unpacking(found.location)
    except OSError:
        return 0
    if size <= _MOST and found.path.lower().endswith(".zip"):
        return _in_members(found.location, size)
    return _text_in(found.path, size)


def _text_in(name: str, size: int) -> int:
    """Bytes of text in a file of this name and size."""
    if size > _MOST:
        return 0  # it will not be read
    return size // _OFFICE if name.lower().endswith(_OFFICE_NAMES) else size


def _in_members(location: str, size: int) -> int:
    """The same of a zip archive: of its members as if they lay in a folder; its own size where it does not list any."""
    from kejidiff.read.zip_directory import listed_members

    try:
        with Path(location).open("rb") as file:
            members = listed_members(file)
    except OSError:
        return 0
    return size if members is None else sum(_text_in(member.name, member.size) for member in members)


def _unpacking(location: str) -> int:
    """How many times its size an archive of texts comes to, whatever it is called."""
    from kejidiff.read.archives.packed import packed_form
    from kejidiff.read.archives.parquet import MAGIC

    with Path(location).open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(MAGIC):
        return _PARQUET
    return 1 if packed_form(head) is None else _PACKED
