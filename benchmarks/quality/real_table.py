"""Comparisons of groups -> lines of one table, and the details behind a line.

identical, modified   units found, of those labelled so whose wording is their own, with Wilson's interval at 95 %
stock                 units found, of those labelled so that share stock phrasing only: nobody need find them
fragment, wrong, ...  see `real_judgement`
equal                 share of the characters in passages that are the same on both sides
held, formula, ≥1 %   pairs with any passage, with passages of formula alone (see `real_passages`), with that much reuse
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from kejidiff.model import Comparison
from quality.real_groups import Group, year_of
from quality.real_judgement import Tally, Verdict
from quality.real_passages import FORMULA, kind_of
from quality.real_scans import Pair, read

#: What can become of a unit that is neither found nor missed.
_OTHERWISE = ("fragment", "wrong", "untold")
LABELLED = ("versions", "successors", "county", "places")
#: Years apart: neighbours, and so far that nobody copies.
NEAR, FAR = 2, 10
#: The State Council's reports whose sentences are labelled; those far apart share formula.
_NEIGHBOURS = f"  {NEAR} years apart at most"
#: Similarities at which modified units are told apart.
BANDS = (0.5, 0.65, 0.8, 0.9, 1.01)

HEADING = (
    f"{'group':<40} {'pairs':>5} {'identical':>28} {'modified':>30} {'stock':>9} {'fragment':>8} {'wrong':>5}"
    f" {'untold':>6} {'accused':>9} {'equal':>5} {'held':>5} {'formula':>7} {'≥1 %':>5} {'≥5 %':>5}"
)


class Compared(NamedTuple):
    """One pair of a group as it was compared."""

    group: Group
    pair: Pair
    comparison: Comparison

    @property
    def paths(self) -> tuple[Path, Path]:
        return self.group.files[self.pair[0]], self.group.files[self.pair[1]]


def lines(title: str, found: Sequence[Compared], common: frozenset[int], details: bool) -> Iterator[str]:
    """The table's lines for the pairs of one group name; with details, indented lines under each."""
    for part, pairs in _parts(title, found):
        tally = Tally()
        for one in pairs:
            if one.group.name in LABELLED or part == _NEIGHBOURS:
                tally.add(one.comparison, (read(one.paths[0]), read(one.paths[1])), common)
        yield f"{part:<40} {len(pairs):>5} {_units(tally)} {_passages(pairs)}"
        if details:
            yield from _details(tally, pairs)


def share(part: int, whole: int) -> str:
    """`38/40 .950 (.835-.986)`; `-` of nothing."""
    if not whole:
        return "-"
    ratio, z = part / whole, 1.96
    middle = ratio + z * z / (2 * whole)
    spread = z * (ratio * (1 - ratio) / whole + z * z / (4 * whole**2)) ** 0.5
    low, high = ((middle + sign * spread) / (1 + z * z / whole) for sign in (-1, 1))
    return f"{part}/{whole} {_short(ratio)} ({_short(max(low, 0.0))}-{_short(min(high, 1.0))})"


def _short(ratio: float) -> str:
    return f"{ratio:.3f}".removeprefix("0")


def _parts(title: str, found: Sequence[Compared]) -> list[tuple[str, list[Compared]]]:
    """The pairs, and for reports by years apart, for the unrelated by the two files' folders."""
    parts: dict[str, list[Compared]] = {title: list(found)}
    for one in found:
        name = _part_of(one)
        if name:
            parts.setdefault(f"  {name}", []).append(one)
    return list(parts.items())


def _part_of(one: Compared) -> str:
    if one.group.name == "unrelated":
        return " / ".join(sorted(path.parent.name for path in one.paths))
    if one.group.name != "reports":
        return ""
    years = abs(year_of(one.paths[0]) - year_of(one.paths[1]))
    return _NEIGHBOURS.strip() if years <= NEAR else f"{FAR} years apart or more" if years >= FAR else ""


def _units(tally: Tally) -> str:
    identical, modified = (share(tally.outcomes[kind, "found"], tally.of(kind)) for kind in ("identical", "modified"))
    stock = f"{tally.outcomes['stock', 'found']}/{tally.of('stock')}" if tally.pairs else "-"
    others = [sum(tally.outcomes[kind, name] for kind in ("identical", "modified")) for name in _OTHERWISE]
    accused = f"{tally.outcomes['new', 'accused']}/{tally.of('new')}" if tally.pairs else "-"
    equal = _short(tally.equal / tally.covered) if tally.covered else "-"
    missed = f"{others[0]:>8} {others[1]:>5} {others[2]:>6}"
    return f"{identical:>28} {modified:>30} {stock:>9} {missed} {accused:>9} {equal:>5}"


def _passages(pairs: Sequence[Compared]) -> str:
    kinds = [_kinds(one) for one in pairs]
    held = sum(bool(own) for own in kinds)
    formula = sum(bool(own) and set(own) <= FORMULA for own in kinds)
    over = [sum(one.comparison.reuse >= bar for one in pairs) for bar in (0.01, 0.05)]
    return f"{held:>5} {formula:>7} {over[0]:>5} {over[1]:>5}"


def _kinds(one: Compared) -> list[str]:
    return [kind_of(passage, read(one.paths[0])) for passage in one.comparison.passages]


def _details(tally: Tally, pairs: Sequence[Compared]) -> Iterator[str]:
    kinds = Counter(kind for one in pairs for kind in _kinds(one))
    apart = sum(len(one.comparison.formula) for one in pairs)
    yield f"    passages: {_listed(kinds)}; set apart as formula {apart}"
    for name, wanted in _bands():
        own = [verdict for verdict in tally.verdicts if wanted(verdict)]
        if own:
            yield f"    {name}: {share(sum(verdict.outcome == 'found' for verdict in own), len(own))}"
    for verdict in tally.verdicts:
        if verdict.outcome in ("missed", *_OTHERWISE):
            yield f"    {verdict.outcome} {verdict.label.similarity:.2f} {verdict.units}"


def _listed(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())) or "none"


def _bands() -> Iterator[tuple[str, Callable[[Verdict], bool]]]:
    for stock, name in ((False, "own wording"), (True, "stock phrasing")):
        for low, high in pairwise(BANDS):

            def wanted(verdict: Verdict, stock: bool = stock, low: float = low, high: float = high) -> bool:
                return verdict.stock is stock and low <= verdict.label.similarity < high

            yield f"{name}, similarity from {low:.2f}", wanted
