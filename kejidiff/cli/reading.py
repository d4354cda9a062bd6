"""The options that say what is read and how -> `ScanOptions`; and what is said on stderr about the files."""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from kejidiff.cli.command import option
from kejidiff.cli.presentation import Presentation
from kejidiff.errors import UsageError

if TYPE_CHECKING:
    from kejidiff.model import ScanResult
    from kejidiff.model.dedup import DedupResult
    from kejidiff.options import ScanOptions

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_INPUT: Final = "Input"
_FOUND: Final = "Findings"

#: How stock phrases and formula are shown.
PHRASES: Final = ("show", "grey", "exclude")
#: What is said where a scan finds one document.
ONE_DOCUMENT: Final = "there is nothing to compare it with (name another file or a folder)"


def reads(command: Decorated) -> Decorated:
    """Give a command the options `--encoding` and `--jobs`."""
    encoding = option(
        "--encoding",
        group=_INPUT,
        metavar="NAME",
        help="Read every text file in this encoding (default: found out for each).",
    )
    jobs = option(
        "-j",
        "--jobs",
        group=_INPUT,
        type=click.IntRange(min=1),
        default=1,
        metavar="N",
        help="Worker processes; the result is the same for every N (default: 1).",
    )
    return encoding(jobs(command))


def reads_archives(command: Decorated) -> Decorated:
    """Give a command the options `--jsonl`, `--text-field` and `--id-field`."""
    every = option(
        "--jsonl", "every", group=_INPUT, is_flag=True, help="Every file holds JSON lines, whatever its name."
    )
    text = option(
        "--text-field",
        group=_INPUT,
        metavar="NAME",
        default="text",
        help="Field of a JSON line or Parquet row that is its text (default: text).",
    )
    own = option("--id-field", group=_INPUT, metavar="NAME", default="id", help="The same for its id (default: id).")
    return every(text(own(command)))


def compares_stock(command: Decorated) -> Decorated:
    """Give a command the options `--stock` and `--stock-phrases`."""
    sources = option(
        "--stock",
        group=_INPUT,
        multiple=True,
        metavar="FILE|DIR",
        help="A template, a form or a superior's document, or a folder of them: what reports share of it is formula, "
        "in no ratio; what each holds of it is told. May be given several times.",
    )
    phrases = option(
        "--stock-phrases",
        "phrases",
        group=_FOUND,
        type=click.Choice(PHRASES),
        default="grey",
        help="Stock phrases and formula: list every one and leave the texts plain, list a few and grey them in the "
        "texts, or do neither; no ratio changes (default: grey).",
    )
    return sources(phrases(command))


class Seconds(click.FloatRange):
    """A number of seconds, none or more."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As a number; `nan` is none, and neither more nor less than any."""
        seconds = super().convert(value, param, ctx)
        if seconds != seconds:
            self.fail(f"{value!r} is not a number of seconds", param, ctx)
        return seconds


def waits(group: str) -> Callable[[Decorated], Decorated]:
    """Give a command the option `--lock-timeout` under the heading `group`."""
    return option(
        "--lock-timeout",
        group=group,
        type=Seconds(min=0),
        metavar="S",
        default=30.0,
        help="Seconds to wait for others who use the library (default: 30).",
    )


def options_of(encoding: str | None, wanted: Mapping[str, Any]) -> "ScanOptions":
    """What the command line says about reading and finding; everything else as it is by default."""
    from kejidiff.options import JsonLines, ScanOptions

    lines = JsonLines(wanted["text_field"], wanted["id_field"], wanted["every"])
    return ScanOptions(encoding=encoding, fragments=wanted.get("fragments", False), json_lines=lines)


def tell_files(result: "ScanResult | DedupResult", presentation: Presentation) -> None:
    """One line on stderr for every file not read, or read with reservations; with --verbose, for every file."""
    from kejidiff.model import Skipped

    for file in result.every_file:
        if isinstance(file, Skipped):
            if presentation.verbose or not file.harmless:
                presentation.note(f"{file.path}: {file.reason}: {file.message}")
            continue
        for reservation in file.warnings:
            presentation.note(f"{file.path}: {reservation.reason}: {reservation.message}")
        if presentation.verbose:
            how = ", ".join(filter(None, (file.format, file.encoding)))
            presentation.note(f"{file.path}: read: {how}, {len(file.text):,} characters")


def refuse_overwriting(output: str | None, inputs: Iterable[str]) -> None:
    """Raises UsageError where `output` is one of the texts to compare, under whatever name."""
    if output is None or not os.path.isfile(output):
        return
    for path in inputs:
        with suppress(OSError):
            if os.path.samefile(output, path):
                raise UsageError(output, "is one of the files compared; nothing was written", "choose another name")


def locations(result: "ScanResult") -> tuple[str, ...]:
    """Where the files that were read lie."""
    from kejidiff.model import SourceText

    return tuple(file.location for file in result.every_file if isinstance(file, SourceText) and file.location)
