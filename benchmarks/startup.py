"""Commands -> how long each takes against a bare Python, measured side by side.

The machine's mood moves every figure, so all commands are started in turn, N rounds of them, and what is compared is
medians of one session: their ratios hold from machine to machine where milliseconds do not.

Every command is started as `INTERPRETER -m kejidiff …` with the interpreter this script runs under. The console script
`kejidiff` does the same after importing `re` (click needs it anyway): `--script` starts that instead. The scan writes
its report files, as a user's would, into a temporary folder; both write their results to a file, with no terminal.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent

#: Times a bare Python that a command may take. Help is what one waits for most often and should feel like nothing; a
#: look at one pair and a scan of the five samples should take about half a second where Python starts in 13 ms.
BARS = {"kejidiff --help": 6.0, "kejidiff show 001#1 002#2 --in seeds": 35.0, "kejidiff scan seeds/": 45.0}
BARE = "python -c pass"


def commands(script: bool) -> dict[str, list[str]]:
    """What is printed for each command -> what is started."""
    start = [str(Path(sys.executable).with_name("kejidiff"))] if script else [sys.executable, "-m", "kejidiff"]
    return {BARE: [sys.executable, "-c", "pass"], **{line: [*start, *line.split()[1:]] for line in BARS}}


def measure(lines: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every run by command; a first round that fills the caches is not counted."""
    times: dict[str, list[float]] = {line: [] for line in lines}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seeds").symlink_to(PROJECT / "seeds")
        environment = {**os.environ, "XDG_STATE_HOME": folder, "PYTHONPATH": str(PROJECT)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or changed modules are compiled anew in every round
        with (Path(folder) / "out").open("wb") as out:
            for number in range(rounds + 1):
                for line, command in lines.items():
                    begun = time.perf_counter()
                    done = subprocess.run(command, cwd=folder, env=environment, stdout=out, stderr=subprocess.PIPE)
                    if number:
                        times[line].append((time.perf_counter() - begun) * 1000)
                    if done.returncode:
                        sys.exit(f"{line}: exit {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
    return times


def main() -> int:
    """Print the table; 1 where a command is over its bar."""
    parser = argparse.ArgumentParser(description="Start-up against a bare Python, in turn.")
    parser.add_argument("rounds", nargs="?", type=int, default=15)
    parser.add_argument("--script", action="store_true", help="start the console script, not `python -m kejidiff`")
    given = parser.parse_args()
    times = measure(commands(given.script), given.rounds)
    bare = statistics.median(times[BARE])
    start = "the console script" if given.script else "python -m kejidiff"
    print(f"{given.rounds} rounds in turn, Python {sys.version.split()[0]}, started as {start}")
    print(f"{'':38} {'median ms':>10} {'fastest':>8} {'ratio':>7} {'bar':>5}")
    over = 0
    for line, found in times.items():
        ratio, bar = statistics.median(found) / bare, BARS.get(line)
        late = bar is not None and ratio > bar
        over |= late
        mark = f"{bar:4.0f}x{'  over' if late else ''}" if bar else ""
        print(f"{line:38} {statistics.median(found):10.1f} {min(found):8.1f} {ratio:6.1f}x {mark}")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
