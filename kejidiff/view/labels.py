"""Documents -> short names a person can type: the shortest prefixes of their paths that mean one file only.

`001_96a2032afdb334c4.txt#1` becomes `001#1` where no other file's path begins with `001`. What is typed goes to a
shell, so there are `typed` names too, quoted where a shell would read a character otherwise.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kejidiff.view.visible import visible_line

#: A prefix goes on to the end of the word or number it ends in, if that is no more than these characters away:
#: `2023年度` says more than `2`, a checksum of 16 characters no more than its first few.
_TO_WORD_END: Final = 8

#: One or two characters would do in a small folder, and would stop doing with the next file put into it.
_SHORTEST: Final = 3

#: What bash, zsh, fish and PowerShell leave alone inside a word. `#` means nothing there unless it comes first.
_PLAIN_WORD: Final = re.compile(r"[\w./@%+,:=-][\w./@%+,:=#-]*")


def short_ids(ids: Sequence[str]) -> dict[str, str]:
    """The short name of each document id (`PATH#N`); `#N` is always kept, a path that begins another stays whole."""
    paths = sorted({identity.rpartition("#")[0] for identity in ids})
    short = {path: _prefix(path, paths, place) for place, path in enumerate(paths)}
    return {identity: f"{short[identity.rpartition('#')[0]]}#{identity.rpartition('#')[2]}" for identity in ids}


def _prefix(path: str, paths: Sequence[str], place: int) -> str:
    """Sorted paths that share most with one are its neighbours."""
    shared = max(
        (_common(path, paths[other]) for other in (place - 1, place + 1) if 0 <= other < len(paths)),
        default=0,
    )
    least = min(len(path), max(shared + 1, _SHORTEST))
    for end in range(least, min(len(path), least + _TO_WORD_END)):
        if _kind(path[end]) != _kind(path[end - 1]) != "mark":
            return path[:end]
    return path[:least] if len(path) > least + _TO_WORD_END else path


def _common(one: str, other: str) -> int:
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _kind(character: str) -> str:
    if character.isascii():
        return "word" if character.isalnum() else "mark"
    return "han" if character.isalnum() else "mark"


def typed(words: Iterable[str]) -> str:
    """`words` as one command line for a POSIX shell; a character without a look is spelled out, so it cannot hide."""
    return " ".join(_quoted(visible_line(word)) for word in words)


def _quoted(word: str) -> str:
    if _PLAIN_WORD.fullmatch(word):
        return word
    return "'" + word.replace("'", "'\"'\"'") + "'"
