"""A scan on Spark finds what a scan on one machine finds, to the last byte of its record."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from kejidiff.engine.spark import spark
from kejidiff.errors import ClusterError, EngineError, UsageError
from kejidiff.library.unit_candidates import evidence_of
from kejidiff.library.unit_join import UnitBits, join_part, shared_anchors
from kejidiff.model.bulk import BulkResult, Renderer
from kejidiff.options import BulkOptions, JsonLines, ScanOptions
from kejidiff.pipeline.bulk.planning import plan_of
from kejidiff.pipeline.bulk.scan import Work, bulk_scan, scan_on_cluster
from kejidiff.pipeline.cluster.joining import joined, parted
from kejidiff.pipeline.cluster.numbers import UNIT_BITS
from kejidiff.pipeline.cluster.stages import find_on_spark
from kejidiff.read import discover
from kejidiff.view.records_bulk import FORMS, record_of

PROJECT = Path(__file__).parents[2]
sys.path.append(str(PROJECT / "benchmarks"))

OPTIONS = ScanOptions(depth="paragraphs")
RENDER = Renderer(FORMS)

with_java = pytest.mark.skipif(shutil.which("java") is None, reason="needs Java (openjdk-17-jre-headless)")

#: Java that starts as fast as it can: these scans are over before it has learnt anything.
QUICK = {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


def here(paths: Sequence[Path], options: ScanOptions = OPTIONS) -> bytes:
    """The record of a scan on this machine."""
    plan = plan_of(discover([str(path) for path in paths]), options.json_lines.every)
    with bulk_scan(plan, options, RENDER, Work()) as result:
        return record(result)


def on_spark(paths: Sequence[Path], options: ScanOptions = OPTIONS, master: str = "local[2]") -> bytes:
    """The record of a scan on Spark."""
    names = tuple(str(path) for path in paths)
    with scan_on_cluster(master, names, options, RENDER, Work()) as result:
        return record(result)


def record(result: BulkResult) -> bytes:
    return b"".join(record_of(result))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in QUICK.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def reports() -> list[dict[str, str]]:
    """1,000 made reports with recycled paragraphs of all kinds."""
    from corpus.writing import documents

    return [{"id": one.id, "text": one.text} for one in islice(documents(11), 1_000)]


def lines(rows: Sequence[object]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


@with_java
@pytest.mark.filterwarnings("ignore")  # Spark's own, about versions of what it stands on
def test_a_thousand_reports_have_one_record(reports: list[dict[str, str]], tmp_path: Path) -> None:
    """Plain and packed lines, some of them damaged, blank, empty, without an id or with one that is taken; a
    compilation, damaged text, a byte order mark: documents, names, what was not read, comparisons are the same."""
    seeds = [{"id": path.name, "text": path.read_text("utf-8")} for path in sorted((PROJECT / "seeds").glob("00*.txt"))]
    odd = b'{"id":\n\n[1]\n{"id": 7, "text": ""}\n   \n{"id": "lone", "text": "\\ud800"}\n'
    again = [reports[3], {"text": reports[700]["text"], "year": 2020}]
    (tmp_path / "a b.jsonl").write_bytes(b"\xef\xbb\xbf" + lines(reports[:400]) + odd + lines([*again, *seeds]))
    import gzip

    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines(reports[400:600]), 1))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.ndjson").write_bytes(lines(reports[600:]).replace(b"\n", b"\r\n"))
    (tmp_path / "empty.jsonl").write_bytes(b"")
    expected = here([tmp_path])
    assert len(json.loads(expected)["comparisons"]) > 1_000
    assert on_spark([tmp_path]) == expected


@with_java
@pytest.mark.filterwarnings("ignore")
def test_tables_have_one_record(reports: list[dict[str, str]], tmp_path: Path) -> None:
    """Parquet in two row groups, with other columns, a text that is null and ids that are numbers."""
    import pyarrow as arrow
    from pyarrow import parquet

    texts = [None, *(row["text"] for row in reports[:59])]
    columns = {"body": texts, "number": list(range(60)), "year": [f"{2000 + at}" for at in range(60)]}
    parquet.write_table(arrow.table(columns), tmp_path / "t.parquet", row_group_size=30)
    options = ScanOptions(depth="paragraphs", json_lines=JsonLines(text="body", id="number"))
    assert on_spark([tmp_path / "t.parquet"], options) == here([tmp_path / "t.parquet"], options)


@with_java
@pytest.mark.filterwarnings("ignore")
def test_what_cannot_be_read_is_told_in_our_words(tmp_path: Path) -> None:
    """A path that does not exist, a file of another kind, a master that is none: messages of the family."""
    (tmp_path / "a.txt").write_text("文", encoding="utf-8")
    with pytest.raises(UsageError) as missing, spark("local[1]") as engine:
        for name in ("a.txt", "none.jsonl"):
            context = (
                pytest.raises(UsageError, match="reads JSON lines and Parquet") if name == "a.txt" else nullcontext()
            )
            with context:
                find_on_spark(engine, [str(tmp_path / name)], OPTIONS, False, tmp_path, lambda *_: None)
    assert (missing.value.slug, missing.value.exit_code) == ("no-such-path", 2)
    with pytest.raises(ClusterError):
        on_spark([tmp_path / "a.txt"], master="nowhere")


def test_without_java_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lacks Java is told what to install."""
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EngineError) as error:
        on_spark([tmp_path / "a.jsonl"])
    assert "openjdk-17-jre-headless" in error.value.line()
    assert (error.value.slug, error.value.exit_code) == ("no-java", 2)


def test_without_pyspark_the_extra_is_named(tmp_path: Path) -> None:
    """Whoever lacks the extra is told how to get it, in one line, and nothing is written."""
    program = (
        "import importlib.util as util, sys\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'pyspark' else find(name, *more)\n"
        "from kejidiff.cli import main\n"
        "sys.exit(main(['scan', 'a.jsonl', '--engine', 'spark']))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, env=variables(), check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "kejidiff: --engine spark: no-spark: Spark needs pyspark (pip install 'kejidiff[spark]')"
    ]
    assert list(tmp_path.iterdir()) == []


@with_java
@pytest.mark.parametrize("moment", [1.0, 6.0])
def test_an_interrupt_ends_it_and_leaves_nothing(moment: float, reports: list[dict[str, str]], tmp_path: Path) -> None:
    """While Java starts and while it works: exit code 130, no process, no file, no word."""
    (tmp_path / "a.jsonl").write_bytes(lines(reports[:300]))
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    mark = f"{os.getpid()}-{moment}"
    running = subprocess.Popen(
        [sys.executable, "-m", "kejidiff", "scan", "a.jsonl", "--engine", "spark", "--no-reports"],
        cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env=variables(TMPDIR=str(scratch), KEJIDIFF_SPARK_TEST=mark),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    time.sleep(moment)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (130, b"")
    assert list(scratch.iterdir()) == []
    for _ in range(50):  # Python workers end when they see that Java is gone
        if not (left := list(processes(mark))):
            break
        time.sleep(0.1)
    assert left == []


def processes(mark: str) -> Iterator[str]:
    """Processes that bear the mark in their environment, which all that a run starts inherits."""
    for entry in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark.encode() in entry.read_bytes():
                yield (entry.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()


def variables(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT), **more}


@pytest.mark.parametrize("whole", [False, True])
def test_parts_of_a_cluster_join_as_one_machine_does(whole: bool) -> None:
    """However anchors come in batches, and however far apart units' numbers lie, the parts' pairs are those of all
    anchors together; whole hashes that differ in 32 bits or in none join as their halves do."""
    chance = np.random.default_rng(5)
    units = [(document << UNIT_BITS) + own for document in (3, 4, 900_000_000_000) for own in (0, 1, 7)]
    hashes = [chance.choice(np.arange(0, 1 << 32, 1 << 27, dtype=np.uint64), 12) << np.uint64(32) for _ in units]
    places = [np.arange(12, dtype=np.uint8) for _ in units]
    columns = {
        "unit": np.array(units), "hashes": [own.tobytes() for own in hashes],
        "places": [own.tobytes() for own in places],
    }  # fmt: skip
    halves = [{name: own[half] for name, own in columns.items()} for half in (slice(0, 4), slice(4, None))]
    rows = list(parted(iter(halves), 3, whole))
    found: dict[tuple[int, int], set[tuple[int, int]]] = {}
    evidence: dict[tuple[int, int], float] = defaultdict(float)
    for part in range(8):
        own = {
            name: [each[name][at] for each in rows for at in np.flatnonzero(each["part"] == part)]
            for name in ("units", "hashes", "places")
        }
        pairs = joined(own, BulkOptions(holders=3), 1_000, 3, whole)
        told = zip(*(pairs[name] for name in ("left", "right", "places", "weight")), strict=True)
        for left, right, shared, weight in told:
            evidence[left, right] += weight
            both = np.frombuffer(shared, np.uint16).reshape(-1, 2).tolist()
            found.setdefault((left, right), set()).update(map(tuple, both))
    bits = UnitBits.of(len(units))
    anchors = np.concatenate(
        [own | np.uint64(at << 8) | at_.astype(np.uint64)
         for at, (own, at_) in enumerate(zip(hashes, places, strict=True))]
    )  # fmt: skip
    documents = np.unique(np.array(units) >> UNIT_BITS, return_inverse=True)[1].astype(np.uint32)
    whole = shared_anchors(join_part(anchors, documents, bits, 3, 1_000), bits)
    expected = {
        (units[left], units[right]): set(places)
        for left, right, places in zip(whole.left.tolist(), whole.right.tolist(), whole.places(), strict=True)
    }
    assert found == expected
    weights = evidence_of(whole, BulkOptions()).tolist()
    assert evidence == dict(zip(expected, weights, strict=True))
    assert whole.tied.any()
    assert len(found) > 10
