"""Thousands of damaged files of every format end as data: no traceback, no hang, no memory beyond measure."""

from pathlib import Path

import pytest
from fault_process import TRACEBACK, command, finished
from mutations import GOOD, mutated

#: Of each format, in `make test` and in `make faults`.
FEW, MANY = 20, 1000

#: Files of one scan.
BATCH = 200

#: Seconds that a scan of one batch may take. A limit against hanging, no measure of speed: a batch takes some seconds,
#: the longest a parser may take over a single file is in `kejidiff/read/confined.py`.
PATIENCE = 300

#: What a scan or a parser may hold at once, in MB.
MEMORY = 1024


def scanned(kind: str, numbers: range, jobs: int, root: Path) -> None:
    """Scans one folder of mutants and asserts all that is promised of it."""
    folder, temporary = root / f"{kind}-{numbers.start}", root / "tmp"
    folder.mkdir()
    temporary.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number}.{kind}").write_bytes(mutated(kind, number))
    line = command("scan", str(folder), "--format", "json", "--no-reports", "--jobs", str(jobs))
    ended = finished(line, root, variables={"TMPDIR": str(temporary)}, limit=PATIENCE)
    assert TRACEBACK not in ended.err, ended.err[-2000:]
    assert ended.complaints == [], folder
    assert ended.code in (0, 3), (ended.code, ended.err[-300:])
    assert ended.out.count(b'"path"') >= len(numbers)
    assert ended.left == 0
    assert ended.megabytes <= MEMORY
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("kind", GOOD)
def test_a_few_mutations_of_each_format(kind: str, tmp_path: Path) -> None:
    """Seeded mutations end as read, skipped or error; no traceback, no process, no temporary file stays behind."""
    scanned(kind, range(FEW), 1 + len(kind) % 2, tmp_path)


@pytest.mark.faults
@pytest.mark.parametrize("kind", GOOD)
def test_ten_thousand_mutations(kind: str, tmp_path: Path) -> None:
    """The same of a thousand of each format, 10,000 in all."""
    for start in range(FEW, FEW + MANY, BATCH):
        scanned(kind, range(start, start + BATCH), 1 + (start // BATCH) % 2, tmp_path)
