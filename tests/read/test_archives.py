"""A zip archive's members are files like any: each is read, skipped or in error, and nothing is ever unpacked."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from documents import TEXT, compound, doc, docx, epub, odt, ofd, paragraph, text_object, zipped

import kejidiff
from kejidiff.model import Skipped, SourceText
from kejidiff.options import ScanOptions
from kejidiff.read import FoundFile, read_files

LIMIT = 1 << 20
REPORT = docx(paragraph(TEXT))


def read(path: Path, data: bytes, limit: int = LIMIT) -> tuple[SourceText | Skipped, ...]:
    path.write_bytes(data)
    return read_files(FoundFile(path.name, str(path)), None, limit)


def ends(files: Sequence[SourceText | Skipped]) -> dict[str, str]:
    """How each file ended: its format, or its reason."""
    return {file.path: file.reason if isinstance(file, Skipped) else file.format for file in files}


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (TEXT.encode("gb18030"), "text"),
        (f"<html><body><p>{TEXT}</p></body></html>".encode(), "html"),
        (REPORT, "docx"),
        (odt(f"<text:p>{TEXT}</text:p>"), "odt"),
        (epub([f"<p>{TEXT}</p>"]), "epub"),
        (ofd([text_object(TEXT, 30, 40)]), "ofd"),
        (doc(TEXT + "\r"), "doc"),
        (b"{\\rtf1\\ansicpg936 " + "".join(f"\\'{byte:02x}" for byte in TEXT.encode("gbk")).encode() + b"}", "rtf"),
    ],
)
def test_formats_go_by_content(tmp_path: Path, data: bytes, form: str) -> None:
    """Whatever a file is called, it is read as what it is; a .wps is whatever Word or WPS put into it."""
    for name in ("report.wps", "report.txt", "report"):
        (file,) = read(tmp_path / name, data)
        assert isinstance(file, SourceText), file
        assert (file.format, file.text.strip()) == (form, TEXT)
        assert file.encoding == {"text": "gb18030", "html": "utf-8"}.get(form, "")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"xl/workbook.xml": "<x/>"}), "unsupported"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "unsupported"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "unsupported"),
        (compound({"EncryptedPackage": b"x"}), "encrypted"),
        (compound({"CONTENTS": b"x"}), "unsupported"),
        (b'<?xml version="1.0"?><w:wordDocument>text</w:wordDocument>', "unsupported"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\ntext", "unsupported"),
        (zipped({}), "no-text"),
        (REPORT[:-30], "damaged"),
        (REPORT[:200], "damaged"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "unsupported"),
    ],
)
def test_what_is_not_read_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    """Spreadsheets, slides, passwords, other containers, broken ones."""
    (file,) = read(tmp_path / "a.docx", data)
    assert isinstance(file, Skipped)
    assert file.reason == reason


def test_every_member_ends_somehow(tmp_path: Path) -> None:
    """Read, skipped with its reason, or passed over; the archive itself is listed, and folders are not."""
    members = {
        "年报/甲.docx": REPORT, "b.txt": TEXT, "c.png": b"\x89PNG\r\n\x1a\n", "d.txt": "", "folder/": "",
        "__MACOSX/._b.txt": "x", ".hidden": TEXT, "x/.DS_Store": "x", "~$甲.docx": "x", "broken.docx": REPORT[:300],
        "report.html": '<meta name="generator" content="kejidiff">', "large.txt": "好" * LIMIT,
    }  # fmt: skip
    files = read(tmp_path / "all.zip", zipped(members))
    assert ends(files) == {
        "all.zip": "archive", "all.zip/年报/甲.docx": "docx", "all.zip/b.txt": "text", "all.zip/c.png": "binary",
        "all.zip/d.txt": "empty", "all.zip/__MACOSX/._b.txt": "ignored", "all.zip/.hidden": "ignored",
        "all.zip/x/.DS_Store": "ignored", "all.zip/~$甲.docx": "ignored", "all.zip/broken.docx": "damaged",
        "all.zip/report.html": "ignored", "all.zip/large.txt": "too-large",
    }  # fmt: skip
    assert isinstance(files[0], SourceText)
    assert (files[0].text, len(files[0].sha256)) == ("", 64)
    assert [file.path for file in files[1:]] == sorted(file.path for file in files[1:])


def test_names_lead_nowhere(tmp_path: Path) -> None:
    """`..` and absolute names stay below the archive, in whatever encoding; no link is followed, nothing written."""
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    path = tmp_path / "names.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../up.txt", "/etc/abs.txt", "a\\b.txt", "XXXX.txt"):
            archive.writestr(zipfile.ZipInfo(name), TEXT)
        archive.writestr(link, "/etc/passwd")
    data = path.read_bytes().replace(b"XXXX.txt", "年报".encode("gbk") + b".txt")
    before = set(tmp_path.rglob("*"))
    assert ends(read(path, data)) == {
        "names.zip": "archive", "names.zip/up.txt": "text", "names.zip/etc/abs.txt": "text",
        "names.zip/a/b.txt": "text", "names.zip/年报.txt": "text", "names.zip/link.txt": "symlink",
    }  # fmt: skip
    assert set(tmp_path.rglob("*")) == before


def test_twins_are_ambiguous_and_the_rest_is_read(tmp_path: Path) -> None:
    """Two members of one name, also once it is a path: neither is taken for the other."""
    pairs = [("a.txt", TEXT), ("b.txt", TEXT), ("a.txt", TEXT * 2), ("/b.txt", TEXT), ("c.txt", TEXT)]
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(pairs)
    assert ends(read(tmp_path / "t.zip", data)) == {
        "t.zip": "archive", "t.zip/a.txt": "ambiguous-parts", "t.zip/b.txt": "ambiguous-parts", "t.zip/c.txt": "text",
    }  # fmt: skip


def test_archives_in_archives(tmp_path: Path) -> None:
    """Three deep are read; what lies deeper is said to."""
    data = zipped({"d.txt": TEXT})
    for name in ("c", "b", "a"):
        data = zipped({f"{name}.zip": data, f"{name}.txt": TEXT})
    found = ends(read(tmp_path / "o.zip", data))
    assert found["o.zip/a.zip/b.zip"] == "archive"
    assert found["o.zip/a.zip/b.zip/c.txt"] == "text"
    assert found["o.zip/a.zip/b.zip/c.zip"] == "too-deep"


def test_bombs_do_not_go_off(tmp_path: Path) -> None:
    """A member that grows beyond reason is not read, whatever its header says of it; nor is more than all may be."""
    grown = zipped({"bomb.txt": b"\0" * (12 << 20), "a.txt": TEXT})
    assert ends(read(tmp_path / "b.zip", grown, 64 << 20))["b.zip/bomb.txt"] == "expands-too-much"
    lying = bytearray(grown)
    place = lying.rindex(b"PK\x01\x02")
    size = grown.index(b"PK\x01\x02") + 24
    lying[size : size + 4] = (100).to_bytes(4, "little")
    assert place != size
    assert ends(read(tmp_path / "l.zip", bytes(lying), 64 << 20))["l.zip/bomb.txt"] in ("expands-too-much", "damaged")
    many = zipped({f"{number}.txt": TEXT * 200 for number in range(9)})
    found = ends(read(tmp_path / "m.zip", many, len((TEXT * 200).encode())))
    assert list(found.values()).count("text") == 4
    assert list(found.values()).count("expands-too-much") == 5
    part = "<w:p/>" * 3_000_000
    assert ends(read(tmp_path / "d.docx", docx(part), 64 << 20)) == {"d.docx": "expands-too-much"}


def test_many_small_archives_are_no_way_round(tmp_path: Path) -> None:
    """Archives that lie beside each other in one share its room, and so do texts that parsers unpack."""
    large = TEXT * 200
    limit = len(large.encode())
    inner = zipped({f"{number}.txt": large for number in range(3)})
    found = ends(read(tmp_path / "o.zip", zipped({f"{number}.zip": inner for number in range(5)}), limit))
    assert list(found.values()).count("text") == 3
    assert list(found.values()).count("expands-too-much") == 12
    reports = zipped({f"{number}.docx": docx(paragraph(TEXT * 2000)) for number in range(9)})
    kinds = list(ends(read(tmp_path / "d.zip", reports, limit)).values())
    assert kinds.count("docx") + kinds.count("expands-too-much") == 9
    assert len(TEXT) * 2000 * kinds.count("docx") <= 4 * limit


def test_a_password_is_told(tmp_path: Path) -> None:
    """Of the member that needs it; the flag is what says so."""
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert ends(read(tmp_path / "p.zip", bytes(data))) == {
        "p.zip": "archive",
        "p.zip/a.txt": "encrypted",
        "p.zip/b.txt": "text",
    }


def test_members_are_compared_and_found_again(tmp_path: Path) -> None:
    """A scan compares members as it does files, and `show` finds them by what the scan calls them."""
    report = "".join(paragraph(f"第{n}项工作：全市科技系统坚持自主创新，重点推进技术改造第{n}期。") for n in range(9))
    (tmp_path / "a.zip").write_bytes(zipped({"x.docx": docx(report), "y.docx": docx(report)}))
    result = kejidiff.scan([tmp_path], ScanOptions())
    assert [(one.left, one.right) for one in result.comparisons] == [("a.zip/x.docx#1", "a.zip/y.docx#1")]
    assert result.complete
    for left in ("a.zip/x.docx", "a.zip/x", str(tmp_path / "a.zip" / "x.docx")):
        shown = kejidiff.show(left, "a.zip/y.docx#1", within=tmp_path)
        assert shown.documents[0].id == "a.zip/x.docx#1"
