"""Requests on stdin -> answers on stdout: the process in which parsers run.

It can write no byte to a file, and has limits of memory and of processor time. Nothing but that walls it off: what it
may read, and that no parser opens a socket, is up to the parsers (SECURITY.md).

It is started by `confined` with the parent's search path and its own limits as arguments. A request is a line of JSON
(module, options, size) and the bytes to parse; an answer is a line of JSON and, of an archive, its members' bytes. When
the parent is gone, by whatever death, this process goes too.

Beware. Whatever is imported here before `main` has set the limits is part of every start.
"""

import gc
import json
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from kejidiff.read.extracted import Extracted

#: prctl's number for the signal that comes when the parent has died (linux/prctl.h), and that signal.
_PDEATHSIG, _SIGKILL = 1, 9


def main(arguments: list[str]) -> None:
    """`arguments`: parent's process id, address space in bytes, the search path as JSON."""
    parent, memory = int(arguments[0]), int(arguments[1])
    sys.path[:] = json.loads(arguments[2])
    _end_with(parent)
    requests, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers; 2 leads nowhere
    _limit(memory)
    gc.disable()  # a tree of a million elements is looked through in vain again and again: a third of the time
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        if len(data) < request["size"]:
            return
        _allow_seconds(request["seconds"])
        answer, blobs = _answer(request["module"], data, request["options"])
        del data
        _send(answers, answer, blobs)
        if answer.get("reason") == "memory":  # what is left of it is in pieces
            return
        del answer, blobs
        gc.collect()  # the parent has its answer and does not wait for this


def _end_with(parent: int) -> None:
    """On Linux the system ends this process with its parent; elsewhere the end of stdin does, once it is idle."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:  # it died before
        os._exit(0)


def _limit(memory: int) -> None:
    """No byte can be written to a file, no core left, and no more memory had."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the parent, which ends us
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is all there is
        return
    limits = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_AS, memory),
    )
    for kind, most in limits:
        _, highest = resource.getrlimit(kind)
        most = most if highest == resource.RLIM_INFINITY else min(most, highest)  # nobody may raise what a shell set
        resource.setrlimit(kind, (most, most))


def _allow_seconds(seconds: int) -> None:
    """So much more of the processor; beyond it the system ends this process, should the parent's clock not."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, highest = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(used.ru_utime + used.ru_stime) + seconds + 1
    most = most if highest == resource.RLIM_INFINITY else min(most, highest)
    resource.setrlimit(resource.RLIMIT_CPU, (most, highest))


def _answer(module: str, data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """What the module's `extract` makes of the data, as plain values; and the bytes that go with them."""
    from kejidiff.read.extracted import Members, UnparsableError

    try:
        extracted: Extracted | Members = import_module(module).extract(data, **options)
        if isinstance(extracted, Members):
            listed = [[one.name, len(one.data), one.reason, one.message] for one in extracted.members]
            return {"members": listed}, [one.data for one in extracted.members]
        return extracted._asdict(), []
    except ModuleNotFoundError:
        return {"reason": "unsupported", "message": "this installation has nothing that reads it"}, []
    except UnparsableError as error:
        return {"reason": error.reason, "message": error.message}, []
    except MemoryError:
        return {"reason": "memory", "message": "reading it takes more memory than is given to one file"}, []
    except RecursionError:
        return {"reason": "too-deep", "message": "nested deeper than can be followed"}, []
    except Exception as error:
        return {"reason": "parser-crash", "message": f"the parser broke off ({type(error).__name__})"}, []


def _send(answers: BinaryIO, answer: dict[str, Any], blobs: list[bytes]) -> None:
    try:
        line = json.dumps(answer).encode()
    except MemoryError:
        blobs, answer["reason"] = [], "memory"
        line = b'{"reason": "memory", "message": "its text takes more memory than is given to one file"}'
    answers.write(line + b"\n")
    for blob in blobs:
        answers.write(blob)
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
