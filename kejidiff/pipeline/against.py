"""Drafts, what they are held against -> two groups of documents, named apart and none in both.

A file that is a draft is a draft wherever else it lies: one that is also below `--against` is not compared with itself,
which is told (`itself`). A copy of it in another file is another file, and found.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kejidiff.engine import run
from kejidiff.errors import UsageError
from kejidiff.model import Document, Metadata, Skipped, SourceText
from kejidiff.options import ScanOptions
from kejidiff.pipeline.sidecars import Sidecars
from kejidiff.pipeline.stock import Given, skipped_as_stock
from kejidiff.read import FoundFile, discover, read_files
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
    def unread(self) -> tuple[Skipped, ...]:
        """Files that should have been read and were not."""
        return tuple(file for file in self.files if isinstance(file, Skipped) and not file.harmless)


class Gathered(NamedTuple):
    """`expected`: paths of drafts that do not pass where they are passed over: given by name, or looking like something
    that kejidiff wrote, which anybody can make a draft look like. `itself`: paths of drafts that lie on the other side,
    too."""

    drafts: Side
    against: Side
    expected: frozenset[str] = frozenset()
    itself: tuple[str, ...] = ()
    metadata: Mapping[str, Metadata] = MappingProxyType({})


def gather(
    drafts: Sequence[str],
    against: Sequence[str],
    options: ScanOptions,
    stock: Given,
    written: Sequence[str] = (),
    jobs: int = 1,
    told: Callable[[int, int], None] | None = None,
) -> Gathered:
    """Reads both sides. UsageError where a path does not exist, or nothing at all is found among the drafts.

    `written`: files, and folders, in which what looks like kejidiff's own is taken for it.
    """
    if STDIN in against:
        raise UsageError("--against -", "stdin can only be a draft", "give it as a file")
    ours = _Places.of(drafts)
    if not ours.found:
        raise UsageError(", ".join(drafts), "no file found", "give a file or a folder", "nothing-found")
    theirs = _Places.of(against)
    every = discover([*drafts, *against])
    set_apart = {file for file in every.found if stock.holds(file.location)}
    said = Sidecars.read([], {}, every.found)
    unclear = {skipped.location: skipped for skipped in said.skipped if not ours.name(skipped.location)}

    def read(file: FoundFile) -> list[Outcome]:
        if file in set_apart:
            return [(skipped_as_stock(file), ())]
        if said.is_sidecar(file) and not ours.name(file.location):
            if file.location in unclear:
                return []
            return [(Skipped(file.path, "ignored", "tells of other files", "skipped", file.location), ())]
        sources = read_files(file, options.encoding, options.max_file_bytes)
        return [(source, find_documents(source) if isinstance(source, SourceText) else ()) for source in sources]

    outcomes = run(read, every.found, jobs, told)
    groups: dict[bool, list[Outcome]] = {True: [], False: []}
    groups[False] += [(skipped, ()) for skipped in unclear.values()]
    expected: set[str] = set()
    itself: list[str] = []
    metadata: dict[str, Metadata] = {}
    for file, own in zip(every.found, outcomes, strict=True):
        is_draft = ours.hold(file.location)
        groups[is_draft] += own
        if is_draft:
            apart = _lies_in(file.location, written)
            expected |= {one.path for one, _ in own if ours.name(file.location) or (not apart and _looks_own(one))}
        metadata |= {one.path: known for one, _ in own if (known := _known(said, file, one)) is not None}
        itself += [one.path for one, _ in own if is_draft and theirs.hold(file.location)]
    for skipped in every.skipped:
        is_draft = ours.hold(skipped.location)
        groups[is_draft].append((skipped, ()))
        expected |= {skipped.path} if is_draft and ours.name(skipped.location) and not _alias(skipped) else set()
    return Gathered(Side.of(groups[True]), Side.of(groups[False]), frozenset(expected), tuple(sorted(itself)), metadata)


def _known(said: Sidecars, file: FoundFile, source: SourceText | Skipped) -> Metadata | None:
    fields = said.fields_of(file, source) if isinstance(source, SourceText) else {}
    return Metadata(**fields) if fields else None


class _Places(NamedTuple):
    """What paths lead to: places (a link's own, not its target's), and identities of what can be read.

    named   of the places those that were given by name
    """

    found: frozenset[str]
    identities: frozenset[tuple[int, int]]
    named: frozenset[str]

    @staticmethod
    def of(paths: Sequence[str]) -> "_Places":
        if not paths:
            return _Places(frozenset(), frozenset(), frozenset())
        discovered = discover(paths)
        locations = [file.location for file in discovered.found] + [file.location for file in discovered.skipped]
        identities = {identity for file in discovered.found if (identity := _identity(file.location)) is not None}
        named = {_place(path) for path in paths if path == STDIN or not os.path.isdir(path)}  # noqa: PTH112 -- Path.is_dir raises where it may not look
        named |= {os.path.realpath(path) for path in paths if path != STDIN}
        return _Places(frozenset(map(_place, locations)), frozenset(identities), frozenset(named))

    def hold(self, location: str) -> bool:
        """True where the paths lead to this file, under whatever name."""
        return _place(location) in self.found or _identity(location) in self.identities

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
    folder, name = os.path.split(os.path.abspath(location))  # noqa: PTH100 -- Path.resolve raises for a loop of links
    return f"{os.path.realpath(folder).rstrip(os.sep)}{os.sep}{name}"


def _identity(location: str) -> tuple[int, int] | None:
    if location == STDIN:
        return None
    try:
        status = Path(location).lstat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
