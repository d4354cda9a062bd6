"""An exception -> one line on stderr and an exit code.

A line reads `kejidiff: SUBJECT: SLUG: what happened (what to do)`. It may carry names that a stranger chose (of files,
of options), so control, bidi and zero-width characters in it are spelled out. It never carries text of a document:
of an exception that nobody foresaw only its type and the place are told, since its words may quote one.
"""

import os
import sys
from types import TracebackType
from typing import Final

import click

from kejidiff.errors import KejidiffError

OVER_LIMIT: Final = 1
USAGE: Final = 2
INCOMPLETE: Final = 3
DEFECT: Final = 70
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141

#: Where a click context keeps the name of the settings file it took values from.
SETTINGS: Final = "kejidiff.settings"


class Ended(BaseException):
    """The run ends here and now with `code`, without a word: a signal came, or nobody reads the output any more."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def report(error: Exception) -> int:
    """Say on stderr what went wrong; returns the exit code that belongs to it."""
    if isinstance(error, KejidiffError):
        say(error.line())
        return error.exit_code
    if isinstance(error, click.ClickException):
        say(_usage_line(error))
        return USAGE
    advice = "please report this; --debug shows where it happened"
    say(f"{_place(error.__traceback__)}: defect: {type(error).__name__} (a defect in kejidiff: {advice})")
    return DEFECT


def say(line: str) -> None:
    """Print one line on stderr under the program's name; a closed or full stderr is passed over."""
    if sys.stderr is None:
        return
    from kejidiff.view.visible import visible_line

    try:
        sys.stderr.write(f"kejidiff: {visible_line(line)}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def _usage_line(error: click.ClickException) -> str:
    """Click's message in our form: the option or argument it is about, and where to read more."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "kejidiff"
    subject = command
    message = " ".join(error.message.split())
    advice = f"see {command} --help"
    if isinstance(error, click.MissingParameter):
        message = "missing"
    if isinstance(error, click.BadParameter) and error.param is not None:
        subject = _parameter_name(error.param, context)
    if possibilities := getattr(error, "possibilities", None):
        advice = f"did you mean {' or '.join(sorted(possibilities))}?"
    return f"{subject}: usage: {message.rstrip('.') or 'wrong usage'} ({advice})"


def _parameter_name(parameter: click.Parameter, context: click.Context | None) -> str:
    """`--width`, `PATH...`, or `kejidiff.toml: width` where the value came from a settings file."""
    name = parameter.opts[-1] if isinstance(parameter, click.Option) else str(parameter.metavar or parameter.name)
    if context is None or parameter.name is None:
        return name
    if context.get_parameter_source(parameter.name) is click.core.ParameterSource.DEFAULT_MAP:
        return f"{context.meta[SETTINGS]}: {name.lstrip('-')}"
    return name


def _place(traceback: TracebackType | None) -> str:
    """The innermost line of kejidiff's own on the way to an exception, as `align/chain.py:93`."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    place = "kejidiff"
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename  # absolute, but of what is built into Python
        if name.startswith(home + os.sep):
            place = f"{os.path.relpath(name, home)}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
