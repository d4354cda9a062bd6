"""Characters <-> the two bytes they are written with in GBK and in Big5, as look-up tables for whole texts.

Terms.       A *pair* is lead byte * 256 + trail byte; 0 stands for none: an ASCII character has no pair.
Limitations. GBK is read with GB 18030's table, which gives every pair a code point (2,068 of them private-use), so that
             no byte is lost on the way through; Big5 with the Hong Kong supplement. Code points beyond U+FFFF have no
             pair in either page.
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kejidiff.background.likelihood import ASTRAL, Codes, codes_of

Pairs = NDArray[np.uint16]

#: What GBK and GB 18030 allow; of Big5 a little more than all.
LEADS: Final = np.arange(0x81, 0xFF, dtype=np.uint16)
TRAILS: Final = np.concatenate((np.arange(0x40, 0x7F, dtype=np.uint16), np.arange(0x80, 0xFF, dtype=np.uint16)))


class CodePage(NamedTuple):
    """code_of: shape (65536,), by pair, 0 where the page has no character; pair_of: shape (65537,), by code point."""

    code_of: NDArray[np.uint16]
    pair_of: Pairs

    def pairs(self, codes: Codes) -> Pairs:
        """The pair of each code point, 0 where it has none."""
        return self.pair_of[np.minimum(codes, ASTRAL)]


def pairs_of(lead: Pairs, trail: Pairs) -> Pairs:
    """Lead and trail bytes put together; the shapes broadcast."""
    return ((lead << np.uint16(8)) | trail).astype(np.uint16, copy=False)


def lead_of(pairs: Pairs) -> Pairs:
    """The first byte of each pair."""
    return (pairs >> np.uint16(8)).astype(np.uint16, copy=False)


def trail_of(pairs: Pairs) -> Pairs:
    """The second byte of each pair."""
    return (pairs & np.uint16(0xFF)).astype(np.uint16, copy=False)


def _page(codec: str) -> CodePage:
    """Decodes every pair on a line of its own: one call, and a pair that is no character cannot touch the next."""
    every = pairs_of(LEADS[:, None], TRAILS).reshape(-1)
    written = np.empty((len(every), 3), np.uint8)
    written[:, 0], written[:, 1], written[:, 2] = lead_of(every), trail_of(every), 0x0A
    codes = codes_of(written.tobytes().decode(codec, "replace"))
    ends = np.flatnonzero(codes == 0x0A)
    single = np.diff(ends, prepend=-1) == 2
    pairs, characters = every[single], codes[ends[single] - 1]
    usable = (characters < ASTRAL) & (characters != 0xFFFD) & (characters > 0x7F)
    pairs, characters = pairs[usable], characters[usable].astype(np.uint16)
    code_of, pair_of = np.zeros(0x10000, np.uint16), np.zeros(ASTRAL + 1, np.uint16)
    code_of[pairs] = characters
    pair_of[characters[::-1]] = pairs[::-1]
    return CodePage(code_of, pair_of)


@cache
def gbk() -> CodePage:
    """GB 18030's two-byte characters; private-use code points stand for pairs that are no character in GBK."""
    return _page("gb18030")


@cache
def big5() -> CodePage:
    """Big5 with the Hong Kong supplement."""
    return _page("big5hkscs")
