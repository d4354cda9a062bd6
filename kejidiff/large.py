"""Paths, options -> the result of a large scan, for a program: what `kejidiff scan --depth paragraphs` does.

    with kejidiff.scan_large(["archive.jsonl.zst"], jobs=2) as result:
        print(result.totals.documents, result.complete)
        for comparison in result.records("comparison"):
            print(comparison["left"], comparison["right"], comparison["left_reuse"])

It stands above the house, beside the command line: a large scan writes its lines while it works, so that stages and a
view of them meet here.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from kejidiff.errors import UsageError
from kejidiff.model.bulk import BulkResult, Renderer
from kejidiff.options import BulkOptions, ScanOptions
from kejidiff.pipeline.bulk.planning import planned
from kejidiff.pipeline.bulk.scan import MEMORY, Advance, Work, bulk_scan
from kejidiff.view.records_bulk import FORMS


def record_lines(*, table: bool = False, texts: bool = False) -> Renderer:
    """Lines of the record of a scan, and of a `table` the `row`s; `texts` are kept for those, and where they are wanted
    in the extract."""
    if not table:
        return Renderer(FORMS, texts=texts)
    from kejidiff.view.table_bulk import passage_rows

    return Renderer(FORMS, passage_rows, texts=True)


@contextmanager
def scan_large(
    paths: Sequence[str | os.PathLike[str]],
    options: ScanOptions | None = None,
    *,
    jobs: int = 1,
    memory: int = MEMORY,
    work: str | os.PathLike[str] | None = None,
    resume: bool = False,
    texts: bool = False,
    advance: Advance | None = None,
) -> Iterator[BulkResult]:
    """Compare every document below `paths` with every other, paragraph by paragraph, whatever `options.depth` says.

    What is found does not depend on `jobs` or `memory`, the bytes that all processes together take, roughly. Working
    files lie below the folder `work`, or where the system keeps such; with `resume` they lie in `work` itself, stay
    there when the scan is stopped, and a later one with the same files and options goes on from them.

    The result's lines can be read inside the context only. `texts`: the extract quotes texts.
    UsageError where a path does not exist, nothing at all is found, or `work` holds anything else; OutputError where it
    cannot be written, or the disk is full; whatever is wrong with a file is in the result.
    """
    if isinstance(paths, (str, os.PathLike)):
        raise TypeError("paths is a sequence of paths; give a single one as [path]")
    options = replace(options or ScanOptions(), depth="paragraphs")
    given = tuple(os.fspath(path) for path in paths)
    _refuse(given, options, work, resume, jobs, memory)
    how = Work(jobs, memory, Path(work) if work is not None else None, keep=resume)
    plan = planned(given, options.json_lines.every)
    with bulk_scan(plan, options, record_lines(texts=texts), how, scanned=given, advance=advance) as result:
        yield result


#: Folded characters of the shortest unit that may be asked for: the 2^28 that a piece may have (`bulk.reading`) make
#: the 2^24 units of it that have numbers. A long unit is cut into pieces of two fifths of `most` on average and more,
#: and none of less than a ninth.
_SHORTEST: Final = 16
#: And of the longest: of an offset there are nine bits.
_LONGEST: Final = 512


def _refuse(
    paths: tuple[str, ...],
    options: ScanOptions,
    work: str | os.PathLike[str] | None,
    resume: bool,
    jobs: int,
    memory: int,
) -> None:
    """UsageError for what a large scan does not do."""
    if options.fragments:
        raise UsageError("fragments=True", "fragments are not looked for paragraph by paragraph", "kejidiff.scan")
    _refuse_units(options.bulk)
    if min(jobs, memory) < 1:
        raise UsageError(f"jobs={jobs}, memory={memory}", "is nothing to work with", "1, or more")
    if resume and work is None:
        raise UsageError("resume=True", "there is no folder to keep anything in", "name one: work=...")
    if resume and "-" in paths:
        raise UsageError("resume=True", "stdin cannot be read again", "save it as a file, or leave resume out")


def _refuse_units(bulk: BulkOptions) -> None:
    """UsageError for units and anchors that numbers have no room for: they would be taken for others."""
    if min(bulk.least, bulk.most // 6) < _SHORTEST:
        told = f"units of less than {_SHORTEST} characters may be more than there are numbers for"
        raise UsageError("BulkOptions", told, f"least={_SHORTEST}, most={_SHORTEST * 6}, or more")
    if bulk.most > _LONGEST:
        told = f"units of more than {_LONGEST} characters have no number for every place"
        raise UsageError("BulkOptions", told, f"most={_LONGEST}, or less")
    if not 4 <= bulk.gram <= min(bulk.least, bulk.most // 9):
        raise UsageError("BulkOptions", f"gram={bulk.gram} does not fit into every unit", "4, or somewhat more")
    if bulk.sample < 1 or bulk.sample & (bulk.sample - 1):
        raise UsageError("BulkOptions", f"sample={bulk.sample} is no power of two", "1, 2, 4, or 8")
