"""Keys of `dedup` -> its words in Chinese and English: the part of the table of messages that only it uses.

Same rules as in `messages`, which joins this to its own table.
"""

from typing import Final

DEDUP: Final[dict[str, tuple[str, str]]] = {}
