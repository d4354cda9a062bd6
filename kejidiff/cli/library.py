"""`kejidiff library` -> reports kept in one file, put in, taken out, listed, looked through, carried elsewhere."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from kejidiff.cli.command import CONTEXT, HelpfulCommand, help_option, option
from kejidiff.cli.failure import INCOMPLETE
from kejidiff.cli.output import write_stdout
from kejidiff.cli.presentation import Presentation, presented
from kejidiff.cli.progress import progress
from kejidiff.cli.reading import options_of, reads, reads_archives, waits
from kejidiff.cli.rendering import whole_utf8
from kejidiff.errors import LibraryError, UsageError

if TYPE_CHECKING:
    from kejidiff.model import Skipped
    from kejidiff.pipeline.library import Added, Library

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_INPUT: Final = "Input"
_OUTPUT: Final = "Output"
_LIBRARY: Final = "Library"


class LibraryGroup(click.Group):
    """The group; its help is printed as every command's is."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return help_option(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's own signature
        """In the order they are written here."""
        return list(self.commands)


@click.group(
    "library",
    cls=LibraryGroup,
    context_settings=CONTEXT,
    no_args_is_help=False,
    invoke_without_command=True,
    epilog="`kejidiff library COMMAND --help` explains a command.",
)
@click.pass_context
def command(context: click.Context) -> None:
    """Keep reports in one file, to compare drafts with.

    A report is in the library for good once its line is printed. docs/LIBRARY.md describes the file.
    """
    if context.invoked_subcommand is None:
        context.fail(f"no command given: {', '.join(command.commands)}")


def keeps(decorated: Decorated) -> Decorated:
    """Give a command the options `--library` and `--lock-timeout`."""
    file = option(
        "--library",
        "path",
        group=_LIBRARY,
        metavar="FILE",
        default="kejidiff.db",
        help="The library (default: kejidiff.db).",
    )
    return file(waits(_LIBRARY)(decorated))


def form(*forms: str) -> Callable[[Decorated], Decorated]:
    """Give a command the option `--format`."""
    return option(
        "--format", "form", group=_OUTPUT, type=click.Choice(forms), default="text", help="Form of the result."
    )


@command.command(
    "add",
    cls=HelpfulCommand,
    short_help="Put reports in.",
    examples=(
        "kejidiff library add reports/2024",
        "kejidiff library add *.txt --meta unit=科技局 --meta year=2024",
        "kejidiff library add reports/ --sidecar metadata.csv --jobs 4",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@keeps
@option(
    "--meta",
    group=_INPUT,
    multiple=True,
    metavar="KEY=VALUE",
    help="title, place, unit, year, url or tags of every file of this call.",
)
@option(
    "--sidecar",
    "sidecars",
    group=_INPUT,
    multiple=True,
    metavar="FILE",
    help="JSON or CSV that says the same of each file by its path or name. NAME.meta.json beside a file and a "
    "folder's metadata.csv are read without being named.",
)
@reads
@reads_archives
@form("text", "jsonl")
@presented
def add(
    paths: tuple[str, ...],
    path: str,
    lock_timeout: float,
    meta: tuple[str, ...],
    sidecars: tuple[str, ...],
    encoding: str | None,
    jobs: int,
    form: str,
    presentation: Presentation,
    **wanted: Any,
) -> int:
    """Put reports in. What is there already is left, what has changed is replaced.

    A file is known by its content and by where it lies. One line a file, printed when the file is safe.
    """
    fields = dict(_field(entry) for entry in meta)
    with _library(path, lock_timeout, "library add") as library, progress(presentation) as advance:
        options = options_of(encoding, wanted)
        outcomes = library.add(paths, options=options, metadata=fields, sidecars=sidecars, jobs=jobs, advance=advance)
        return _told(outcomes, form, presentation)


@command.command(
    "remove",
    cls=HelpfulCommand,
    short_help="Take reports out, without trace.",
    examples=("kejidiff library remove 001_96a2032afdb334c4.txt",),
)
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@keeps
@form("text", "jsonl")
@presented
def remove(names: tuple[str, ...], path: str, lock_timeout: float, form: str, presentation: Presentation) -> int:
    """Take reports out, so that nothing of them is left in the library's file.

    ID is an id or a path as list shows it, or a beginning of one that only one file has. A file is taken out whole:
    with one report of a compilation go the others, with an archive all that was in it, and all are listed.
    """
    with _library(path, lock_timeout, "library remove") as library:
        ids = library.remove(names)
    if form == "jsonl":
        from kejidiff.view.json_text import line

        presentation.deliver(whole_utf8("".join(line({"id": one, "state": "removed"}) for one in ids)))
    else:
        from kejidiff.view.terminal.library import render_removed

        presentation.deliver_text(render_removed(ids, **presentation.look))
    return 0


@command.command(
    "list",
    cls=HelpfulCommand,
    short_help="List the reports with what is known of them.",
    examples=("kejidiff library list --format csv -o list.csv",),
)
@keeps
@form("text", "json", "csv")
@presented
def list_(path: str, lock_timeout: float, form: str, presentation: Presentation) -> int:
    """List the reports with what is known of them."""
    with _library(path, lock_timeout, "library list") as library:
        documents = library.documents()
    if form == "text":
        from kejidiff.view.terminal.library import render_list

        presentation.deliver_text(render_list(documents, **presentation.look))
        return 0
    from kejidiff.view.json_text import dumps
    from kejidiff.view.records_library import list_csv, list_record

    presentation.deliver(whole_utf8(list_csv(documents) if form == "csv" else dumps(list_record(documents))))
    return 0


@command.command("info", cls=HelpfulCommand, short_help="Say how much is in it, and how it was made.")
@keeps
@form("text", "json")
@presented
def info(path: str, lock_timeout: float, form: str, presentation: Presentation) -> int:
    """Say how much the library holds, by which parameters, and what became of its layout."""
    with _library(path, lock_timeout, "library info") as library:
        figures = library.info()
    if form == "json":
        from kejidiff.view.json_text import dumps
        from kejidiff.view.records_library import info_record

        presentation.deliver(whole_utf8(dumps(info_record(figures))))
    else:
        from kejidiff.view.terminal.library import render_info

        presentation.deliver_text(render_info(figures, **presentation.look))
    return 0


@command.command("verify", cls=HelpfulCommand, short_help="Look it through: any changed bit is found.")
@keeps
@form("text", "json")
@presented
def verify(path: str, lock_timeout: float, form: str, presentation: Presentation) -> int:
    """Look the whole library through: any bit that is not what was written is found.

    Exit code 0 where it is sound, else 4, and a line for every problem.
    """
    with _library(path, lock_timeout, "library verify") as library:
        problems = library.verify()
    if form == "json":
        from kejidiff.view.json_text import dumps
        from kejidiff.view.records_library import verify_record

        presentation.deliver(whole_utf8(dumps(verify_record(path, problems))))
    else:
        from kejidiff.view.terminal.library import render_verified

        presentation.deliver_text(render_verified(path, problems, **presentation.look))
    return LibraryError.exit_code if problems else 0


@command.command(
    "export",
    cls=HelpfulCommand,
    short_help="Write it as JSON lines.",
    examples=("kejidiff library export -o archive.jsonl",),
)
@keeps
@presented
def export(path: str, lock_timeout: float, presentation: Presentation) -> int:
    """Write the library as JSON lines, texts and metadata, for import on another machine or by another kejidiff."""
    with _library(path, lock_timeout, "library export") as library:
        if presentation.output is not None:
            presentation.deliver("".join(library.export()).encode())
            return 0
        for row in library.export():
            write_stdout(row.encode())
    return 0


@command.command(
    "import",
    cls=HelpfulCommand,
    short_help="Put in what export wrote.",
    examples=("kejidiff library import archive.jsonl --library new.db",),
)
@click.argument("file", metavar="FILE")
@keeps
@option("-j", "--jobs", group=_INPUT, type=click.IntRange(min=1), default=1, metavar="N", help="Worker processes.")
@form("text", "jsonl")
@presented
def import_(file: str, path: str, lock_timeout: float, jobs: int, form: str, presentation: Presentation) -> int:
    """Put in what export wrote. A line that is not what was written is passed over (exit 3)."""
    with _library(path, lock_timeout, "library import") as library, progress(presentation) as advance:
        return _told(library.import_(file, jobs=jobs, advance=advance), form, presentation)


def _told(outcomes: "Iterable[Added | Skipped]", form: str, presentation: Presentation) -> int:
    """Say of each file what became of it, as soon as that is so."""
    from kejidiff.model import Skipped
    from kejidiff.view.json_text import line
    from kejidiff.view.records_library import added_record
    from kejidiff.view.terminal.library import render_outcome, render_sum

    look = presentation.look
    states: Counter[str] = Counter()
    unread = 0
    kept: list[str] = []
    for outcome in outcomes:
        if isinstance(outcome, Skipped):
            unread += not outcome.harmless
            if presentation.verbose or not outcome.harmless:
                presentation.note(f"{outcome.path}: {outcome.reason}: {outcome.message}")
            continue
        states[outcome.state] += 1
        if form == "jsonl":
            told = line(added_record(outcome.path, outcome.ids, outcome.state))
        else:
            told = render_outcome(outcome.path, len(outcome.ids), outcome.state, **look)
        if presentation.output is None:
            write_stdout(whole_utf8(told))
        else:
            kept.append(told)
    if form == "text":
        kept.append(render_sum(states, unread, **look))
    if kept:
        presentation.deliver_text("".join(kept)) if form == "text" else presentation.deliver(whole_utf8("".join(kept)))
    return INCOMPLETE if unread else 0


def _library(path: str, lock_timeout: float, purpose: str) -> "Library":
    from kejidiff.pipeline.library import Library

    return Library(path, lock_timeout=lock_timeout, purpose=purpose)


def _field(entry: str) -> tuple[str, str]:
    key, sign, value = entry.partition("=")
    if not sign or not key:
        raise UsageError(f"--meta {entry}", "is not KEY=VALUE", "write --meta year=2024", "bad-metadata")
    return key, value
