"""DedupResult -> the files of a clean copy: what is kept, byte for byte wherever a file is kept whole.

Paths are those of the input. Of a file that loses something the text that stays is written in UTF-8, under its name
with `.txt` behind it where it was no text file. Lines of JSON keep all their fields; a line that is kept whole keeps
its bytes. Nothing is written here, and the input is only read.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from kejidiff.errors import NotReadError
from kejidiff.model import SourceText
from kejidiff.model.dedup import Decision, DedupResult
from kejidiff.options import JsonLines, ScanOptions
from kejidiff.read import FoundFile, content
from kejidiff.read.discover import STDIN
from kejidiff.read.json_lines import GZIP, LINE, JsonLine, UnreadableLinesError, lines_of, unpacked
from kejidiff.span import Span, merged, without

#: What a text given on stdin is called.
_FROM_STDIN = "stdin"

#: Bytes of a name that an archive's member may keep, and characters of what counts as its ending.
_LONGEST_NAME: Final = 240
_LONGEST_ENDING: Final = 12

Decided = list[tuple[Span, Decision]]


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
    options, lines = options or ScanOptions(), json_lines or JsonLines()
    by_path: dict[str, Decided] = {}
    for document, decision in zip(result.documents, result.decisions, strict=True):
        by_path.setdefault(document.path, []).append((document.span, decision))
    sources = [file for file in result.files if isinstance(file, SourceText) and file.path in by_path]
    archives = {file.location for file in result.files if isinstance(file, SourceText) and file.format == "archive"}
    names = _Names(reserved)
    files: dict[str, list[SourceText]] = {}
    for source in sources:
        if source.format == LINE:
            files.setdefault(source.location, []).append(source)
        elif any(decision.state != "dropped" for _, decision in by_path[source.path]):
            name, data = _file(source, by_path[source.path], source.location in archives, options)
            yield names.free(name), data
    for location, own in files.items():
        name, data = _lines(location, own, by_path, options, lines)
        if data:
            yield names.free(name), data


def text_without(text: str, holes: Sequence[Span]) -> str:
    """`text` with every hole closed: the blanks and line ends behind a hole go with it."""
    wider = []
    for start, end in merged(holes):
        wider.append(Span(start, end + len(text[end:]) - len(text[end:].lstrip())))
    return "".join(piece.of(text) for piece in without(Span(0, len(text)), wider))


def _holes(decided: Decided) -> list[Span]:
    """What goes out of a file."""
    return [
        hole
        for span, decision in decided
        for hole in ([span] if decision.state == "dropped" else [removal.span for removal in decision.removed])
    ]


def _file(source: SourceText, decided: Decided, in_archive: bool, options: ScanOptions) -> tuple[str, bytes]:
    holes = _holes(decided)
    name = source.path if source.location != STDIN else f"{_FROM_STDIN}.txt"
    if not holes and not in_archive and source.location != STDIN:
        return name, _unchanged(source, options)
    if source.format != "text":
        name += ".txt"
    return name, _utf8(text_without(source.text, holes))


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


def _lines(
    location: str, sources: Sequence[SourceText], by_path: dict[str, Decided], options: ScanOptions, rules: JsonLines
) -> tuple[str, bytes]:
    """A file of JSON lines with the lines that are kept; nothing where none is."""
    if location == STDIN:
        return _lines_again(sources, by_path, rules)
    packed = _content(sources[0].path, location, options)
    try:
        lines = list(lines_of(unpacked(packed, options.max_file_bytes), rules))
    except UnreadableLinesError as error:
        raise NotReadError(sources[0].path, error.message, "run it again", error.reason) from error
    name = _container([source.path for source in sources], {line.name for line in lines})
    texts = {source.path: source.text for source in sources}
    kept = [
        _line(line, texts[path], by_path[path], rules)
        for line in lines
        if (path := f"{name}/{line.name}") in texts and any(one.state != "dropped" for _, one in by_path[path])
    ]
    data = b"".join(line + b"\n" for line in kept)
    return name, _packed(data) if data and packed.startswith(GZIP) else data


def _lines_again(sources: Sequence[SourceText], by_path: dict[str, Decided], rules: JsonLines) -> tuple[str, bytes]:
    """Stdin cannot be read a second time: lines are made anew, of id and text."""
    kept = [source for source in sources if any(one.state != "dropped" for _, one in by_path[source.path])]
    values: list[dict[str, object]] = [
        {
            rules.id: source.path.partition("/")[2],
            rules.text: text_without(source.text, _holes(by_path[source.path])),
        }
        for source in kept
    ]
    return f"{_FROM_STDIN}.jsonl", b"".join(_dumped(value) + b"\n" for value in values)


def _container(paths: Sequence[str], names: set[str]) -> str:
    """The path of the file that lines of these paths stand in: `PATH/NAME`, and a name may hold slashes."""
    first = min(paths)
    ends = [at for at, char in enumerate(first) if char == "/"]
    for end in ends:
        prefix = first[: end + 1]
        if all(path.startswith(prefix) and path[end + 1 :] in names for path in paths):
            return first[:end]
    raise NotReadError(first, "was changed after it was read", "run it again", "changed-while-reading")


def _line(line: JsonLine, text: str, decided: Decided, rules: JsonLines) -> bytes:
    holes = _holes(decided)
    if line.value is None or line.value[rules.text] != text:
        raise NotReadError(line.name, "was changed after it was read", "run it again", "changed-while-reading")
    if not holes:
        return line.raw
    return _dumped({**line.value, rules.text: text_without(text, holes)})


def _dumped(value: dict[str, object]) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # lone surrogates, which only escapes can hold
        return json.dumps(value).encode()


def _packed(data: bytes) -> bytes:
    """The same bytes at any time of day."""
    import gzip

    return gzip.compress(data, mtime=0)


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
