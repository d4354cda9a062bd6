"""A file becomes its text, or a reason: whatever happens to it on the way."""

import errno
import hashlib
import io
import os
import sys
from pathlib import Path

import pytest

from kejidiff.errors import REASONS, UsageError, state_of
from kejidiff.model import Skipped, SourceText
from kejidiff.read import FoundFile, discover, read_file
from kejidiff.read.failures import REASONS_BY_ERRNO, failure_of

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs links, pipes and permissions of a POSIX system")
LIMIT = 1 << 20


def found(path: Path) -> FoundFile:
    return FoundFile(path.name, str(path))


def reason(result: SourceText | Skipped) -> str:
    assert isinstance(result, Skipped), result
    assert result.state == state_of(result.reason)
    assert result.location not in result.message
    return result.reason


def source(result: SourceText | Skipped) -> SourceText:
    assert isinstance(result, SourceText), result
    return result


def test_a_file_is_read_unchanged(tmp_path: Path) -> None:
    """Line ends, blanks and oddities stay; the digest is that of the bytes, mark included."""
    text = "标题\r\n\r\n\u3000正文\ufffd\u200b。\r结尾 \n\n"
    data = text.encode("utf-8-sig")
    path = tmp_path / "报告.txt"
    path.write_bytes(data)
    assert read_file(found(path), None, LIMIT) == SourceText(
        "报告.txt", text, "utf-8", 0, hashlib.sha256(data).hexdigest(), (), str(path)
    )


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_sample_reports_are_read_without_reservation(seeds: Path, name: str) -> None:
    """All five are UTF-8, whatever was done to their text before."""
    path = next(seeds.glob(f"{name}_*.txt"))
    read = source(read_file(found(path)))
    assert (read.text, read.encoding, read.warnings) == (path.read_bytes().decode(), "utf-8", ())


def test_replaced_characters_are_a_reservation(tmp_path: Path) -> None:
    """The file is read, and says how many places could not be."""
    path = tmp_path / "a.txt"
    path.write_bytes("全市科技工作坚持自主创新\n".encode() + b"\xff\xff")
    read = source(read_file(found(path), None, LIMIT))
    assert (read.replaced, [warning.reason for warning in read.warnings]) == (2, ["decode-replaced"])
    assert "2 places" in read.warnings[0].message


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names must be Unicode")
def test_a_name_that_cannot_be_decoded_is_a_reservation(tmp_path: Path) -> None:
    """The text is read; the name is told to be broken."""
    path = tmp_path / os.fsdecode("报告".encode("gbk"))
    path.write_text("正文", encoding="utf-8")
    read = source(read_file(discover([str(tmp_path)]).found[0], None, LIMIT))
    assert [warning.reason for warning in read.warnings] == ["name-undecodable"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        ("……。".encode(), "no-text"),
        (b"\0\1\2\3" * 50, "binary"),
        (b"CAJ\0" + bytes(50), "unsupported"),
        ("Évaluée à l'été, rééditée".encode("latin-1"), "garbled-text"),
    ],
)
def test_what_decoding_refuses_is_skipped(tmp_path: Path, data: bytes, expected: str) -> None:
    """Decoding's reason becomes the file's, and all of these are skipped, not errors."""
    path = tmp_path / "a"
    path.write_bytes(data)
    result = read_file(found(path), None, LIMIT)
    assert reason(result) == expected
    assert isinstance(result, Skipped)
    assert (result.state, result.location) == ("skipped", str(path))


def test_the_limit_is_a_size_in_bytes(tmp_path: Path) -> None:
    """At the limit a file is read, one byte above it is not, and the message tells both sizes."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 1000)
    assert source(read_file(found(path), None, 1000)).text == "a" * 1000
    too_large = read_file(found(path), None, 999)
    assert reason(too_large) == "too-large"
    assert isinstance(too_large, Skipped)
    assert "1,000" in too_large.message
    assert "999" in too_large.message


def test_a_forced_encoding_is_passed_on(tmp_path: Path) -> None:
    """And one that does not exist is wrong usage, not a fault of the file."""
    path = tmp_path / "a.txt"
    path.write_bytes("été".encode("latin-1"))
    assert source(read_file(found(path), "latin-1", LIMIT)).text == "été"
    with pytest.raises(UsageError):
        read_file(found(path), "klingon", LIMIT)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    """Deleted after it was found, or its folder with it."""
    assert reason(read_file(found(tmp_path / "gone.txt"), None, LIMIT)) == "vanished"
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert reason(read_file(found(tmp_path / "file" / "below"), None, LIMIT)) == "vanished"


@posix_only
def test_what_took_a_files_place_is_not_followed(tmp_path: Path) -> None:
    """A link, a pipe or a folder of the same name: no reading elsewhere, no waiting."""
    (tmp_path / "target").write_text("elsewhere", encoding="utf-8")
    (tmp_path / "link").symlink_to("target")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    expected = {"link": "symlink", "pipe": "special-file", "folder": "special-file"}
    assert {name: reason(read_file(found(tmp_path / name), None, LIMIT)) for name in expected} == expected


@posix_only
def test_a_file_that_may_not_be_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Root may read everything, so that root is somebody else for a moment."""
    path = tmp_path_factory.getbasetemp() / "closed.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        assert reason(read_file(found(path), None, LIMIT)) == "permission"
    finally:
        os.seteuid(user)


def test_a_file_that_changes_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the old and half of the new is neither: it is not read. (Somebody appends before every piece.)"""
    path = tmp_path / "growing.txt"
    path.write_bytes(b"text")
    read = os.read

    def appended_to(handle: int, size: int) -> bytes:
        path.write_bytes(path.read_bytes() + b"more")
        return read(handle, size)

    monkeypatch.setattr(os, "read", appended_to)
    assert reason(read_file(found(path), None, LIMIT)) == "changed-while-reading"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that fails to be read")
def test_a_medium_that_fails() -> None:
    """The system's error becomes `damaged` with the system's words. (Address 0 of a process can never be read.)"""
    result = read_file(FoundFile("mem", "/proc/self/mem"), None, LIMIT)
    assert reason(result) == "damaged"
    assert isinstance(result, Skipped)
    assert os.strerror(errno.EIO) in result.message


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read to its end, by the same rules: encodings, the limit, no input at all."""
    text = "全市科技工作坚持自主创新，重点推进技术改造。\n"
    stdin = FoundFile("-", "-")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("gb18030"))))
    read = source(read_file(stdin, None, LIMIT))
    assert (read.path, read.text, read.encoding) == ("-", text, "gb18030")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a" * 11)))
    assert reason(read_file(stdin, None, 10)) == "too-large"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert reason(read_file(stdin, None, 10)) == "empty"
    monkeypatch.setattr(sys, "stdin", None)
    assert reason(read_file(stdin, None, 10)) == "vanished"


def test_every_error_of_the_system_has_a_reason() -> None:
    """Known numbers have their own, all others are `damaged`; every reason is one of the contract's."""
    assert {reason for reason, _ in REASONS_BY_ERRNO.values()} <= REASONS
    assert failure_of(OSError(errno.EACCES, "x"))[0] == "permission"
    assert failure_of(OSError("no number")) == ("damaged", "could not be read: unknown error")
    for number in errno.errorcode:
        code, message = failure_of(OSError(number, os.strerror(number), "secret/path"))
        assert code in REASONS
        assert "secret" not in message
