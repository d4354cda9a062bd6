"""A function and items -> its results, in the order of the items, from `jobs` processes.

Workers are forked, so the function and the items reach them as they are in memory. Each takes the next item as soon as
it is free, by a number out of a pipe that all of them read, and sends its results back through a pipe of its own. No
threads and no locks are shared: a worker that dies closes its pipe, which ends the work with an error and never leaves
it waiting (a pool of the standard library hung now and then when its workers were told to stop). Where forking is not
to be had (Windows) the work is done in this process.
"""

import os
import signal
import struct
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

#: An item's number in the pipe, and how many are written at once: a write of 512 bytes is whole or not at all (POSIX,
#: PIPE_BUF), and so is the reading of one number, as there is never a part of one in the pipe.
_NUMBER: Final = struct.Struct("=I")
_AT_ONCE: Final = 128

Item = TypeVar("Item")
Result = TypeVar("Result")
Advance = Callable[[int, int], None]
Meanwhile = Callable[[], object]


def run(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int = 1,
    advance: Advance | None = None,
    meanwhile: Meanwhile | None = None,
) -> list[Result]:
    """`[function(item) for item in items]`; `advance(done, total)` hears of each; an exception ends all workers.
    `meanwhile` is called once, in this process, while workers are busy; without any before the first item.

    WorkerError where a worker is ended from outside, as the system does where memory is short; RuntimeError where one
    dies without a word in any other way.
    """
    results: list[Result] = []
    for result in each(function, items, jobs, meanwhile):
        results.append(result)
        if advance is not None:
            advance(len(results), len(items))
    return results


def each(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int = 1, meanwhile: Meanwhile | None = None
) -> Generator[Result, None, None]:
    """The results of `run` one by one, as soon as each is known; close it to end the workers early."""
    jobs = min(jobs, len(items))
    if jobs > 1:
        import multiprocessing

        if "fork" in multiprocessing.get_all_start_methods():
            yield from _forked(function, items, jobs, meanwhile)
            return
    if meanwhile is not None:
        meanwhile()
    yield from map(function, items)


def _forked(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int, meanwhile: Meanwhile | None
) -> Iterator[Result]:
    from multiprocessing.connection import wait

    numbers = _Numbers(len(items), jobs)
    workers: dict[Connection[Any, Any], ForkProcess] = {}
    try:
        for _ in range(jobs):
            receiver, worker = _started(function, items, numbers)
            workers[receiver] = worker
        numbers.feed()
        if meanwhile is not None:
            meanwhile()
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
            numbers.feed()
            while following in ready:
                yield ready.pop(following)
                following += 1
        if following < len(items):
            raise RuntimeError("a worker process died")
    finally:
        numbers.close()
        for receiver, worker in workers.items():
            worker.kill()
            worker.join()
            receiver.close()


def _started(
    function: Callable[[Item], Result], items: Sequence[Item], numbers: "_Numbers"
) -> "tuple[Connection[Any, Any], ForkProcess]":
    """A worker, and the end of the pipe that its results come from."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(function, items, numbers, sender), daemon=True)
    worker.start()
    sender.close()  # before the next fork: the pipe must end when its worker does
    return receiver, worker


class _Numbers:
    """The numbers of all items, in a pipe: fed by the parent as far as they go in, taken one by one by workers.

    Behind the last one comes a number for each worker that is no item's and ends it. That the pipe ends there they
    could not wait for: whatever another thread has forked meanwhile may hold it open.
    """

    def __init__(self, items: int, workers: int) -> None:
        self._reader, self._writer = os.pipe()
        self._fed, self._items, self._count = 0, items, items + workers
        os.set_blocking(self._writer, False)

    def feed(self) -> None:
        """Put in as many as there is room for."""
        while self._writer >= 0 and self._fed < self._count:
            end = min(self._fed + _AT_ONCE, self._count)
            try:
                os.write(self._writer, b"".join(map(_NUMBER.pack, range(self._fed, end))))
            except BlockingIOError:
                return
            self._fed = end
        self._close_writer()

    def taken(self) -> Iterator[int]:
        """In a worker: one number after the other, until there are none."""
        self._close_writer()
        while told := os.read(self._reader, _NUMBER.size):
            (number,) = _NUMBER.unpack(told)
            if number >= self._items:
                return
            yield number

    def close(self) -> None:
        """Close both ends."""
        self._close_writer()
        os.close(self._reader)

    def _close_writer(self) -> None:
        if self._writer >= 0:
            os.close(self._writer)
            self._writer = -1


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
    function: Callable[[Item], Result], items: Sequence[Item], numbers: _Numbers, sender: "Connection[Any, Any]"
) -> None:
    """What a worker does. An interrupt is the parent's to answer; its handlers, inherited, are put away."""
    _end_with_the_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    for index in numbers.taken():
        try:
            sender.send((index, function(items[index]), None))
        except BrokenPipeError:
            return
        except Exception as error:
            sender.send((index, None, error))
            return
