"""Options -> a parser that misbehaves: what the harness is tested with, in a process of its own."""

import os
import signal
import sys
import time
from pathlib import Path

from kejidiff.read.extracted import Extracted


def extract(data: bytes, act: str = "", **options: str) -> Extracted:
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
    return Extracted(data.decode(), encoding=str(os.getpid()))
