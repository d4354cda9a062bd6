"""Zip archives of reports -> bad inputs: names, nesting, locks, links, bombs."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from bad_input import READ, BadInput, Material, unread
from bad_packages import _patched, _set_locked
from package_files import docx, expanding, par, with_raw_member, zipped


def inputs() -> Iterator[BadInput]:
    material = Material(81)
    yield from _honest(material)
    yield from _names(material)
    yield from _nested(material)
    yield from _hurt(material)
    yield from _crowds()


def _honest(material: Material) -> Iterator[BadInput]:
    texts = [material.paragraph() for _ in range(4)]
    parts: dict[str, str | bytes] = {
        "甲.txt": texts[0].encode("gb18030"),
        "folder/乙.docx": docx(par(texts[1])),
        "folder/deep/丙.txt": texts[2].encode("utf-16"),
        "folder/picture.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(99),
        "empty.txt": b"",
    }
    members = (
        BadInput("甲.txt", b"", exact=texts[0]),
        BadInput("folder/乙.docx", b"", text=(texts[1],)),
        BadInput("folder/deep/丙.txt", b"", exact=texts[2]),
        unread("folder/picture.png", b"", "binary"),
        unread("empty.txt", b"", "empty"),
    )
    yield BadInput("honest.zip", zipped(parts), members=members)
    yield BadInput("named.txt", zipped(parts), members=members)
    text = material.paragraph()
    beside: dict[str, str | bytes] = {"丁.txt": text.encode(), "__MACOSX/._丁.txt": b"\x00\x05\x16\x07" + bytes(90),
                                      "__MACOSX/.DS_Store": bytes(90), ".DS_Store": bytes(90), "~$戊.docx": bytes(90),
                                      "Thumbs.db": bytes(90)}  # fmt: skip
    left = tuple(unread(name, b"", "ignored") for name in beside if name != "丁.txt")
    yield BadInput("litter.zip", zipped(beside), members=(BadInput("丁.txt", b"", exact=text), *left))
    yield BadInput("nothing-in-it.zip", zipped({}), frozenset({READ, "empty", "no-text", "damaged"}))
    folders = zipped({"a/": b"", "a/b/": b""})
    yield BadInput("folders-only.zip", folders, frozenset({READ, "empty", "no-text"}))


def _with_names(pairs: Iterable[tuple[bytes, bytes]], flags: int = 0) -> bytes:
    """A zip whose names are these bytes."""
    out, central = b"", b""
    for name, data in pairs:
        head = struct.pack("<HHHHHIIIHH", 20, flags, 0, 0, 0x5821, zlib.crc32(data), len(data), len(data), len(name), 0)
        central += b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + name
        out += b"PK\x03\x04" + head + name + data
    number = sum(1 for at in range(len(central)) if central.startswith(b"PK\x01\x02", at))
    return out + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, number, number, len(central), len(out), 0)


def _names(material: Material) -> Iterator[BadInput]:
    texts = [material.paragraph() for _ in range(2)]
    data = _with_names(
        zip(("报告一.txt".encode("gbk"), "总结二.txt".encode("gbk")), (t.encode() for t in texts), strict=True)
    )
    yield BadInput("gbk-names.zip", data, members=(BadInput("报告一.txt", b"", exact=texts[0]),
                                                   BadInput("总结二.txt", b"", exact=texts[1])))  # fmt: skip
    # Whether a member that would leave the archive is refused or read under a tamed name, it must not lead anywhere.
    outside = ("../../outside.txt", "/etc/outside.txt", "C:\\outside.txt", "a/../../outside.txt", "..\\outside.txt")
    for number, name in enumerate(outside):
        text = material.paragraph()
        data = zipped({"inside.txt": text.encode(), name: material.paragraph().encode()})
        yield BadInput(f"outside-{number}.zip", data, members=(BadInput("inside.txt", b"", exact=text),))
    text = material.paragraph()
    odd = {"\x1b[31mred.txt": text.encode(), "a\nb.txt": b"x\n", "\u202etxt.exe": b"y\n", "": b"z"}
    yield BadInput("odd-names.zip", zipped({name: data for name, data in odd.items() if name}))
    text, other = material.paragraph(), material.paragraph()
    data = zipped([("same.txt", text.encode()), ("same.txt", other.encode())])
    room = frozenset({READ, "ambiguous-parts"})
    yield BadInput("same-names.zip", data, room)


def _nested(material: Material) -> Iterator[BadInput]:
    text = material.paragraph()
    inner = zipped({"里.txt": text.encode()})
    outer = zipped({"inner.zip": inner})
    yield BadInput("two-deep.zip", outer, members=(BadInput("inner.zip/里.txt", b"", exact=text),))
    data = zipped({"里.txt": text.encode()})
    for _ in range(40):
        data = zipped({"again.zip": data})
    # The outermost is sound; the nesting ends somewhere inside.
    yield BadInput("forty-deep.zip", data, frozenset({READ, "too-deep"}))
    stream, checksum, size = expanding(60)
    bomb = with_raw_member({}, "spaces.txt", stream, checksum, size)
    many = zipped({f"bomb-{at}.zip": bomb for at in range(20)})
    yield BadInput("nested-bombs.zip", many, frozenset({READ, "expands-too-much"}))


def _hurt(material: Material) -> Iterator[BadInput]:
    one, two = material.paragraph(), material.paragraph()
    good = zipped({"开.txt": one.encode(), "锁.txt": two.encode()})
    data = _patched(good, "锁.txt", _set_locked)
    locked = (BadInput("开.txt", b"", exact=one), unread("锁.txt", b"", "encrypted"))
    yield BadInput("one-locked.zip", data, members=locked)
    both = _patched(data, "开.txt", _set_locked)
    yield BadInput("all-locked.zip", both, frozenset({READ, "encrypted"}))
    for share in (20, 60, 95):
        yield BadInput(f"cut-{share}.zip", good[: len(good) * share // 100], frozenset({"damaged", "unsupported"}))
    hurt = bytearray(zipped({"好.txt": one.encode(), "坏.txt": two.encode()}, stored=["坏.txt"]))
    at = bytes(hurt).index(two.encode())
    hurt[at + 30] ^= 0xFF
    sums = (BadInput("好.txt", b"", exact=one), unread("坏.txt", b"", "damaged"))
    yield BadInput("one-bad-sum.zip", bytes(hurt), members=sums)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("真.txt", one)
        link = zipfile.ZipInfo("链.txt")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    linked = (BadInput("真.txt", b"", exact=one), unread("链.txt", b"", "symlink"))
    yield BadInput("link-inside.zip", out.getvalue(), members=linked)
    stream, checksum, size = expanding(400)
    data = with_raw_member({"好.txt": one}, "空.txt", stream, checksum, size)
    yield BadInput("bomb.zip", data, frozenset({READ, "expands-too-much"}))
    data = with_raw_member({"好.txt": one}, "空.txt", stream, checksum, 200)
    yield BadInput("lying-bomb.zip", data, frozenset({READ, "expands-too-much", "damaged"}))
    overlapping = bytearray(zipped({f"{at}.txt": one.encode() for at in range(5)}))
    first = bytes(overlapping).index(b"PK\x01\x02")
    for at in range(first, len(overlapping) - 4):
        if overlapping[at : at + 4] == b"PK\x01\x02":
            overlapping[at + 42 : at + 46] = b"\0\0\0\0"  # all entries lead to the first one's data
    yield BadInput(
        "overlapping.zip", bytes(overlapping), frozenset({READ, "damaged", "expands-too-much", "ambiguous-parts"})
    )


def _crowds() -> Iterator[BadInput]:
    crowd = zipped({f"{at}.txt": b"" for at in range(10_000)})
    yield BadInput("ten-thousand.zip", crowd, frozenset({READ, "expands-too-much", "too-large"}))
    deep = zipped({"a/" * 2_000 + "x.txt": b"x"})
    yield BadInput("deep-folders.zip", deep, frozenset({READ, "too-deep"}))
