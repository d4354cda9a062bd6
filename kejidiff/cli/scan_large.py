"""`kejidiff scan` of a large collection -> a result on stdout or in a file, report files beside it, an exit code.

The work is done by `pipeline.bulk.scan`; what is held in memory is a page's worth, all else is written piece by piece.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kejidiff.cli.failure import INCOMPLETE, OVER_LIMIT
from kejidiff.cli.output import write_folder
from kejidiff.cli.presentation import Presentation
from kejidiff.cli.progress import progress
from kejidiff.cli.reading import ONE_DOCUMENT, refuse_overwriting
from kejidiff.cli.surroundings import remember_scan, state_folder
from kejidiff.errors import OutputError, UsageError

if TYPE_CHECKING:
    from kejidiff.model.bulk import BulkResult, Renderer
    from kejidiff.options import ScanOptions
    from kejidiff.pipeline.bulk.scan import Work
    from kejidiff.pipeline.depth import Large

#: The report files by name, and the format each is written in.
REPORTS: Final = {"report.html": "html", "report.json": "json", "passages.csv": "csv"}

#: Documents from which on it is worth a word that kernels are missing: 1,000 take half a second with them, one without.
_MANY: Final = 1_000
_NOT_COMPILED: Final = "kejidiff was installed without a C compiler, and takes longer (install one, and then kejidiff)"


class Wanted(NamedTuple):
    """What the command line asks for; fields as of the options of `scan`.

    reports   the folder they go to; None: no report files
    unasked   whether nobody asked for this depth, so that it is to be told
    """

    form: str
    reports: str | None
    everything: bool
    fail_on: float | None
    memory: int
    work: str | None
    resume: bool
    unasked: bool
    master: str | None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Wanted":
        """From the options by name."""
        reports = None if given["no_reports"] else str(given["reports"])
        names = ("form", "everything", "fail_on", "memory", "work", "resume", "master")
        return cls(reports=reports, unasked=given["depth"] == "auto", **{name: given[name] for name in names})

    @property
    def files(self) -> list[str]:
        """The report files."""
        return [] if self.reports is None else [os.path.join(self.reports, name) for name in REPORTS]


def scan_large(
    large: "Large",
    options: "ScanOptions",
    presentation: Presentation,
    paths: tuple[str, ...],
    jobs: int,
    wanted: Wanted,
    started: float,
) -> int:
    """Scan what was found, paragraph by paragraph, write what was asked for, and return the exit code."""
    if wanted.form == "sarif":
        raise UsageError("--format", "sarif takes a scan in full", "--depth full, or --format jsonl")
    from kejidiff.pipeline.bulk.scan import bulk_scan
    from kejidiff.pipeline.depth import inputs_called

    for path in (presentation.output, *wanted.files):
        refuse_overwriting(path, inputs_called(path, large.found))
    render = _renderer(wanted)
    work = _work(paths, jobs, wanted)
    with (
        _told_what_is_kept(work, presentation),
        progress(presentation) as advance,
        bulk_scan(large.plan, options, render, work, scanned=paths, advance=advance) as result,
    ):
        return _told(result, presentation, paths, started, wanted)


@contextmanager
def _told_what_is_kept(work: "Work", presentation: Presentation) -> Iterator[None]:
    """On stderr, whatever ends a scan early: how much can be gone on from, and where it lies."""
    try:
        yield
    except UsageError:  # the folder is not this scan's
        raise
    except BaseException:
        from kejidiff.pipeline.bulk.workspace import pieces_kept

        if work.keep and work.folder is not None and (pieces := pieces_kept(work.folder)) is not None:
            advice = "the same call with --resume goes on from there; remove it if you do not want to"
            presentation.note(f"scan: kept: {pieces} pieces of work in {work.folder} ({advice})")
        raise


def scan_cluster(
    options: "ScanOptions", presentation: Presentation, paths: tuple[str, ...], wanted: Wanted, started: float
) -> int:
    """The same of archives wherever Spark reads, on the cluster that is wanted."""
    if wanted.form == "sarif":
        raise UsageError("--format", "sarif takes a scan in full", "--engine local --depth full, or --format jsonl")
    from kejidiff.pipeline.bulk.scan import scan_on_cluster

    work = _work(paths, 1, wanted)
    with (
        progress(presentation) as advance,
        scan_on_cluster(wanted.master, paths, options, _renderer(wanted), work, advance=advance) as result,
    ):
        return _told(result, presentation, paths, started, wanted)


def _told(
    result: "BulkResult", presentation: Presentation, paths: tuple[str, ...], started: float, wanted: Wanted
) -> int:
    _tell(result, presentation, wanted)
    remember_scan(paths)
    _deliver(result, presentation, started, wanted)
    return _exit_code(result, wanted.fail_on, presentation)


def _renderer(wanted: Wanted) -> "Renderer":
    """Lines of what will be written, and of nothing else."""
    from kejidiff.large import record_lines

    forms = {wanted.form, *(() if wanted.reports is None else REPORTS.values())}
    return record_lines(table="csv" in forms, texts="html" in forms)


def _work(paths: tuple[str, ...], jobs: int, wanted: Wanted) -> "Work":
    from kejidiff.pipeline.bulk.scan import Work

    given = Path(wanted.work) if wanted.work else None
    if not wanted.resume:
        return Work(jobs, wanted.memory, given)
    return Work(jobs, wanted.memory, given or Path(state_folder("scan", paths)), keep=True)


def _tell(result: "BulkResult", presentation: Presentation, wanted: Wanted) -> None:
    """On stderr: files that were not read, what was gone on with, and how deep the scan went."""
    for file in result.unread:
        if presentation.verbose or not file.harmless:
            presentation.note(f"{file.path}: {file.reason}: {file.message}")
    for read in result.reserved:
        for reservation in read.warnings:
            presentation.note(f"{read.path}: {reservation.reason}: {reservation.message}")
    if result.totals.documents == 1:
        (only,) = (json.loads(block)["id"] for block in result.lines["document"])
        presentation.note(f"{only}: one-document: {ONE_DOCUMENT}")
    if wanted.resume:
        reused, every = result.resumed
        presentation.note(f"scan: resumed: {reused} of {every} pieces of work were done before")
    if not result.compiled and result.totals.documents >= _MANY:
        presentation.note(f"scan: not-compiled: {_NOT_COMPILED}")
    if wanted.unasked:
        size = f"{result.totals.documents:,} documents"
        presentation.note(f"scan: by-paragraphs: {size} compared paragraph by paragraph (--depth full looks closer)")


def _deliver(result: "BulkResult", presentation: Presentation, started: float, wanted: Wanted) -> None:
    """Write the report files, then the result; a failed report is told last."""
    failure: OutputError | None = None
    if wanted.reports is not None:
        try:
            write_folder(
                wanted.reports, {name: _pieces(result, form, presentation, started) for name, form in REPORTS.items()}
            )
        except OutputError as error:
            failure = error
    if wanted.form == "text":
        from kejidiff.view.terminal.scan_bulk import render_bulk_scan

        text = render_bulk_scan(
            result,
            **presentation.look,
            seconds=time.perf_counter() - started,
            everything=wanted.everything,
            reports=wanted.files if failure is None else (),
        )
        presentation.deliver_text(text)
    else:
        presentation.deliver_pieces(_pieces(result, wanted.form, presentation, started))
    if failure is not None:
        raise failure


def _pieces(result: "BulkResult", form: str, presentation: Presentation, started: float) -> Iterable[bytes]:
    """A result in any form but text, piece by piece."""
    if form == "html":
        from kejidiff.view.html.bulk import bulk_report

        return [bulk_report(result, lang=presentation.lang, seconds=time.perf_counter() - started).encode()]
    if form == "md":
        from kejidiff.view.markdown_bulk import bulk_markdown

        return [bulk_markdown(result, presentation.lang).encode()]
    if form == "csv":
        from kejidiff.view.table_bulk import header

        return _followed_by(header(), result.lines["row"])
    from kejidiff.view.records_bulk import lines_of, record_of

    return lines_of(result) if form == "jsonl" else record_of(result)


def _followed_by(head: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _exit_code(result: "BulkResult", limit: float | None, presentation: Presentation) -> int:
    if limit is not None and (over := int((result.shares >= limit).sum())):
        from kejidiff.view.numbers import percent

        worst = result.most[0] if result.most else None
        name = worst.id if worst else "scan"
        share = percent(worst.stats.total if worst else 0.0)
        others = f" (so are {over - 1} more)" if over > 1 else ""
        presentation.note(f"{name}: over-limit: {share} reused, at or over {percent(limit)}{others}")
        return OVER_LIMIT
    return 0 if result.complete else INCOMPLETE
