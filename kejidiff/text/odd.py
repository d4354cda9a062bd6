"""Characters -> whether a text needs a closer look before it is compared: damage, annotation, disguise.

What `repair`, `layout` and `read.evasion` mend takes a hundred times as long as folding; of the texts of a large
collection few have any of it. So they are told by characters that clean Chinese text does not hold.
Limitations. Runs of GBK read a byte late are told by their rare company only: marks and half-width letters among Hanzi.
"""

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Ranges of code points: C1 controls and Latin-1 (what UTF-8 or GBK read as Latin-1 is made of), Latin with tone marks
#: (pinyin notes), zero-width and directional marks, private use, replacement characters.
_RANGES: Final = (
    (0x80, 0xB0), (0xB1, 0xB7), (0xB8, 0xD7), (0xD8, 0xF7), (0xF8, 0x250), (0x200B, 0x2010), (0x202A, 0x202F),
    (0x2060, 0x2070), (0xE000, 0xF900), (0xFE00, 0xFE10), (0xFEFF, 0xFF00), (0xFFF9, 0x10000),
)  # fmt: skip
#: A text is looked at from this many odd characters on, and from one in so many. Of 554 proof-read texts 12 hold any:
#: eight are looked at from the first one on, two from the third on. Of the samples the damaged one has 1,485 among its
#: 22,669 characters, another 4 among 5,555.
_LEAST: Final = 3
_ONE_IN: Final = 3000


@cache
def odd_characters() -> "NDArray[np.bool_]":
    """Shape (65536,): True for the odd ones of the first plane."""
    odd = np.zeros(0x10000, dtype=bool)
    for first, end in _RANGES:
        odd[first:end] = True
    return odd


def is_odd(count: int, characters: int) -> bool:
    """Whether so many odd characters among all of a text make it one to look at."""
    return count >= max(_LEAST, characters // _ONE_IN)
