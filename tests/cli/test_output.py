"""Files are replaced whole or not at all, and every way of failing is told as one error."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.cli.output import replace_files, write_file, write_folder
from kejidiff.cli.rendering import whole_utf8
from kejidiff.errors import OutputError


def test_a_file_is_replaced_and_belongs_to_its_owner(tmp_path: Path) -> None:
    """The new content is there in full, nobody else may read it, and nothing lies beside it."""
    target = tmp_path / "out.json"
    target.write_bytes(b"old and longer than the new")
    write_file(str(target), b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What a link points to is replaced, not the link; one that leads nowhere yet is led somewhere."""
    link, target = tmp_path / "link", tmp_path / "target"
    link.symlink_to(target)
    for data in (b"first", b"second"):
        write_file(str(link), data)
        assert link.is_symlink() and target.read_bytes() == data


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """`-o /dev/null` must not make a file of the device."""
    before = Path(os.devnull).stat().st_mode
    write_file(os.devnull, b"gone")
    assert Path(os.devnull).stat().st_mode == before and stat.S_ISCHR(before)


@pytest.mark.parametrize("target", ["missing/out", "a-folder", "a-file/out"])
def test_what_cannot_be_written_is_one_error(tmp_path: Path, target: str) -> None:
    """A missing folder, a folder in the file's place, a file in the folder's place: OutputError, which means 5."""
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "a-file").write_bytes(b"kept")
    with pytest.raises(OutputError) as raised:
        write_file(str(tmp_path / target), b"new")
    assert raised.value.exit_code == 5
    assert raised.value.subject == str(tmp_path / target)
    assert (tmp_path / "a-file").read_bytes() == b"kept"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a-file", "a-folder"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_device_is_one_error() -> None:
    """A write that fails half-way is told, not passed over."""
    with pytest.raises(OutputError, match="no space"):
        write_file("/dev/full", b"new")


def test_several_files_are_replaced_together(tmp_path: Path) -> None:
    """Where the last of several cannot be written, the first still holds what it held."""
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(OutputError):
        replace_files({str(tmp_path / "a"): b"new", str(tmp_path / "missing" / "b"): b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped between writing and renaming, a run removes its temporary files and keeps the old ones."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(str(tmp_path / "reports"), {"a": b"new"})
    with pytest.raises(KeyboardInterrupt):
        write_file(str(tmp_path / "a"), b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_is_made_where_its_parent_is(tmp_path: Path) -> None:
    """One missing part is made; two are a mistake in the name."""
    write_folder(str(tmp_path / "reports"), {"a": b"1", "b": b"2"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "reports").iterdir()} == {"a": b"1", "b": b"2"}
    with pytest.raises(OutputError):
        write_folder(str(tmp_path / "no" / "reports"), {"a": b"1"})


def test_leftovers_of_a_killed_run_are_in_nobodys_way(tmp_path: Path) -> None:
    """A temporary file of the same name, left by a run that was killed, neither stops the next nor is touched by it."""
    left = tmp_path / f".kejidiff-{os.getpid()}-0.tmp"
    left.write_bytes(b"left")
    write_file(str(tmp_path / "a"), b"new")
    assert left.read_bytes() == b"left" and (tmp_path / "a").read_bytes() == b"new"


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=30))
def test_any_text_becomes_utf8(text: str) -> None:
    """Every str can be written; all but lone surrogates comes back, and those come as U+FFFD, one for one."""
    back = whole_utf8(text).decode()
    assert len(back) == len(text)
    assert all(a == b or (b == "\ufffd" and "\ud800" <= a <= "\udfff") for a, b in zip(text, back, strict=True))
