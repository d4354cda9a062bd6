"""A number of made reports -> a library of them; what adding costs, and what a draft costs held against it.

    python benchmarks/library.py --documents 3000 [--library FILE] [--drafts 4] [--jobs 2]

The reports are those of benchmarks/corpus; the drafts are the next ones of the same stream, so what they recycle is
known. Everything runs as a user's call does, in processes of their own. `cold`: the library's pages were dropped from
the page cache before. Beside the clock's seconds stand those of the processor, which others on the machine do not
change. With --library a library that is there is used, and only the drafts are made.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
GENERATE = PROJECT / "benchmarks" / "corpus" / "generate.py"


class Cost(NamedTuple):
    """Seconds by the clock and of the processor."""

    wall: float
    processor: float


def called(*arguments: str, out: Path) -> Cost:
    """Run kejidiff; its output goes to a file. 1 and 3 are verdicts."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with out.open("wb") as file:
        done = subprocess.run([sys.executable, "-m", "kejidiff", *arguments], cwd=PROJECT, stdout=file)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"kejidiff {' '.join(arguments)}: exit {done.returncode}")
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def dropped(path: Path) -> None:
    """Take the file's pages out of the page cache."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def made(folder: Path, documents: int, drafts: int) -> tuple[Path, Path, dict[str, set[str]]]:
    """Reports, drafts, and by draft the reports that it recycles."""
    count = str(documents + drafts)
    subprocess.run([sys.executable, str(GENERATE), "--documents", count, "--form", "files", "-o", folder], check=True)
    texts = sorted((folder / "texts").glob("*/*.txt"))
    (folder / "drafts").mkdir()
    names = {path.stem for path in texts[documents:]}
    for path in texts[documents:]:
        path.rename(folder / "drafts" / path.name)
    sources: dict[str, set[str]] = {name: set() for name in names}
    for line in (folder / "truth.jsonl").open(encoding="utf-8"):
        told = json.loads(line)
        if told["copy"]["id"] in names and told["source"]["id"] not in names:
            sources[told["copy"]["id"]].add(told["source"]["id"])
    return folder / "texts", folder / "drafts", sources


def added(folder: Path, library: Path, reports: Path, documents: int, jobs: int) -> None:
    """Add all in one call."""
    cost = called("library", "add", str(reports), "--library", str(library), "--jobs", str(jobs), "--quiet",
                  "--format", "jsonl", out=folder / "added")  # fmt: skip
    each = Cost(*(1000 * seconds / documents for seconds in cost))
    print(f"add: {documents:,} reports, {each.wall:.1f} ms each ({each.processor:.1f} of the processor, {jobs} jobs); "
          f"{library.stat().st_size / documents / 1024:.0f} kB each")  # fmt: skip


def checked(folder: Path, library: Path, draft: Path, sources: set[str], state: str) -> tuple[int, int]:
    """One draft; returns how many of its sources were found, and how many there are."""
    if state == "cold":
        dropped(library)
    record = folder / "record.json"
    cost = called("check", str(draft), "--library", str(library), "--no-reports", "--format", "json", out=record)
    shown = json.loads(record.read_bytes())
    found = {Path(one["right"].partition("#")[0]).stem for one in shown["comparisons"] if one["passages"]}
    looked_at, by_runs = sum(one["looked_at"] for one in shown["drafts"]), len(shown["by_runs"])
    print(f"check {draft.stem} {state}: {cost.wall:.2f} s ({cost.processor:.2f} of the processor), "
          f"{len(shown['documents']) - 1 - by_runs} compared, {looked_at} looked at for runs, {by_runs} with any, "
          f"{len(sources & found)} of {len(sources)} sources")  # fmt: skip
    return len(sources & found), len(sources)


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description="What a library costs to grow and to ask.")
    parser.add_argument("--documents", type=int, default=3_000, metavar="N")
    parser.add_argument("--drafts", type=int, default=4, metavar="N")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--library", type=Path, metavar="FILE", help="one of the same reports that is there already")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports, drafts, sources = made(folder, given.documents, given.drafts)
        library = given.library or folder / "library.db"
        if not library.exists():
            added(folder, library, reports, given.documents, given.jobs)
        results = [
            checked(folder, library, draft, sources[draft.stem], state)
            for draft in sorted(drafts.iterdir())
            for state in ("cold", "warm")
        ]
    print(f"sources found: {sum(found for found, _ in results)} of {sum(every for _, every in results)}")


if __name__ == "__main__":
    main()
