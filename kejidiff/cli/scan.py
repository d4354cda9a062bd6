"""`kejidiff scan` -> a result on stdout or in a file, report files beside it, an exit code.

The work is done by `kejidiff.scan`; here its settings are read from the command line and its findings handed to a view.
"""

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

from kejidiff.cli.command import HelpfulCommand, option
from kejidiff.cli.failure import INCOMPLETE, OVER_LIMIT
from kejidiff.cli.output import write_folder
from kejidiff.cli.presentation import Presentation, presented
from kejidiff.cli.progress import progress
from kejidiff.cli.ratio import Ratio
from kejidiff.cli.reading import (
    ONE_DOCUMENT,
    compares_stock,
    locations,
    options_of,
    reads,
    reads_archives,
    refuse_overwriting,
    tell_files,
)
from kejidiff.cli.rendering import rendered, whole_utf8
from kejidiff.cli.size import Size
from kejidiff.cli.surroundings import remember_scan
from kejidiff.errors import OutputError, UsageError

if TYPE_CHECKING:
    from kejidiff.model import ScanResult
    from kejidiff.options import ScanOptions
    from kejidiff.pipeline.depth import Large

_FORMATS: Final = ("text", "json", "jsonl", "csv", "md", "html", "sarif")
_INPUT: Final = "Input"
_FOUND: Final = "Findings"
_OUTPUT: Final = "Output"
_RUN: Final = "Run"

#: Bytes that a large scan takes at least, whatever its limit.
LEAST_MEMORY: Final = 256 << 20

#: The report files by name, and the format each is written in.
_REPORTS: Final = {"report.html": "html", "report.json": "json", "passages.csv": "csv"}


@click.command(
    "scan",
    cls=HelpfulCommand,
    examples=(
        "kejidiff scan seeds/",
        "kejidiff scan 2023/ 2024/ --fail-on 30%",
        "kejidiff scan 2024/ --stock form.txt --stock notices/",
        "kejidiff scan archive.jsonl.zst --text-field content",
        "kejidiff scan a.txt b.txt --format json --no-reports",
        "kejidiff scan --dump-text report.html",
    ),
)
@click.argument("paths", nargs=-1, metavar="PATH...")
@reads
@reads_archives
@compares_stock
@option("--dump-text", group=_INPUT, metavar="FILE", help="Print FILE's extracted original text, and do nothing else.")
@option(
    "--fragments", group=_FOUND, is_flag=True, help="Also list runs of 13 characters and more outside the passages."
)
@option(
    "--fail-on",
    group=_FOUND,
    type=Ratio(),
    metavar="R",
    help="Exit with 1 where a report's reuse is at or over R (0.3 or 30%).",
)
@option(
    "--depth",
    group=_FOUND,
    type=click.Choice(["auto", "full", "paragraphs"]),
    default="auto",
    help="Compare whole documents, or paragraph with paragraph, which takes a hundredth of the time; auto: paragraphs "
    "from 16 MB on (default: auto).",
)
@option("--all", "everything", group=_OUTPUT, is_flag=True, help="List every report and pair; leave nothing out.")
@option("--format", "form", group=_OUTPUT, type=click.Choice(_FORMATS), default="text", help="Form of the result.")
@option(
    "--reports",
    group=_OUTPUT,
    metavar="DIR",
    default="reports",
    help="Folder for report.html, report.json and passages.csv (default: reports).",
)
@option("--no-reports", group=_OUTPUT, is_flag=True, help="Write no report files.")
@option(
    "--memory",
    group=_RUN,
    type=Size(LEAST_MEMORY),
    metavar="SIZE",
    default="2G",
    help="Of a large scan: memory that all processes take together, roughly; the rest is on the disk (default: 2G).",
)
@option("--work", group=_RUN, metavar="DIR", help="Of a large scan: where its working files go (default: temporary).")
@option(
    "--resume",
    group=_RUN,
    is_flag=True,
    help="Of a large scan: keep its working files when it is stopped, and go on from those of an earlier one.",
)
@option(
    "--engine",
    group=_RUN,
    type=click.Choice(["local", "spark"]),
    default="local",
    help="What a scan of paragraphs runs on: processes of this machine, or Spark, which reads JSON lines and Parquet "
    "from wherever it can (docs/SCALE.md; default: local).",
)
@option(
    "--master",
    group=_RUN,
    metavar="URL",
    help="Of Spark: the cluster that it runs on (default: what spark-submit says, else local[*], this machine).",
)
@presented
def command(
    paths: tuple[str, ...],
    encoding: str | None,
    jobs: int,
    dump_text: str | None,
    stock: tuple[str, ...],
    presentation: Presentation,
    **wanted: Any,
) -> int:
    """Compare every report of the given files and folders with every other.

    A folder is read with all that is in it; `-` is stdin. The summary goes to stdout, the evidence to report files.
    """
    if dump_text is not None:
        return _dump_text(dump_text, paths, options_of(encoding, wanted), presentation)
    if not paths:
        raise UsageError("PATH...", "missing", "name the files and folders to compare, or - for stdin")
    started = time.perf_counter()
    refuse_overwriting(presentation.output, (*paths, *stock))
    if wanted["engine"] == "spark":
        return _on_cluster(paths, stock, options_of(encoding, wanted), presentation, started, wanted)
    options = options_of(encoding, wanted)
    if (large := _large(paths, stock, presentation, wanted)) is not None:
        from kejidiff.cli.scan_large import Wanted, scan_large

        options = replace(options, depth="paragraphs")
        return scan_large(large, options, presentation, paths, jobs, Wanted.of(wanted), started)
    from kejidiff.pipeline.scan import scan

    with progress(presentation) as advance:
        result = scan(paths, options, stock=stock, jobs=jobs, advance=advance)
    for path in (presentation.output, *_report_files(wanted)):
        refuse_overwriting(path, locations(result))
    tell_files(result, presentation)
    if len(result.documents) == 1:
        presentation.note(f"{result.documents[0].id}: one-document: {ONE_DOCUMENT}")
    remember_scan(paths)
    _deliver(result, presentation, started, wanted)
    return _exit_code(result, wanted["fail_on"], presentation)


def _on_cluster(
    paths: tuple[str, ...],
    stock: tuple[str, ...],
    options: "ScanOptions",
    presentation: Presentation,
    started: float,
    wanted: dict[str, Any],
) -> int:
    """Scan on Spark, which knows no other depth than that of paragraphs, and begins anew whenever it is called."""
    for told, name in ((stock, "--stock"), (wanted["fragments"], "--fragments"), (wanted["resume"], "--resume")):
        if told:
            raise UsageError(name, "is not known to --engine spark", "leave it out, or scan on this machine")
    if wanted["depth"] == "full":
        raise UsageError("--depth", "--engine spark compares paragraph by paragraph", "--depth paragraphs")
    from kejidiff.cli.scan_large import Wanted, scan_cluster

    asked = Wanted.of(wanted)._replace(unasked=False)
    return scan_cluster(replace(options, depth="paragraphs"), presentation, paths, asked, started)


def _large(
    paths: tuple[str, ...], stock: tuple[str, ...], presentation: Presentation, wanted: dict[str, Any]
) -> "Large | None":
    """What was found, where it is to be compared paragraph by paragraph."""
    if wanted["resume"] and "-" in paths:
        raise UsageError("--resume", "stdin cannot be read again", "save it as a file, or leave --resume out")
    asked = wanted["depth"] == "paragraphs"
    if asked and (stock or wanted["fragments"]):
        raise UsageError("--depth", "paragraphs looks for neither stock nor fragments", "--depth full")
    if wanted["depth"] == "full":
        return None
    from kejidiff.pipeline.depth import found_large

    large = found_large(paths, asked, wanted["every"])
    needs = {"--stock": stock, "--fragments": wanted["fragments"], "--format sarif": wanted["form"] == "sarif"}
    closely = next((name for name, given in needs.items() if given), "")
    if large is None or asked or not closely:
        return large
    presentation.note(f"scan: in-full: whole documents are compared, as {closely} needs them (this takes longer)")
    return None


def _deliver(result: "ScanResult", presentation: Presentation, started: float, wanted: dict[str, Any]) -> None:
    """Write the report files, then the result, so that it can say where they are; a failed report is told last."""
    failure: OutputError | None = None
    reports = None if wanted["no_reports"] else str(wanted["reports"])
    if reports is not None:
        try:
            write_folder(
                reports,
                {
                    name: rendered(result, form, presentation, started, wanted["phrases"])
                    for name, form in _REPORTS.items()
                },
            )
        except OutputError as error:
            reports, failure = None, error
    if wanted["form"] == "text":
        from kejidiff.view.terminal.scan import render_scan

        text = render_scan(
            result,
            **presentation.look,
            seconds=time.perf_counter() - started,
            everything=wanted["everything"],
            phrases=wanted["phrases"],
            reports=_report_files(wanted) if reports is not None else (),
        )
        presentation.deliver_text(text)
    else:
        presentation.deliver(rendered(result, wanted["form"], presentation, started, wanted["phrases"]))
    if failure is not None:
        raise failure


def _report_files(wanted: dict[str, Any]) -> list[str]:
    return [] if wanted["no_reports"] else [os.path.join(wanted["reports"], name) for name in _REPORTS]


def _exit_code(result: "ScanResult", limit: float | None, presentation: Presentation) -> int:
    """1 beats 3: what is over a limit stays over it, whatever else there was to read."""
    over = [(-stats.total, name) for name, stats in result.stats.items() if limit is not None and stats.total >= limit]
    if limit is not None and over:
        from kejidiff.view.numbers import percent

        share, name = min(over)
        others = f" (so are {len(over) - 1} more)" if len(over) > 1 else ""
        presentation.note(f"{name}: over-limit: {percent(-share)} reused, at or over {percent(limit)}{others}")
        return OVER_LIMIT
    return 0 if result.complete else INCOMPLETE


def _dump_text(name: str, paths: tuple[str, ...], options: "ScanOptions", presentation: Presentation) -> int:
    """The original text of one file, in UTF-8, with nothing before or after it."""
    if paths:
        raise UsageError("--dump-text", "takes one file and no PATH", "see kejidiff scan --help")
    from kejidiff.model import Skipped
    from kejidiff.pipeline.scan import source_text

    refuse_overwriting(presentation.output, (name,))
    source = source_text(name, options)
    if isinstance(source, Skipped):
        presentation.note(f"{source.path}: {source.reason}: {source.message}")
        return INCOMPLETE
    if source.format == "archive":
        advice = "name a file, unpacked; a scan reads the members as they are"
        presentation.note(f"{source.path}: no-text: an archive has no text of its own ({advice})")
        return INCOMPLETE
    presentation.deliver(whole_utf8(source.text))
    return 0
