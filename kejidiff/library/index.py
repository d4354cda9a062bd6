"""Keys of documents -> rows of `parts`, and back: which documents hold a key, found without reading any document.

A document's keys are, channel by channel (`CHANNELS`), a *run* of their own at level 0. When a level has `_FAN` runs
they are merged into one of the next, cut into parts of `_PART` keys, so that a key is rewritten once a level: three
times on the way to 30,000 documents. A lookup reads only the parts that can hold a key it asks for.

Keys are the upper 32 bits of the 64 of a sketch. Two different ones are taken for one once in 4 billion pairs; whoever
asks compares texts afterwards. Arrays are kept as differences (of keys) and numbers (of owners), byte by byte,
deflated.
"""

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kejidiff.background.grams import distinct
from kejidiff.library.documents import checked
from kejidiff.library.failures import damaged
from kejidiff.library.rows import insert
from kejidiff.library.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Short = NDArray[np.uint32]
    Numbers = NDArray[np.int64]

#: In this order everywhere: band keys of windows, winnowed fingerprints, anchors.
CHANNELS: Final = ("windows", "fingerprints", "anchors")
_FAN: Final = 32
#: Keys of a part: about two pages. A draft of 10,000 keys asks for a tenth of the parts of 100,000 documents.
_PART: Final = 2048
#: Keys merged in memory at a time.
_SLICE: Final = 1 << 22


def short(keys: "Keys") -> "Short":
    """The different keys as they are kept, ascending; 0 is nobody's."""
    return distinct((keys[keys != 0] >> np.uint64(32)).astype(np.uint32))


def put(store: Store, number: int, channels: Sequence["Keys"]) -> None:
    """Put in a document's keys, one array a channel."""
    for channel, keys in enumerate(channels):
        own = short(keys)
        if len(own):
            run = _next_run(store, channel, 0)
            _insert(store, channel, 0, run, own, np.array([number], dtype=np.uint32))
        _merge(store, channel)


def holders(store: Store, channel: int, keys: "Short") -> "tuple[Numbers, Numbers]":
    """Index into `keys` (ascending, different) and number of a document that holds that key, by both ascending.

    LibraryError `library-damaged` where a part that is read is damaged.
    """
    spans = _spans(store, channel)
    indexes, numbers = [], []
    for row in checked(store, "parts", spans[_touched(spans, keys), 0].tolist()):
        held, owners = _arrays(store, row)
        at = np.minimum(np.searchsorted(keys, held), len(keys) - 1)
        found = keys[at] == held
        indexes.append(at[found])
        numbers.append(owners[found].astype(np.int64))
    if not indexes:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    index, number = np.concatenate(indexes), np.concatenate(numbers)
    order = np.lexsort((number, index))
    return index[order], number[order]


def take_out(store: Store, numbers: Sequence[int], channels: "Sequence[Keys] | None" = None) -> None:
    """Rewrite every part that holds keys of these documents; only those that can hold `channels`, where they are given:
    all keys the documents have, one array a channel."""
    gone = np.array(sorted(numbers), dtype=np.uint32)
    for channel in range(len(CHANNELS)):
        spans = _spans(store, channel)
        touched = spans if channels is None else spans[_touched(spans, short(channels[channel]))]
        _take_out_of(store, touched[:, 0].tolist(), gone)


def _take_out_of(store: Store, parts: Sequence[int], gone: "Short") -> None:
    for row_number in parts:
        row = next(checked(store, "parts", [row_number]))
        keys, owners = _arrays(store, row)
        kept = ~np.isin(owners, gone)
        if kept.all():
            continue
        store.connection.execute("DELETE FROM parts WHERE number = ?", (row_number,))
        if kept.any():
            _insert(store, row[1], row[2], row[3], keys[kept], owners[kept])


def _spans(store: Store, channel: int) -> "Numbers":
    """Shape (n, 3): number, first and last key of each part."""
    found = store.rows("SELECT number, first, last FROM parts WHERE channel = ?", (channel,))
    return np.array(found, dtype=np.int64).reshape(-1, 3)


def _touched(spans: "Numbers", keys: "Short") -> "NDArray[np.bool_]":
    """Which of the parts can hold one of the keys (ascending)."""
    return np.searchsorted(keys, spans[:, 1]) < np.searchsorted(keys, spans[:, 2], side="right")


def _merge(store: Store, channel: int) -> None:
    """Merge levels that are full, the lowest first."""
    level = 0
    while True:
        runs = store.rows(
            "SELECT DISTINCT run FROM parts WHERE channel = ? AND level = ? ORDER BY run", (channel, level)
        )
        if len(runs) < _FAN:
            return
        _merge_level(store, channel, level)
        level += 1


def _merge_level(store: Store, channel: int, level: int) -> None:
    spans = store.rows("SELECT number, first, last FROM parts WHERE channel = ? AND level = ?", (channel, level))
    run = _next_run(store, channel, level + 1)
    if level >= 2:
        store.spill()
    for low, high in _slices(len(spans)):
        inside = [number for number, first, last in spans if first < high and last >= low]
        keys, owners = _gathered(store, inside, low, high)
        for start in range(0, len(keys), _PART):
            _insert(store, channel, level + 1, run, keys[start : start + _PART], owners[start : start + _PART])
    store.connection.executemany("DELETE FROM parts WHERE number = ?", [(number,) for number, _, _ in spans])


def _slices(parts: int) -> Iterator[tuple[int, int]]:
    """Ranges of keys of which each holds about `_SLICE`: keys are hashes, so they lie evenly."""
    count = max(1, parts * _PART // _SLICE)
    edges = [round(at * 2**32 / count) for at in range(count + 1)]
    yield from pairwise(edges)


def _gathered(store: Store, numbers: Sequence[int], low: int, high: int) -> "tuple[Short, Short]":
    """Keys in `[low, high)` of these parts with their owners, by key and owner."""
    keys, owners = [np.zeros(0, dtype=np.uint32)], [np.zeros(0, dtype=np.uint32)]
    for row in checked(store, "parts", numbers):
        held, owned = _arrays(store, row)
        first, last = np.searchsorted(held, np.array([low, high], dtype=np.int64))
        keys.append(held[first:last])
        owners.append(owned[first:last])
    key, owner = np.concatenate(keys), np.concatenate(owners)
    order = np.lexsort((owner, key))
    return key[order], owner[order]


def _insert(store: Store, channel: int, level: int, run: int, keys: "Short", owners: "Short") -> None:
    number = int(store.rows("SELECT ifnull(max(number), 0) + 1 FROM parts")[0][0])
    gaps = np.diff(keys, prepend=np.uint32(0))
    if len(owners) and (owners == owners[0]).all():
        owners = owners[:1]
    insert(
        store.connection,
        "parts",
        (number, channel, level, run, int(keys[0]), int(keys[-1]), _deflated(gaps), _deflated(owners)),
    )


def _arrays(store: Store, row: tuple[Any, ...]) -> "tuple[Short, Short]":
    """Keys and owners of a row of `parts`."""
    try:
        keys = np.cumsum(_inflated(row[6]), dtype=np.uint32)
        owners = _inflated(row[7])
        if len(owners) == 1:
            owners = np.repeat(owners, len(keys))
        if len(owners) != len(keys):
            raise ValueError
    except (zlib.error, ValueError) as error:
        raise damaged(store.path, f"row {row[0]} of parts is damaged") from error
    return keys, owners


def _deflated(numbers: "Short") -> bytes:
    """Numbers as bytes of equal weight, deflated: of sorted keys the upper bytes are nearly all zero."""
    return zlib.compress(numbers.astype("<u4").view(np.uint8).reshape(-1, 4).T.tobytes(), 1)


def _inflated(data: bytes) -> "Short":
    planes = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(4, -1)
    return np.ascontiguousarray(planes.T).view("<u4").reshape(-1).astype(np.uint32)


def _next_run(store: Store, channel: int, level: int) -> int:
    query = "SELECT ifnull(max(run), 0) + 1 FROM parts WHERE channel = ? AND level = ?"
    return int(store.rows(query, (channel, level))[0][0])
