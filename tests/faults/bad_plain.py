"""Plain text and what poses as it -> bad inputs: encodings, damage, blanks, other kinds under the name of a text."""

import codecs
import gzip
import io
import lzma
import sqlite3
import struct
import tarfile
import zlib
from collections.abc import Iterator

from bad_input import READ, REPLACED, BadInput, Material, unread

ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "gb18030": "\ufeff".encode("gb18030"),
}

#: A paragraph of a report in traditional characters, all of which Big5 has.
TRADITIONAL = (
    "一年來，科技局在市委市政府的正確領導下，科技工作呈現出七大亮點。",
    "市主要領導把科技、人才、知識產權三項工作的重要性提到了前所未有的高度。",
    "成功舉辦科技人才博覽會，首次大規模組織企業分行業赴高校考察交流。",
    "圍繞戰略性新興產業，加快建設創新型城市，推進科技創新、轉變經濟發展方式。",
)


def inputs() -> Iterator[BadInput]:
    material = Material(11)
    yield from _whole(material)
    yield from _damaged(material)
    yield from _cut(material)
    yield from _mixed(material)
    yield from _nothing()
    yield from _renamed()


def _whole(material: Material) -> Iterator[BadInput]:
    """Every encoding, with a mark and without, long and as short as is asked for (20 Hanzi)."""
    for encoding in ENCODINGS:
        for number in range(6):
            text = material.paragraph(number + 1) if number else material.sentence()[:22]
            yield BadInput(f"{encoding}-{number}.txt", text.encode(encoding), exact=text)
            marked = MARKS[encoding] + text.encode(encoding)
            yield BadInput(f"{encoding}-mark-{number}.txt", marked, exact=text)
    for number in range(6):
        text = "".join(material.chance.sample(TRADITIONAL, 1 + number % 4))
        yield BadInput(f"big5-{number}.txt", text.encode("big5hkscs"), exact=text)
    for number, ending in enumerate(("\r\n", "\r", "\n\n", "\u2028", "\x0b\n")):
        text = ending.join(material.some(3))
        yield BadInput(f"line-ends-{number}.txt", text.encode(), exact=text)
    text = "The annual report of the bureau. " * 20
    yield BadInput("english.txt", text.encode(), exact=text)
    text = material.paragraph()
    yield BadInput("no-extension", text.encode("gb18030"), exact=text)
    yield BadInput("named.docx", text.encode("gb18030"), exact=text)
    yield BadInput("named.pdf", text.encode(), exact=text)
    yield BadInput("named.html", text.encode(), text=(text[:40],))
    yield BadInput("named.zip", text.encode(), exact=text)
    text = "".join(material.paragraph(4) for _ in range(60))
    yield BadInput("one-long-line.txt", text.encode("gb18030"), exact=text)


def _damaged(material: Material) -> Iterator[BadInput]:
    """One to three bytes overwritten, well apart: the sentences without one must come through untouched."""
    for encoding in ENCODINGS:
        for number in range(1, 7):
            before, hurt, after = material.paragraph(2), material.sentence(), material.paragraph(2)
            data = bytearray(hurt.encode(encoding))
            for _ in range(1 + number % 3):
                data[material.chance.randrange(4, len(data) - 4)] = material.chance.randrange(0x80, 0x100)
            whole = before.encode(encoding) + bytes(data) + after.encode(encoding)
            # The damage may put a double-byte reader out of step up to the next mark: what is asked for begins later.
            yield BadInput(f"damaged-{encoding}-{number}.txt", whole, text=(before[:-3], after[3:]))
    for number in range(1, 4):
        data = bytearray((TRADITIONAL[0] * 2 + TRADITIONAL[1] + TRADITIONAL[2] * 2).encode("big5hkscs"))
        for _ in range(number):
            data[material.chance.randrange(150, 180)] = 0xFF
        yield BadInput(f"damaged-big5-{number}.txt", bytes(data), text=(TRADITIONAL[0] * 2, TRADITIONAL[2]),
                       warnings=frozenset({REPLACED}))  # fmt: skip
    text = material.paragraph(4)
    data = text.encode()
    yield BadInput("damaged-utf-8-told.txt", data[:90] + b"\xff" + data[91:], text=(text[:30], text[31:]),
                   warnings=frozenset({REPLACED}))  # fmt: skip


def _cut(material: Material) -> Iterator[BadInput]:
    """Cut off in the middle of a character: all but that character is there."""
    for encoding, lost in (("utf-8", 1), ("utf-8", 2), ("gb18030", 1), ("utf-16-le", 1), ("utf-16-be", 1)):
        text = material.paragraph(4)[:-1]
        data = text.encode(encoding)[:-lost]
        yield BadInput(f"cut-{encoding}-{lost}.txt", data, text=(text[:-1],))
        marked = MARKS[encoding] + data
        yield BadInput(f"cut-mark-{encoding}-{lost}.txt", marked, text=(text[:-1],))


def _mixed(material: Material) -> Iterator[BadInput]:
    """Marks that lie, NULs between, repeated marks."""
    text = material.paragraph(4)
    yield BadInput("lying-mark.txt", codecs.BOM_UTF8 + text.encode("gb18030"), text=(text,))
    yield BadInput("two-marks.txt", codecs.BOM_UTF8 * 2 + text.encode(), text=(text,))
    text = material.paragraph(4)
    yield BadInput("few-nuls.txt", text.encode()[:300] + b"\x00" + text.encode()[300:], text=(text[:90], text[110:]))
    text = material.paragraph(3)
    yield BadInput("nul-padded.txt", text.encode() + b"\x00" * 6, frozenset({READ, "binary"}), text=(text,))
    text = material.paragraph(2)
    coloured = "".join(f"\x1b[3{number % 8}m{char}\x1b[0m" for number, char in enumerate(text))
    yield BadInput("coloured.txt", coloured.encode(), frozenset({READ, "binary"}), exact=coloured)


def _nothing() -> Iterator[BadInput]:
    """No byte, no character, nothing but blanks, nothing but marks."""
    yield unread("empty.txt", b"", "empty")
    yield unread("empty.docx", b"", "empty")
    for name, mark in MARKS.items():
        yield unread(f"only-mark-{name}.txt", mark, "empty")
    for number, blanks in enumerate((" ", "\n\n\n", "\u3000" * 40, "\t \r\n" * 9, "\u00a0\u2003")):
        yield unread(f"blanks-{number}.txt", blanks.encode(), "no-text", "empty")
    yield unread("punctuation.txt", "。。。，，……——".encode(), "no-text")
    yield unread("invisible.txt", "\u200b\u200d\u2060".encode() * 30, "no-text")
    yield unread("nul-only.txt", bytes(400), "binary", "no-text")


def _renamed() -> Iterator[BadInput]:
    """Other kinds under the name of a text or a document."""
    chance = Material(12).chance
    noise = bytes(chance.randrange(256) for _ in range(6000))
    kinds = {
        "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0) + noise,
        "gif": b"GIF89a\x10\x00\x10\x00\x80" + noise,
        "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + noise,
        "bmp": b"BM" + struct.pack("<IHHI", 6000, 0, 0, 54) + noise,
        "exe": b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + noise,
        "elf": b"\x7fELF\x02\x01\x01" + bytes(9) + noise,
        "mp4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + noise,
        "mp3": b"ID3\x03\x00\x00\x00\x00\x0f" + noise,
        "ttf": b"\x00\x01\x00\x00\x00\x0f\x00\x80" + noise,
        "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + noise,
        "class": b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + noise,
        "noise": noise,
        "sqlite": _sqlite(),
    }
    packed = {
        "gzip": gzip.compress(noise),
        "xz": lzma.compress(noise),
        "7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + noise,
        "rar": b"Rar!\x1a\x07\x01\x00" + noise,
        "tar": _tar(noise),
        "caj": b"CAJ\x00" + noise,
        "postscript": b"%!PS-Adobe-3.0\n" + noise,
        "djvu": b"AT&TFORM\x00\x00\x10\x00DJVM" + noise,
    }
    for kind, data in kinds.items():
        for ending in ("txt", "docx"):
            yield unread(f"{kind}-renamed.{ending}", data, "binary", "garbled-text")
    for kind, data in packed.items():
        for ending in ("txt", "pdf"):
            yield unread(f"{kind}-renamed.{ending}", data, "unsupported")
    yield unread("zlib-stream.txt", zlib.compress(noise), "binary", "garbled-text")
    others = {
        "shift_jis": "この報告書は、科学技術の振興について述べたものです。",
        "euc-kr": "과학 기술 진흥에 관한 연차 보고서입니다. ",
        "cp1251": "Годовой отчёт о развитии науки и техники. ",
    }
    for encoding, words in others.items():
        yield unread(f"{encoding}.txt", (words * 20).encode(encoding), "garbled-text")


def _sqlite() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t (a)")
    return connection.serialize()


def _tar(data: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("a.bin")
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()
