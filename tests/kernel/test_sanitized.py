"""The kernels touch no byte that is not theirs and do nothing C leaves undefined: their tests, under sanitizers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kejidiff.kernel.build import build

#: Runs the tests beside this one with another library than the package's own.
_RUN = """
import sys
from pathlib import Path
from kejidiff.kernel import loading
loading.LIBRARY = Path(sys.argv[1])
assert loading.is_compiled()
import pytest
sys.exit(pytest.main(["-q", "-x", "-p", "no:cacheprovider", *sys.argv[2:]]))
"""


def _runtime(name: str) -> str | None:
    """The compiler's own library of this name; None where it has none."""
    compiler = shutil.which("gcc")
    if compiler is None:
        return None
    told = subprocess.run([compiler, f"-print-file-name={name}"], capture_output=True, text=True, check=True).stdout
    return told.strip() if Path(told.strip()).is_absolute() else None


def test_kernels_pass_their_tests_under_sanitizers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of bounds, after free, overflow of signed integers, wrong shifts, misaligned reads: each ends the run."""
    runtime = _runtime("libasan.so")
    if runtime is None:
        pytest.skip("no gcc with its sanitizers")
    monkeypatch.setenv("CC", "gcc")
    library = tmp_path / "kernel.so"
    flags = ("-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
    assert build(library, flags) is None
    here = Path(__file__).parent
    tests = [
        str(path)
        for path in sorted(here.glob("test_*.py"))
        if path.name not in (Path(__file__).name, "test_building.py")
    ]
    # What Python leaves to the end of its process is no leak of ours.
    surroundings = {**os.environ, "LD_PRELOAD": runtime, "ASAN_OPTIONS": "detect_leaks=0"}
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(library), *tests], capture_output=True, text=True, check=False,
        env=surroundings, cwd=here.parent.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
