"""Files with their documents -> rows of a library, and back: what is there already, what takes whose place, names.

A file is known by its content (`sha256` and the encoding it was read with) and by its *location*, the absolute path it
was read from (of an archive's member with its path in it): the same content is there already, another content of the
same location takes its place. Names are unique: a display path that another file has gets one more folder before it.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

from kejidiff.library.failures import damaged
from kejidiff.library.rows import insert, now
from kejidiff.library.schema import DIGESTED, digest, packed, unpacked
from kejidiff.library.store import Store
from kejidiff.model import Exclusion, Metadata, Reservation, SourceText
from kejidiff.model.stored import Part, StoredDocument, StoredFile
from kejidiff.span import Span

if TYPE_CHECKING:
    from kejidiff.model.document import ExclusionReason

State = Literal["added", "unchanged", "replaced"]

#: zlib at its own default: a report of 15 kB comes to 6 in under a millisecond.
_LEVEL: Final = 6
#: Numbers in one query; SQLite takes 32,766 at most.
_AT_ONCE: Final = 500


class Stand(NamedTuple):
    """What adding a file does: `number` is the file whose place it takes, or that is left; what is known of it then."""

    state: State
    number: int | None
    path: str
    metadata: Metadata


def stand_of(store: Store, source: SourceText, said: Mapping[str, Any]) -> Stand:
    """What adding this file would do. `said`: fields of its metadata; others keep what they had."""
    same = store.rows(
        "SELECT number, path, metadata FROM files WHERE sha256 = ? AND encoding = ? ORDER BY number",
        (source.sha256, source.encoding),
    )
    query = "SELECT number, path, metadata FROM files WHERE location = ? LIMIT 1"
    here = store.rows(query, (packed(source.location),))
    if same:
        number, path, kept = same[0]
        old = metadata_of(store, kept)
        new = old._replace(**said)
        return Stand("unchanged" if new == old else "replaced", number, unpacked(path), new)
    if here and source.location:
        number, path, kept = here[0]
        return Stand("replaced", number, unpacked(path), metadata_of(store, kept)._replace(**said))
    return Stand("added", None, _free_name(store, source), Metadata()._replace(**said))


def put(
    store: Store, source: SourceText, parts: Sequence[Part], metadata: Metadata, path: str, added: str = ""
) -> list[int]:
    """Put a file in under `path`; returns the numbers of its documents. `added`: when, if not now."""
    connection = store.connection
    number = _next(store, "files")
    content = zlib.compress(packed(source.text), _LEVEL)
    marked = json.dumps([[*one.span, one.reason] for one in source.marked])
    warnings = json.dumps([[one.reason, one.message, list(one.span) if one.span else None] for one in source.warnings])
    insert(connection, "files", (
        number, packed(source.location), packed(path), source.sha256, source.encoding, source.format, source.replaced,
        warnings, marked, _metadata_json(metadata), added or now(), len(source.text), content,
    ))  # fmt: skip
    numbers: list[int] = []
    first = _next(store, "documents")
    for offset, part in enumerate(parts):
        numbers.append(first + offset)
        insert(connection, "documents", (
            first + offset, number, part.ordinal, packed(part.title), *part.span, part.countable,
            json.dumps(part.years), json.dumps(part.places), part.fingerprints,
        ))  # fmt: skip
    return numbers


def take_out(store: Store, number: int) -> list[int]:
    """Take a file's rows out; returns the numbers its documents had."""
    numbers = [row[0] for row in store.rows("SELECT number FROM documents WHERE file = ?", (number,))]
    store.connection.execute(
        "DELETE FROM folded WHERE number IN (SELECT number FROM documents WHERE file = ?)", (number,)
    )
    store.connection.execute("DELETE FROM documents WHERE file = ?", (number,))
    store.connection.execute("DELETE FROM files WHERE number = ?", (number,))
    return numbers


def files(store: Store) -> Iterator[StoredFile]:
    """Every file by path, without its text. LibraryError where a row's own values are damaged beyond reading."""
    columns = ", ".join(column for column in DIGESTED["files"] if column != "content")
    for row in store.rows(f"SELECT {columns} FROM files ORDER BY path"):
        yield _file(store, row)


def documents(store: Store) -> Iterator[StoredDocument]:
    """Every document, by path and ordinal."""
    by_number = {file.number: file for file in files(store)}
    columns = ", ".join(DIGESTED["documents"])
    found = [
        StoredDocument(row[0], by_number[row[1]], _part(store, row))
        for row in store.rows(f"SELECT {columns} FROM documents")
        if row[1] in by_number
    ]
    yield from sorted(found, key=lambda one: (one.file.path, one.part.ordinal))


def sizes(store: Store, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By document: its file and how many fingerprints it has. LibraryError `library-damaged` where a row is."""
    return {row[0]: (row[1], row[9]) for row in checked(store, "documents", numbers)}


def of_files(store: Store, numbers: Sequence[int]) -> set[int]:
    """Numbers of the documents of these files."""
    marks = ", ".join("?" * len(numbers))
    return {number for (number,) in store.rows(f"SELECT number FROM documents WHERE file IN ({marks})", (*numbers,))}


def named(store: Store, numbers: Sequence[int]) -> dict[int, tuple[str, int]]:
    """By document: its file's path and its ordinal there. LibraryError `library-damaged` where a row is."""
    rows = {row[0]: row for row in checked(store, "documents", numbers)}
    paths = {file: _path_of(store, file) for file in sorted({row[1] for row in rows.values()})}
    return {number: (paths[row[1]], row[2]) for number, row in rows.items()}


def _path_of(store: Store, file: int) -> str:
    """The rest of the row is held against its digest where its text is read."""
    ((path,),) = store.rows("SELECT path FROM files WHERE number = ?", (file,))
    return unpacked(path)


def sources(store: Store, numbers: Sequence[int]) -> list[tuple[SourceText, Metadata]]:
    """These files with their texts, by path. LibraryError `library-damaged` where a row is."""
    found = []
    for row in checked(store, "files", numbers):
        file = _file(store, row[:-1])
        try:
            text = unpacked(zlib.decompress(row[-1]))
        except (zlib.error, UnicodeDecodeError) as error:
            raise damaged(store.path, "a text in it is damaged") from error
        source = SourceText(
            path=file.path, text=text, encoding=file.encoding, replaced=file.replaced, sha256=file.sha256,
            warnings=file.warnings, format=file.format, marked=file.marked,
        )  # fmt: skip
        found.append((source, file.metadata))
    return sorted(found, key=lambda one: one[0].path)


def locations(store: Store, names: Sequence[str]) -> dict[str, str]:
    """By name: where the file was read from."""
    found = {}
    for name in names:
        for row in store.rows("SELECT location FROM files WHERE path = ?", (packed(name),)):
            found[name] = unpacked(row[0])
    return found


def checked(store: Store, table: str, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of these numbers, each held against its digest."""
    columns = ", ".join(DIGESTED[table])
    for start in range(0, len(numbers), _AT_ONCE):
        some = tuple(numbers[start : start + _AT_ONCE])
        marks = ", ".join("?" * len(some))
        for row in store.rows(f"SELECT {columns}, digest FROM {table} WHERE number IN ({marks})", some):
            if digest(row[:-1]) != row[-1]:
                raise damaged(store.path, f"row {row[0]} of {table} is damaged")
            yield row[:-1]


def metadata_of(store: Store, stored: str) -> Metadata:
    """As it stands in a row. LibraryError `library-damaged` where that is no such thing."""
    try:
        fields = json.loads(stored)
        tags = tuple(fields.pop("tags", ()))
        if not all(isinstance(text, str) for text in (*fields.values(), *tags)):
            raise TypeError
        return Metadata(**fields, tags=tags)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(store.path, "what is known of a file is damaged") from error


def _metadata_json(metadata: Metadata) -> str:
    return json.dumps(metadata._asdict())


def _file(store: Store, row: tuple[Any, ...]) -> StoredFile:
    try:
        warnings = tuple(
            Reservation(reason, message, Span(*span) if span else None) for reason, message, span in json.loads(row[7])
        )
        marked = tuple(
            Exclusion(Span(start, end), cast("ExclusionReason", why)) for start, end, why in json.loads(row[8])
        )
        return StoredFile(
            number=row[0], location=unpacked(row[1]), path=unpacked(row[2]), sha256=row[3], encoding=row[4],
            format=row[5], replaced=row[6], metadata=metadata_of(store, row[9]), added=row[10], characters=row[11],
            warnings=warnings, marked=marked,
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(store.path, "a row of files is damaged") from error


def _part(store: Store, row: tuple[Any, ...]) -> Part:
    try:
        return Part(
            row[2], unpacked(row[3]), Span(row[4], row[5]), row[6],
            tuple(json.loads(row[7])), tuple(json.loads(row[8])), row[9],
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(store.path, "a row of documents is damaged") from error


def _next(store: Store, table: str) -> int:
    """A number no row has; numbers of rows taken out at the end are given again, as nothing refers to them."""
    return int(store.rows(f"SELECT ifnull(max(number), 0) + 1 FROM {table}")[0][0])


def _free_name(store: Store, source: SourceText) -> str:
    """The display path, with as many folders before it as keep it apart from every other file's."""
    tail = source.location.replace("\\", "/").split("/")
    name, shown = source.path, source.path.count("/") + 1
    while _taken(store, name) and shown < len(tail):
        shown += 1
        name = "/".join(tail[-shown:])
    free, number = name, 2
    while _taken(store, free):
        free, number = f"{name} ({number})", number + 1
    return free


def _taken(store: Store, name: str) -> bool:
    return bool(store.rows("SELECT 1 FROM files WHERE path = ?", (packed(name),)))
