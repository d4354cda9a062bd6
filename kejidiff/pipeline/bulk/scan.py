"""Paths, options -> BulkResult: the order of the stages of a large scan, and nothing else.

plan        planning    pieces of work: files in groups, archives in shards
unpack      unpacking   packed archives and tables: lines, in more shards
sketch      text/ sketch/   of every piece its folded text, units, anchors
join        library/    parts of the anchors: pairs of units that share some
verify      align/      buckets of pairs: matches with their edits
finish      measure/    names, formula, ratios; a view's lines for every file, document, comparison

Workers read and write files of the working folder, and nothing but numbers passes between processes.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kejidiff.engine import run
from kejidiff.kernel import is_compiled
from kejidiff.model.bulk import BulkResult, Renderer
from kejidiff.options import ScanOptions
from kejidiff.pipeline.bulk.collection import Collection, gather, laid_out
from kejidiff.pipeline.bulk.entries import write_entries
from kejidiff.pipeline.bulk.joining import join
from kejidiff.pipeline.bulk.planning import Plan, fingerprint
from kejidiff.pipeline.bulk.reading import PieceReader
from kejidiff.pipeline.bulk.sketching import sketch_streams
from kejidiff.pipeline.bulk.spill import damaged, write_arrays, write_raw
from kejidiff.pipeline.bulk.unpacking import packed_in, unpack, with_unpacked
from kejidiff.pipeline.bulk.workspace import JOINED, kept_folder, let_go, working_folder
from kejidiff.version import __version__

if TYPE_CHECKING:
    from kejidiff.pipeline.bulk.naming import Named

#: Told of every piece of work: stage (`unpack`, `read`, `sketch`, `align`, `write`), done, total.
Advance = Callable[[str, int, int], None]

#: Bytes that joining may take where nobody says otherwise.
MEMORY: Final = 2 << 30


class Work(NamedTuple):
    """How a large scan works; nothing here changes what is found.

    memory   bytes that all processes together may take, where that can be chosen
    folder   where working files go; None: where the system keeps such
    keep     keep them there when the scan is stopped, and go on from what an earlier one kept
    """

    jobs: int = 1
    memory: int = MEMORY
    folder: Path | None = None
    keep: bool = False


@contextmanager
def bulk_scan(
    plan: Plan,
    options: ScanOptions,
    render: Renderer,
    work: Work,
    *,
    scanned: tuple[str, ...] = (),
    advance: Advance | None = None,
) -> Iterator[BulkResult]:
    """Compare every document of the plan with every other, paragraph by paragraph.

    The result's lines can be read inside the context only: they lie in the working folder. OutputError where that
    cannot be written, UsageError where it is another scan's.
    """
    with _place(plan, options, render, work) as folder:
        yield _Scan(plan, options, render, work, folder, advance).result(scanned)


def _place(plan: Plan, options: ScanOptions, render: Renderer, work: Work) -> AbstractContextManager[Path]:
    """The folder that a scan works in."""
    if not work.keep or work.folder is None:
        return working_folder(work.folder)
    told = {
        "version": __version__,
        "options": options.as_record(),
        "texts": render.texts,
        "pieces": fingerprint(plan.pieces),
    }
    return kept_folder(work.folder, told)


@contextmanager
def scan_on_cluster(
    master: str | None,
    paths: tuple[str, ...],
    options: ScanOptions,
    render: Renderer,
    work: Work,
    *,
    advance: Advance | None = None,
) -> Iterator[BulkResult]:
    """`bulk_scan` of archives wherever Spark reads, read, joined and verified on a cluster, or on all this machine's
    processors if `master` is None. EngineError, ClusterError as of `engine.spark`; UsageError as of `find_on_spark`."""
    from kejidiff.engine.spark import spark
    from kejidiff.pipeline.cluster.stages import find_on_spark

    with working_folder(work.folder) as folder:
        with spark(master) as engine:
            found = find_on_spark(engine, paths, options, render.texts, folder, advance or _unheard)
        scan = _Scan(Plan(found.pieces, found.unread), options, render, work, folder, advance)
        yield scan.assembled(found.collection, found.buckets, paths)


def _unheard(_stage: str, _done: int, _total: int) -> None:
    """Nobody listens."""


def _later_imports() -> None:
    """Import and load what stages after reading need, 35 ms, while workers read."""
    from kejidiff.pipeline.bulk import finishing, verifying

    is_compiled()
    del finishing, verifying


class _Scan:
    """One large scan in its working folder."""

    def __init__(
        self, plan: Plan, options: ScanOptions, render: Renderer, work: Work, folder: Path, advance: Advance | None
    ) -> None:
        self._plan, self._options, self._render = plan, options, render
        self._work, self._folder, self._advance = work, folder, advance
        self._reused = self._all = 0
        self._named = cache(self._name)

    def result(self, scanned: tuple[str, ...]) -> BulkResult:
        """All stages, one after the other."""
        folder, bulk = self._folder, self._options.bulk
        self._unpack()
        pieces = len(self._plan.pieces)
        self._stage("read", self._sketch, pieces, "entries-{}".format, _later_imports)
        collection, keys, layout = gather(pieces, folder)
        layout = laid_out(collection, keys, layout, folder, bulk, self._work.memory // self._work.jobs)
        del keys
        self._stage("sketch", lambda part: join(part, layout, folder, bulk), layout.parts, layout.pairs)
        from kejidiff.pipeline.bulk.verifying import verify

        def align(bucket: int) -> None:
            if not self._work.keep:
                for piece in range(bucket, pieces, layout.buckets):
                    let_go(folder, piece, JOINED)
            verify(bucket, layout, folder, bulk)

        self._stage("align", align, layout.buckets, "matches-{}".format, self._named)
        self._look_at_names(collection)
        return self.assembled(collection, layout.buckets, scanned)

    def _look_at_names(self, collection: Collection) -> None:
        """Where entries tell of other documents than sketches, these would have others' names."""
        sketched = np.diff(collection.first_documents).tolist()
        for piece, (owners, count) in enumerate(zip(self._named().owners, sketched, strict=True)):
            if len(owners) != count:
                raise damaged(self._folder / f"entries-{piece}")

    def assembled(self, collection: Collection, buckets: int, scanned: tuple[str, ...]) -> BulkResult:
        """What comes after matches: they, sketches and entries lie in the folder."""
        from kejidiff.pipeline.bulk.finishing import Scanned, finished

        def stage(work: Callable[[int], None], count: int) -> None:
            run(work, range(count), self._work.jobs, self._told("write", 0, count))

        plan, options, folder = self._plan, self._options, self._folder
        found = Scanned(plan, options, folder, collection, buckets, self._named(), self._work.keep)
        return replace(
            finished(found, self._render, stage),
            one_folder=len(scanned) == 1 and Path(scanned[0]).is_dir(),
            compiled=is_compiled(),
            resumed=(self._reused, self._all),
        )

    def _name(self) -> "Named":
        from kejidiff.pipeline.bulk.naming import name_all

        return name_all(self._plan.pieces, self._folder, self._options.json_lines)

    def _stage(
        self,
        name: str,
        work: Callable[[int], None],
        count: int,
        done: Callable[[int], str],
        meanwhile: Callable[[], object] | None = None,
    ) -> None:
        """Do what is not done yet: `done` names the file that each piece of work ends with."""
        left = [at for at in range(count) if not (self._folder / done(at)).exists()]
        self._reused += count - len(left)
        self._all += count
        run(work, left, self._work.jobs, self._told(name, count - len(left), count), meanwhile)

    def _told(self, stage: str, before: int, total: int) -> Callable[[int, int], None] | None:
        advance = self._advance
        return None if advance is None else lambda done, _: advance(stage, before + done, total)

    def _unpack(self) -> None:
        """Put what packed archives and tables come to into the plan, in their place."""
        packed, folder = packed_in(self._plan.pieces), self._folder
        self._stage(
            "unpack", lambda at: unpack(packed[at], at, folder, self._options), len(packed), "unpacked-{}".format
        )
        self._plan = self._plan._replace(pieces=with_unpacked(self._plan.pieces, folder))

    def _sketch(self, piece: int) -> None:
        texts, sizes = bytearray(), [0]

        def keep(text: bytes | memoryview) -> None:
            texts.extend(text)
            sizes.append(len(texts))

        fields = self._options.json_lines
        reader = PieceReader(self._plan.pieces[piece], self._options, fields, keep if self._render.texts else None)
        sketch_streams(reader.streams(), piece, self._folder, self._options.bulk)
        if self._render.texts:
            write_raw(self._folder / f"texts-{piece}", np.frombuffer(texts, dtype=np.uint8))
            write_arrays(self._folder / f"text-places-{piece}", [np.array(sizes)])
        write_entries(self._folder / f"entries-{piece}", reader.entries)
