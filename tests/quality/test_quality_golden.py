"""How well generated pairs are found stands in a file: whoever changes a figure sees which, and accepts it or not.

`make accept` writes the file anew (KEJIDIFF_ACCEPT=1); read the difference before keeping it.
"""

import difflib
import os
from collections.abc import Callable
from functools import partial

from generated_texts import GOLDEN, small_material
from quality import (
    measure_direction,
    measure_families,
    measure_formula,
    measure_kinds,
    measure_pairs,
    measure_runs,
    measure_share,
    measure_short,
)
from quality.aims import AIMS
from quality.figures import Row, in_order, rows_of, shown
from quality.material import Material, Task

#: Families and formula with fewer texts than the measurement has: their scans take the square of that.
MEASURES: dict[str, Callable[[Material], list[Task]]] = {
    "pairs": measure_pairs.prepare,
    "short": measure_short.prepare,
    "share": measure_share.prepare,
    "families": partial(measure_families.prepare, every=(0, 3)),
    "formula": partial(measure_formula.prepare, reports=6),
    "kinds": measure_kinds.prepare,
    "direction": measure_direction.prepare,
    "runs": measure_runs.prepare,
}


def test_figures_are_what_they_were() -> None:
    """Every figure of the fixed part is the accepted one, to three decimals."""
    material = small_material()
    tasks = [task for prepare in MEASURES.values() for task in prepare(material)]
    rows = in_order(rows_of(score for task in tasks for score in task()), list(AIMS), list(MEASURES))
    measured = "".join(map(line_of, rows))
    if os.environ.get("KEJIDIFF_ACCEPT"):
        GOLDEN.write_text(measured, encoding="utf-8")
    accepted = GOLDEN.read_text(encoding="utf-8")
    changed = difflib.unified_diff(accepted.splitlines(), measured.splitlines(), "accepted", "measured", "", "", 0, "")
    assert measured == accepted, "\n".join(["figures changed (make accept keeps them):", *changed])


def line_of(row: Row) -> str:
    figure = shown(row.value, row.counted)
    return f"{row.measure:10s} {row.kind:32s} {row.cases:4d} {figure:>6s}  {row.note}".rstrip() + "\n"
