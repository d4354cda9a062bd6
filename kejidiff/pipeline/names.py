"""What people call a document -> the document: a path, an id, a unique beginning of either, a unique part of a title.

A name may end in `#N`, the ordinal of a document in its file. One that was printed stands for what it is: characters
without a look are spelled out there, `⟦U+0000⟧` (`view.visible`). Only files that a name can mean are read; all of them
are when it can only be part of a title.
"""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from kejidiff.errors import NotReadError, UsageError
from kejidiff.model import Document, SourceText
from kejidiff.options import ScanOptions
from kejidiff.read import FoundFile, discover, read_texts
from kejidiff.text.documents import find_documents

_ORDINAL = re.compile(r"(.*)#(\d+)", re.DOTALL)
#: A character that a view spells out.
_SPELLED = re.compile("⟦U\\+((?:10|[0-9A-F])?[0-9A-F]{4})⟧")
#: Candidates listed for an ambiguous name before the rest is only counted.
_LISTED = 8

File = TypeVar("File", FoundFile, SourceText)


class Named(NamedTuple):
    """A document and the file it stands in."""

    document: Document
    source: SourceText


def find_documents_named(
    names: Sequence[str], within: str | os.PathLike[str] | None, options: ScanOptions
) -> list[Named]:
    """One document a name. `within`: where names that are no paths are looked up; by default `seeds` if there is such a
    folder, else the current one.

    UsageError: `no-match`; `ambiguous`, with what the name may mean as advice. NotReadError where the file cannot be.
    """
    folder = os.fspath(within) if within is not None else ("seeds" if Path("seeds").is_dir() else ".")
    names = [_as_it_is(name) for name in names]
    paths = [_path_of(name) or _archive_of(name) for name in names]
    # Together, so that two files of one name in different folders get names that tell them apart.
    by_location = {file.location: file for file in discover([path for path in paths if path]).found}
    return [
        _named(name, [by_location[path]] if path in by_location else _files_called(name, folder), folder, options)
        for name, path in zip(names, paths, strict=True)
    ]


def _as_it_is(name: str) -> str:
    """A name as it may have been printed -> the name. A file that is called so is meant before any other."""
    return name if _path_of(name) else _SPELLED.sub(lambda found: chr(int(found[1], 16)), name)


def _parts(name: str) -> tuple[str, int | None]:
    match = _ORDINAL.fullmatch(name)
    return (match[1], int(match[2])) if match else (name, None)


def _path_of(name: str) -> str:
    """The path a name is, "" where it is none. A file whose own name ends in `#2` is meant before a document of it."""
    for path in (name, _parts(name)[0]):
        if path and Path(path).is_file():
            return path
    return ""


def _archive_of(name: str) -> str:
    """The file in which a name that goes on behind it means a member, "" where there is none. The first slash behind it
    is where the member's name begins, which may begin with slashes and dots of its own."""
    ends = (at for at in range(1, len(name)) if name[at] == "/")
    return next((name[:at] for at in ends if Path(name[:at]).is_file()), "")


def _files_called(name: str, folder: str) -> list[FoundFile]:
    """Files below the folder whose display path or base name is the name, else those where it begins so, else the
    archive that a file of this name would be in."""
    files, stem = discover([folder]).found, _parts(name)[0]
    return _called(name, files) or [file for file in files if stem.startswith(file.path + "/")]


def _called(name: str, files: Iterable[File]) -> list[File]:
    stem = _parts(name)[0]
    files = list(files)
    exact = [file for file in files if _is_called(name, file.path)]
    exact = exact or [file for file in files if stem in (file.path, file.path.rpartition("/")[2])]
    return (
        exact
        or [file for file in files if stem and _is_called(stem, file.path)]
        or [
            file
            for file in files
            if stem and (file.path.startswith(stem) or file.path.rpartition("/")[2].startswith(stem))
        ]
    )


def _named(name: str, files: list[FoundFile], folder: str, options: ScanOptions) -> Named:
    sources = _read(name if files else None, files or list(discover([folder]).found), options)
    meant = name
    if len(files) == 1 and (archive := _archive_of(name)):
        meant = files[0].path + name[len(archive) :]
    called = _called(meant, sources) if len(files) <= 1 else []  # of an archive, some
    if files and not called and all(meant.startswith(file.path + "/") for file in files):
        raise _no_match(name, files[0].path)
    ordinal = _ordinal(meant, called) if files or called else None
    found = [Named(one, source) for source in called or sources for one in find_documents(source, ordinal)]
    document = _only(name, [named.document for named in found], bool(files or called), folder, ordinal)
    return next(named for named in found if named.document is document)


def _ordinal(name: str, called: Sequence[SourceText]) -> int | None:
    """Which document of a file is meant; None where the name is a file's own to its end, ids such as `a#2` included."""
    return None if any(_is_called(name, source.path) for source in called) else _parts(name)[1]


def _is_called(name: str, path: str) -> bool:
    """True for a path, and for what stands behind any of its folders or archives."""
    return path == name or path.endswith(f"/{name}")


def which_document(name: str, sources: Sequence[SourceText], documents: Sequence[Document]) -> Document:
    """The one document of a scan that goes by the name; `sources` are the files that were read.

    UsageError as of `find_documents_named`.
    """
    name = _as_it_is(name)
    path = _path_of(name)
    files = [source for source in sources if path and _same(path, source.location)] or _called(name, sources)
    paths = {file.path for file in files}
    own = [document for document in documents if document.path in paths] if files else documents
    return _only(name, own, bool(files), "this scan", _ordinal(name, files))


def _same(path: str, location: str) -> bool:
    try:
        return Path(path).samefile(location)
    except (OSError, ValueError):
        return False


def _only(name: str, documents: Sequence[Document], by_file: bool, where: str, ordinal: int | None) -> Document:
    """The one of the documents that goes by the name: by its ordinal if the file is what was named, else by title."""
    if by_file:
        meant = [document for document in documents if ordinal in (None, document.ordinal)]
    else:
        stem, ordinal = _parts(name)
        meant = [document for document in documents if name in document.title]
        meant = meant or [document for document in documents if stem in document.title and document.ordinal == ordinal]
    if not meant:
        raise _no_match(name, where)
    if len(meant) > 1:
        listed = ", ".join(f"{document.id} {document.title}" for document in meant[:_LISTED])
        more = f" and {len(meant) - _LISTED} more" if len(meant) > _LISTED else ""
        raise UsageError(name, f"{len(meant)} reports go by this name", listed + more, "ambiguous")
    return meant[0]


def _no_match(name: str, where: str) -> UsageError:
    return UsageError(name, f"no report of this name in {where}", "give a path, an id or part of a title", "no-match")


def _read(name: str | None, files: list[FoundFile], options: ScanOptions) -> list[SourceText]:
    """What is in the files. With a name, a file it may mean that cannot be read is an error; else it is passed over."""
    read: list[SourceText] = []
    for source in (source for file in files for source in read_texts(file, options)):
        if isinstance(source, SourceText):
            read += [source] if source.format != "archive" else []
        elif name is not None and len(files) == 1 and source.path in (files[0].path, name, _parts(name)[0]):
            raise NotReadError(source.path, source.message, slug=source.reason)
    return read
