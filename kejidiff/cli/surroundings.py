"""Environment variables and the terminal -> how to write: width, language, colour, and the folder to remember.

Whatever is given on the command line or in a settings file comes first; these are the defaults.
"""

import os
import sys
from contextlib import suppress
from typing import Final, Literal

Lang = Literal["zh", "en"]

#: Columns below which nothing is laid out, and those of a page that is no terminal (CONTRACT: details, 8; VIEWS).
NARROWEST: Final = 20
PAGE_WIDTH: Final = 120

#: More than any screen or printer has. Whoever asks for more means "do not break lines", and must get no page whose
#: every line is padded with a gigabyte of blanks.
WIDEST: Final = 10_000


def language(given: str | None) -> Lang:
    """`given`, or the language of the locale: Chinese where it says so, English everywhere else."""
    if given is not None:
        return "zh" if given == "zh" else "en"
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def width(given: int | None, to_terminal: bool) -> int:
    """Columns to write: `given`, else COLUMNS, else the terminal's, else 120; never under 20 nor over 10,000."""
    if given is not None:
        return min(WIDEST, max(NARROWEST, given))
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and columns.strip("0"):
        return width(int(columns.lstrip("0")[:9]), to_terminal)  # Python refuses to read thousands of digits
    if to_terminal:
        with suppress(OSError):
            return width(os.get_terminal_size(sys.stdout.fileno()).columns or PAGE_WIDTH, to_terminal)
    return PAGE_WIDTH


def coloured(given: str, to_terminal: bool) -> bool:
    """Whether to write colours: `auto` means on a terminal that knows them, unless NO_COLOR is set."""
    if given != "auto":
        return given == "always"
    return to_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def is_terminal(stream: object) -> bool:
    """True where `stream` (sys.stdout, sys.stderr, or None) is open and a terminal."""
    isatty = getattr(stream, "isatty", None)
    with suppress(ValueError, OSError):
        return bool(isatty and isatty())
    return False


def remember_scan(paths: tuple[str, ...]) -> None:
    """Keep the scanned folder's path for `show`; nothing where the scan was not of one folder, or nothing can be kept.

    The file holds that path and nothing else, readable by its owner only.
    """
    memory = _memory()
    with suppress(OSError):
        if len(paths) != 1 or not os.path.isdir(paths[0]):
            os.unlink(memory)
            return
        os.makedirs(os.path.dirname(memory), mode=0o700, exist_ok=True)
        fresh = f"{memory}.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, os.fsencode(os.path.abspath(paths[0])))
        finally:
            os.close(descriptor)
        os.replace(fresh, memory)


def remembered_folder() -> str:
    """Where `show` looks for names: the last scanned folder, else `seeds`, else the current folder."""
    with suppress(OSError):
        with open(_memory(), "rb") as memory:
            folder = os.fsdecode(memory.read())
        if os.path.isabs(folder) and os.path.isdir(folder):
            return folder
    return "seeds" if os.path.isdir("seeds") else "."


def state_folder(purpose: str, paths: tuple[str, ...]) -> str:
    """A folder for what is kept about these paths from one run to the next; nothing is made."""
    import hashlib

    told = b"\0".join(os.fsencode(os.path.realpath(path)) for path in paths)
    return os.path.join(_state(), f"{purpose}-{hashlib.sha256(told).hexdigest()[:16]}")


def _memory() -> str:
    return os.path.join(_state(), "last-scan")


def _state() -> str:
    """Where state is kept, by the XDG base directory specification; a relative XDG_STATE_HOME counts as none."""
    state = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(state):
        state = os.path.join(os.path.expanduser("~"), ".local", "state")
    return os.path.join(state, "kejidiff")
