"""argv -> an exit code: the command line, and click's one door.

Importing this package costs nothing; click comes in with the first call of `main`, and whatever a command needs only
when that command runs, so that `kejidiff --help` starts no array library and no terminal library.
"""

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (docs/MESSAGES.md lists the codes). Never raises on failure.

    arguments   without the program's name; None takes them from `sys.argv`
    """
    try:
        from kejidiff.cli.run import run

        return run(arguments)
    except KeyboardInterrupt:  # pressed while the imports above were still under way
        return 130
