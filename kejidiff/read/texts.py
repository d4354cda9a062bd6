"""A found file, options -> all the texts in it: those of an archive of texts row by row, of any other file its own."""

from kejidiff.model import Skipped, SourceText
from kejidiff.options import ScanOptions
from kejidiff.read.discover import FoundFile
from kejidiff.read.files import read_files
from kejidiff.read.formats import is_archive_name


def read_texts(found: FoundFile, options: ScanOptions) -> tuple[SourceText | Skipped, ...]:
    """What is in the file, as far as it can be read; never raises for what happens to it, or for what is in it.

    `UsageError` where `options.encoding` is none.
    """
    if holds_rows(found, options):
        from kejidiff.read.archives.sources import read_archive  # ten modules, for those who have archives

        return read_archive(found, options.json_lines, options.max_file_bytes)
    return read_files(found, options.encoding, options.max_file_bytes)


def holds_rows(found: FoundFile, options: ScanOptions) -> bool:
    """True where the file is read as an archive of texts."""
    return options.json_lines.every or is_archive_name(found.path)
