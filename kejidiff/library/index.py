"""Keys of documents -> rows of `runs` and `parts`, and back: which documents hold a key, without reading any document.

Kept of a document are its winnowed fingerprints, all of them, and of its anchors those that tell most (`telling`).
Windows are not: of 162 labelled pairs none is found by them alone, and they are a third of all keys. One index holds
both kinds; whoever asks knows of which kind a key is.

Keys are the upper 32 bits of the 64 of a sketch. Two different ones are taken for one once in 4 billion pairs; whoever
asks compares texts afterwards. A lookup reads of each run the parts that hold a key it asks for (`parts`), and there
are few runs (`merging`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.library.ahead import ask_for
from kejidiff.library.merging import begin, drop, few, merge, runs
from kejidiff.library.parts import END, Run, delete, joined, read, write
from kejidiff.library.postings import Postings
from kejidiff.library.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Short = NDArray[np.uint32]
    Numbers = NDArray[np.int64]

#: Bits from which an anchor is kept, and one in how many of these: over half have less than 4 bits, and 11 % of all
#: bits between them. Of 162 labelled pairs the least has 137 bits in one place then, counted twice (124 in all).
_TELLING: Final = 4.0
RATE: Final = 2
#: Rows of `parts` looked at in one go for documents that are taken out.
_AT_ONCE: Final = 1000


def telling(anchors: Postings) -> Postings:
    """The anchors that are kept, which depends on their four characters only."""
    kept = (anchors.weights >= _TELLING) & ((anchors.keys >> np.uint64(32)) % np.uint64(RATE) == 0)
    return Postings(anchors.keys[kept], anchors.places[kept], anchors.weights[kept])


def kept_keys(fingerprints: Postings, anchors: Postings) -> "Keys":
    """All keys that are kept of a document."""
    return np.concatenate((fingerprints.keys, telling(anchors).keys))


def short(keys: "Keys") -> "Short":
    """The different keys as they are kept, ascending; 0 is nobody's."""
    return distinct((keys[keys != 0] >> np.uint64(32)).astype(np.uint32))


def put(store: Store, number: int, keys: "Keys") -> None:
    """Put in a document's keys."""
    own = short(keys)
    if len(own):
        run = begin(store, Run(0, 0, 0, 0, END, 1, len(own)))
        write(store, run, 0, END, joined(own, np.full(len(own), number, dtype=np.uint32)))
        merge(store)


def holders(store: Store, keys: "Short") -> "tuple[Numbers, Numbers, NDArray[np.bool_]]":
    """Index into `keys` (ascending, different) and number of a document that holds that key, by both ascending; and by
    key, whether more than `HOT` documents hold it: then the first ones are given.

    LibraryError `library-damaged` where a part that is read is damaged.
    """
    found = [np.zeros(0, dtype=np.uint64)]
    wanted = [(run, asked, _rows_of(run, asked)) for run in runs(store) if len(asked := _inside(run, keys))]
    _ask_for(store, [row for _, _, rows in wanted for row in rows])
    for run, asked, rows in wanted:
        held, owners = read(store, run, rows)
        low, high = np.searchsorted(held, asked), np.searchsorted(held, asked, side="right")
        counts = high - low
        at = np.repeat(low, counts) + np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        index = np.repeat(np.searchsorted(keys, asked), counts).astype(np.uint32)
        found.append(joined(index, owners[at]))
    every = few(np.concatenate(found))
    index, numbers = (every >> np.uint64(32)).astype(np.int64), every.astype(np.uint32).astype(np.int64)
    hot = np.zeros(len(keys), dtype=bool)
    hot[index[numbers == 0]] = True
    return index[numbers != 0], numbers[numbers != 0], hot


def take_out(store: Store, numbers: Sequence[int], keys: "Keys | None" = None) -> None:
    """Rewrite every part that holds keys of these documents; only those that can hold `keys`, where they are given: all
    keys the documents have."""
    gone = np.array(sorted(numbers), dtype=np.uint32)
    asked = None if keys is None else short(keys)
    for run in runs(store):
        rows = _live(run) if asked is None else _rows_of(run, _inside(run, asked))
        for start in range(0, len(rows), _AT_ONCE):
            held, owners = read(store, run, rows[start : start + _AT_ONCE])
            for row in _rows_of(run, held[np.isin(owners, gone)]):
                _take_out_of(store, run, row, gone)


def _take_out_of(store: Store, run: Run, row: int, gone: "Short") -> None:
    held, owners = read(store, run, [row])
    kept = ~np.isin(owners, gone)
    width = END >> run.bits
    first = (row & (END - 1)) * width
    delete(store, run, first, first + width)
    if run.single:
        drop(store, run)
    else:
        write(store, run, first, first + width, joined(held[kept], owners[kept]))


def _ask_for(store: Store, rows: Sequence[int]) -> None:
    (root,) = store.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'parts'")[0]
    ask_for(store.raw, int(root), np.array(rows, dtype=np.int64))


def _inside(run: Run, keys: "Short") -> "Short":
    """Those of the keys that the run has, if anything has."""
    return keys[(keys >= run.first) & (keys < run.last)]


def _rows_of(run: Run, keys: "Short") -> list[int]:
    """Numbers of the run's rows that hold these keys, ascending."""
    return [int(number) for number in distinct(run.parts_of(keys.astype(np.int64))).tolist()]


def _live(run: Run) -> range:
    """Numbers of all the run's rows."""
    shift, begun = 32 - run.bits, run.number << 32
    return range(begun + (run.first >> shift), begun + (run.last >> shift))
