"""Drafts, what they are held against -> two groups of documents, named apart.

A draft that is also below `--against` is not compared with itself, which is told (`itself`). The other drafts are: for
them it stands on that side, too, under a name of its own (`twins`). A copy of it in another file is another file.
"""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kejidiff.engine import run
from kejidiff.errors import UsageError
from kejidiff.model import Document, Metadata, Skipped, SourceText
from kejidiff.options import ScanOptions
from kejidiff.pipeline.sidecars import Sidecars
from kejidiff.pipeline.stock import Given, skipped_as_stock
from kejidiff.read import FoundFile, discover, read_texts
from kejidiff.read.discover import STDIN
from kejidiff.read.formats import OWN_LIBRARY, OWN_REPORT
from kejidiff.text.documents import find_documents

Outcome = tuple[SourceText | Skipped, tuple[Document, ...]]


class Side(NamedTuple):
    """Files and documents of one of the two groups, by path."""

    files: tuple[SourceText | Skipped, ...] = ()
    documents: tuple[Document, ...] = ()

    @staticmethod
    def of(outcomes: Sequence[Outcome]) -> "Side":
        """Files with what was found in them, put in order."""
        ordered = sorted(outcomes, key=lambda outcome: outcome[0].path)
        return Side(tuple(file for file, _ in ordered), tuple(one for _, own in ordered for one in own))

    @property
    def unread(self) -> tuple[SourceText | Skipped, ...]:
        """Files that should have been read and were not, or not in full."""
        return tuple(file for file in self.files if not (file.harmless if isinstance(file, Skipped) else file.whole))


class Gathered(NamedTuple):
    """Both sides, and what is known of them.

    expected   paths of drafts that do not pass where they are passed over: given by name, or looking like something
               that kejidiff wrote, which anybody can make a draft look like
    itself     paths of drafts that lie on the other side, too
    twins      path on the other side -> that of the draft which this is
    """

    drafts: Side
    against: Side
    expected: frozenset[str] = frozenset()
    itself: tuple[str, ...] = ()
    metadata: Mapping[str, Metadata] = MappingProxyType({})
    twins: Mapping[str, str] = MappingProxyType({})

    def against_for(self, draft: Document) -> tuple[Document, ...]:
        """What was given to compare this draft with."""
        return tuple(one for one in self.against.documents if self.twins.get(one.path) != draft.path)


def gather(
    drafts: Sequence[str],
    against: Sequence[str],
    options: ScanOptions,
    stock: Given,
    written: Sequence[str] = (),
    jobs: int = 1,
    told: Callable[[int, int], None] | None = None,
    *,
    apart: bool = True,
) -> Gathered:
    """Reads both sides. UsageError where a path does not exist, or nothing at all is found among the drafts.

    written   files, and folders, in which what looks like kejidiff's own is taken for it
    apart     False where drafts are compared with each other anyhow, so that none needs a twin
    """
    if STDIN in against:
        raise UsageError("--against -", "stdin can only be a draft", "give it as a file")
    ours = _Places.of(drafts)
    if not ours.found:
        raise UsageError(", ".join(drafts), "no file found", "give a file or a folder", "nothing-found")
    theirs = _Places.of(against)
    every = discover([*drafts, *against])
    said = Sidecars.read([], {}, every.found)
    unclear = {skipped.location: skipped for skipped in said.skipped if not ours.name(skipped.location)}
    read = _reader(ours, said, frozenset(unclear), stock, options)
    outcomes = run(read, every.found, jobs, told)
    groups: dict[bool, list[Outcome]] = {True: [], False: []}
    groups[False] += [(skipped, ()) for skipped in unclear.values()]
    expected: set[str] = set()
    both: list[tuple[FoundFile, Outcome]] = []
    metadata: dict[str, Metadata] = {}
    for file, own in zip(every.found, outcomes, strict=True):
        is_draft = ours.hold(file.location)
        groups[is_draft] += own
        if is_draft:
            is_ours = _lies_in(file.location, written)
            expected |= {one.path for one, _ in own if ours.name(file.location) or (not is_ours and _looks_own(one))}
        metadata |= {one.path: known for one, _ in own if (known := _known(said, file, one)) is not None}
        both += [(file, one) for one in own if is_draft and theirs.hold(file.location)]
    for skipped in every.skipped:
        is_draft = ours.hold(skipped.location)
        groups[is_draft].append((skipped, ()))
        expected |= {skipped.path} if is_draft and ours.name(skipped.location) and not _alias(skipped) else set()
    itself = tuple(sorted(source.path for _, (source, _) in both))
    twins = _twins(both, theirs, groups) if apart else {}
    metadata |= {twin: metadata[path] for twin, path in twins.items() if path in metadata}
    return Gathered(Side.of(groups[True]), Side.of(groups[False]), frozenset(expected), itself, metadata, twins)


def _reader(
    ours: "_Places", said: Sidecars, unclear: Collection[str], stock: Given, options: ScanOptions
) -> Callable[[FoundFile], list[Outcome]]:
    """What reads a file with all that is in it; stock and side files are passed over. `unclear`: where side files lie
    that are told of elsewhere."""

    def read(file: FoundFile) -> list[Outcome]:
        if stock.holds(file.location):
            return [(skipped_as_stock(file), ())]
        if said.is_sidecar(file) and not ours.name(file.location):
            aside = Skipped(file.path, "ignored", "tells of other files", "skipped", file.location)
            return [] if file.location in unclear else [(aside, ())]
        sources = read_texts(file, options)
        return [(source, find_documents(source) if isinstance(source, SourceText) else ()) for source in sources]

    return read


def _twins(
    both: Sequence[tuple[FoundFile, Outcome]], theirs: "_Places", groups: Mapping[bool, list[Outcome]]
) -> dict[str, str]:
    """Puts drafts that lie on the other side there as well, for the other drafts: `Gathered.twins`."""
    twins: dict[str, str] = {}
    if len({source.path for source, documents in groups[True] if documents}) < 2:
        return twins
    taken = {source.path for group in groups.values() for source, _ in group}
    for file, (source, documents) in both:
        if isinstance(source, SourceText) and documents:
            twin = replace(source, path=_free(theirs.called(file), source.path.removeprefix(file.path), taken))
            groups[False].append((twin, find_documents(twin)))
            twins[twin.path] = source.path
            taken.add(twin.path)
    return twins


def _free(location: str, member: str, taken: Collection[str]) -> str:
    """A name for a file that has one as a draft already: with as much of its folders before it as makes it new."""
    parts = Path(location).parts[1:]
    for at in range(len(parts) - 2, -1, -1):
        if (name := "/".join(parts[at:]) + member) not in taken:
            return name
    return _free(f"{os.sep}against{location}", member, taken)


def _known(said: Sidecars, file: FoundFile, source: SourceText | Skipped) -> Metadata | None:
    fields = said.fields_of(file, source) if isinstance(source, SourceText) else {}
    return Metadata(**fields) if fields else None


class _Places(NamedTuple):
    """What paths lead to: places (a link's own, not its target's), and identities of what can be read.

    identities   of what can be read, with where it lies
    named        of the places those that were given by name
    """

    found: frozenset[str]
    identities: Mapping[tuple[int, int], str]
    named: frozenset[str]

    @staticmethod
    def of(paths: Sequence[str]) -> "_Places":
        if not paths:
            return _Places(frozenset(), {}, frozenset())
        discovered = discover(paths)
        locations = [file.location for file in discovered.found] + [file.location for file in discovered.skipped]
        identities = {
            identity: _place(file.location)
            for file in discovered.found
            if (identity := _identity(file.location)) is not None
        }
        named = {_place(path) for path in paths if path == STDIN or not os.path.isdir(path)}  # noqa: PTH112 -- Path.is_dir raises where it may not look
        named |= {os.path.realpath(path) for path in paths if path != STDIN}
        return _Places(frozenset(map(_place, locations)), identities, frozenset(named))

    def hold(self, location: str) -> bool:
        """True where the paths lead to this file, under whatever name."""
        return _place(location) in self.found or _identity(location) in self.identities

    def called(self, file: FoundFile) -> str:
        """Where the paths found this file, which may bear another name here."""
        identity = _identity(file.location)
        return _place(file.location) if identity is None else self.identities.get(identity, _place(file.location))

    def name(self, location: str) -> bool:
        """True where one of the paths is this file, not a folder that holds it."""
        return _place(location) in self.named


def _lies_in(location: str, places: Sequence[str]) -> bool:
    """True for one of the places, and for what lies below it."""
    if location == STDIN:
        return False
    own = _place(location)
    return any(own == place or own.startswith(f"{place.rstrip(os.sep)}{os.sep}") for place in map(_place, places))


def _looks_own(outcome: SourceText | Skipped) -> bool:
    """True for a file that was passed over because of what is in it."""
    return isinstance(outcome, Skipped) and outcome.message in (OWN_REPORT, OWN_LIBRARY)


def _alias(skipped: Skipped) -> bool:
    """True for a further name of a file that is read under another: nothing of it is passed over."""
    return skipped.reason == "ignored" and skipped.message.startswith("another name of ")


def _place(location: str) -> str:
    if location == STDIN:
        return STDIN
    try:
        folder, name = os.path.split(os.path.abspath(location))  # noqa: PTH100 -- Path.resolve raises for a loop of links
    except FileNotFoundError:  # the current folder is gone: nothing can lie below a path that starts from it
        return location
    return f"{os.path.realpath(folder).rstrip(os.sep)}{os.sep}{name}"


def _identity(location: str) -> tuple[int, int] | None:
    if location == STDIN:
        return None
    try:
        status = Path(location).lstat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
