"""Every file that paths lead to is found once, under a name of its own, or passed over with a reason."""

import contextlib
import os
import random
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kejidiff.errors import UsageError
from kejidiff.read import Discovery, FoundFile, discover

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs links, pipes and permissions of a POSIX system")


def plant(root: Path, *names: str) -> Path:
    """Files of these names below a folder, each with its own name in it."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.fsencode(name))
    return root


def found(discovery: Discovery) -> list[str]:
    return [file.path for file in discovery.found]


def reasons(discovery: Discovery) -> dict[str, str]:
    assert len({skip.path for skip in discovery.skipped}) == len(discovery.skipped)
    return {skip.path: skip.reason for skip in discovery.skipped}


@contextlib.contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may read everything, so that it has to be somebody else for a while."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in sorted(folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_is_walked_in_full_and_sorted(tmp_path: Path) -> None:
    """Display paths are relative to the folder, with `/`, ordered by code point; locations can be opened."""
    plant(tmp_path, "b.txt", "a.txt", "sub/a.txt", "sub/deep/c.md", "B.txt")
    discovery = discover([str(tmp_path)])
    assert found(discovery) == ["B.txt", "a.txt", "b.txt", "sub/a.txt", "sub/deep/c.md"]
    assert [Path(file.location).read_text(encoding="utf-8") for file in discovery.found] == found(discovery)
    assert discovery.skipped == ()


def test_a_file_given_by_name_goes_by_its_base_name(tmp_path: Path) -> None:
    """With as much before it as keeps names apart, and no more."""
    plant(tmp_path, "2023/report.txt", "2024/report.txt", "other.txt")
    given = [str(tmp_path / name) for name in ("2023/report.txt", "2024/report.txt", "other.txt")]
    assert found(discover(given[:1])) == ["report.txt"]
    assert found(discover(given)) == ["2023/report.txt", "2024/report.txt", "other.txt"]


def test_two_folders_with_the_same_names(tmp_path: Path) -> None:
    """Only what is alike is told apart by its folder."""
    plant(tmp_path, "x/report.txt", "y/report.txt", "y/single.txt")
    assert found(discover([str(tmp_path / "x"), str(tmp_path / "y")])) == ["single.txt", "x/report.txt", "y/report.txt"]


def test_order_and_repetition_of_paths_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file reached by several paths appears once, under the longest of its names, however they are ordered."""
    plant(tmp_path, "in/a.txt", "in/sub/b.txt", "out/a.txt")
    monkeypatch.chdir(tmp_path)
    paths = ["in", "./in/", "in/sub", "in/a.txt", str(tmp_path / "in" / "a.txt"), "out/a.txt", "in/sub/../sub/b.txt"]
    expected = discover(paths)
    assert found(expected) == ["in/a.txt", "out/a.txt", "sub/b.txt"]
    assert expected.skipped == ()
    for seed in range(5):
        shuffled = random.Random(seed).sample(paths, len(paths))
        assert discover(shuffled) == expected


def test_an_empty_folder_is_no_error(tmp_path: Path) -> None:
    """Whether nothing is enough is for others to decide."""
    assert discover([str(tmp_path)]) == discover([]) == Discovery((), ())


@pytest.mark.parametrize("path", ["missing.txt", "", "missing/../other", "a\0b", "present.txt/below"])
def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Better than a scan of less than was meant: exit code 2, and the path is named."""
    plant(tmp_path, "present.txt")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        discover(["present.txt", path])
    assert (caught.value.slug, caught.value.subject, caught.value.exit_code) == ("no-such-path", path, 2)


def test_stdin_is_a_file_named_by_a_dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is really called `-` shows its folder too."""
    folder = plant(tmp_path / "in", "-")
    assert discover(["-"]).found == (FoundFile("-", "-"),)
    monkeypatch.chdir(folder)
    assert found(discover(["-", "./-", "-"])) == ["-", "in/-"]


def test_hidden_things_and_litter_are_passed_over(tmp_path: Path) -> None:
    """Each is listed once, a folder as one entry, and none of them makes a scan incomplete."""
    names = [".hidden.txt", ".DS_Store", "sub/Thumbs.db", "~$report.docx", ".git/config", ".git/objects/x", "kept.txt"]
    discovery = discover([str(plant(tmp_path, *names))])
    assert found(discovery) == ["kept.txt"]
    assert reasons(discovery) == dict.fromkeys(
        [".DS_Store", ".git", ".hidden.txt", "sub/Thumbs.db", "~$report.docx"], "ignored"
    )
    assert all(skip.harmless for skip in discovery.skipped)


def test_what_is_given_is_meant(tmp_path: Path) -> None:
    """A hidden file or folder is read when it is named, also beside the folder it would be passed over in."""
    plant(tmp_path, ".hidden.txt", ".drafts/a.txt", "b.txt")
    given = [str(tmp_path / ".hidden.txt"), str(tmp_path / ".drafts")]
    assert found(discover(given)) == [".hidden.txt", "a.txt"]
    both = discover([str(tmp_path), *given])
    assert found(both) == [".hidden.txt", "a.txt", "b.txt"]
    assert both.skipped == ()


def test_kejidiffignore(tmp_path: Path) -> None:
    """Patterns of the scanned folder's own file: names anywhere, paths from the top, folders only with `/`."""
    plant(tmp_path, "a.bak", "sub/b.bak", "drafts/x.txt", "sub/drafts", "old/y.txt", "sub/old/z.txt", "kept.txt")
    (tmp_path / ".kejidiffignore").write_text("# drafts\n\n*.bak\ndrafts/\n/old\n", encoding="utf-8")
    discovery = discover([str(tmp_path)])
    assert found(discovery) == ["kept.txt", "sub/drafts", "sub/old/z.txt"]
    assert reasons(discovery) == dict.fromkeys([".kejidiffignore", "a.bak", "drafts", "old", "sub/b.bak"], "ignored")
    assert "a.bak" in found(discover([str(tmp_path / "a.bak")]))


@posix_only
def test_links_are_listed_and_not_followed(tmp_path: Path) -> None:
    """Neither to files nor to folders nor in circles nor nowhere: a scan stays in its folder and ends."""
    outside = plant(tmp_path / "outside", "secret.txt")
    inside = plant(tmp_path / "inside", "a.txt")
    (inside / "file").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "circle").symlink_to(inside)
    (inside / "nowhere").symlink_to("missing")
    (inside / "self").symlink_to("self")
    discovery = discover([str(inside)])
    assert found(discovery) == ["a.txt"]
    assert reasons(discovery) == dict.fromkeys(["circle", "file", "folder", "nowhere", "self"], "symlink")


@posix_only
def test_a_given_link_is_followed(tmp_path: Path) -> None:
    """Who names a link means what it leads to; it keeps its own name, and one that leads nowhere says so."""
    plant(tmp_path / "there", "a.txt")
    for name, target in (("file", "there/a.txt"), ("folder", "there"), ("nowhere", "missing"), ("self", "self")):
        (tmp_path / name).symlink_to(target)
    file = discover([str(tmp_path / "file")]).found
    assert [one.path for one in file] == ["file"]
    assert not Path(file[0].location).is_symlink()
    assert found(discover([str(tmp_path / "folder")])) == ["a.txt"]
    assert reasons(discover([str(tmp_path / "nowhere"), str(tmp_path / "self")])) == {
        "nowhere": "symlink",
        "self": "symlink",
    }


@posix_only
def test_the_second_name_of_a_file_makes_no_pair(tmp_path: Path) -> None:
    """Hard links, and a given link to a file that is found as well: the first name by order stays, others name it."""
    plant(tmp_path, "b.txt", "other.txt")
    os.link(tmp_path / "b.txt", tmp_path / "a.txt")
    os.link(tmp_path / "b.txt", tmp_path / "c.txt")
    (tmp_path / "link").symlink_to("other.txt")
    discovery = discover([str(tmp_path), str(tmp_path / "link")])
    assert found(discovery) == ["a.txt", "link"]
    assert {skip.path: (skip.reason, skip.message) for skip in discovery.skipped} == {
        "b.txt": ("ignored", "another name of a.txt"),
        "c.txt": ("ignored", "another name of a.txt"),
        "other.txt": ("ignored", "another name of link"),
    }


@posix_only
def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    """A pipe without a writer would keep the scan waiting for ever, met in a folder or given by name."""
    plant(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / ".kejidiffignore")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "socket"))
        discovery = discover([str(tmp_path), str(tmp_path / "pipe"), "/dev/null"])
    assert found(discovery) == ["a.txt"]
    assert reasons(discovery) == {
        ".kejidiffignore": "ignored",
        "null": "special-file",
        "pipe": "special-file",
        "socket": "special-file",
    }


@posix_only
def test_a_folder_that_cannot_be_entered_is_one_entry(open_folder: Path) -> None:
    """An error, not a silent gap; the same when the folder was given."""
    plant(open_folder, "a.txt", "closed/b.txt")
    (open_folder / "closed").chmod(0)
    with as_ordinary_user():
        below, given = discover([str(open_folder)]), discover([str(open_folder / "closed")])
        inside = discover([str(open_folder / "closed" / "b.txt")])
    assert found(below) == ["a.txt"]
    assert reasons(below) == reasons(given) == {"closed": "permission"}
    assert [skip.state for skip in below.skipped] == ["error"]
    assert reasons(inside) == {"b.txt": "permission"}


@posix_only
def test_an_ignore_file_that_cannot_be_read_is_told(open_folder: Path) -> None:
    """Files may then be read that were to be passed over: the scan goes on, and is not complete."""
    plant(open_folder, "a.txt", ".kejidiffignore")
    (open_folder / ".kejidiffignore").chmod(0)
    with as_ordinary_user():
        discovery = discover([str(open_folder)])
    assert found(discovery) == ["a.txt"]
    assert reasons(discovery) == {".kejidiffignore": "permission"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names must be Unicode")
def test_names_in_another_encoding(tmp_path: Path) -> None:
    """A name's bytes that are no UTF-8 come as surrogates, can be sorted, and lead back to the file."""
    name = os.fsdecode("报告.txt".encode("gbk"))
    plant(tmp_path, "a.txt", name, f"{name}x/b.txt")
    discovery = discover([str(tmp_path)])
    assert found(discovery) == ["a.txt", name, f"{name}x/b.txt"]
    assert all(Path(file.location).exists() for file in discovery.found)
    assert found(discover([str(tmp_path / name)])) == [name]


@pytest.mark.skipif(sys.platform != "linux", reason="needs relative calls to build what no path can name")
def test_a_tree_deeper_than_any_path(tmp_path: Path) -> None:
    """Deeper than Python calls: what can be opened is found; longer than paths may be: there stands one error."""
    names, marked = ["d"] * 1100 + ["n" * 250] * 9, 1050
    handle = os.open(tmp_path, os.O_RDONLY)
    for level, name in enumerate(names):
        os.mkdir(name, dir_fd=handle)
        if level == marked:
            os.close(os.open("deep.txt", os.O_CREAT | os.O_WRONLY, dir_fd=handle))
        below = os.open(name, os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = below
    try:
        discovery = discover([str(tmp_path)])
    finally:
        for level, name in reversed(list(enumerate(names))):
            above = os.open("..", os.O_RDONLY, dir_fd=handle)
            os.close(handle)
            handle = above
            os.rmdir(name, dir_fd=handle)
            if level == marked:
                os.unlink("deep.txt", dir_fd=handle)
        os.close(handle)
    assert found(discovery) == ["d/" * marked + "deep.txt"]
    assert list(reasons(discovery).values()) == ["too-deep"]


def test_patterns_beyond_measure_count_for_nothing(tmp_path: Path) -> None:
    """Lines of 20,000 brackets, each of which would take 10 s to translate, keep no scan waiting; others hold."""
    (tmp_path / ".kejidiffignore").write_text(("[" * 20_000 + "\n") * 3 + "*.bak\n", encoding="ascii")
    for name in ("a.txt", "b.bak"):
        (tmp_path / name).write_bytes(b"x")
    found = discover([str(tmp_path)])
    assert [file.path for file in found.found] == ["a.txt"]
