"""Bytes and a parser's name -> what the parser makes of them, in a child process that is limited and can be killed.

What reads a stranger's docx or PDF must be expected to loop, to ask for all memory, or to be taken over. So it runs
where it can write no byte to a file and has no more than its memory and its time. One child serves all files of a
process, one after the other; it is started when the first file needs it (plain text never does) and replaced when it
fails.

Terms.       A *fresh* child has parsed nothing yet. A file that fails in another one by crash or for memory is tried
             again in a fresh one, so that no file's result depends on what was read before it.
Limitations. Without the module `resource` (Windows) only time is limited.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

from kejidiff.errors import REASONS, RESERVATIONS
from kejidiff.model import Exclusion, Reservation
from kejidiff.model.document import ExclusionReason
from kejidiff.read.extracted import Extracted, Member, Members, UnparsableError
from kejidiff.span import Span

MEBIBYTE: Final = 1 << 20


class Limits(NamedTuple):
    """What one file may take.

    memory    address space of the child, its libraries included: 22 MB for a docx of 30 KB, 73 MB for one of 50 MB that
              is all pictures, 211 MB for 400,000 Hanzi in runs of four, each with its fonts and sizes
    seconds   of the processor, and `for_mebibyte` more for each MiB of the file: the three take 8 ms, .5 s and 1.9 s
    patience  so many times that by the clock, for machines that have other things to do
    """

    memory: int = 1024 * MEBIBYTE
    seconds: int = 20
    for_mebibyte: int = 2
    patience: float = 3.0


#: What is handed on of the parent's environment: where the system's own libraries are found. numpy, should a parser
#: need it, is kept from starting threads, each of which reserves memory.
_ENVIRONMENT: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
_SET: Final = {"OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}

#: Bytes of an answer without its members, and of the members unless they were allowed more. What may be inflated of a
#: document makes a third as much at most.
LONGEST: Final = 512 * MEBIBYTE

_CRASHED: Final = ("parser-crash", "the program that reads this kind of file broke off")


class _DiedError(Exception):
    """The child ended without an answer; `overdue`: because its time was up."""

    def __init__(self, overdue: bool) -> None:
        super().__init__(overdue)
        self.overdue = overdue


class Child:
    """One child process with its pipes."""

    def __init__(self, limits: Limits) -> None:
        self.fresh = True
        self.limits = limits
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", _program(), str(os.getpid()), str(limits.memory), json.dumps(_path())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.sep,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | _SET,
            close_fds=True,
        )

    def ask(self, module: str, data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """The answer to one request; raises `_DiedError`. Whatever else is raised meanwhile, the child is ended."""
        seconds = self.limits.seconds + self.limits.for_mebibyte * (len(data) // MEBIBYTE)
        overdue = threading.Event()

        def end() -> None:
            overdue.set()
            self.process.kill()

        clock = threading.Timer(seconds * self.limits.patience, end)
        clock.daemon = True
        clock.start()
        try:
            answer = self._exchange({"module": module, "options": options, "seconds": seconds}, data)
        except (OSError, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError):
            self.close()
            raise _DiedError(overdue.is_set() or self._out_of_time()) from None
        except BaseException:  # an interrupt: no child is left behind
            self.close()
            raise
        finally:
            clock.cancel()
            clock.join()  # whoever forks now shall have one thread only
        self.fresh = False
        return answer

    def _exchange(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
        sender, receiver = self.process.stdin, self.process.stdout
        assert sender is not None and receiver is not None
        sender.write(json.dumps({**request, "size": len(data)}).encode() + b"\n")
        sender.write(data)
        sender.flush()
        answer = json.loads(receiver.readline(LONGEST))
        sizes = [int(member[1]) for member in answer.get("members", ())]
        if any(size < 0 for size in sizes) or sum(sizes) > max(LONGEST, request["options"].get("total_bytes", 0)):
            raise ValueError("more than there can be")
        blobs = [receiver.read(size) for size in sizes]
        if any(len(blob) != size for blob, size in zip(blobs, sizes, strict=True)):
            raise ValueError("broken off")
        return answer, blobs

    def _out_of_time(self) -> bool:
        import signal

        return self.process.returncode == -getattr(signal, "SIGXCPU", 0) != 0

    def close(self) -> None:
        """Kill it and wait for its end."""
        self.process.kill()
        self.process.wait()
        self.forget()

    def forget(self) -> None:
        """Close our ends of its pipes; raises nothing for what was still to be written."""
        self.process.returncode = self.process.returncode or 0
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue


class Harness:
    """The one child of this process, if it has any."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.child: Child | None = None
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def parse(self, module: str, data: bytes, **options: Any) -> Extracted | Members:
        """What `extract(data, **options)` of a module gives; UnparsableError where it gives none.

        Besides what parsers raise: `timeout`, `memory`, `parser-crash`.
        """
        with self._lock:
            while True:
                if self.child is None:
                    self.child = self._started()
                fresh = self.child.fresh
                try:
                    answer, blobs = self.child.ask(module, data, options)
                except _DiedError as death:
                    self.child = None
                    if death.overdue:
                        raise UnparsableError("timeout", "reading it took too long and was stopped") from None
                    if fresh:
                        raise UnparsableError(*_CRASHED) from None
                    continue
                except BaseException:
                    self.child = None
                    raise
                if answer.get("reason") == "memory":
                    self._end()
                    if not fresh:
                        continue
                return _result(answer, blobs)

    def _started(self) -> Child:
        try:
            return Child(self.limits)
        except OSError as error:
            told = (error.strerror or type(error).__name__).lower()
            raise UnparsableError("parser-crash", f"no process could be started to read it: {told}") from None

    def close(self) -> None:
        """End the child, if this process started it: one that was there before a fork is the other's."""
        if self._owner == os.getpid():
            self._end()

    def _end(self) -> None:
        if self.child is not None:
            self.child.close()
            self.child = None

    def after_fork(self) -> None:
        """In a process just forked: the child is its parent's, and so may the lock be."""
        self._lock = threading.Lock()
        self._owner = os.getpid()
        if self.child is not None:
            self.child.forget()
            self.child = None


_harness = Harness()
parse = _harness.parse
atexit.register(_harness.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_harness.after_fork)


def _program() -> str:
    return str(Path(__file__).with_name("child.py"))


def _path() -> list[str]:
    """Where this process finds modules, and last where it found us; without `""`, the folder somebody stands in."""
    home = str(Path(__file__).resolve().parents[2])
    return [*(entry for entry in sys.path if Path(entry).is_absolute()), home]


def _result(answer: dict[str, Any], blobs: list[bytes]) -> Extracted | Members:
    """The answer's values as ours. A child that was taken over may say anything: what makes no sense is a crash."""
    try:
        if "reason" in answer:
            if answer["reason"] in REASONS - RESERVATIONS:
                raise UnparsableError(answer["reason"], str(answer["message"]))
            raise UnparsableError(*_CRASHED)
        if "members" in answer:
            listed = zip(answer["members"], blobs, strict=True)
            return Members(tuple(Member(str(name), blob, reason, text) for (name, _, reason, text), blob in listed))
        text = str(answer["text"])
        return Extracted(
            text,
            tuple(_exclusion(place, reason, text) for place, reason in answer["marked"]),
            tuple(_reservation(reason, told, place, text) for reason, told, place in answer["warnings"]),
            str(answer["encoding"]),
            int(answer["replaced"]),
            str(answer["format"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        raise UnparsableError(*_CRASHED) from None


def _exclusion(place: list[int], reason: Any, text: str) -> Exclusion:
    if reason not in get_args(ExclusionReason):
        raise ValueError("no reason to exclude anything")
    return Exclusion(_span(place, text), reason)


def _reservation(reason: str, told: str, place: list[int] | None, text: str) -> Reservation:
    if reason not in RESERVATIONS:
        raise ValueError("no reservation")
    return Reservation(reason, str(told), None if place is None else _span(place, text))


def _span(place: list[int], text: str) -> Span:
    start, end = place
    return Span(int(start), int(end)).clipped(Span(0, len(text)))
