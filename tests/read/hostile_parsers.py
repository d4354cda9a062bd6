"""Options -> a parser that misbehaves: what the harness is tested with, in a process of its own."""

import math
import os
import signal
import sys
import time
from pathlib import Path

from kejidiff.model import Exclusion, Reservation
from kejidiff.read.extracted import Extracted, Member, Members, UnparsableError
from kejidiff.span import Span


def extract(data: bytes, act: str = "", **options: str) -> Extracted | Members:
    """Does what `act` says, and otherwise hands the bytes back as text, with this process's id as encoding."""
    held = []
    if act == "sleep":
        time.sleep(600)
    while act == "loop":
        pass
    while act == "memory":
        held.append(bytearray(1 << 24))
    if act == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if act == "exit":
        os._exit(0)
    if act == "deaf":
        os.write(1, b'{"text": 1}\n')
        sys.stdout.write("noise")
        sys.stdout.flush()
    if act == "raise":
        raise KeyError("a sentence of the document")
    if act == "deep":
        sys.setrecursionlimit(1000)
        extract(data, act)
    if act == "write":
        Path(options["path"]).write_bytes(data)
    if act == "environment":
        return Extracted(" ".join(sorted(os.environ)))
    if lie := options.get("lie"):
        return _lying(lie)
    return Extracted(data.decode(), encoding=str(os.getpid()))


class _Endless(bytes):
    """Says that more is to come than any machine can hold."""

    def __len__(self) -> int:
        return 1 << 50


def _lying(lie: str) -> Extracted | Members:
    if lie == "reason":
        raise UnparsableError("evasion-suspected", "is no reason not to be read")
    if lie == "endless":
        return Members((Member("a", _Endless(b"x")),))
    honest = Extracted("text")
    return {
        "mark": honest._replace(marked=(Exclusion(Span(0, 1), "<script>"),)),  # type: ignore[arg-type]
        "warning": honest._replace(warnings=(Reservation("<script>", "x"),)),
        "number": honest._replace(replaced=math.inf),  # type: ignore[arg-type]
        "span": honest._replace(marked=(Exclusion(Span(900, 1000), "hidden"),)),
    }[lie]
