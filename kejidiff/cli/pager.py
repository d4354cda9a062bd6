"""Text longer than the screen -> the reader's pager: PAGER, else `less -R`, never a shell."""

import os
import shlex
import shutil
import signal
import subprocess

_DEFAULT = ("less", "-R")


def page(data: bytes) -> bool:
    """Show `data` in the pager; False, with nothing shown, where it fits the screen or there is no pager to use."""
    lines = shutil.get_terminal_size().lines
    if data.count(b"\n") < lines or os.environ.get("TERM") == "dumb":
        return False
    command = _command()
    if not command:
        return False
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE)
    except OSError:
        return False
    # Ctrl-C belongs to the pager while it runs: less uses it to stop a search.
    held = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pager.communicate(data)
    finally:
        signal.signal(signal.SIGINT, held)
        if pager.poll() is None:
            pager.terminate()
            pager.wait()
    return pager.returncode not in (126, 127)


def _command() -> list[str]:
    """What PAGER says, split as a shell would; nothing where it is empty, `cat`, or cannot be split."""
    wanted = os.environ.get("PAGER")
    if wanted is None:
        return list(_DEFAULT) if shutil.which(_DEFAULT[0]) else []
    try:
        command = shlex.split(wanted)
    except ValueError:
        return []
    return [] if command in ([], ["cat"]) or shutil.which(command[0]) is None else command
