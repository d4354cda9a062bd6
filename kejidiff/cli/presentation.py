"""The options every command shares -> `Presentation`: where results go, how they look, how much is said on the way."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, TypeVar

import click

from kejidiff.cli.command import option
from kejidiff.cli.failure import say
from kejidiff.cli.output import write_file, write_stdout
from kejidiff.cli.settings_file import load_settings
from kejidiff.cli.surroundings import NARROWEST, Lang, coloured, is_terminal, language, width

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Presentation:
    """How one call presents what it found.

    output   the file results go to, None for stdout
    paged    True where text longer than the screen goes through a pager
    """

    output: str | None
    width: int
    lang: Lang
    color: bool
    quiet: bool
    verbose: bool
    paged: bool

    @property
    def shows_progress(self) -> bool:
        return not self.quiet and is_terminal(sys.stderr)

    def deliver(self, data: bytes) -> None:
        """Write a result to where it goes. Raises OutputError."""
        if self.output is None:
            write_stdout(data)
        else:
            write_file(self.output, data)

    def deliver_pieces(self, pieces: Iterable[bytes]) -> None:
        """Write a result that comes piece by piece. Raises OutputError."""
        if self.output is not None:
            write_file(self.output, pieces)
            return
        for piece in pieces:
            write_stdout(piece)

    def deliver_text(self, text: str) -> None:
        """Write what a person reads: in stdout's encoding there, in UTF-8 to a file, through the pager where wanted."""
        if self.output is not None:
            write_file(self.output, text.encode("utf-8", "backslashreplace"))
            return
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        data = text.encode(encoding, "backslashreplace")
        if self.paged:
            from kejidiff.cli.pager import page

            if page(data):
                return
        write_stdout(data)

    @property
    def look(self) -> dict[str, Any]:
        """What every view of the terminal is told."""
        return {"width": self.width, "lang": self.lang, "color": self.color}

    def note(self, line: str) -> None:
        """Say something about the run on stderr, unless it is to be quiet."""
        if not self.quiet:
            say(line)


_OUTPUT: Final = "Output"
_LOOK: Final = "Look"
_RUN: Final = "Run"

_OPTIONS: Final = (
    option("-o", "--output", group=_OUTPUT, metavar="FILE", help="Write the result to FILE instead of stdout."),
    option(
        "--lang", group=_LOOK, type=click.Choice(["zh", "en"]), help="Language of the output (default: the locale's)."
    ),
    option(
        "--color",
        group=_LOOK,
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="When to use colour; NO_COLOR is respected.",
    ),
    option(
        "--width",
        group=_LOOK,
        type=click.IntRange(min=NARROWEST),
        metavar="N",
        help="Columns to write (default: COLUMNS, the terminal's, or 120).",
    ),
    option("-q", "--quiet", group=_RUN, is_flag=True, help="No progress and no notes on stderr; errors stay."),
    option("-v", "--verbose", group=_RUN, is_flag=True, help="A note on stderr for every file."),
    option("--debug", group=_RUN, is_flag=True, expose_value=False, help="Show a traceback when something fails."),
    option(
        "--config",
        group=_RUN,
        metavar="FILE",
        is_eager=True,
        expose_value=False,
        callback=load_settings,
        help="Settings file (default: kejidiff.toml, or [tool.kejidiff] of pyproject.toml, of this folder).",
    ),
)


def presented(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the shared options; it receives them as its `presentation`."""

    @wraps(command)
    def run(
        output: str | None,
        lang: str | None,
        color: str,
        width: int | None,
        quiet: bool,
        verbose: bool,
        **given: Any,
    ) -> int:
        paged = not given.pop("no_pager", True)
        return command(presentation=_presentation(output, lang, color, width, quiet, verbose, paged), **given)

    for decorate in reversed(_OPTIONS):
        run = decorate(run)
    return run


def _presentation(
    output: str | None, lang: str | None, color: str, columns: int | None, quiet: bool, verbose: bool, paged: bool
) -> Presentation:
    target = None if output == "-" else output
    to_terminal = target is None and is_terminal(sys.stdout)
    return Presentation(
        output=target,
        width=width(columns, to_terminal),
        lang=language(lang),
        color=coloured(color, to_terminal),
        quiet=quiet,
        verbose=verbose,
        paged=paged and to_terminal,
    )
