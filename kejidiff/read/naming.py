"""Where files lie -> the names they go by in every record: short, and no two alike.

Terms.       A file's *parts* are those of its absolute path. Its *display path* is made of the last few of them: below
             a scanned folder all that lie under that folder, of a file given by name the last one.
Limitations. Two files keep their names apart by parts of their paths, so a display path can depend on what else is
             scanned, never on the order in which it was given.
"""

from collections import defaultdict
from collections.abc import Mapping

Parts = tuple[str, ...]


def display_paths(shown: Mapping[Parts, int]) -> dict[Parts, str]:
    """The display path of each file, given how many of its last parts it shows at least.

    All that share a name show one more part, again and again until they differ; different parts give different names.
    """
    counts = dict(shown)
    names = {parts: _tail(parts, count) for parts, count in counts.items()}
    while alike := _alike(names):
        grown = [parts for parts in alike if counts[parts] < len(parts)]
        if not grown:
            break
        for parts in grown:
            counts[parts] += 1
            names[parts] = _tail(parts, counts[parts])
    return names


def _tail(parts: Parts, count: int) -> str:
    return "/".join(parts[len(parts) - count :]).replace("//", "/", 1)


def _alike(names: Mapping[Parts, str]) -> list[Parts]:
    """All files that share their name with another."""
    bearers: defaultdict[str, list[Parts]] = defaultdict(list)
    for parts, name in names.items():
        bearers[name].append(parts)
    return [parts for sharing in bearers.values() if len(sharing) > 1 for parts in sharing]
