"""What stands on a disk and is no ordinary file, or bears no ordinary name -> bad inputs."""

import os
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from bad_input import READ, BadInput, Material, unread


def inputs() -> Iterator[BadInput]:
    material = Material(91)
    yield from _special()
    yield from _barred(material)
    yield from _links(material)
    yield from _names(material)
    yield from _own(material)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path has 108 bytes at most
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path.name)
    finally:
        os.chdir(here)


def _device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except OSError:  # not everybody may; a pipe is as good
        os.mkfifo(path)


def _special() -> Iterator[BadInput]:
    yield unread("pipe.txt", os.mkfifo, "special-file")
    yield unread("pipe.docx", os.mkfifo, "special-file")
    yield unread("socket.txt", _socket, "special-file")
    yield unread("device.txt", _device, "special-file")


def _with_mode(content: bytes, mode: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(content)
        path.chmod(mode)

    return make


def _closed_folder(path: Path) -> None:
    path.mkdir()
    (path / "inside.txt").write_text("里面的文字不得而知。")
    path.chmod(0)


def _barred(material: Material) -> Iterator[BadInput]:
    for ending in ("txt", "docx", "pdf", "zip"):
        yield unread(f"unreadable.{ending}", _with_mode(material.paragraph().encode(), 0), "permission")
    yield unread("closed-folder", _closed_folder, "permission")
    text = material.paragraph()
    yield BadInput("read-only.txt", _with_mode(text.encode(), 0o400), exact=text)


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _links(material: Material) -> Iterator[BadInput]:
    text = material.paragraph()
    yield BadInput("target.txt", text.encode(), exact=text)
    for name, target in {
        "to-file": "target.txt",
        "to-folder": ".",
        "to-parent": "..",
        "to-root": "/",
        "to-secret": "/etc/passwd",
        "to-nothing": "no-such-thing",
        "to-itself": "link-to-itself.txt",
        "to-pipe": "pipe.txt",
        "to-zero": "/dev/zero",
    }.items():
        yield unread(f"link-{name}.txt", _link(target), "symlink")

    def second_name(path: Path) -> None:
        (path.parent / "target.txt").exists() or (path.parent / "target.txt").write_bytes(text.encode())
        os.link(path.parent / "target.txt", path)

    yield unread("z-hard-link.txt", second_name, "ignored")


def _names(material: Material) -> Iterator[BadInput]:
    for name in ("tab\there.txt", "line\nbreak.txt", "\x1b[31mred.txt", "\u202etxt.exe", "zero\u200bwidth.txt",
                 "=cmd|calc!A1.txt", "<script>alert(1)<!script>.txt", "quote\"'`.txt", "back\\slash.txt",
                 "-rf", "--help", "a b  c .txt", "％２ｅ.txt", "é́.txt", "x" * 240 + ".txt", "CON.txt",
                 "\x7f\x01\x02.txt", "[link](x).txt", "$(id).txt", "a;b&c|d.txt", "\u2028line.txt"):  # fmt: skip
        text = material.paragraph()
        yield BadInput(name, text.encode(), exact=text)
    for raw in (b"\xff\xfe.txt", "报告".encode("gbk") + b".txt", b"a\x80\xed\xa0\x80.txt"):
        text = material.paragraph()
        yield BadInput(os.fsdecode(raw), text.encode(), exact=text, warnings=frozenset({"name-undecodable"}))
    for name in (".hidden.txt", ".DS_Store", "Thumbs.db", "~$report.docx"):
        yield unread(name, material.paragraph().encode(), "ignored")
    deep = "/".join(["nested-folder"] * 120)
    text = material.paragraph()
    yield BadInput(f"{deep}/deep.txt", text.encode(), exact=text)
    yield unread("abyss", _abyss, "too-deep")


def _abyss(path: Path) -> None:
    """Folders nested deeper than any path can be long (PATH_MAX, 4096 bytes)."""
    path.mkdir()
    handle = os.open(path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=handle)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(handle)


def _own(material: Material) -> Iterator[BadInput]:
    """What a scan wrote itself and the next one meets."""
    yield unread("report.json", b'{\n  "schema": "kejidiff.scan/1",\n  "tool": {}\n}\n', "ignored")
    page = b'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><meta name="generator" content="kejidiff">'
    yield unread("report.html", page + b"</head><body>x</body></html>", "ignored")
    table = "\ufeffleft,left_title,left_start,left_end,left_characters\r\n"
    yield unread("passages.csv", table.encode(), "ignored")
    sparse = 70 << 20

    def large(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(sparse)

    for name in ("large.txt", "large.docx", "large.zip"):
        yield unread(name, large, "too-large")
    text = material.paragraph()
    yield BadInput("deep/er/than/usual.txt", text.encode("gb18030"), frozenset({READ}), exact=text)
