"""argv -> exit code: parse, run, and turn whatever goes wrong into one line on stderr and a code.

Exit codes: 0 fine, 1 over a limit, 2 wrong usage, 3 incomplete, 4 library, 5 output, 70 a defect of ours, 130
interrupted, 141 pipe closed, 128 + the signal's number (143 for SIGTERM) when told to stop.
"""

import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Final

import click

from kejidiff.cli.command import kejidiff
from kejidiff.cli.failure import INTERRUPTED, PIPE_CLOSED, Ended, report
from kejidiff.cli.output import silence_stdout

#: What numpy's OpenBLAS reads when numpy is imported. It would start a thread for every processor, 60 ms for two of
#: them and more than the rest of numpy's import, to multiply matrices: nothing here does.
_ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "1")
#: New containers at which Python looks for garbage in cycles; of its 700 a scan of the samples spends 30 ms on looking,
#: of 100,000 still 10, and finds next to nothing, as hardly anything here refers to itself.
_SELDOM: Final = 1_000_000

#: Bytes asked for and given back untouched. From this glibc learns what it else learns late: blocks up to this size are
#: asked for again, so they are to be kept. Of 128 kB and more it gives every freed one back to the system, which must
#: clear other memory for the next: a third of the page faults of a scan of the samples, 35 of its 480 ms. 32 MiB is the
#: most it learns from (mallopt(3), M_MMAP_THRESHOLD).
_BLOCK: Final = (32 << 20) - (8 << 10)

#: Seconds until what was dropped is raised again: out of the callback that dropped it, and sooner than anybody notices.
_A_MOMENT: Final = 0.01


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one call. A traceback is printed only where `--debug` is among the arguments."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault(*_ONE_THREAD)
    gc.set_threshold(_SELDOM)
    bytes(_BLOCK)
    _hold_standard_streams()
    try:
        with _signals_end_the_run(), kejidiff.make_context("kejidiff", list(given)) as context:
            return int(kejidiff.invoke(context) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except Ended as ended:
        return ended.code
    except BrokenPipeError:
        silence_stdout()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if "--debug" in given:
            sys.excepthook(type(error), error, error.__traceback__)
        return report(error)


def _hold_standard_streams() -> None:
    """Open /dev/null on closed standard descriptors: or the next file opened would become stdout, results and all."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(descriptor)


@contextmanager
def _signals_end_the_run() -> Iterator[None]:
    """Let SIGTERM and SIGHUP unwind the stack, so that every `finally` on the way removes what it made.

    Python drops what is raised where nobody can catch it, in a callback of a weak reference (every import has some) or
    in `__del__`: then it is raised again a moment later. However the run ends, one that was told to stop says so.
    Beware: a worker forked from here inherits the handler; it must die the plain way, not run our clean-up.
    """
    owner, came = os.getpid(), list[int]()

    def end(number: int, _frame: FrameType | None) -> None:
        if os.getpid() == owner:
            came.append(number)
            raise Ended(128 + number)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    taken = [number for number in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, end)
    try:
        with _dropped_is_raised_again():
            yield
    except BaseException:
        if came:
            raise Ended(128 + came[0]) from None
        raise
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
    if came:
        raise Ended(128 + came[0])


@contextmanager
def _dropped_is_raised_again() -> Iterator[None]:
    """Raise what a signal means anew where Python had to drop it, and say nothing of that on stderr."""
    before, alarm = sys.unraisablehook, signal.getsignal(signal.SIGALRM)
    dropped: list[BaseException] = []

    def hear(told: "sys.UnraisableHookArgs") -> None:
        lost = told.exc_value
        if isinstance(lost, Ended | KeyboardInterrupt):
            dropped.append(Ended(lost.code) if isinstance(lost, Ended) else KeyboardInterrupt())
            signal.setitimer(signal.ITIMER_REAL, _A_MOMENT)
        else:
            before(told)

    def again(_number: int, _frame: FrameType | None) -> None:
        raise dropped[-1]

    signal.signal(signal.SIGALRM, again)
    sys.unraisablehook = hear
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = before
        signal.signal(signal.SIGALRM, alarm)
    if dropped:  # and all was done before the moment was over
        raise dropped[-1]
