"""A folder of texts -> how well kejidiff finds what was recycled, measured on pairs made from those texts.

    python benchmarks/quality/measure.py FOLDER [--only short families ...] [--seed N] [--cases N] [--json FILE]

Passages of one text are edited and put into another, so that every answer is known; then the files are scanned as a
user would scan them. What is measured, and how to read the table: docs/QUALITY.md. The same folder, seed and number of
cases give the same figures.

Which counts of ordinary Chinese the scans rest on (`--table`): `half` builds a table from half the folder and measures
on the other half; `shipped` takes the table as it is shipped; `subtracted` takes the shipped one less the counts of the
texts measured on, for a folder that it was built from. By default `half` for ../shared/corpus, else `shipped`.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
sys.path[0] = str(PROJECT / "benchmarks")
sys.path.insert(0, str(PROJECT))

from kejidiff.background.build_likelihood import corpus_texts, trained  # noqa: E402  the checkout's
from kejidiff.engine import run  # noqa: E402
from quality import (  # noqa: E402
    measure_as_is,
    measure_direction,
    measure_families,
    measure_formula,
    measure_kinds,
    measure_pairs,
    measure_repairs,
    measure_runs,
    measure_share,
    measure_short,
    measure_together,
)
from quality.aims import AIMS, aim_shown  # noqa: E402
from quality.figures import in_order, printed, rows_of  # noqa: E402
from quality.material import Material, Task  # noqa: E402
from quality.scanning import half_table, use_tables, without  # noqa: E402
from quality.texts import half_of, in_no_table, read_sources, stretches_of  # noqa: E402

CORPUS = PROJECT.parent / "shared" / "corpus"
#: The half the table is built from; the other is measured on.
TABLE_HALF = 0

#: In the order of the table.
MEASURES: Mapping[str, Callable[[Material], list[Task]]] = {
    "pairs": measure_pairs.prepare,
    "together": measure_together.prepare_together,
    "candidates": measure_together.prepare_candidates,
    "short": measure_short.prepare,
    "share": measure_share.prepare,
    "families": measure_families.prepare,
    "formula": measure_formula.prepare,
    "as-is": measure_as_is.prepare,
    "kinds": measure_kinds.prepare,
    "direction": measure_direction.prepare,
    "runs": measure_runs.prepare,
    "repairs": measure_repairs.prepare,
}
#: Begun first, because their scans are long: so that two processes end together.
_LONG = ("together", "candidates", "as-is", "families")


def main() -> int:
    """Make, scan, judge, print."""
    arguments = _arguments()
    if not arguments.folder.is_dir():
        print(f"{arguments.folder}: no such folder; give one that holds texts", file=sys.stderr)
        return 2
    began = time.monotonic()
    material = _material(arguments)
    names = [name for name in MEASURES if name in (arguments.only or MEASURES)]
    begun = sorted(names, key=lambda name: name not in _LONG)
    tasks = [task for name in begun for task in _tasks(name, material)]
    print(f"{len(tasks)} scans, prepared in {time.monotonic() - began:.0f} s", file=sys.stderr)
    scores = [score for scored in run(lambda task: task(), tasks, arguments.jobs, _told()) for score in scored]
    rows = in_order(rows_of(scores), list(AIMS), names)
    print(printed(rows, aim_shown))
    print(f"seed {arguments.seed}, {arguments.cases} cases, {time.monotonic() - began:.0f} s", file=sys.stderr)
    if arguments.json:
        arguments.json.write_text(json.dumps([row._asdict() for row in rows], ensure_ascii=False, indent=1) + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=list(MEASURES), metavar="MEASURE", help=", ".join(MEASURES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=20, help="pairs a kind (default 20)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--table", choices=("half", "shipped", "subtracted"))
    parser.add_argument("--half-table", dest="table", action="store_const", const="half", help="same as --table half")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    return parser.parse_args()


def _material(arguments: argparse.Namespace) -> Material:
    table = arguments.table or ("half" if arguments.folder.resolve() == CORPUS.resolve() else "shipped")
    sources = read_sources(arguments.folder)
    model = None
    if table == "half":
        use_tables(half_table(arguments.folder, TABLE_HALF))
        counted = corpus_texts(arguments.folder)
        model = trained([text for name, text in counted.items() if half_of(name) == TABLE_HALF])
        sources = in_no_table(sources, TABLE_HALF)
    elif table == "subtracted":
        use_tables(without(sources))
    material = Material.of(stretches_of(sources, arguments.jobs), arguments.seed, arguments.cases)
    return replace(material, texts={source.path: source.text for source in sources}, model=model)


def _tasks(name: str, material: Material) -> list[Task]:
    try:
        return MEASURES[name](material)
    except LookupError as error:
        print(f"{name}: left out, {error}", file=sys.stderr)
        return []


def _told() -> Callable[[int, int], None] | None:
    if not sys.stderr.isatty():
        return None
    return lambda done, total: print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
