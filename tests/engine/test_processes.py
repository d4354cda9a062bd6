"""The engine: results in input order, whatever the number of processes."""

import pytest

from kejidiff.engine import run


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


def test_no_items() -> None:
    """Nothing to do starts no process."""
    assert run(str, [], 4) == []
