"""Rows that a cluster gives back -> the working folder of a scan on one machine: sketches, entries, texts, matches.

Documents and units get the numbers they have there, without gaps, and countable characters are counted through.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import numpy as np

from kejidiff.engine.columns import Columns
from kejidiff.errors import ClusterError
from kejidiff.model import Skipped
from kejidiff.pipeline.bulk.collection import Collection, write_paragraphs
from kejidiff.pipeline.bulk.entries import read_entries, write_entries
from kejidiff.pipeline.bulk.matches import MATCH, Matches
from kejidiff.pipeline.bulk.spill import write_arrays, write_raw
from kejidiff.pipeline.cluster.numbers import UNIT_BITS
from kejidiff.read.archives import Shard
from kejidiff.read.archives.sharding import EMPTY, NO_ROW
from kejidiff.read.formats import PARQUET

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

Files = Mapping[str, tuple[int, str]]


class Placed(NamedTuple):
    """Pieces of files, in the order of the scan.

    pieces   file and place of each
    names    what their files are called
    lines    lines before each in its file
    units    units of each
    empty    names of the files that have none
    """

    pieces: list[tuple[str, int]]
    names: list[str]
    lines: list[int]
    units: list[int]
    empty: list[str]

    @classmethod
    def of(cls, told: Columns, files: Files) -> "Placed":
        """`file`, `at`, `lines`, `count` of each piece, in any order; `files` as of `Sketching`."""
        columns = (told["file"], told["at"].tolist(), told["lines"].tolist(), told["count"].tolist())
        rows = sorted(zip(*columns, strict=True), key=lambda row: (files[row[0]][0], row[1]))
        before: dict[str, int] = {}
        lines = []
        for file, _, own, _ in rows:
            lines.append(before.get(file, 0))
            before[file] = lines[-1] + own
        return cls(
            [(file, at) for file, at, *_ in rows], [files[file][1] for file, *_ in rows], lines,
            [count for *_, count in rows], [name for file, (_, name) in files.items() if file not in before],
        )  # fmt: skip


class Found(NamedTuple):
    """What lies in the working folder: of every piece its sketch and entries, of every bucket its matches.

    unread     files without a row
    numbers    shape (D,): of each document on the cluster
    units      shape (D,): the number of each document's first unit
    """

    pieces: tuple[Shard, ...]
    unread: tuple[Skipped, ...]
    collection: Collection
    numbers: "Ints"
    units: "Ints"
    buckets: int = 0


def write_pieces(rows: Iterable[Any], placed: Placed, texts: bool, folder: Path) -> Found:
    """Sketches and entries, and texts where they are wanted, of all pieces, which come in any order."""
    at = {piece: number for number, piece in enumerate(placed.pieces)}
    sketches: list[Any] = [None] * len(at)
    numbers: list[Any] = [None] * len(at)
    for row in rows:
        piece = at[row.file, row.at]
        numbers[piece] = np.frombuffer(row.numbers, np.int64)
        sketches[piece] = own = _sketch(row)
        write_arrays(folder / f"sketch-{piece}", own)
        _write_piece(row, piece, placed.lines[piece], texts, folder)
    every = np.concatenate([*numbers, np.zeros(0, np.int64)])
    if (np.diff(every) <= 0).any():
        told = "a file has more rows than an eighth of its bytes, or is too large beside so many others"
        raise ClusterError("--engine spark", told, "write its rows anew, or scan fewer files at a time")
    first = np.concatenate(([0], np.cumsum(placed.units))).astype(np.int64)
    documents = [own for own, _ in sketches]
    known = [own[:, 3].astype(np.int64) + before for own, before in zip(documents, first.tolist(), strict=False)]
    countable = [own[:, 2].astype(np.int64) for own in documents]
    sizes = np.array([len(own) for own in documents], dtype=np.int64)
    nothing = np.zeros(0, np.int64)
    collection = Collection(
        first_documents=np.concatenate(([0], np.cumsum(sizes))), countable=np.concatenate([*countable, nothing]),
        units=int(first[-1]), anchors=np.zeros(len(at), np.int64),
    )  # fmt: skip
    shards = tuple(
        Shard(name, _location(file), "gzip", start, -1)
        for name, (file, start) in zip(placed.names, placed.pieces, strict=True)
    )
    write_paragraphs(sketches, collection.first_documents, folder)
    unread = tuple(
        Skipped(name, "empty", NO_ROW if name.lower().endswith(PARQUET) else EMPTY, "skipped") for name in placed.empty
    )
    return Found(shards, unread, collection, every, np.concatenate([*known, nothing]))


def _location(file: str) -> str:
    """The path of a file on this machine, the URI of any other."""
    return unquote(file.removeprefix("file:")) if file.startswith("file:") else file


def _sketch(row: Any) -> "tuple[NDArray[np.uint32], NDArray[np.uint32]]":
    """Documents and paragraphs of a piece, as of `ShardSketch`."""
    documents = np.frombuffer(row.documents, np.uint32).reshape(-1, 7)
    return documents, np.frombuffer(row.paragraphs, np.uint32).reshape(-1, 2)


def _write_piece(row: Any, piece: int, lines: int, texts: bool, folder: Path) -> None:
    path = folder / f"entries-{piece}"
    path.write_bytes(row.entries)
    if lines:
        counted = [entry._replace(number=entry.number + lines) for entry in read_entries(path)]
        write_entries(path, counted)
    if texts:
        write_raw(folder / f"texts-{piece}", np.frombuffer(row.texts, np.uint8))
        write_arrays(folder / f"text-places-{piece}", [np.frombuffer(row.sizes, np.int64)])


def write_matches(rows: Iterable[Any], buckets: int, found: Found, folder: Path) -> None:
    """The matches of every bucket; of those that do not come, none."""
    before = np.concatenate(([0], np.cumsum(found.collection.countable)))
    left = set(range(buckets))
    for row in rows:
        left.discard(row.bucket)
        own = np.searchsorted(found.numbers, np.frombuffer(row.documents, np.int64))
        units = np.frombuffer(row.units, np.int64)
        firsts = found.units[np.searchsorted(found.numbers, units >> UNIT_BITS)]
        numbers = firsts + (units & ((1 << UNIT_BITS) - 1))
        matches = np.frombuffer(row.matches, MATCH).copy()
        for side in ("left", "right"):
            matches[side + "_document"] = documents = own[matches[side + "_document"]]
            matches[side + "_unit"] = numbers[matches[side + "_unit"]]
            for end in ("_counted", "_counted_end"):
                matches[side + end] += before[documents]
        edits = np.frombuffer(row.edits, np.int32).reshape(-1, 5)
        Matches(matches, edits).write(folder / f"matches-{row.bucket}")
    nothing = Matches(np.zeros(0, MATCH), np.zeros((0, 5), np.int32))
    for bucket in left:
        nothing.write(folder / f"matches-{bucket}")
