"""Rows of archives -> units with anchors and folded text, and what is known of each piece: as workers do it."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np

from kejidiff.engine.columns import Columns
from kejidiff.options import BulkOptions, ScanOptions
from kejidiff.pipeline.bulk.entries import entry_line
from kejidiff.pipeline.bulk.reading import PieceReader
from kejidiff.pipeline.bulk.sketching import NOTHING, Batch, Counts, sketch_of
from kejidiff.pipeline.cluster.numbers import UNIT_BITS, slices
from kejidiff.pipeline.cluster.rows import BLANK, RowsOf
from kejidiff.read.archives import Row, Shard
from kejidiff.read.archives.shard import Form
from kejidiff.sketch.unit_anchors import long_anchors

#: Of a unit: everything up to `figures`. Of a piece of a file: `file` and what follows.
SKETCHES: Final = (
    "unit long, key long, beside long, hashes binary, places binary, span binary, text binary, kept binary, "
    "figures binary, "
    "file string, at long, lines long, count long, numbers binary, documents binary, paragraphs binary, "
    "entries binary, texts binary, sizes binary"
)


class Sketching(NamedTuple):
    """What `sketched` goes by.

    rows      makes rows of a batch's columns, numbered within it
    files     of each file the number of the first document it may have, and the name it goes by
    form      of the files, as of `Shard`
    texts     whether the original texts are wanted
    """

    rows: RowsOf
    files: Mapping[str, tuple[int, str]]
    form: Form
    options: ScanOptions
    texts: bool


def plain(file: str) -> str:
    """A file's URI in one of the two ways in which Spark writes those of this machine."""
    return file.replace(":///", ":/", 1)


def sketched(batches: Iterator[Columns], how: Sketching) -> Iterator[Columns]:
    """Rows of `SKETCHES`: the units of each piece of a file, then a row for the piece.

    `file`, `at` and the row's own columns come in, the rows of a piece one after the other; `at` ascends in a file, and
    is at least one more for each document that came before.
    """
    rows = (
        (file, at, row)
        for batch in batches
        for file, at, row in zip(batch["file"], batch["at"].tolist(), how.rows(batch), strict=True)
    )
    for (file, at), own in groupby(rows, key=lambda one: one[:2]):
        yield from _Piece(plain(file), at, how).columns(row for *_, row in own)


class _Piece:
    """A piece of a file, row by row."""

    def __init__(self, file: str, at: int, how: Sketching) -> None:
        self._file, self._at, self._how = file, at, how
        self._first, self._path = how.files[file]
        self._lines = 0
        self._texts, self._sizes = bytearray(), [0]

    def columns(self, rows: Iterator[Row]) -> Iterator[Columns]:
        """Units batch by batch, and the piece."""
        shard = Shard(self._path, self._file, self._how.form, self._at, -1)
        options = self._how.options
        keep = self._keep if self._how.texts else None
        reader = PieceReader(shard, options, options.json_lines, keep, rows=self._counted(rows))
        batches, before = [NOTHING], Counts()
        for stream, start in reader.streams():
            # What is counted in 32 bits and goes with each unit begins anew with each batch.
            batch = sketch_of(stream, start, before._replace(folded=0, bits=0, figures=0, counted=0), options.bulk)
            yield _filled(_units(batch, before, self._first + self._at, options.bulk))
            batches.append(batch._replace(anchors=NOTHING.anchors, folded=NOTHING.folded, kept=NOTHING.kept))
            before = before.after(batch)
        entries = "".join(map(entry_line, reader.entries)).encode("utf-8", "surrogatepass")
        yield _filled(self._facts(batches, before, entries))

    def _counted(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Rows numbered through the piece; blank lines, which have no row, are counted."""
        for row in rows:
            self._lines += 1
            if row is not BLANK:
                yield row._replace(number=self._lines)

    def _keep(self, text: bytes | memoryview) -> None:
        self._texts.extend(text)
        self._sizes.append(len(self._texts))

    def _facts(self, batches: list[Batch], after: Counts, entries: bytes) -> Columns:
        numbers = np.arange(after.documents, dtype=np.int64) + self._first + self._at
        return {
            "file": [self._file], "at": [self._at], "lines": [self._lines], "count": [after.units],
            "numbers": [numbers.tobytes()],
            "documents": [b"".join(batch.documents.tobytes() for batch in batches)],
            "paragraphs": [b"".join(batch.paragraphs.tobytes() for batch in batches)],
            "entries": [entries], "texts": [bytes(self._texts)], "sizes": [np.array(self._sizes).tobytes()],
        }  # fmt: skip


def _filled(columns: Columns) -> Columns:
    """All columns of `SKETCHES`, null where nothing is said."""
    rows = len(next(iter(columns.values())))
    names = [field.split()[0] for field in SKETCHES.split(", ")]
    return {name: columns.get(name, [None] * rows) for name in names}


def _units(batch: Batch, before: Counts, first: int, options: BulkOptions) -> Columns:
    """The units of a batch; `first`: number of the piece's first document."""
    documents, starts, ends, folded, lengths, bits, figures, counted = batch.units.astype(np.int64).T
    local = documents - before.documents
    firsts = batch.documents[:, 3].astype(np.int64) - before.units
    own = np.arange(len(documents)) - firsts[local]
    if len(own) and int(own.max()) >> UNIT_BITS:
        raise OverflowError(f"a document of more than {1 << UNIT_BITS:,} units")
    anchors = long_anchors(batch.folded, np.stack((folded, folded + lengths), axis=1), options)
    edges = np.concatenate(([0], np.cumsum(anchors.counts)))
    last = np.concatenate((figures[1:], [len(batch.figures)]))
    countable = np.concatenate(([0], np.cumsum(batch.documents[:, 2], dtype=np.int64)))
    spans = np.stack((starts, ends, bits % 8, counted - countable[local]), axis=1)
    return {
        "unit": (documents + first << UNIT_BITS) + own,
        "key": batch.keys.view(np.int64),
        "beside": batch.beside.view(np.int64),
        "hashes": slices(anchors.hashes, edges[:-1], edges[1:]),
        "places": slices(anchors.places, edges[:-1], edges[1:]),
        "span": slices(spans, np.arange(len(spans)), np.arange(1, len(spans) + 1)),
        "text": slices(batch.folded, folded, folded + lengths),
        "kept": slices(batch.kept, bits // 8, (bits + ends - starts + 7) // 8),
        "figures": slices(batch.figures, figures, last),
    }
