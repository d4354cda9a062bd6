"""Runs of an index -> fewer of them, a little with every document that is put in, so that nobody waits for it.

A document's keys are a run of their own. 64 of them are merged at once, into one of level 1; from there on, four runs
of a level become one of the next (a *log-structured merge tree*; O'Neil, Cheng, Gawlick, O'Neil, Acta Informatica 33,
1996). A merge goes through the keys from the lowest to the highest: what has been merged is in the new run, the rest is
still in the old ones, and `first` and `last` of each run say so. It takes a step of `_STEP` documents' worth of keys
with every `_EVERY`th document, four times as fast as documents come in, so it is over before the next run is complete.

Of a key that more than `HOT` documents hold, the first ones are kept, and a posting of document 0 that says so.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.library.failures import damaged
from kejidiff.library.parts import END, Run, bits_for, delete, joined, parted, read, write
from kejidiff.library.postings import HOT
from kejidiff.library.rows import insert
from kejidiff.library.schema import DIGESTED, digest
from kejidiff.library.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Postings = NDArray[np.uint64]

#: Documents' own runs that are merged at once. Of 1,000 documents of 3,000 characters the longest merge takes 15 ms
#: with 16, 12 with 64, 42 with 256, and all merges .39, .31 and .19 s of the 9 s that adding them takes.
_FIRST: Final = 64
#: Runs of a level that become one of the next. All merges take .52 s with 2, .31 with 4, .25 with 8; a check reads a
#: part of each run, up to so many less one on every level.
_FAN: Final = 4
#: Documents between two steps, and documents' worth of keys of one, for which somebody waits, after a look at all runs.
#: All steps of 1 and 4 take .47 s; of 8 and 32 .31, the longest 12 ms; of 32 and 128 .27, the longest 35 ms.
_EVERY, _STEP = 8, 32


def runs(store: Store) -> list[Run]:
    """Every run of the index. LibraryError `library-damaged` where a row is."""
    found = []
    for *values, stored in store.rows(f"SELECT {', '.join(DIGESTED['runs'])}, digest FROM runs ORDER BY number"):
        if digest(tuple(values)) != stored:
            raise damaged(store.path, f"row {values[0]} of runs is damaged")
        found.append(Run(*values))
    return found


def begin(store: Store, run: Run) -> Run:
    """A new run, whatever number `run` has."""
    (number,) = store.rows("SELECT ifnull(max(number), 0) + 1 FROM runs")[0]
    numbered = run._replace(number=int(number))
    insert(store.connection, "runs", numbered)
    return numbered


def drop(store: Store, run: Run) -> None:
    """Take out a run whose parts are gone."""
    store.connection.execute("DELETE FROM runs WHERE number = ?", (run.number,))


def merge(store: Store) -> None:
    """What is to be done for a document that was put in."""
    (single,) = store.rows("SELECT count(*) FROM runs WHERE level = 0")[0]
    if single % _EVERY:
        return
    every = runs(store)
    if single >= _FIRST:
        alone = [run for run in every if not run.level]
        _step(store, alone, _target(store, 1, alone), END)
        return
    for level in range(1, max(run.level for run in every) + 1):
        _advance(store, level, [run for run in every if run.level in (level, level + 1)])


def _target(store: Store, level: int, of: Sequence[Run]) -> Run:
    """A new run of this level, into which nothing has been merged yet."""
    documents, postings = sum(run.documents for run in of), sum(run.postings for run in of)
    return begin(store, Run(0, level, bits_for(postings), 0, 0, documents, postings))


def _advance(store: Store, level: int, every: Sequence[Run]) -> None:
    """A step of the merge of this level, if one is under way or due."""
    target = next((run for run in every if run.level == level + 1 and not run.complete), None)
    if target is None:
        of = [run for run in every if run.level == level and run.complete and not run.first][:_FAN]
        if len(of) < _FAN:
            return
        target = _target(store, level + 1, of)
    else:
        of = [run for run in every if run.level == level and run.complete and run.first == target.last]
    widest = 32 - min(run.bits for run in of)
    step = -(-_STEP * END // target.documents) >> widest
    _step(store, of, target, min(target.last + (max(step, 1) << widest), END))


def _step(store: Store, of: Sequence[Run], target: Run, last: int) -> None:
    """Merge the keys of `[target.last, last)`."""
    first, gathered = target.last, []
    for run in of:
        shift = 32 - run.bits
        begun = run.number << 32
        numbers = range(begun + (first >> shift), begun + (last >> shift))
        gathered.append(joined(*read(store, run, numbers)))
        delete(store, run, first, last)
        if last == END:
            drop(store, run)
        else:
            _move(store, run, last, run.last)
    write(store, target, first, last, few(np.concatenate(gathered)))
    _move(store, target, 0, last)


def few(postings: "Postings") -> "Postings":
    """Postings, ascending, each once, of a hot key no more than are kept."""
    ascending = distinct(postings)
    keys, owners = parted(ascending)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, dtype=int)
    counts = np.diff(starts, append=len(keys))
    marked = owners[starts] == 0
    if not (counts > HOT + marked).any():
        return ascending
    ranks = np.arange(len(keys)) - np.repeat(starts, counts)
    kept = ascending[ranks < np.repeat(HOT + marked, counts)]
    fresh = starts[(counts > HOT) & ~marked]
    return distinct(np.concatenate((kept, keys[fresh].astype(np.uint64) << np.uint64(32))))


def _move(store: Store, run: Run, first: int, last: int) -> None:
    moved = run._replace(first=first, last=last)
    store.connection.execute(
        "UPDATE runs SET first = ?, last = ?, digest = ? WHERE number = ?", (first, last, digest(moved), run.number)
    )
