"""`kejidiff explain` -> what every stage decided for two documents: why they do or do not share a passage."""

from typing import Any, Final

import click

from kejidiff.cli.command import HelpfulCommand, option
from kejidiff.cli.failure import INCOMPLETE
from kejidiff.cli.presentation import Presentation, presented
from kejidiff.cli.progress import progress
from kejidiff.cli.reading import locations, options_of, reads, reads_archives, refuse_overwriting, tell_files
from kejidiff.cli.rendering import whole_utf8
from kejidiff.cli.surroundings import remembered_folder
from kejidiff.errors import UsageError

_INPUT: Final = "Input"
_OUTPUT: Final = "Output"


@click.command(
    "explain",
    cls=HelpfulCommand,
    examples=(
        "kejidiff explain 001#4 001#5",
        "kejidiff explain 001#1 002#2 --among seeds",
        "kejidiff explain old.txt new.txt --chains 50 --lang zh",
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
@option(
    "--among",
    group=_INPUT,
    multiple=True,
    metavar="PATH",
    help="Judge the two as a scan of PATH does, and look names up there: what is rare, what makes a candidate, who "
    "else holds a passage. Without it the two are judged alone, as show does. May be given several times.",
)
@reads
@reads_archives
@option(
    "--chains",
    group=_OUTPUT,
    type=click.IntRange(min=0),
    default=10,
    metavar="N",
    help="Chains to list, the best ones (default: 10); JSON holds all.",
)
@option(
    "--format", "form", group=_OUTPUT, type=click.Choice(("text", "json")), default="text", help="Form of the result."
)
@option("--no-pager", group=_OUTPUT, is_flag=True, help="Never start a pager, however long the text.")
@presented
def command(
    left: str,
    right: str,
    within: str | None,
    among: tuple[str, ...],
    encoding: str | None,
    jobs: int,
    chains: int,
    form: str,
    presentation: Presentation,
    **wanted: Any,
) -> int:
    """Say what every stage decided for two reports, found or not.

    A and B are named as for show. Stages: reading, candidates, seeds, chains, passages, formula, direction. They are
    aligned even where a scan would not.
    """
    if among and within is not None:
        raise UsageError("--in", "has no use beside --among", "names are looked up in what --among gives")
    refuse_overwriting(presentation.output, (left, right, *among))
    from kejidiff.pipeline.explain import explain

    with progress(presentation) as advance:
        folder = remembered_folder() if within is None else within
        explanation = explain(
            left, right, within=folder, among=among, options=options_of(encoding, wanted), jobs=jobs, advance=advance
        )
    refuse_overwriting(presentation.output, locations(explanation.result))
    tell_files(explanation.result, presentation)
    if form == "json":
        from kejidiff.view.records import dumps, explain_record

        presentation.deliver(whole_utf8(dumps(explain_record(explanation))))
    else:
        from kejidiff.view.terminal.explain import render_explain

        look = presentation
        presentation.deliver_text(
            render_explain(explanation, width=look.width, lang=look.lang, color=look.color, chains=chains)
        )
    return 0 if explanation.result.complete else INCOMPLETE
