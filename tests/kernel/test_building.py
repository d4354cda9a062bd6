"""The compiled library: built from the sources beside it, taken only where it fits, and never needed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kejidiff.kernel import is_compiled, loading, without
from kejidiff.kernel.build import FOLDER, build

_compiler = shutil.which(os.environ.get("CC", "cc"))


def test_the_sources_and_their_reader_agree_on_the_interface() -> None:
    """The number in kernel.h is the one that the loader asks for."""
    told = re.search(r"#define KERNEL_INTERFACE (\d+)", (FOLDER / "kernel.h").read_text())
    assert told and int(told[1]) == loading.INTERFACE


@pytest.mark.skipif(_compiler is None, reason="no C compiler")
def test_the_sources_compile_without_a_warning(tmp_path: Path) -> None:
    """Whatever the compiler finds odd is an error here."""
    assert build(tmp_path / "kernel.so", ("-Werror",)) is None


@pytest.mark.skipif(_compiler is None, reason="no C compiler")
def test_where_there_is_a_compiler_there_are_kernels() -> None:
    """An installation on a machine with a compiler is a fast one."""
    assert is_compiled()


def test_a_compiler_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No compiler, or one that ends with an error: the reason is told, and no half library lies there."""
    monkeypatch.setenv("CC", "/nowhere/cc")
    assert "/nowhere/cc" in (build(tmp_path / "kernel.so") or "")
    monkeypatch.setenv("CC", f"{sys.executable} -c 'raise SystemExit(3)'")
    assert "3" in (build(tmp_path / "kernel.so") or "")
    assert list(tmp_path.iterdir()) == []


def test_another_interface_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A library that is missing, broken, or was built from other sources counts for none."""
    broken = tmp_path / "kernel.so"
    broken.write_bytes(b"no library")
    for name, value in (("LIBRARY", broken), ("LIBRARY", tmp_path / "none"), ("INTERFACE", -1)):
        with monkeypatch.context() as changed:
            changed.setattr(loading, name, value)
            assert loading._loaded.__wrapped__() is None


def test_kernels_can_be_put_aside() -> None:
    """Within `without` there are none, after it there are as many as before."""
    before = is_compiled()
    with without():
        assert not is_compiled()
        assert loading.function("kernel_interface", "") is None
    assert is_compiled() == before


def test_an_array_of_another_kind_is_refused() -> None:
    """A C function would read it as what it is not."""
    assert loading.address(np.zeros(3, np.uint16), "<u2")
    with pytest.raises(TypeError):
        loading.address(np.zeros(3, np.uint32), "<u2")
    with pytest.raises(TypeError):
        loading.address(np.zeros((3, 3), np.uint16)[:, 0], "<u2")


def test_building_can_be_called_by_hand() -> None:
    """`python kejidiff/kernel/build.py` is what docs/ARCHITECTURE.md says it is."""
    done = subprocess.run([sys.executable, str(FOLDER / "build.py")], capture_output=True, text=True, check=False,
                          env={**os.environ, "CC": "/nowhere/cc"})  # fmt: skip
    assert done.returncode == 1
    assert "/nowhere/cc" in done.stderr
