"""`kejidiff show` -> two documents side by side on the terminal, or their comparison in another form."""

import time
from typing import TYPE_CHECKING, Any, Final

import click

from kejidiff.cli.command import HelpfulCommand, option
from kejidiff.cli.failure import INCOMPLETE
from kejidiff.cli.presentation import Presentation, presented
from kejidiff.cli.progress import progress
from kejidiff.cli.reading import (
    compares_stock,
    locations,
    options_of,
    reads,
    reads_archives,
    refuse_overwriting,
    tell_files,
)
from kejidiff.cli.rendering import rendered, whole_utf8
from kejidiff.cli.surroundings import remembered_folder

if TYPE_CHECKING:
    from kejidiff.model import ScanResult

_FORMATS: Final = ("text", "json", "csv", "md", "html")
_INPUT: Final = "Input"
_OUTPUT: Final = "Output"


@click.command(
    "show",
    cls=HelpfulCommand,
    examples=(
        "kejidiff show 001#1 002#2",
        "kejidiff show old.txt new.txt --context 0",
        "kejidiff show 001#1 002#2 --in seeds --full --script",
    ),
)
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@option(
    "--in",
    "within",
    group=_INPUT,
    metavar="PATH",
    help="Where names that are no paths are looked up (default: the last folder scanned, else seeds, else here).",
)
@reads
@reads_archives
@compares_stock
@option(
    "--context",
    group=_OUTPUT,
    type=click.IntRange(min=0),
    default=3,
    metavar="N",
    help="Unchanged paragraphs to show around changed ones; 0 shows only what differs (default: 3).",
)
@option("--full", group=_OUTPUT, is_flag=True, help="Show every paragraph; fold nothing.")
@option(
    "--script", group=_OUTPUT, is_flag=True, help="Also mark differences between traditional and simplified script."
)
@option("--format", "form", group=_OUTPUT, type=click.Choice(_FORMATS), default="text", help="Form of the result.")
@option("--no-pager", group=_OUTPUT, is_flag=True, help="Never start a pager, however long the text.")
@presented
def command(
    left: str,
    right: str,
    within: str | None,
    encoding: str | None,
    jobs: int,  # noqa: ARG001 -- accepted like everywhere; two documents are compared in one process
    stock: tuple[str, ...],
    presentation: Presentation,
    **wanted: Any,
) -> int:
    """Show what two reports share and what was changed.

    A and B are paths, ids such as 001#1, unique beginnings of either, or unique parts of titles.
    """
    started = time.perf_counter()
    refuse_overwriting(presentation.output, (left, right, *stock))
    from kejidiff.pipeline.show import show

    with progress(presentation) as advance:
        folder = remembered_folder() if within is None else within
        result = show(left, right, within=folder, options=options_of(encoding, wanted), stock=stock, advance=advance)
    refuse_overwriting(presentation.output, locations(result))
    tell_files(result, presentation)
    _deliver(result, presentation, started, wanted)
    return 0 if result.complete else INCOMPLETE


def _deliver(result: "ScanResult", presentation: Presentation, started: float, wanted: dict[str, Any]) -> None:
    """The one comparison, in the form that is wanted."""
    comparison = result.comparisons[0]
    form = wanted["form"]
    if form == "text":
        from kejidiff.view.terminal.show import render_show

        text = render_show(
            result,
            comparison,
            **presentation.look,
            context=wanted["context"],
            full=wanted["full"],
            script=wanted["script"],
            phrases=wanted["phrases"],
        )
        presentation.deliver_text(text)
    elif form == "json":
        from kejidiff.view.records import dumps, show_record

        presentation.deliver(whole_utf8(dumps(show_record(result, comparison))))
    else:
        presentation.deliver(rendered(result, form, presentation, started, wanted["phrases"]))
