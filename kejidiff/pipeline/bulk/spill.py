"""Arrays and texts of a large scan <-> files in its working folder, written once, read in pieces.

unpacked-N, torn-N
             the lines of a packed archive or of row groups of a table, and why it breaks off: `unpacking`
sketch-N     what is known of a shard's documents and units: `ShardSketch`
folded-N     its folded characters, two bytes each
kept-N       a bit for each of its original characters, 1 where it has a folded one
figures-N    value, original length and countable characters of each of its figures
anchors-N    its anchors, sorted
entries-N    a JSON line for every file or row, with the documents in it
texts-N      the original texts, where they are wanted again
pairs-N-of-P what joining part N found, a slice for every bucket; pairs-equal: pairs of equal units
NAME.npy     of all units, paragraphs, counts: what workers look up
matches-N    what verifying bucket N found
index-N      its comparisons, and where their lines lie
text-places-N, KIND-lines-N
             where each of the texts begins; lines of a view, of a piece or a bucket
*.part       one that is not whole yet
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import numpy as np

from kejidiff.errors import UsageError
from kejidiff.kernel.ranges import read_ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Files of one kind that are kept open. A process may have 1,024 open as a rule (getrlimit(2)), and reads three kinds
#: at most side by side: 600. 200 pieces of 16 MiB are 3 GB of texts; of more, all are closed now and then and opened
#: again.
OPEN: Final = 200

#: What files of the folder are called, their number apart.
_NAMES: Final = re.compile(
    r"(?:(?:anchors|entries|figures|folded|index|kept|matches|sketch|text-places|texts|torn|unpacked|[a-z]+-lines)-\d+"
    r"|pairs-(?:\d+-of-\d+|equal)|(?:counts|paragraphs|units)\.npy)(?:\.part)?"
)

#: Those that a piece of work ends with.
_LAST: Final = re.compile(r"(?:entries|matches|unpacked)-\d+|pairs-\d+-of-\d+")


def is_spilled(name: str) -> bool:
    """Whether a file of a working folder may be called so: nothing else there is a scan's to remove."""
    return _NAMES.fullmatch(name) is not None


def ends_a_piece(name: str) -> bool:
    """Whether a piece of work is done where there is a file called so."""
    return _LAST.fullmatch(name) is not None


class ShardSketch(NamedTuple):
    """Everything of a shard but its texts.

    documents   shape (D, 7) of uint32: where in its file's text it begins, original characters, countable ones, first
                unit, first paragraph, Hanzi, Hanzi in traditional form
    paragraphs  shape (P, 2) of uint32: spans in the file's text
    units       shape (U, 8) of uint32: document (of the shard), start and end in the file's text, start and length in
                the shard's folded text; and what the shard has before it: kept bits, figures, countable characters
    keys, beside   shape (U,) of uint64: `own` and `beside` of `unit_keys.UnitKeys`
    counts      shape (U,) of uint16: anchors
    """

    documents: "NDArray[np.uint32]"
    paragraphs: "NDArray[np.uint32]"
    units: "NDArray[np.uint32]"
    keys: "NDArray[np.uint64]"
    beside: "NDArray[np.uint64]"
    counts: "NDArray[np.uint16]"


class _Told:
    """A file that numpy takes for none of its own: it would write those by itself, and on a full disk raise an OSError
    without the errno that says so."""

    def __init__(self, file: BinaryIO) -> None:
        self.write = file.write


def write_arrays(path: Path, arrays: Iterable["NDArray[Any]"]) -> None:
    """Replace the file by these arrays, one after the other; whole or not at all."""
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as file:
        for array in arrays:
            np.save(_Told(file), array, allow_pickle=False)
    temporary.replace(path)


def write_parts(path: Path, parts: "Sequence[NDArray[Any]]", shape: tuple[int, ...]) -> None:
    """Replace the file by one array of that shape, of which the parts, one at least, hold the items in their order."""
    header = BytesIO()
    told = {"descr": np.lib.format.dtype_to_descr(parts[0].dtype), "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(header, told)
    with raw_file(path) as write:
        write(np.frombuffer(header.getvalue(), np.uint8))
        for part in parts:
            write(part)


def read_arrays(path: Path, count: int) -> list["NDArray[Any]"]:
    """The first `count` arrays of a file that `write_arrays` wrote. UsageError as of `damaged`."""
    with path.open("rb") as file:
        try:
            return [np.load(file, allow_pickle=False) for _ in range(count)]
        except OSError:
            raise
        except Exception as error:  # numpy makes a ValueError of it, or a SyntaxError, a TokenError, a MemoryError, ...
            raise damaged(path) from error


def damaged(path: Path, *beside: Path) -> UsageError:
    """What is raised where a working file, or one beside it, is not what was written: a scan that goes on from a kept
    folder takes what is there for done."""
    names = " or ".join(one.name for one in (path, *beside))
    return UsageError(str(path.parent), f"{names} there is damaged", "remove the folder, and scan anew")


def write_raw(path: Path, items: "NDArray[Any]") -> None:
    """Replace the file by these items and nothing else; whole or not at all."""
    with raw_file(path) as write:
        write(items)


@contextmanager
def raw_file(path: Path) -> Iterator[Callable[["NDArray[Any]"], object]]:
    """Replace the file by the items of arrays that are given one after the other; whole or not at all."""
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as file:
        yield lambda items: file.write(np.ascontiguousarray(items).data)
    temporary.replace(path)


def read_raw(path: Path, dtype: Any, start: int, end: int) -> "NDArray[Any]":
    """Items `[start, end)` of a file of nothing else."""
    items = np.empty(end - start, dtype)
    read_raw_into(items, path, start)
    return items


def read_raw_into(items: "NDArray[Any]", path: Path, start: int) -> None:
    """Fill an array with the items from `start` on of a file of nothing else. UsageError where there are
    fewer, as of `damaged`."""
    with path.open("rb", buffering=0) as file:
        file.seek(start * items.itemsize)
        view = items.view(np.uint8).data
        while len(view):
            count = file.readinto(view)
            if not count:
                raise damaged(path)
            view = view[count:]


class Pieces:
    """Random access to files of one kind by number: `read(number, start, size)` bytes."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder, self._kind = folder, kind
        self._files: dict[int, int] = {}

    def read(self, number: int, start: int, size: int) -> bytes:
        """`size` bytes from `start` on; fewer at the end of the file."""
        return os.pread(self._opened(number), size, start)

    def gathered(
        self, numbers: "NDArray[np.int64]", starts: "NDArray[np.int64]", sizes: "NDArray[np.int64]"
    ) -> "NDArray[np.uint8]":
        """Ranges of several files one after the other; zeros beyond an end. Fastest by number and start."""
        known = np.flatnonzero(np.bincount(numbers))
        if len(known) > OPEN and (numbers[1:] >= numbers[:-1]).all():
            edges = [0, *np.searchsorted(numbers, known[OPEN::OPEN]).tolist(), len(numbers)]
            parts = (slice(start, end) for start, end in pairwise(edges))
            return np.concatenate([self.gathered(numbers[part], starts[part], sizes[part]) for part in parts])
        if len(known) <= OPEN:
            self._make_room(known.tolist())
            files = np.zeros(int(known.max(initial=0)) + 1, dtype=np.int64)
            files[known] = [self._opened(number) for number in known.tolist()]
            found = read_ranges(files[numbers], starts, sizes)
            if found is not None:
                return found
        places = zip(numbers.tolist(), starts.tolist(), sizes.tolist(), strict=True)
        joined = b"".join(self.read(number, start, size).ljust(size, b"\0") for number, start, size in places)
        return np.frombuffer(joined, dtype=np.uint8)

    def _make_room(self, numbers: list[int]) -> None:
        """Close all where those could not be open together with what is."""
        if len(self._files.keys() | set(numbers)) > OPEN:
            self.close()

    def _opened(self, number: int) -> int:
        descriptor = self._files.get(number)
        if descriptor is None:
            if len(self._files) >= OPEN:
                self.close()
            descriptor = self._files[number] = os.open(self._folder / f"{self._kind}-{number}", os.O_RDONLY)
        return descriptor

    def close(self) -> None:
        """Close every file; reading opens them again."""
        for descriptor in self._files.values():
            os.close(descriptor)
        self._files.clear()
