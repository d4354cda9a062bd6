"""Progress: silent for short work and where nobody looks, one passing line otherwise."""

import os
import pty
import subprocess
import sys

import pytest

_PROGRAM = """
import sys, time
from kejidiff.view.terminal.progress import progress
with progress('zh') as advance:
    for done in range(4):
        advance('align', done, 4)
        time.sleep({pause})
print('rich' in sys.modules)
"""


def _on_a_terminal(program: str) -> tuple[str, str]:
    """stdout and what was written to a terminal on stderr."""
    master, slave = pty.openpty()
    run = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=slave, check=True)
    os.close(slave)
    told = b""
    try:
        while chunk := os.read(master, 65536):
            told += chunk
    except OSError:
        pass
    finally:
        os.close(master)
    return run.stdout.decode(), told.decode("utf-8", "replace")


def test_short_work_says_nothing_and_imports_nothing() -> None:
    """Under a second there is no bar, and rich is not loaded for it."""
    assert _on_a_terminal(_PROGRAM.format(pause=0)) == ("False\n", "")


def test_long_work_shows_its_stage_and_clears_it() -> None:
    """After a second the stage's name and its count appear; at the end the line is erased."""
    out, told = _on_a_terminal(_PROGRAM.format(pause=0.35))
    assert out == "True\n"
    assert "比对" in told and "3/4" in told
    assert "\x1b[2K" in told[told.rindex("比对") :]


def test_without_a_terminal_there_is_nothing() -> None:
    """A log file never holds a bar, however long the work."""
    run = subprocess.run([sys.executable, "-c", _PROGRAM.format(pause=0.35)], capture_output=True, check=True)
    assert (run.stdout, run.stderr) == (b"False\n", b"")


def test_an_error_inside_comes_through() -> None:
    """The bar never swallows what went wrong."""
    from kejidiff.view.terminal.progress import progress

    with pytest.raises(RuntimeError), progress("en") as advance:
        advance("read", 1, 0)
        raise RuntimeError
