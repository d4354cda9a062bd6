"""docs/TRICKY_CASES.md <-> the figures of each case: rows as they stand, what they wish, and what is so."""

import operator
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

DOCUMENT = Path(__file__).parents[2] / "docs" / "TRICKY_CASES.md"
_ROW = re.compile(
    r"^\| `(?P<name>[a-z0-9-]+)` \| (?P<input>.*) \| (?P<wished>.*) \| (?P<actual>.*) \| (?P<verdict>.*) \|$"
)
_WISH = re.compile(r"(?P<figure>[a-z-]+) (?P<sign>[=≥≤]) (?P<value>\S+)")
_SIGNS = {"≥": operator.ge, "≤": operator.le}


class Row(NamedTuple):
    """A line of a table; `line` counts from 1."""

    name: str
    input: str
    wished: str
    actual: str
    verdict: str
    line: int

    def __str__(self) -> str:
        return f"| `{self.name}` | {self.input} | {self.wished} | {self.actual} | {self.verdict} |"


def rows() -> list[Row]:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    return [Row(**match.groupdict(), line=at) for at, line in enumerate(lines, 1) if (match := _ROW.match(line))]


def told(figures: Mapping[str, int | str]) -> str:
    """`found 100, beside 0, passages 1, ...`"""
    return ", ".join(f"{name} {value}" for name, value in figures.items())


def judged(wished: str, figures: Mapping[str, int | str]) -> str:
    """`yes` where every condition holds; they are joined by commas: `found ≥ 95, kinds = script`."""
    return "yes" if all(_holds(condition, figures) for condition in wished.split(", ")) else "**no**"


def _holds(condition: str, figures: Mapping[str, int | str]) -> bool:
    wish = _WISH.fullmatch(condition)
    if wish is None:
        raise ValueError(f"no condition: {condition}")
    value = figures.get(wish["figure"])
    if isinstance(value, int) and wish["sign"] in _SIGNS:
        return bool(_SIGNS[wish["sign"]](value, int(wish["value"])))
    return str(value) == wish["value"]


def opening(now: list[Row]) -> str:
    """What the document's opening says of its rows."""
    return f"{len(now)} inputs, {sum(row.verdict != 'yes' for row in now)} of them not as wished"


def rewrite(changed: Mapping[str, Row]) -> None:
    """The document with these rows in place of those of the same name, and its opening counted anew."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    for row in rows():
        if row.name in changed:
            lines[row.line - 1] = str(changed[row.name])
    DOCUMENT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = re.sub(r"\d+ inputs, \d+ of them not as wished", opening(rows()), DOCUMENT.read_text(encoding="utf-8"))
    DOCUMENT.write_text(text, encoding="utf-8")
