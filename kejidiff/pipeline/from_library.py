"""A library, drafts -> the documents of it that each of them is compared with, under names of their own.

Those are all, up to `WHOLE` characters, so that a library says what its files would if they were given by path: what is
rare, formula, a stock phrase is judged among all that a draft is compared with, whether or not it shares anything with
the draft. Of a larger one they are those worth comparing (`library/choice`), and only they are compared in full. What
else may hold a run of 13 characters of a draft is looked at for such runs alone (`library/verbatim`), and read where it
holds one that is no stock phrase.

A document of the library keeps the id it has there, unless something that was given by path has it, too: then the name
of the library's file stands before it. A draft that is in the library, from the same place and with the same content,
is not compared with itself; other drafts are compared with it.
"""

import os
from collections.abc import Collection as Names
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from kejidiff.model import Document, Metadata, SourceText
from kejidiff.model.check import LookedAt
from kejidiff.options import ScanOptions
from kejidiff.pipeline.collection import Collection, ForRuns
from kejidiff.pipeline.library import Library
from kejidiff.sketch import Sketch
from kejidiff.text.documents import find_documents

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Name = str | os.PathLike[str]

#: Characters up to which all of a library is read: some 400 reports. 242 reports of 1.2 million take 4 s to read and
#: sketch on one core, and one or two more for each draft.
WHOLE: Final = 2_000_000


class ByRuns(NamedTuple):
    """What a draft has in common with documents that it is not compared with in full.

    looked_at   how many were looked at
    documents   those of them that hold a verbatim run which is no stock phrase
    stock       see `ForRuns`
    """

    looked_at: int
    documents: tuple[Document, ...]
    stock: "NDArray[np.bool_]"


class FromLibrary(NamedTuple):
    """`documents` by the id of the draft they are compared with, `by_runs` by that of the draft, where any were looked
    at; `total`: documents that the library holds; `itself`: paths of drafts that are among them."""

    sources: tuple[SourceText, ...]
    documents: Mapping[str, tuple[Document, ...]]
    metadata: Mapping[str, Metadata]
    total: int
    itself: tuple[str, ...] = ()
    by_runs: Mapping[str, ByRuns] = MappingProxyType({})

    @property
    def in_full(self) -> tuple[Document, ...]:
        """What any draft is compared with in full, each once, by path and ordinal."""
        return _once(self.documents.values())

    @property
    def looked_at(self) -> LookedAt:
        """What is said of that."""
        numbers = {name: own.looked_at for name, own in self.by_runs.items()}
        return LookedAt(numbers, tuple(document.id for document in self.for_runs))

    @property
    def for_runs(self) -> tuple[Document, ...]:
        """What is listed for its runs alone, each once, by path and ordinal."""
        known = {document.id for document in self.in_full}
        every = _once(own.documents for own in self.by_runs.values())
        return tuple(document for document in every if document.id not in known)


def from_library(
    path: Name,
    groups: Sequence[Sequence[tuple[Document, Sketch]]],
    drafts: Iterable[SourceText],
    taken: Names[str],
    options: ScanOptions,
    lock_timeout: float,
) -> FromLibrary:
    """`groups`: drafts that are compared together, with their sketches; `taken`: paths that are somebody else's.

    LibraryError where the library is missing, damaged, foreign, too new, or locked for over `lock_timeout` seconds.
    """
    with Library(path, lock_timeout=lock_timeout, purpose="check") as library:
        collections = _collections(library, groups, options)
        total = collections[0].total if collections else library.compared_with([], options).total
        read = [source for collection in collections for source in (*collection.sources, *collection.holding)]
        found = {source.path: source for source in read}
        itself = _themselves(library, found, drafts)
    said = {name: known for collection in collections for name, known in collection.metadata.items()}
    names = _names(found, taken, os.path.basename(os.fspath(path)))  # noqa: PTH119
    sources = {name: replace(source, path=names[name]) for name, source in found.items()}
    documents = {name: _documents(source, said.get(name)) for name, source in sources.items()}
    in_full: dict[str, tuple[Document, ...]] = {}
    by_runs: dict[str, ByRuns] = {}
    for group, collection in zip(groups, collections, strict=True):
        own = {name for name in found if itself.get(name) in {draft.path for draft, _ in group}}
        wanted = tuple(one for source in collection.sources if source.path not in own for one in documents[source.path])
        in_full |= {draft.id: wanted for draft, _ in group}
        looked_at = zip(group, collection.looked_at, strict=False)  # none where the library is read whole
        by_runs |= {draft.id: _by_runs(for_runs, documents, own) for (draft, _), for_runs in looked_at}
    listed = {one.path for each in (*in_full.values(), *(own.documents for own in by_runs.values())) for one in each}
    return FromLibrary(
        sources=tuple(sorted((one for one in sources.values() if one.path in listed), key=lambda source: source.path)),
        documents=in_full,
        metadata={names[name]: said[name] for name in sources if name in said and names[name] in listed},
        total=total,
        itself=tuple(sorted(set(itself.values()))),
        by_runs=by_runs,
    )


def _by_runs(found: ForRuns, documents: Mapping[str, Sequence[Document]], itself: Names[str]) -> ByRuns:
    holders = [
        document
        for name in sorted({name for name, _ in found.holders} - set(itself))
        for document in documents[name]
        if (name, document.ordinal) in found.holders
    ]
    return ByRuns(found.number, tuple(holders), found.stock)


def _once(each: Iterable[Sequence[Document]]) -> tuple[Document, ...]:
    once = {document.id: document for own in each for document in own}
    return tuple(sorted(once.values(), key=lambda document: (document.path, document.ordinal)))


def _collections(
    library: Library, groups: Sequence[Sequence[tuple[Document, Sketch]]], options: ScanOptions
) -> list[Collection]:
    """By group: the files it is compared with."""
    whole = library.whole(WHOLE, options) if groups else None
    if whole is not None:
        return [whole] * len(groups)
    return [
        library.compared_with([own for _, own in group], options, [draft.folded.text for draft, _ in group])
        for group in groups
    ]


def _documents(source: SourceText, known: Metadata | None) -> tuple[Document, ...]:
    """Those of a file, with the title that somebody gave it where it holds one report."""
    documents = find_documents(source)
    if known is None or not known.title or len(documents) != 1:
        return documents
    return (replace(documents[0], title=known.title),)


def _themselves(library: Library, found: Mapping[str, SourceText], drafts: Iterable[SourceText]) -> dict[str, str]:
    """By path in the library: the draft that is this very file, as it was added."""
    by_digest: dict[str, list[SourceText]] = {}
    for draft in drafts:
        if draft.sha256 and draft.location not in ("", "-"):
            by_digest.setdefault(draft.sha256, []).append(draft)
    alike = [name for name, source in found.items() if source.sha256 in by_digest]
    places = library.locations(alike) if alike else {}
    return {
        name: draft.path
        for name in alike
        for draft in by_digest[found[name].sha256]
        if places.get(name) and _same_place(draft, places[name])
    }


def _same_place(draft: SourceText, place: str) -> bool:
    """A member of an archive lies where the archive does, under its own name in it, whatever characters that has."""
    here = Path(draft.location).resolve()
    ends = (len(place), *(at for at in range(1, len(place)) if place[at] == "/"))
    return any(draft.path.endswith(place[end:]) and _is_at(place[:end], here) for end in ends)


def _is_at(place: str, here: Path) -> bool:
    try:
        return Path(place).resolve() == here
    except (OSError, ValueError):  # an id may hold what no path can
        return False


def _names(found: Iterable[str], taken: Names[str], before: str) -> dict[str, str]:
    """What each file of the library is called in the result."""
    names: dict[str, str] = {}
    used = set(taken)
    for name in sorted(found):
        free = name
        while free in used:
            free = f"{before}/{free}"
        names[name] = free
        used.add(free)
    return names
