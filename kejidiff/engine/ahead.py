"""An iterator -> the same items, the next one made by a thread while this one is used.

For work that lets go of Python's lock, as reading and compiled functions do.
"""

from collections.abc import Generator, Iterator
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Final, TypeVar

Item = TypeVar("Item")

#: Items that wait at most, besides the one being made.
_WAITING: Final = 2


class _Raised:
    """What came in place of an item."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def ahead(items: Generator[Item, None, None]) -> Iterator[Item]:
    """Exceptions of `items` come where the item would have; close this one and `items` is closed, too."""
    made: SimpleQueue[Item | _Raised] = SimpleQueue()
    room = Semaphore(_WAITING)
    ended: list[bool] = []

    def make() -> None:
        while room.acquire() and not ended:
            try:
                item = next(items)
            except BaseException as error:
                made.put(_Raised(error))
                return
            made.put(item)

    thread = Thread(target=make, daemon=True)
    thread.start()
    try:
        while True:
            item = made.get()
            if isinstance(item, _Raised):
                if isinstance(item.error, StopIteration):
                    return
                raise item.error
            yield item
            room.release()
    finally:
        ended.append(True)
        room.release()
        thread.join()
        items.close()
