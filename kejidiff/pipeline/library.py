"""Paths -> documents kept in a library; drafts -> the files of it that are worth comparing with them.

    with kejidiff.Library("kejidiff.db") as library:
        for outcome in library.add(["reports/2024"]):
            print(outcome.path, outcome.state)
        for document in library.documents():
            print(document.id, document.title)

Reading, splitting and sketching are done as in a scan, by `jobs` processes; each file is then one change of the
library, and its outcome is told when that is durable.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from kejidiff.engine import each
from kejidiff.errors import UsageError
from kejidiff.model import Skipped
from kejidiff.options import ScanOptions
from kejidiff.pipeline.candidates import by_channel, sketcher
from kejidiff.pipeline.collection import Collection, collection_of, with_runs
from kejidiff.pipeline.preparing import Prepared, parameters, prepare, preparer
from kejidiff.pipeline.sidecars import Sidecars
from kejidiff.read import discover
from kejidiff.sketch import Sketch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kejidiff.library.documents import State
    from kejidiff.library.store import Store
    from kejidiff.model.stored import LibraryInfo, StoredDocument, StoredFile

    Keys = NDArray[np.uint64]

Advance = Callable[[str, int, int], None]
Path = str | os.PathLike[str]

DEFAULT: Final = "kejidiff.db"
#: Seconds after which a writer that adds many files lets others have their turn.
_TURN: Final = 0.5
#: Bytes up to which every page of a library is looked at before drafts are compared with it: a tenth of a second.
_LOOKED_AT: Final = 128 << 20
#: Files asked for at a time.
_AT_ONCE: Final = 200
#: Names listed for one that may mean several files.
_LISTED: Final = 8


class Added(NamedTuple):
    """A file that is in the library now. `path`: its name there; `ids`: of its documents."""

    path: str
    ids: tuple[str, ...]
    state: "State"


class Library:
    """The library at `path`, opened when first needed; `close` it, or use it in a `with`.

    Methods that read raise LibraryError (exit code 4) where it is missing, damaged, foreign, too new, or locked for
    more than `lock_timeout` seconds, and never change anything. Those that write raise OutputError where it cannot be
    written.
    """

    def __init__(self, path: Path = DEFAULT, *, lock_timeout: float = 30.0, purpose: str = "library") -> None:
        if not lock_timeout >= 0:
            raise UsageError("lock_timeout", f"{lock_timeout} is no number of seconds", "give none or more")
        self.path = os.fspath(path)
        self.lock_timeout = lock_timeout
        self.purpose = purpose
        self._reader: Store | None = None
        self._writer: Store | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
            return
        with suppress(Exception):  # the first error is the one to tell
            self.close()

    def close(self) -> None:
        """Seal what was changed and close the file."""
        stores = [store for store in (self._reader, self._writer) if store is not None]
        self._reader = self._writer = None
        for store in stores:
            store.close()

    def add(
        self,
        paths: Sequence[Path],
        *,
        options: ScanOptions | None = None,
        metadata: Mapping[str, str] | None = None,
        sidecars: Sequence[Path] = (),
        jobs: int = 1,
        advance: Advance | None = None,
    ) -> Iterator[Added | Skipped]:
        """Every file below `paths`, by path: kept, or why not. A file is `Added` once the change is durable.

        `metadata` holds for all files and comes before what `sidecars` and the files' own side files say. The library
        is made where there is none. UsageError as for `scan`.
        """
        options = options or ScanOptions()
        given = [os.fspath(path) for path in paths]
        found = discover(given)
        if not found.found and not found.skipped:
            raise UsageError(", ".join(given), "no file found", "give a file or a folder", "nothing-found")
        said = Sidecars.read([os.fspath(path) for path in sidecars], metadata or {}, found.found)
        files = [file for file in found.found if not said.is_sidecar(file)]
        store = self._writing(make=True)
        yield from sorted((*found.skipped, *said.skipped), key=lambda file: file.path)
        with closing(each(preparer(options, said), files, jobs)) as prepared:
            yield from _kept(store, prepared, len(files), advance)

    def remove(self, names: Sequence[str]) -> list[str]:
        """Take files out, with nothing of them left in the library's file; the ids their documents had.

        A name is an id, a path, a base name or a beginning of one of these that only one file has. A file is taken out
        whole, an archive with all that was in it. UsageError `no-match`, `ambiguous`: then nothing is taken out.
        """
        from kejidiff.library import documents, index

        store = self._writing(make=False)
        store.begin_turn()
        try:
            held, files = list(documents.documents(store)), list(documents.files(store))
            wanted = dict.fromkeys(number for name in names for number in _files_named(name, held, files))
            with store.change():
                for number in wanted:
                    index.take_out(store, documents.take_out(store, number))
            if wanted:
                store.vacuum()
        finally:
            store.end_turn()
        return [one.id for one in held if one.file.number in wanted]

    def documents(self) -> "list[StoredDocument]":
        """Every document, by path and ordinal."""
        from kejidiff.library.documents import documents

        store = self._reading()
        with store.reading():
            return list(documents(store))

    def info(self) -> "LibraryInfo":
        """The library in figures."""
        from kejidiff.library.figures import info

        store = self._reading()
        with store.reading():
            return info(store)

    def export(self) -> Iterator[str]:
        """The library as JSON lines: a head, then a file a line with its text, its metadata and digests of both."""
        from kejidiff.library.exchange import lines

        store = self._reading()
        with store.reading():
            yield from lines(store)

    def import_(self, path: Path, *, jobs: int = 1, advance: Advance | None = None) -> Iterator[Added | Skipped]:
        """Put in what `export` wrote: documents are found and sketched anew, so it may come from another kejidiff.

        A line that is not what was written is `Skipped`. NotReadError where the file cannot be read or is no export.
        """
        from kejidiff.library.exchange import Exported, read_lines

        entries = read_lines(os.fspath(path))
        store = self._writing(make=True)
        sketched = sketcher(ScanOptions())

        def taken(entry: Exported | Skipped) -> list[Prepared | Skipped]:
            if isinstance(entry, Skipped):
                return [entry]
            return [prepare(entry.source, sketched, entry.metadata._asdict(), entry.added)]

        with closing(each(taken, entries, jobs)) as prepared:
            yield from _kept(store, prepared, len(entries), advance)

    def verify(self) -> list[str]:
        """Everything that is wrong with the file, a line each; empty where it is sound."""
        from kejidiff.library.verify import verify

        return verify(self.path, self.lock_timeout)

    def compared_with(
        self, sketches: Sequence[Sketch], options: ScanOptions | None = None, folded: Sequence[str] = ()
    ) -> Collection:
        """See the function `compared_with`."""
        return compared_with(self, sketches, options or ScanOptions(), folded)

    def whole(self, most: int, options: ScanOptions | None = None) -> Collection | None:
        """Every file, if all of them come to at most `most` characters. LibraryError as for `compared_with`."""
        from kejidiff.library.store import refuse_parameters

        store = self._reading()
        with store.reading():
            refuse_parameters(self.path, store, parameters((options or ScanOptions()).sketch))
            if _holds_more_than(store, most):
                return None
            _refuse_damaged(store)
            return collection_of(store, [number for (number,) in store.rows("SELECT number FROM files")])

    def locations(self, names: Sequence[str]) -> dict[str, str]:
        """By name in the library: where a file was read from. Names that it does not know are left out."""
        from kejidiff.library.documents import locations

        store = self._reading()
        with store.reading():
            return locations(store, names)

    def _reading(self) -> "Store":
        from kejidiff.library.store import open_for_reading

        if self._reader is None:
            self._reader = open_for_reading(self.path, self.lock_timeout)
        return self._reader

    def _writing(self, *, make: bool) -> "Store":
        from kejidiff.library.store import open_for_writing

        if self._reader is not None:  # it may read a copy
            self._reader.close()
            self._reader = None
        if self._writer is None:
            self._writer = open_for_writing(self.path, parameters(), self.lock_timeout, self.purpose, make=make)
        return self._writer


def is_library(head: bytes) -> bool:
    """True where a file that begins with these bytes, a hundred or more, says that it is a library."""
    from kejidiff.library.store import is_library

    return is_library(head)


def compared_with(
    library: Library, sketches: Sequence[Sketch], options: ScanOptions, folded: Sequence[str] = ()
) -> Collection:
    """The files of the library worth comparing with drafts of these sketches, by path: `library/choice` says which.

    With `options.fragments` there may be some that share no more than a run of 13 characters; and with the drafts'
    folded texts beside their sketches every other document that may hold such a run is looked at (`looked_at`).
    LibraryError `library-damaged` where something it reads is damaged.
    """
    from kejidiff.library.choice import worth_comparing
    from kejidiff.library.store import refuse_parameters

    store = library._reading()
    with store.reading():
        refuse_parameters(library.path, store, parameters(options.sketch))
        _refuse_damaged(store)
        total = int(store.rows("SELECT count(*) FROM documents")[0][0])
        drafts = list(zip(*by_channel(sketches), strict=True))
        if not drafts:
            return collection_of(store, [])
        chosen = worth_comparing(store, drafts, total, every=options.fragments)
        collection = collection_of(store, sorted(chosen.files))
        return with_runs(store, collection, chosen, folded, options.fragment) if folded else collection


def _holds_more_than(store: "Store", most: int) -> bool:
    """True where the texts come to more than so many characters: a large library is not looked through for that."""
    query = "SELECT number, characters FROM files WHERE number > ? ORDER BY number LIMIT ?"
    held, last = 0, 0
    while held <= most and (some := store.rows(query, (last, _AT_ONCE))):
        held += sum(characters for _, characters in some)
        last = some[-1][0]
    return held > most


def _kept(
    store: "Store", prepared: Iterable[Sequence[Prepared | Skipped]], total: int, advance: Advance | None
) -> Iterator[Added | Skipped]:
    """Put files in, one change each; others have their turn in between."""
    try:
        for done, outcomes in enumerate(prepared, start=1):
            for outcome in outcomes:
                yield outcome if isinstance(outcome, Skipped) else _added(store, outcome)
                if time.monotonic() - store.turn_began > _TURN:
                    store.end_turn()
            if advance is not None:
                advance("read", done, total)
    finally:
        store.end_turn()


def _keys_of(store: "Store", number: int) -> "Keys":
    """All keys of a file that is kept: made anew from its text, as they were made at first."""
    import numpy as np

    from kejidiff.library.documents import sources

    ((source, _),) = sources(store, [number])
    again = prepare(source, sketcher(ScanOptions()), {})
    return np.concatenate([np.zeros(0, dtype=np.uint64), *(again.keys if isinstance(again, Prepared) else ())])


def _added(store: "Store", prepared: Prepared) -> Added:
    """Put one file in, durably."""
    from kejidiff.library import documents, folded, index

    source = prepared.source
    with store.change():
        stand = documents.stand_of(store, source, prepared.said)
        if stand.state != "unchanged":
            if stand.number is not None:
                keys = _keys_of(store, stand.number)
                index.take_out(store, documents.take_out(store, stand.number), keys)
            numbers = documents.put(store, source, prepared.parts, stand.metadata, stand.path, prepared.added)
            for number, own, text in zip(numbers, prepared.keys, prepared.folded, strict=True):
                folded.put(store, number, text)
                index.put(store, number, own)
    return Added(stand.path, tuple(f"{stand.path}#{part.ordinal}" for part in prepared.parts), stand.state)


def _refuse_damaged(store: "Store") -> None:
    """A damaged page of the index could hide a document; a small library is looked at whole."""
    from kejidiff.library.failures import damaged
    from kejidiff.library.verify import problems_of_pages

    if store.raw.size <= _LOOKED_AT:
        problem = next(problems_of_pages(store.raw), None)
        if problem is not None:
            raise damaged(store.path, problem)


def _files_named(name: str, held: "Sequence[StoredDocument]", files: "Sequence[StoredFile]") -> tuple[int, ...]:
    """The one file a name means, or all that lay in the one archive; exact names come before beginnings."""
    by_id = {one.id: one.file.number for one in held}
    if name in by_id:
        return (by_id[name],)
    exact = {one.number: one.path for one in files if name in (one.path, one.path.rpartition("/")[2], one.location)}
    begun = {one.number: one.path for one in files if name and one.path.startswith(name)}
    begun |= {one.file.number: one.file.path for one in held if name and one.id.startswith(name)}
    named: dict[str, tuple[int, ...]] = {path: (number,) for number, path in exact.items()}
    found = named or _members(name, files) or {path: (number,) for number, path in begun.items()}
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        raise UsageError(name, "the library holds no such document", "`kejidiff library list` lists them", "no-match")
    listed = ", ".join(sorted(found)[:_LISTED])
    raise UsageError(name, f"{len(found)} files have such a name", f"one of: {listed}", "ambiguous")


def _members(name: str, files: "Sequence[StoredFile]") -> dict[str, tuple[int, ...]]:
    """By where it lies: the files that came out of an archive of this name or path."""
    found: dict[str, tuple[int, ...]] = {}
    for one in files:
        for said in (one.location, one.path):
            _, sign, rest = f"/{said}".partition(f"/{name.rstrip('/')}/")
            holder = one.location.removesuffix(f"/{rest}")
            if sign and holder != one.location and _is_archive(holder):
                found[holder] = (*found.get(holder, ()), one.number)
                break
    return found


def _is_archive(path: str) -> bool:
    """True for a file that others are in, False for a folder; by its name where it has gone."""
    if os.path.isfile(path):  # noqa: PTH113 -- a name need not be Unicode
        return True
    return not os.path.isdir(path) and path.lower().endswith(".zip")  # noqa: PTH112
