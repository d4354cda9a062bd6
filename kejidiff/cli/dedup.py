"""`kejidiff dedup` -> what to keep and what to drop on stdout, a manifest and a clean copy where they are asked for."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from kejidiff.cli.command import HelpfulCommand, option
from kejidiff.cli.failure import INCOMPLETE
from kejidiff.cli.new_folder import refuse_folder, write_new_folder
from kejidiff.cli.output import write_file, write_stdout
from kejidiff.cli.presentation import Presentation, presented
from kejidiff.cli.progress import progress
from kejidiff.cli.ratio import Ratio
from kejidiff.cli.reading import options_of, reads, reads_archives, refuse_overwriting, tell_files
from kejidiff.cli.rendering import whole_utf8
from kejidiff.errors import UsageError

if TYPE_CHECKING:
    from kejidiff.model.dedup import DedupResult
    from kejidiff.options import ScanOptions

_RULES: Final = "Rules"
_OUTPUT: Final = "Output"

_FORMATS: Final = ("text", "json", "jsonl", "csv", "md")
_MANIFESTS: Final = (".jsonl", ".csv", ".parquet")
#: The manifest in a clean copy.
_IN_FOLDER: Final = "MANIFEST.jsonl"


@click.command(
    "dedup",
    cls=HelpfulCommand,
    examples=(
        "kejidiff dedup seeds/",
        "kejidiff dedup corpus/ --keep earliest --manifest corpus.parquet",
        "kejidiff dedup corpus/ --level paragraph --write clean/",
        "kejidiff dedup corpus.jsonl --text-field content --write clean/",
    ),
)
@click.argument("paths", nargs=-1, metavar="PATH...")
@reads
@reads_archives
@option(
    "--keep",
    group=_RULES,
    type=click.Choice(("best", "first", "longest", "earliest")),
    default="best",
    help="Which of several copies is kept (default: best).",
)
@option(
    "--level",
    group=_RULES,
    type=click.Choice(("document", "paragraph")),
    default="document",
    help="Drop whole reports, or also take recycled paragraphs out of those that stay (default: document).",
)
@option(
    "--threshold",
    group=_RULES,
    type=Ratio(),
    metavar="R",
    help="Drop a report from this share of it that stands unchanged in a kept one (default: 70%).",
)
@option(
    "--tier",
    group=_RULES,
    type=click.Choice(("verbatim", "light", "rewritten")),
    default="light",
    help="How much a paragraph may be changed and still be recycled (default: light).",
)
@option(
    "--manifest",
    group=_OUTPUT,
    metavar="FILE",
    help="Write what becomes of each report: .jsonl, .csv or .parquet; - is JSON lines on stdout.",
)
@option("--write", "folder", group=_OUTPUT, metavar="DIR", help="Write a clean copy into DIR, which is new or empty.")
@option("--all", "everything", group=_OUTPUT, is_flag=True, help="List every family and pair; leave nothing out.")
@option("--format", "form", group=_OUTPUT, type=click.Choice(_FORMATS), default="text", help="Form of the result.")
@presented
def command(paths: tuple[str, ...], encoding: str | None, jobs: int, presentation: Presentation, **wanted: Any) -> int:
    """Decide what to keep of the reports in the given files and folders.

    Reports that hold one text are a family; one of each is kept. Nothing is written but what --manifest and --write ask
    for, and the input is never touched.
    """
    if not paths:
        raise UsageError("PATH...", "missing", "name the files and folders of the corpus, or - for stdin")
    started = time.perf_counter()
    _refuse(paths, presentation, wanted)
    from kejidiff.pipeline.dedup import dedup

    options = options_of(encoding, wanted)
    rules = {} if wanted["threshold"] is None else {"threshold": wanted["threshold"]}
    with progress(presentation) as advance:
        result = dedup(
            paths,
            options=options,
            keep=wanted["keep"],
            level=wanted["level"],
            tier=wanted["tier"],
            jobs=jobs,
            advance=advance,
            **rules,
        )
    tell_files(result, presentation)
    _deliver(result, presentation, started, wanted, options)
    return 0 if result.complete else INCOMPLETE


def _refuse(paths: tuple[str, ...], presentation: Presentation, wanted: dict[str, Any]) -> None:
    """What can be told before any work is done."""
    manifest, folder = wanted["manifest"], wanted["folder"]
    for output in (presentation.output, None if manifest == "-" else manifest):
        refuse_overwriting(output, paths)
    if folder is not None:
        refuse_folder(folder, paths)
    if manifest is None:
        return
    if manifest != "-" and not manifest.endswith(_MANIFESTS):
        raise UsageError("--manifest", f"{manifest} has none of the endings {', '.join(_MANIFESTS)}", "name it so")
    if manifest.endswith(".parquet"):
        from kejidiff.pipeline.manifest_parquet import manifest_parquet

        manifest_parquet(())


def _deliver(
    result: "DedupResult",
    presentation: Presentation,
    started: float,
    wanted: dict[str, Any],
    options: "ScanOptions",
) -> None:
    """The clean copy first, then the manifest, then the result, which says where they are."""
    from kejidiff.view.terminal.dedup import Written, render_dedup

    manifest, folder, number = wanted["manifest"], wanted["folder"], 0
    inputs = [file.location for file in result.every_file if file.location]
    for output in (presentation.output, None if manifest == "-" else manifest):
        refuse_overwriting(output, inputs)
    if folder is not None:
        number = write_new_folder(folder, _clean_copy(result, options))
    if manifest == "-":
        write_stdout(_manifest(result, ".jsonl"))
        if presentation.output is None:
            return
    elif manifest is not None:
        write_file(manifest, _manifest(result, manifest))
    if wanted["form"] != "text":
        presentation.deliver(_rendered(result, wanted["form"], presentation.lang))
        return
    text = render_dedup(
        result,
        **presentation.look,
        seconds=time.perf_counter() - started,
        everything=wanted["everything"],
        written=Written(folder or "", max(number - 1, 0), "" if manifest in (None, "-") else manifest),
    )
    presentation.deliver_text(text)


def _clean_copy(result: "DedupResult", options: "ScanOptions") -> Iterator[tuple[str, bytes]]:
    from kejidiff.pipeline.clean_copy import clean_copy

    yield from clean_copy(result, options=options, reserved=[_IN_FOLDER])
    yield _IN_FOLDER, _manifest(result, _IN_FOLDER)


def _manifest(result: "DedupResult", name: str) -> bytes:
    """The manifest in the form that its name ends in."""
    from kejidiff.view.records_dedup import manifest_csv, manifest_jsonl, manifest_rows

    if name.endswith(".parquet"):
        from kejidiff.pipeline.manifest_parquet import manifest_parquet

        return manifest_parquet(manifest_rows(result))
    return whole_utf8(manifest_csv(result) if name.endswith(".csv") else manifest_jsonl(result))


def _rendered(result: "DedupResult", form: str, lang: str) -> bytes:
    from kejidiff.view.records_dedup import dedup_json, dedup_jsonl, manifest_csv

    if form == "md":
        from kejidiff.view.markdown_dedup import dedup_markdown

        return whole_utf8(dedup_markdown(result, lang))
    if form == "csv":
        return whole_utf8(manifest_csv(result))
    return whole_utf8(dedup_json(result) if form == "json" else "".join(dedup_jsonl(result)))
