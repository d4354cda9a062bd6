"""A function and items -> its results, in the order of the items, from `jobs` processes.

Workers are forked, so the function and the items reach them as they are in memory; each takes every `jobs`-th item and
sends its results back through a pipe of its own. No threads and no locks are shared: a worker that dies closes its
pipe, which ends the work with an error and never leaves it waiting (a pool of the standard library hung now and then
when its workers were told to stop). Where forking is not to be had (Windows) the work is done in this process.
"""

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kejidiff.errors import WorkerError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

#: prctl's number for the signal that comes when the parent has died (linux/prctl.h).
_PDEATHSIG: Final = 1

#: Numbers of signals that come from another process: Linux's out-of-memory killer sends SIGKILL, and so do systemd-oomd
#: and containers; the others a supervisor, or a terminal that is closed.
_FROM_OUTSIDE: Final = frozenset(
    getattr(signal, name) for name in ("SIGKILL", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)

Item = TypeVar("Item")
Result = TypeVar("Result")
Advance = Callable[[int, int], None]


def run(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int = 1, advance: Advance | None = None
) -> list[Result]:
    """`[function(item) for item in items]`; `advance(done, total)` hears of each; an exception ends all workers.

    WorkerError where a worker is ended from outside, as the system does where memory is short; RuntimeError where one
    dies without a word in any other way.
    """
    results: list[Result] = []
    for result in each(function, items, jobs):
        results.append(result)
        if advance is not None:
            advance(len(results), len(items))
    return results


def each(function: Callable[[Item], Result], items: Sequence[Item], jobs: int = 1) -> Generator[Result, None, None]:
    """The results of `run` one by one, as soon as each is known; close it to end the workers early."""
    jobs = min(jobs, len(items))
    if jobs > 1:
        import multiprocessing

        if "fork" in multiprocessing.get_all_start_methods():
            yield from _forked(function, items, jobs)
            return
    yield from map(function, items)


def _forked(function: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    import multiprocessing
    from multiprocessing.connection import wait

    context = multiprocessing.get_context("fork")
    workers = {}
    try:
        for first in range(jobs):
            receiver, sender = context.Pipe(duplex=False)
            worker = context.Process(target=_work, args=(function, items, first, jobs, sender), daemon=True)
            worker.start()
            sender.close()  # before the next fork: the pipe must end when its worker does
            workers[receiver] = worker
        ready: dict[int, Result] = {}
        waiting, following = list(workers), 0
        while waiting:
            wait(waiting)
            for receiver in [each for each in waiting if each.poll()]:
                message = _received(receiver)
                if message is None:
                    waiting.remove(receiver)
                    _look_at_the_end_of(workers[receiver])
                    continue
                index, result, error = message
                if error is not None:
                    raise error
                ready[index] = result
            while following in ready:
                yield ready.pop(following)
                following += 1
        if following < len(items):
            raise RuntimeError("a worker process died")
    finally:
        for receiver, worker in workers.items():
            worker.kill()
            worker.join()
            receiver.close()


def _look_at_the_end_of(worker: "ForkProcess") -> None:
    """Raise what its end means, as soon as it has come, unless it did all it had to do."""
    worker.join()
    code = worker.exitcode or 0
    if -code in _FROM_OUTSIDE:
        name = signal.Signals(-code).name
        message = f"a process was ended by {name}, most likely by the system for want of memory"
        raise WorkerError("jobs", message, "fewer --jobs; of a large scan a smaller --memory")
    if code:
        raise RuntimeError(f"a worker process died: {code}")


def _received(receiver: "Connection[Any, Any]") -> tuple[int, Any, BaseException | None] | None:
    """One message of a worker, None where it has ended."""
    try:
        message: tuple[int, Any, BaseException | None] = receiver.recv()
    except (EOFError, OSError):
        return None
    return message


def _end_with_the_parent() -> None:
    """On Linux the system ends this process when its parent is killed; elsewhere its next result finds no reader."""
    if sys.platform == "linux":
        import ctypes
        import multiprocessing

        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
        parent = multiprocessing.parent_process()
        if parent is not None and os.getppid() != parent.pid:  # it died before
            os._exit(1)


def _work(
    function: Callable[[Item], Result], items: Sequence[Item], first: int, step: int, sender: "Connection[Any, Any]"
) -> None:
    """What a worker does. An interrupt is the parent's to answer; its handlers, inherited, are put away."""
    _end_with_the_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    for index in range(first, len(items), step):
        try:
            sender.send((index, function(items[index]), None))
        except BrokenPipeError:
            return
        except Exception as error:
            sender.send((index, None, error))
            return
