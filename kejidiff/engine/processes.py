"""A function and items -> its results, in the order of the items, from `jobs` processes.

Workers are forked, so the function and the items reach them as they are in memory; only results are sent back. Where
forking is not to be had (Windows) the work is done in this process: same results, later.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Advance = Callable[[int, int], None]

#: Items handed to a worker at a time are a sixteenth of its share: even loads without a message for each item.
_SHARE = 16

_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def run(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int = 1, advance: Advance | None = None
) -> list[Result]:
    """`[function(item) for item in items]`; `advance(done, total)` hears of each; an exception ends all workers."""
    results: list[Result] = []
    for result in _results(function, items, min(jobs, len(items))):
        results.append(result)
        if advance is not None:
            advance(len(results), len(items))
    return results


def _results(function: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> "Any":
    if jobs < 2:
        yield from map(function, items)
        return
    import multiprocessing

    if "fork" not in multiprocessing.get_all_start_methods():
        yield from map(function, items)
        return
    global _work  # what forked workers inherit must hang on the module
    _work = (function, items)
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            yield from pool.imap(_call, range(len(items)), chunksize=max(1, len(items) // (jobs * _SHARE)))
    finally:
        _work = None


def _call(index: int) -> Any:
    assert _work is not None
    function, items = _work
    return function(items[index])
