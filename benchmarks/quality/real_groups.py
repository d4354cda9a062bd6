"""The collection's folder -> groups of real texts that belong together by their titles, and pairs within them.

versions     regulations of one title, of different dates
successors   regulations of one place whose titles are nearly alike: one replaced the other
county       one county's work reports, any two years
places       regulations of different places with one subject: the title without its place
reports      the State Council's work reports, any two years
unrelated    regulations, laws and reports, no two of one subject or genre
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Indel

from quality.real_scans import Pair

_DATE = re.compile(r"[（(](\d{4}.*?)[)）]$")
_PLACE = re.compile(r"^.*?(?:自治县|省|市|特区)(?=.)")
#: Of the titles of one place only 预算(审查)监督 and (城市)公园和广场 are this much alike; from .88 down they are
#: different laws.
_SUCCESSOR = 0.9
#: Parts of titles that say nothing of the subject.
_EVERYWHERE = re.compile("中华人民共和国|管理|条例|办法|实施|保护|规定|促进|监督|防治|建设|工程|城市|若干|法")
_SAMPLE = {"regulations": 22, "national_laws": 12, "state_council": 6, "county": 2}


class Group(NamedTuple):
    """Files that are scanned together, and the pairs of them that are looked at."""

    name: str
    files: tuple[Path, ...]
    pairs: tuple[Pair, ...]


def groups(collection: Path) -> list[Group]:
    """Every group of the collection, by name; subjects and versions each in a group of their own."""
    regulations = sorted((collection / "regulations").glob("*.txt"))
    found = [
        *_by("versions", regulations, title_of),
        *_successors(regulations),
        *_by("places", regulations, subject_of),
    ]
    for name, folder in (("county", "county"), ("reports", "state_council")):
        found.append(_group(name, sorted((collection / folder).glob("*.txt")), lambda *_: True))
    found.append(_group("unrelated", _sample(collection), unrelated))
    return [group for group in found if group.pairs]


def title_of(path: Path) -> str:
    """The file's name without the version's date."""
    return _DATE.sub("", path.stem)


def subject_of(path: Path) -> str:
    """The title without the place it holds in."""
    return _PLACE.sub("", title_of(path))


def year_of(path: Path) -> int:
    """The year in a report's file name; 0 where there is none."""
    match = re.search(r"\d{4}", path.stem)
    return int(match.group()) if match else 0


def unrelated(one: Path, other: Path) -> bool:
    """True where genres differ and not both are reports, or else the subjects have no two characters in common."""
    reports = [path.parent.name in ("state_council", "county") for path in (one, other)]
    if any(reports):
        return not all(reports)
    return not _words(one) & _words(other)


def _words(path: Path) -> set[str]:
    parts = _EVERYWHERE.split(subject_of(path))
    return {part[at : at + 2] for part in parts for at in range(len(part) - 1)}


def _by(name: str, files: Iterable[Path], key: Callable[[Path], str]) -> list[Group]:
    alike: dict[str, list[Path]] = {}
    for path in files:
        alike.setdefault(key(path), []).append(path)
    different = name == "places"
    return [
        _group(name, sorted(paths, key=_by_date), lambda one, other: not different or title_of(one) != title_of(other))
        for paths in alike.values()
    ]


def _by_date(path: Path) -> tuple[str, str]:
    match = _DATE.search(path.stem)
    return match.group(1) if match else "", path.name


def _successors(files: Sequence[Path]) -> list[Group]:
    found = []
    for one, other in combinations(files, 2):
        titles = title_of(one), title_of(other)
        if (
            titles[0] != titles[1]
            and titles[0][:2] == titles[1][:2]
            and Indel.normalized_similarity(*titles) >= _SUCCESSOR
        ):
            found.append(Group("successors", tuple(sorted((one, other), key=_by_date)), ((0, 1),)))
    return found


def _group(name: str, files: Sequence[Path], wanted: Callable[[Path, Path], bool]) -> Group:
    pairs = [pair for pair in combinations(range(len(files)), 2) if wanted(files[pair[0]], files[pair[1]])]
    return Group(name, tuple(files), tuple(pairs))


def _sample(collection: Path) -> list[Path]:
    """Files drawn by a hash of their names, so that the draw stays when others are added or taken away."""
    drawn: list[Path] = []
    for folder, count in _SAMPLE.items():
        files = (collection / folder).glob("*.txt")
        drawn += sorted(files, key=lambda path: hashlib.sha256(b"unrelated" + path.name.encode()).digest())[:count]
    return sorted(drawn)
