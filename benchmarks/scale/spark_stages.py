"""An archive -> what each stage of a scan on Spark reads, moves between workers and takes, in all and by document.

    python benchmarks/scale/spark_stages.py ARCHIVE [--master local[2]] [--broadcast]

Figures are those of Spark's own log of events. Tables are joined by moving both, as large ones are, unless --broadcast
lets Spark send small ones to everyone.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from speed.processes import run

COLUMNS = ("tasks", "task s", "read", "moved", "rows")


def main() -> None:
    """Print the table of one scan."""
    parser = argparse.ArgumentParser(description="What a scan on Spark costs, by stage.")
    parser.add_argument("archive", type=Path)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--broadcast", action="store_true", help="small tables go to every worker")
    given = parser.parse_args()
    documents = sum(1 for line in given.archive.open("rb") if line.strip())
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        settings = {"spark.eventLog.enabled": "true", "spark.eventLog.dir": place.as_uri()}
        settings |= {"spark.eventLog.compress": "false", "spark.eventLog.rolling.enabled": "false"}
        if not given.broadcast:
            settings |= {f"spark.sql.{name}autoBroadcastJoinThreshold": "-1" for name in ("", "adaptive.")}
        (place / "spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
        command = [sys.executable, "-m", "kejidiff", "scan", str(given.archive), "--engine", "spark"]
        command += ["--master", given.master, "--no-reports", "--format", "jsonl", "-o", str(place / "found.jsonl")]
        ended = run(command, place / "said", 7200, {**os.environ, "SPARK_CONF_DIR": str(place)})
        if ended.failure:
            sys.exit(ended.failure)
        (log,) = [path for path in place.iterdir() if path.name.startswith(("local-", "app-", "application"))]
        print(f"{documents:,} documents, {given.archive.stat().st_size / 1e6:.0f} MB")
        print(f"{ended.seconds:.1f} s, {ended.cpu:.1f} s of processors, {ended.peak / 1e6:,.0f} MB at most")
        tell(log, documents)


def tell(log: Path, documents: int) -> None:
    """Stages that moved or read something, in their order."""
    print(f"{'':44}{'tasks':>6}{'task s':>8}{'read MB':>9}{'moved MB':>10}{'rows':>11}{'moved bytes/document':>22}")
    total = 0
    for name, counts in stages(log):
        total += counts["moved"]
        moved = counts["moved"] / 1e6
        print(
            f"{name[:43]:44}{counts['tasks']:>6}{counts['ms'] / 1e3:>8.1f}{counts['read'] / 1e6:>9.1f}{moved:>10.2f}"
            f"{counts['rows']:>11,}{counts['moved'] / documents:>22,.0f}"
        )
    print(f"{'all':44}{total / 1e6:>33.2f}{total / documents:>33,.0f}")


def stages(log: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """Each stage's job and operators, and what its tasks came to."""
    jobs: dict[int, str] = {}
    names: dict[int, str] = {}
    counts: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("tasks", "ms", "read", "moved", "rows"), 0))
    for line in log.open(encoding="utf-8"):
        event = json.loads(line)
        if event["Event"] == "SparkListenerJobStart":
            job = event["Properties"].get("spark.job.description", "")
            jobs |= dict.fromkeys(event["Stage IDs"], job)
        elif event["Event"] == "SparkListenerStageCompleted":
            names[event["Stage Info"]["Stage ID"]] = operators(event["Stage Info"])
        elif event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
            add(counts[event["Stage ID"]], event["Task Metrics"])
    for stage, name in sorted(names.items()):
        if counts[stage]["moved"] or counts[stage]["ms"] >= 1000:
            yield f"{jobs.get(stage, '')}: {name}", counts[stage]


def operators(stage: dict[str, Any]) -> str:
    """What is done in a stage, without what only passes on."""
    scopes = [json.loads(one["Scope"])["name"] for one in stage["RDD Info"] if one.get("Scope")]
    told = dict.fromkeys(one.strip() for one in scopes if not one.startswith(("WholeStage", "map", "Adaptive", "AQE")))
    return ", ".join(told)


def add(counts: dict[str, int], task: dict[str, Any]) -> None:
    """A task's figures to those of its stage."""
    written = task["Shuffle Write Metrics"]
    counts["tasks"] += 1
    counts["ms"] += task["Executor Run Time"]
    counts["read"] += task["Input Metrics"]["Bytes Read"]
    counts["moved"] += written["Shuffle Bytes Written"]
    counts["rows"] += written["Shuffle Records Written"]


if __name__ == "__main__":
    main()
