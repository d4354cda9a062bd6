"""`kejidiff check` -> a verdict on each draft, on stdout or in a file, `check.html` beside it, a code for the gate.

The work is done by `kejidiff.check`; here its settings are read from the command line and its findings go to a view.
"""

import os
import time
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import click

from kejidiff.cli.command import HelpfulCommand, option
from kejidiff.cli.failure import INCOMPLETE, OVER_LIMIT
from kejidiff.cli.output import write_file, write_folder
from kejidiff.cli.presentation import Presentation, presented
from kejidiff.cli.progress import progress
from kejidiff.cli.ratio import Ratio
from kejidiff.cli.reading import (
    compares_stock,
    locations,
    options_of,
    reads,
    reads_archives,
    refuse_overwriting,
    tell_files,
    waits,
)
from kejidiff.cli.rendering import rendered_check
from kejidiff.errors import OutputError, UsageError

if TYPE_CHECKING:
    from kejidiff.model.check import CheckResult, DraftCheck, Limits

_FORMATS: Final = ("text", "json", "jsonl", "csv", "md", "html", "sarif", "junit")
_AGAINST: Final = "What the drafts are compared with"
_GATE: Final = "Verdict"
_OUTPUT: Final = "Output"

#: What is used where nothing is named and it lies in the current folder.
_LIBRARY: Final = "kejidiff.db"
_IGNORE: Final = ".kejidiff-check.toml"
_REPORT: Final = "check.html"


@click.command(
    "check",
    cls=HelpfulCommand,
    examples=(
        "kejidiff check draft.txt --against published/",
        "kejidiff check draft.txt --library kejidiff.db --own 平乐县科技局",
        "kejidiff check drafts/ --against published/ --format sarif -o check.sarif",
        "kejidiff check draft.txt --against published/ --baseline known.json --fail-on new",
    ),
)
@click.argument("paths", nargs=-1, metavar="DRAFT...")
@option("--library", group=_AGAINST, metavar="FILE", help="A library made by `kejidiff library` (default: kejidiff.db, "
        "if it is here and nothing else is named).")  # fmt: skip
@waits(_AGAINST)
@option(
    "--against", group=_AGAINST, multiple=True, metavar="PATH", help="A file or folder of what was published "
        "before. May be given several times.")  # fmt: skip
@option("--own", group=_AGAINST, multiple=True, metavar="UNIT|TAG", help="Sources of this unit or with this tag are "
        "one's own: the limits hold without them. May be given several times.")  # fmt: skip
@option("--drafts-too", group=_AGAINST, is_flag=True, help="Compare the drafts with each other, too.")
@reads
@reads_archives
@compares_stock
@option("--max-total", group=_GATE, type=Ratio(), metavar="R", help="Limit of all that is reused of a draft "
        "(default: 30%).")  # fmt: skip
@option("--max-single", group=_GATE, type=Ratio(), metavar="R", help="Limit of what is reused of one source "
        "(default: 20%).")  # fmt: skip
@option("--max-run", group=_GATE, type=click.IntRange(min=1), metavar="N", help="Limit of the longest verbatim run, in "
        "characters (default: 200).")  # fmt: skip
@option("--baseline", group=_GATE, metavar="FILE", help="An earlier record of a check: its passages are known.")
@option("--fail-on", group=_GATE, type=click.Choice(["new", "any"]), default="any", help="What the limits are held "
        "against: any reuse, or what the baseline does not hold (default: any).")  # fmt: skip
@option("--write-baseline", group=_GATE, metavar="FILE", help="Write this check's record to FILE, as a baseline for "
        "later ones.")  # fmt: skip
@option("--ignore", group=_GATE, metavar="FILE", help="Reuse that somebody answers for, with reason, owner and expiry "
        "(default: .kejidiff-check.toml, if it is here).")  # fmt: skip
@option("--today", group=_GATE, metavar="DATE", help="The day by which entries expire (default: today).")
@option("--all", "everything", group=_OUTPUT, is_flag=True, help="List every source and place; leave nothing out.")
@option("--format", "form", group=_OUTPUT, type=click.Choice(_FORMATS), default="text", help="Form of the result.")
@option("--reports", group=_OUTPUT, metavar="DIR", default="reports", help="Folder for check.html (default: reports).")
@option("--no-reports", group=_OUTPUT, is_flag=True, help="Write no report file.")
@presented
def command(
    paths: tuple[str, ...],
    library: str | None,
    against: tuple[str, ...],
    encoding: str | None,
    jobs: int,
    stock: tuple[str, ...],
    presentation: Presentation,
    **wanted: Any,
) -> int:
    """Hold drafts against what was published before: how much of each is reused, from where, and what was left over.

    A folder is read with all that is in it; `-` is stdin. Exits with 0 only where all of every draft was read and
    compared, and nothing is at or over a limit.
    """
    if not paths:
        raise UsageError("DRAFT...", "missing", "name the drafts to check, or - for stdin")
    started = time.perf_counter()
    library = _found(library, _LIBRARY, not against and not wanted["drafts_too"])
    ignore = _found(wanted["ignore"], _IGNORE, True)
    for written in (presentation.output, wanted["write_baseline"]):
        refuse_overwriting(written, (*paths, *against, *stock, *filter(None, (library, ignore))))
    if wanted["write_baseline"] is not None and presentation.output is not None:
        _refuse_one_file(presentation.output, wanted["write_baseline"])
    from kejidiff.pipeline.check import check

    with progress(presentation) as advance:
        result = check(
            paths,
            library=library,
            lock_timeout=wanted["lock_timeout"],
            against=against,
            own=wanted["own"],
            limits=_limits(wanted),
            baseline=wanted["baseline"],
            fail_on=wanted["fail_on"],
            ignore=ignore,
            today=_today(wanted["today"]),
            drafts_too=wanted["drafts_too"],
            stock=stock,
            written=_written(presentation, wanted),
            options=options_of(encoding, wanted),
            jobs=jobs,
            advance=advance,
        )
    for written in (presentation.output, wanted["write_baseline"]):
        refuse_overwriting(written, locations(result.scan))
    tell_files(result.scan, presentation)
    _tell_drafts(result, presentation)
    _deliver(result, presentation, started, wanted)
    return {"pass": 0, "over-limit": OVER_LIMIT, "incomplete": INCOMPLETE}[result.verdict]


def _written(presentation: Presentation, wanted: dict[str, Any]) -> list[str]:
    """Where kejidiff's own work may lie among the drafts: what this call writes, and the library of this folder."""
    named = (wanted["reports"], presentation.output, wanted["write_baseline"])
    return [*filter(None, named), *(f"{_LIBRARY}{end}" for end in ("", "-lock", "-journal"))]


def _found(given: str | None, name: str, wanted: bool) -> str | None:
    """What was named, else the file of this name, if it is wanted and here."""
    return given if given is not None or not wanted or not os.path.isfile(name) else name


def _refuse_one_file(output: str, baseline: str) -> None:
    if os.path.realpath(output) == os.path.realpath(baseline):
        raise UsageError("--write-baseline", f"{baseline} is what -o names, too", "choose another name")


def _limits(wanted: dict[str, Any]) -> "Limits":
    from kejidiff.model.check import Limits

    given = {name: wanted[f"max_{name}"] for name in Limits._fields}
    return Limits()._replace(**{name: limit for name, limit in given.items() if limit is not None})


def _today(given: str | None) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UsageError("--today", f"{given!r} is no date", "write it as 2027-03-31") from error


def _tell_drafts(result: "CheckResult", presentation: Presentation) -> None:
    """One line for every draft that is over a limit, one for every reason why the check is incomplete."""
    from kejidiff.model import Skipped

    passed_over = {file.path: file.message for file in result.scan.files if isinstance(file, Skipped)}
    for draft in result.drafts:
        if draft.exceeded:
            presentation.note(f"{draft.name}: over-limit: {_over(result, draft)}")
        elif "ignored" in draft.reasons:
            why = passed_over.get(draft.path, "passed over")
            presentation.note(f"{draft.path}: ignored: {why} (move it, or name it in a .kejidiffignore)")
    advice = {
        "nothing-compared": "there was nothing to compare with (name a file or folder that holds reports)",
        "not-compared": "some files that it is compared with were not read (see above)",
    }
    told = dict.fromkeys(reason for draft in result.drafts for reason in draft.reasons if reason in advice) or (
        {} if result.drafts else {"no-draft": None}
    )
    advice["no-draft"] = "there is no draft to check (name a file that holds text)"
    for reason in told:
        presentation.note(f"check: {reason}: {advice[reason]}")


def _over(result: "CheckResult", draft: "DraftCheck") -> str:
    from kejidiff.view.verdict import limit_words, value

    names = {"total": "{} reused in all", "single": "{} of one source", "run": "a run of {}"}
    return "; ".join(
        f"{names[limit].format(value(result, draft.judged, limit, 'en'))}, limit {limit_words(result, limit, 'en')}"
        for limit in draft.exceeded
    )


def _deliver(result: "CheckResult", presentation: Presentation, started: float, wanted: dict[str, Any]) -> None:
    """Write the baseline and the report file, then the result; a report that could not be written is told last."""
    failure: OutputError | None = None
    if wanted["write_baseline"] is not None:
        write_file(wanted["write_baseline"], rendered_check(result, "json", presentation, started))
    reports: list[str] = []
    if not wanted["no_reports"]:
        folder = str(wanted["reports"])
        page = rendered_check(result, "html", presentation, started, wanted["phrases"])
        try:
            write_folder(folder, {_REPORT: page})
            reports = [os.path.join(folder, _REPORT)]
        except OutputError as error:
            failure = error
    if wanted["form"] == "text":
        from kejidiff.view.terminal.check import render_check

        text = render_check(
            result,
            **presentation.look,
            seconds=time.perf_counter() - started,
            everything=wanted["everything"],
            reports=reports,
        )
        presentation.deliver_text(text)
    else:
        presentation.deliver(rendered_check(result, wanted["form"], presentation, started, wanted["phrases"]))
    if failure is not None:
        raise failure
