"""A scan of more than its result holds -> what is beyond, for lists that say how much they leave out."""

from typing import NamedTuple


class Beyond(NamedTuple):
    """Counts of documents with reuse and without, and of pairs.

    where   how to see them and what a list leaves out besides, in the page's language; empty: `--all` lists everything
    """

    reused: int = 0
    rest: int = 0
    pairs: int = 0
    where: str = ""


NOTHING = Beyond()
