"""Sizes and rows asked for -> a table of times, ratios, memory, recall and precision, with versions and machine.

    python benchmarks/speed/measure.py [--documents N ...] [--rows peers growth boilerplate equal]
                                       [--only TOOL ...] [--defaults] [--kinds] [--timeout SECONDS]

`peers`: every tool on the same corpus, one after the other. `growth`: kejidiff at each size; the factor is to the size
before. `boilerplate`, `equal`: growth on corpora of which 1 % of the documents share one page, or all paragraphs are
equal. Corpora and logs are kept in .bench/. Times of different runs do not compare, ratios of one run
do; on a machine that others use, so do seconds of processors (CPU).
"""

import argparse
import os
import platform
import re
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from corpus.score import Score, read_lines, score

from speed.commands import Tool, installed
from speed.corpora import CACHE, FORMS, corpus
from speed.processes import Run, run

ROWS = ("peers", "growth", *(form for form in FORMS if form != "plain"))
#: So many times the documents may take so many times the time and no more, or growth is not linear.
GROWTH_BAR = 1.15


def measured(tool: Tool, folder: Path, timeout: float) -> tuple[Run, Score | None]:
    """One whole run, and what its pairs are worth where the truth knows any."""
    output = CACHE / f"{tool.name}-{tool.setting}.jsonl"
    output.unlink(missing_ok=True)
    log = output.with_suffix(".log")
    done = run(tool.command(folder / "corpus.jsonl", output), log, timeout, tool.environment())
    truth = folder / "truth.jsonl"
    if done.failure or not truth.stat().st_size:
        return done, None
    return done, score(read_lines(truth), tool.pairs(output))


def print_peers(documents: int, given: argparse.Namespace) -> None:
    """Every tool at one size."""
    print(f"\n{documents:,} documents")
    print("| tool | setting | version | seconds | CPU | kejidiff is faster | peak RSS | recall | precision |")
    print("|---|---|---|---|---|---|---|---|---|")
    folder = corpus(documents)
    own = 0.0
    for tool in installed(given.defaults, set(given.only)):
        done, scored = measured(tool, folder, given.timeout)
        own = own if tool.peer or done.failure else done.seconds
        ratio = f"{done.seconds / own:.1f}×" if own and tool.peer and not done.failure else "–"
        start = f"| {tool.name} | {tool.setting} | {tool.version()} | {seconds(done)} | {ratio} | {memory(done)} | "
        print(start + worth(scored) + " |" + (f" {done.failure}" if done.failure else ""), flush=True)
        if given.kinds and scored:
            print("  " + ", ".join(f"{kind} {found:.3f}" for kind, found in scored.record()["kinds"].items()))


def print_growth(sizes: Iterable[int], form: str, given: argparse.Namespace) -> None:
    """kejidiff at each size."""
    print(f"\nkejidiff, growth, {form}")
    print("| documents | text | seconds | CPU | documents/s | growth | peak RSS | recall | precision |")
    print("|---|---|---|---|---|---|---|---|---|")
    before: tuple[int, float] | None = None
    for documents in sorted(sizes):
        folder = corpus(documents, form)
        done, scored = measured(Tool("kejidiff"), folder, given.timeout)
        factor = "–"
        if before and not done.failure:
            times, more = done.seconds / before[1], documents / before[0]
            factor = f"{times:.1f}× for {more:g}×{'  over' if times > more * GROWTH_BAR else ''}"
        speed = "–" if done.failure else f"{documents / done.seconds:,.0f}"
        text = f"{(folder / 'corpus.jsonl').stat().st_size / 1e9:.2f} GB"
        cells = (f"{documents:,}", text, seconds(done), speed, factor, memory(done), worth(scored))
        print(f"| {' | '.join(cells)} |" + (f" {done.failure}" if done.failure else ""), flush=True)
        before = None if done.failure else (documents, done.seconds)


def seconds(done: Run) -> str:
    """Of the clock and of processors, two cells."""
    return "failed | –" if done.failure else f"{done.seconds:.1f} | {done.cpu:.1f}"


def memory(done: Run) -> str:
    """For a cell."""
    return f"{done.peak / 1e9:.2f} GB" if done.peak else "–"


def worth(scored: Score | None) -> str:
    """Recall and precision, two cells."""
    return f"{scored.recall:.3f} | {scored.precision:.3f}" if scored else "– | –"


def machine() -> str:
    """Cores, processor and Python."""
    cpuinfo = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*:\s*(.*)", cpuinfo.read_text()) if cpuinfo.exists() else None
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores of {model[1] if model else platform.processor()}, Python {platform.python_version()}"


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description="Speed of kejidiff and its peers on made corpora.")
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000], metavar="N")
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=["peers"])
    parser.add_argument("--only", nargs="+", default=[], metavar="TOOL")
    parser.add_argument("--defaults", action="store_true", help="peers as their documentation begins, too")
    parser.add_argument("--kinds", action="store_true", help="recall by kind under each row")
    parser.add_argument("--timeout", type=float, default=3_600, metavar="SECONDS", help="for one run")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))  # so that what runs is ended, too
    CACHE.mkdir(exist_ok=True)
    print(machine())
    for row in given.rows:
        if row == "peers":
            for documents in given.documents:
                print_peers(documents, given)
        else:
            print_growth(given.documents, "plain" if row == "growth" else row, given)


if __name__ == "__main__":
    main()
