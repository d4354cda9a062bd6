"""A folder of real texts -> how well what they share by nature is aligned: versions, years, places, reports, strangers.

    python benchmarks/quality/real_pairs.py ../shared/corpus [--group versions county ...] [--half] [--details]

The folder's parts: regulations/ (name = title(date).txt), county/, state_council/, national_laws/. Labels come from the
texts (see `real_units`, `real_labels`), what counts as found stands in `real_judgement`, the columns in `real_table`.
Every group is compared with all its documents in one scan (a subject's regulations are a group), and each pair alone.
`--half` does both once more under backgrounds counted from half of the texts, each for the pairs of which it holds
neither: the shipped one was counted from these very texts. Pairs parted between the halves are left out there.
`--details`: passages by kind, shares by similarity, and the missed units by their number; never a text.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parent.parent.parent
sys.path[0] = str(PROJECT / "benchmarks")
sys.path.insert(0, str(PROJECT))

from quality.real_groups import Group, groups  # noqa: E402
from quality.real_judgement import common_runs  # noqa: E402
from quality.real_scans import Scan, background_of, build_half, compared, compared_alone, half_of, read  # noqa: E402
from quality.real_table import HEADING, Compared, lines  # noqa: E402

NAMES = ("versions", "successors", "county", "places", "reports", "unrelated")
SCANS: dict[str, Scan] = {"together": compared, "alone": compared_alone}


def main() -> None:
    """Print the table, line by line as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--group", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--half", action="store_true")
    parser.add_argument("--details", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    common = common_runs(folder)
    every = groups(folder)
    print(HEADING)
    with TemporaryDirectory(prefix="kejidiff-real-") as place:
        tables = {half: build_half(folder, half, Path(place)) for half in (0, 1)} if arguments.half else {}
        for name in arguments.group:
            own = [group for group in every if group.name == name]
            for way, scan in SCANS.items():
                _print(f"{name}, {way}", list(_shipped(own, scan)), common, arguments.details)
                if tables:
                    _print(f"{name}, {way}, half background", list(_half(own, scan, tables)), common, arguments.details)


def _print(title: str, found: list[Compared], common: frozenset[int], details: bool) -> None:
    for line in lines(title, found, common, details) if found else ():
        print(line, flush=True)


def _shipped(wanted: list[Group], scan: Scan) -> Iterator[Compared]:
    for group in wanted:
        found = scan([read(path) for path in group.files], group.pairs)
        yield from (Compared(group, pair, comparison) for pair, comparison in found.items())


def _half(wanted: list[Group], scan: Scan, tables: dict[int, Path]) -> Iterator[Compared]:
    """Each pair that lies in one half of the collection, under the other half's table."""
    for group in wanted:
        files = [read(path) for path in group.files]
        for half, table in tables.items():
            pairs = [pair for pair in group.pairs if all(half_of(group.files[at]) != half for at in pair)]
            with background_of(table):
                found = scan(files, pairs) if pairs else {}
            yield from (Compared(group, pair, comparison) for pair, comparison in found.items())


if __name__ == "__main__":
    main()
