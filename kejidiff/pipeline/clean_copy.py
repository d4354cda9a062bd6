"""DedupResult -> the files of a clean copy: what is kept, byte for byte wherever a file is kept whole.

Paths are those of the input. Of a file that loses something the text that stays is written in UTF-8, under its name
with `.txt` behind it where it was no text file; of archives of texts `clean_rows` knows. Nothing is written here, and
the input is only read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kejidiff.errors import NotReadError
from kejidiff.model import SourceText
from kejidiff.model.dedup import DedupResult
from kejidiff.options import JsonLines, ScanOptions
from kejidiff.pipeline.clean_rows import archive_kept
from kejidiff.pipeline.clean_text import Decided, holes, stays, text_without
from kejidiff.read import FoundFile, content
from kejidiff.read.archives.sources import LINE, TABLE_ROW
from kejidiff.read.discover import STDIN

#: What a text given on stdin is called.
_FROM_STDIN: Final = "stdin.txt"

#: Bytes of a name that an archive's member may keep, and characters of what counts as its ending.
_LONGEST_NAME: Final = 240
_LONGEST_ENDING: Final = 12


def clean_copy(
    result: DedupResult,
    *,
    options: ScanOptions | None = None,
    json_lines: JsonLines | None = None,
    reserved: Sequence[str] = (),
) -> Iterator[tuple[str, bytes]]:
    """Relative path and content of each file, one at a time; no path is one of `reserved` or leads out of it.

    `options` and `json_lines` as `dedup` got them. NotReadError where a file is gone or no longer what was read.
    """
    options = options or ScanOptions()
    options = options if json_lines is None else replace(options, json_lines=json_lines)
    by_path: dict[str, Decided] = {}
    for document, decision in zip(result.documents, result.decisions, strict=True):
        by_path.setdefault(document.path, []).append((document.span, decision))
    sources = [file for file in result.files if isinstance(file, SourceText) and file.path in by_path]
    archives = {file.location for file in result.files if isinstance(file, SourceText) and file.format == "archive"}
    names = _Names(reserved)
    files: dict[str, list[SourceText]] = {}
    for source in sources:
        if source.format in (LINE, TABLE_ROW):
            files.setdefault(source.location, []).append(source)
        elif stays(by_path[source.path]):
            name, data = _file(source, by_path[source.path], source.location in archives, options)
            yield names.free(name), data
    for location, own in files.items():
        name, data = archive_kept(location, own, by_path, options)
        if data:
            yield names.free(name), data


def _file(source: SourceText, decided: Decided, in_archive: bool, options: ScanOptions) -> tuple[str, bytes]:
    gone = holes(decided)
    name = source.path if source.location != STDIN else _FROM_STDIN
    if not gone and not in_archive and source.location != STDIN:
        return name, _unchanged(source, options)
    if source.format != "text":
        name += ".txt"
    return name, _utf8(text_without(source.text, gone))


def _unchanged(source: SourceText, options: ScanOptions) -> bytes:
    """The bytes of a file, if they are still those that were read."""
    import hashlib

    data = _content(source.path, source.location, options)
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise NotReadError(source.path, "was changed after it was read", "run it again", "changed-while-reading")
    return data


def _content(path: str, location: str, options: ScanOptions) -> bytes:
    try:
        data = content(FoundFile(path, location), options.max_file_bytes)
    except OSError as error:
        raise NotReadError(path, "was gone before it was copied", "run it again", "vanished") from error
    if not isinstance(data, bytes):
        raise NotReadError(path, data.message, "run it again", data.reason)
    return data


class _Names:
    """Gives every file of the copy a name of its own: no two are one, and none is a folder of another."""

    def __init__(self, reserved: Sequence[str]) -> None:
        self._files = {name.casefold() for name in reserved}
        self._folders: set[str] = set()

    def free(self, path: str) -> str:
        """`path` without what leads out of a folder, and with a number wherever something else has the name."""
        parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")] or ["text"]
        name = ""
        for part in parts[:-1]:
            name = self._numbered(name + _short(part), self._files)
            self._folders.add(name.casefold())
            name += "/"
        name = self._numbered(name + _short(parts[-1]), self._files | self._folders)
        self._files.add(name.casefold())
        return name

    def _numbered(self, name: str, taken: set[str]) -> str:
        free, number = name, 1
        while free.casefold() in taken:
            number += 1
            free = f"{name}~{number}"
        return free


def _short(part: str) -> str:
    """A name that file systems take (255 bytes), with room for a number; the ending stays."""
    stem, dot, ending = part.rpartition(".")
    if len(ending) > _LONGEST_ENDING or not stem:
        stem, dot, ending = part, "", ""
    while len(f"{stem}{dot}{ending}".encode("utf-8", "surrogatepass")) > _LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}"


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")
