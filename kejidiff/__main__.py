"""argv -> the process's exit code: what `python -m kejidiff` and the command `kejidiff` start.

The process ends as soon as all is written and every clean-up has run. Python would first take itself apart, object by
object, only for the system to drop the whole: 8 ms after a scan of the samples, more the more was read.
"""

import atexit
import os
import sys

from kejidiff.cli import main

_codes: list[int] = []


def start() -> int:
    """Run the command line; its exit code is the process's."""
    atexit.register(_end)  # the first to be registered is the last to be called
    _codes.append(main())
    return _codes[-1]


def _end() -> None:
    if not _codes:  # something else than a return ends the process
        return
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):  # Python says so, with an exit code of its own
        return
    os._exit(_codes[-1])


if __name__ == "__main__":
    sys.exit(start())
