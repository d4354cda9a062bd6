"""The engine: results in input order, whatever the number of processes."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from kejidiff.engine import run
from kejidiff.errors import KejidiffError, LibraryError, NotReadError, OutputError, UsageError, WorkerError


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_order_and_progress(jobs: int) -> None:
    """Results stand in the order of the items, and progress is told once an item."""
    told: list[tuple[int, int]] = []
    offset = 3
    assert run(
        lambda item: item + offset, list(range(40)), jobs, lambda done, total: told.append((done, total))
    ) == list(range(3, 43))
    assert told == [(done, 40) for done in range(1, 41)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_reaches_the_caller(jobs: int) -> None:
    """What a function raises is raised here, and no worker is left behind."""
    with pytest.raises(ZeroDivisionError):
        run(lambda item: 1 // item, [1, 0, 2], jobs)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("kind", [KejidiffError, UsageError, NotReadError, LibraryError, OutputError, WorkerError])
def test_an_error_of_the_family_arrives_whole(jobs: int, kind: type[KejidiffError]) -> None:
    """With its subject, advice and slug, whichever process it was raised in."""

    def fail(item: int) -> None:
        raise kind(f"{item}.txt", "went wrong", "mend it", "some-slug")

    with pytest.raises(kind) as raised:
        run(fail, [1, 1], jobs)
    assert raised.value.line() == "1.txt: some-slug: went wrong (mend it)"


def test_no_items() -> None:
    """Nothing to do starts no process."""
    assert run(str, [], 4) == []


def test_a_worker_that_dies_ends_the_work() -> None:
    """Killed by the system, a worker leaves an error behind and not a parent that waits for ever."""
    with pytest.raises(RuntimeError, match="died"):
        run(lambda item: os._exit(9) if item == 3 else item, list(range(8)), 2)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_that_is_ended_from_outside_is_no_defect(number: int) -> None:
    """As the system ends one where memory is short: an error that says so and what to do, before the others end."""

    def work(item: int) -> None:
        if item == 1:
            os.kill(os.getpid(), number)
        time.sleep(0 if item else 60)

    with pytest.raises(WorkerError, match="for want of memory") as raised:
        run(work, [0, 1, 0, 1], 2)
    assert (raised.value.exit_code, raised.value.slug) == (3, "worker-ended")
    assert "--jobs" in raised.value.advice
    assert multiprocessing.active_children() == []


def test_no_process_is_left_behind() -> None:
    """After the work, and after an error in it, there are no children."""
    run(str, list(range(9)), 3)
    with pytest.raises(ZeroDivisionError):
        run(lambda item: 1 // item, [1, 0, 2, 3], 2)
    assert multiprocessing.active_children() == []


def test_nobody_waits_for_a_slow_item(tmp_path: Path) -> None:
    """Whoever is free takes the next item: the first one here ends when all others are done."""
    done = [tmp_path / str(at) for at in range(9)]

    def work(item: int) -> int:
        while item == 0 and not all(path.exists() for path in done[1:]):
            time.sleep(0.001)
        done[item].touch()
        return item

    assert run(work, range(9), 2) == list(range(9))


def test_more_items_than_a_pipe_holds_numbers_of() -> None:
    """Each is done once."""
    assert run(lambda item: -item, range(50_000), 3) == [-item for item in range(50_000)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_there_is_something_to_do_meanwhile(jobs: int) -> None:
    """Once, in this process; what goes wrong with it ends the workers."""
    told: list[int] = []
    assert run(str, [1, 2, 3], jobs, meanwhile=lambda: told.append(os.getpid())) == ["1", "2", "3"]
    assert told == [os.getpid()]
    with pytest.raises(ZeroDivisionError):
        run(str, [1, 2, 3], jobs, meanwhile=lambda: told.append(1 // 0))
    assert multiprocessing.active_children() == []


def test_what_is_forked_meanwhile_holds_nothing_up() -> None:
    """Another process that has the pipes of this work open, as one of another thread's work may: two scans in threads
    waited for each other's workers for ever."""
    others: list[multiprocessing.process.BaseProcess] = []

    def fork() -> None:
        others.append(multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,), daemon=True))
        others[0].start()

    began = time.monotonic()
    assert len(run(lambda _: None, range(50_000), 2, meanwhile=fork)) == 50_000
    others[0].kill()
    others[0].join()
    assert time.monotonic() - began < 50


def test_large_results_come_through() -> None:
    """More than a pipe holds at once."""
    results = run(lambda item: bytes(item), [300_000, 5, 400_000], 2)
    assert [len(result) for result in results] == [300_000, 5, 400_000]
