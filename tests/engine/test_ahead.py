"""Items made ahead by a thread: the same, in their order, with their errors, and nothing left behind."""

import threading
from collections.abc import Generator

import pytest

from kejidiff.engine.ahead import ahead


def counted(end: int, log: list[int], fails: bool = False) -> Generator[int, None, None]:
    try:
        for number in range(end):
            log.append(number)
            yield number
        if fails:
            raise ValueError("broken")
    finally:
        log.append(-1)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 50])
def test_items_come_in_their_order(count: int) -> None:
    """All of them, however many."""
    assert list(ahead(counted(count, []))) == list(range(count))


def test_an_error_comes_where_its_item_would_have() -> None:
    """Items before it are given; the error is the one that was raised."""
    found: list[int] = []
    with pytest.raises(ValueError, match="broken"):
        found.extend(ahead(counted(5, [], fails=True)))
    assert found == [0, 1, 2, 3, 4]


def test_who_stops_early_leaves_no_thread_and_an_ended_iterator() -> None:
    """Few items are made ahead, the iterator's own clean-up has run, the thread is gone."""
    log: list[int] = []
    before = threading.active_count()
    items = ahead(counted(1_000, log))
    assert next(items) == 0
    items.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
    assert log[-1] == -1
    assert len(log) < 10
