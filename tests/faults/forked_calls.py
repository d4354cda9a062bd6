"""`forked_calls.py FOLDER`, calls as JSON on stdin -> codes on stdout, what each printed in FOLDER (`out-N`, `err-N`).

Every call runs in a process of its own, forked from one in which Python and the libraries are up already: a third of
the time that starting each anew takes.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

_UP = ("rich.text", "markupsafe", "numpy", "kejidiff.cli.run", "kejidiff.cli.scan", "kejidiff.pipeline.scan")


def _called(arguments: list[str], folder: Path, number: int) -> int:
    child = os.fork()
    if child == 0:
        for descriptor, name in ((1, f"out-{number}"), (2, f"err-{number}")):
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(handle, descriptor)
        from kejidiff.cli import main

        sys.exit(main(arguments))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    folder = Path(sys.argv[1])
    for name in _UP:
        import_module(name)
    codes = [_called(arguments, folder, number) for number, arguments in enumerate(json.load(sys.stdin))]
    json.dump(codes, sys.stdout)


if __name__ == "__main__":
    main()
