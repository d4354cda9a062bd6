"""truth.jsonl and the pairs a tool reports -> recall by kind, and precision.

    python benchmarks/corpus/score.py TRUTH PAIRS [--json]

PAIRS has a pair a line, {"left": {"id", "span": [start, end]}, "right": {…}}, passages or whole paragraphs, in code
points of the documents as they were made. All copies of one source paragraph are a *family* with it: two members are
related if what they hold of it overlaps. A recycled paragraph is found if the pairs that link it to one member, which
holds at least half of the same, cover at least half of it. A pair is true if it touches two related members, one on
each side. Pages of boilerplate count for precision only; their recall has a row of its own.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

#: The share of a recycled passage that must be covered.
COVERED: Final = 0.5
BOILERPLATE: Final = "boilerplate"

Span = tuple[int, int]


@dataclass(slots=True)
class Member:
    """One of a family: where it stands, and what of the source paragraph it holds; `kind` is empty for the source."""

    family: tuple[str, int]
    span: Span
    holds: Span
    kind: str = ""
    covered: dict[int, list[Span]] = field(default_factory=dict)

    def related(self, other: "Member") -> bool:
        """Both hold the same text, or some of the same."""
        return self is not other and self.family == other.family and overlap(self.holds, other.holds) > 0

    def found(self) -> bool:
        """Enough of it was linked to one relative."""
        needed = COVERED * (self.span[1] - self.span[0])
        return any(union(spans) >= needed for spans in self.covered.values())


@dataclass(slots=True)
class Score:
    """Counts; ratios are properties. `kinds`: found and all by kind."""

    kinds: dict[str, tuple[int, int]]
    true_pairs: int
    pairs: int

    @property
    def recall(self) -> float:
        """Of all recycled paragraphs but boilerplate; 1 for none."""
        counts = [counts for kind, counts in self.kinds.items() if kind != BOILERPLATE]
        total = sum(all_ for _, all_ in counts)
        return sum(found for found, _ in counts) / total if total else 1.0

    @property
    def precision(self) -> float:
        """Of all pairs; 1 for none."""
        return self.true_pairs / self.pairs if self.pairs else 1.0

    def record(self) -> dict[str, Any]:
        """As JSON."""
        kinds = {kind: found / all_ for kind, (found, all_) in sorted(self.kinds.items())}
        return {"recall": self.recall, "precision": self.precision, "pairs": self.pairs, "kinds": kinds}


def overlap(one: Span, other: Span) -> int:
    """Characters both hold."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def union(spans: Iterable[Span]) -> int:
    """Characters that any of the spans holds."""
    total, reached = 0, -1
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def members_of(truth: Iterable[Mapping[str, Any]]) -> dict[str, list[Member]]:
    """All sources and copies, by document."""
    found: defaultdict[str, list[Member]] = defaultdict(list)
    sources: set[tuple[tuple[str, int], Span]] = set()
    for row in truth:
        source, copy = row["source"], row["copy"]
        family, holds = (source["id"], source["paragraph"]), (source["span"][0], source["span"][1])
        if (family, holds) not in sources:
            sources.add((family, holds))
            found[source["id"]].append(Member(family, holds, holds))
        found[copy["id"]].append(Member(family, (copy["span"][0], copy["span"][1]), holds, row["kind"]))
    return dict(found)


def score(truth: Iterable[Mapping[str, Any]], pairs: Iterable[Mapping[str, Any]]) -> Score:
    """What the pairs are worth. Pairs within one document are wrong as any other that the truth does not know."""
    members = members_of(truth)
    count = true = 0
    for pair in pairs:
        count += 1
        left, right = pair["left"], pair["right"]
        true += _link(_touched(members, left), _touched(members, right), left["span"], right["span"])
    kinds: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for member in (member for inside in members.values() for member in inside if member.kind):
        found, total = kinds[member.kind]
        kinds[member.kind] = found + member.found(), total + 1
    return Score(dict(kinds), true, count)


def _touched(members: Mapping[str, list[Member]], side: Mapping[str, Any]) -> list[Member]:
    return [member for member in members.get(side["id"], ()) if overlap(member.span, side["span"])]


def _link(lefts: list[Member], rights: list[Member], left: Span, right: Span) -> bool:
    """Note what each related couple covers of each other; whether there is any."""
    true = False
    for one in lefts:
        for other in rights:
            if one.related(other):
                true = True
                _cover(one, other, left)
                _cover(other, one, right)
    return true


def _cover(member: Member, relative: Member, span: Span) -> None:
    """A relative that holds less than half of what the member does cannot show where the member is from."""
    if overlap(member.holds, relative.holds) < COVERED * (member.holds[1] - member.holds[0]):
        return
    clipped = (max(member.span[0], span[0]), min(member.span[1], span[1]))
    member.covered.setdefault(id(relative), []).append(clipped)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> None:
    """Print the score."""
    parser = argparse.ArgumentParser(description="Recall and precision of reported pairs on a made corpus.")
    parser.add_argument("truth", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    record = score(read_lines(given.truth), read_lines(given.pairs)).record()
    if given.json:
        print(json.dumps(record))
        return
    print(f"recall {record['recall']:.4f}  precision {record['precision']:.4f}  pairs {record['pairs']:,}")
    for kind, found in record["kinds"].items():
        print(f"  {kind:12} {found:.4f}")


if __name__ == "__main__":
    main()
