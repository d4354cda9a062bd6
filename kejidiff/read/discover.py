"""Paths as they were given -> every file below them, each once, to be read or with the reason why not.

Terms.       *given*: named by the caller, as against *met* in a folder. What is given is meant: a hidden file or
             folder, a pattern of `.kejidiffignore`, a link do not keep it from being read. Of what is met, hidden
             things are passed over and links are not followed, so that no scan leaves its folder or goes in circles.
Limitations. Nothing is opened here but folders and `.kejidiffignore`; whether a file can be read shows in `files`.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from kejidiff.errors import UsageError
from kejidiff.model import Skipped
from kejidiff.read.failures import failure_of, skipped
from kejidiff.read.ignore import NAME as IGNORE_FILE
from kejidiff.read.ignore import Ignored, patterns_in
from kejidiff.read.naming import Parts, display_paths

STDIN: Final = "-"

#: What operating systems and word processors leave behind in folders (CONTRACT: details, 3).
LITTER: Final = frozenset({".DS_Store", "Thumbs.db"})
LOCK_PREFIX: Final = "~$"
#: How the name of a file ends that tells of another: `report.txt.meta.json` (docs/LIBRARY.md).
METADATA: Final = ".meta.json"


class FoundFile(NamedTuple):
    """A regular file, or stdin. `path` is its display path, unique in a scan; `location` is what to open."""

    path: str
    location: str


class Discovery(NamedTuple):
    """Everything found, in two tuples, each ordered by display path."""

    found: tuple[FoundFile, ...]
    skipped: tuple[Skipped, ...]


class _Sighting(NamedTuple):
    """A file as one of the given paths led to it.

    shown      how many of its parts its display path has at least
    reason     empty for a file to be read
    identity   device and inode of a file to be read: what its names have in common
    """

    parts: Parts
    shown: int
    location: str
    given: bool
    reason: str = ""
    message: str = ""
    identity: tuple[int, int] | None = None

    @property
    def rank(self) -> tuple[bool, bool, str]:
        """Of several sightings of one file the least counts: given before met, read before skipped."""
        return (not self.given, bool(self.reason), self.location)


def discover(paths: Sequence[str]) -> Discovery:
    """Walks the given paths: folders in full, files by name, `-` for stdin. The order they are given in is all one.

    Each thing that is no folder appears once, even if several paths lead to it; a folder appears only where it is
    not entered. The second name of a hard-linked file is skipped as `ignored`.
    Raises `UsageError` (slug `no-such-path`) for a path that does not exist.
    """
    sightings: dict[Parts, _Sighting] = {}
    given = frozenset(parts for path in paths if (parts := _folder_parts(path)))
    for path in paths:
        for seen in _sightings(path, given):
            known = sightings.get(seen.parts, seen)
            best = min(known, seen, key=lambda sighting: sighting.rank)
            sightings[seen.parts] = best._replace(shown=max(known.shown, seen.shown))
    return _named(sightings)


def _named(sightings: dict[Parts, _Sighting]) -> Discovery:
    """Gives everyone a name, and sets further names of one file aside."""
    names = display_paths({parts: sighting.shown for parts, sighting in sightings.items()})
    found: list[FoundFile] = []
    passed: list[Skipped] = []
    first: dict[tuple[int, int], str] = {}
    for path, sighting in sorted((names[parts], sighting) for parts, sighting in sightings.items()):
        holder = first.setdefault(sighting.identity, path) if sighting.identity else path
        if sighting.reason:
            passed.append(skipped(path, sighting.reason, sighting.message, sighting.location))
        elif holder != path:
            passed.append(skipped(path, "ignored", f"another name of {holder}", sighting.location))
        else:
            found.append(FoundFile(path, sighting.location))
    return Discovery(tuple(found), tuple(passed))


def _folder_parts(path: str) -> Parts | None:
    """The parts of a given folder; None for whatever is no folder."""
    try:
        return Path(path).resolve().parts if path not in ("", STDIN) and Path(path).is_dir() else None
    except (OSError, RuntimeError, ValueError):
        return None


def _sightings(path: str, given: frozenset[Parts]) -> Iterator[_Sighting]:
    """All that one given path leads to; `given` are the folders among all given paths."""
    if path == STDIN:
        yield _Sighting((STDIN,), 1, STDIN, given=True)
    elif (parts := _folder_parts(path)) is not None:
        yield from _walk(path, parts, given)
    else:
        yield _file(path)


def _file(path: str) -> _Sighting:
    """A given path that is no folder. A link is followed, because it was meant; its target is what will be opened."""
    try:
        if not path:
            raise FileNotFoundError
        mode = Path(path).lstat().st_mode
        parts = (*Path(path).parent.resolve().parts, Path(path).name)
    except (FileNotFoundError, NotADirectoryError, ValueError, RuntimeError) as error:
        raise UsageError(path, "there is no such file or folder", "check its spelling", slug="no-such-path") from error
    except OSError as error:
        return _Sighting(Path(path).absolute().parts, 1, path, True, *failure_of(error))
    location = path
    if stat.S_ISLNK(mode):
        try:
            location = str(Path(path).resolve(strict=True))
        except (OSError, RuntimeError):
            return _Sighting(parts, 1, path, True, "symlink", "a link that leads nowhere")
    return _sighting(parts, 1, location, given=True)


def _sighting(parts: Parts, shown: int, location: str, *, given: bool) -> _Sighting:
    """A thing that is no folder, and not to be passed over for its name: by its kind."""
    try:
        status = Path(location).lstat()
    except OSError as error:
        return _Sighting(parts, shown, location, given, *failure_of(error))
    if stat.S_ISLNK(status.st_mode):
        return _Sighting(parts, shown, location, given, "symlink", "a link; links are not followed")
    if not stat.S_ISREG(status.st_mode):
        return _Sighting(parts, shown, location, given, "special-file", "a pipe, a socket or a device")
    identity = (status.st_dev, status.st_ino) if status.st_ino else None
    return _Sighting(parts, shown, location, given, identity=identity)


def _walk(root: str, parts: Parts, given: frozenset[Parts]) -> Iterator[_Sighting]:
    """Everything below a given folder. The stack is a list: trees can be deeper than Python's calls."""
    patterns = Ignored()
    try:
        patterns = patterns_in(root)
    except OSError as error:  # comes before the same file's being hidden, and so is what will be told of it
        yield _Sighting((*parts, IGNORE_FILE), 1, str(Path(root, IGNORE_FILE)), False, *failure_of(error))
    waiting: list[tuple[str, Parts]] = [(root, ())]
    while waiting:
        folder, below = waiting.pop()
        try:
            children = _children(folder)
        except OSError as error:
            yield _Sighting((*parts, *below), max(1, len(below)), folder, not below, *failure_of(error))
            continue
        for name, location, is_folder in children:
            place = (*below, name)
            message = passed_over(name, is_folder) or (
                f"matches {IGNORE_FILE}" if patterns.covers("/".join(place), folder=is_folder) else ""
            )
            if message:
                if (*parts, *place) not in given:
                    yield _Sighting((*parts, *place), len(place), location, False, "ignored", message)
            elif is_folder:
                waiting.append((location, place))
            else:
                yield _sighting((*parts, *place), len(place), location, given=False)


def _children(folder: str) -> list[tuple[str, str, bool]]:
    """Name, location, and whether it is a folder (a link to one is none); raises OSError."""
    with os.scandir(folder) as entries:
        return [(entry.name, entry.path, entry.is_dir(follow_symlinks=False)) for entry in entries]


def passed_over(name: str, is_folder: bool) -> str:
    """Why a thing of this name is passed over when met; empty where it is not."""
    if name in LITTER or name.startswith(LOCK_PREFIX):
        return "left behind by another program"
    if name.endswith(METADATA) and not is_folder:
        return "metadata of another file"
    if name.startswith("."):
        return "a hidden folder, not entered" if is_folder else "a hidden file"
    return ""
