"""A seed -> bytes of a good file, changed as damage and malice change them: what must never do more than be refused."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

from documents import TEXT, compound, doc, docx, epub, odt, ofd, paragraph, text_object, zipped

TABLE = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('乙')}</w:tc></w:tr></w:tbl>"


def good_files() -> dict[str, bytes]:
    """One document of every kind that is parsed, by the ending it would have."""
    word = docx(paragraph(TEXT) + TABLE + paragraph(TEXT, "<w:vanish/>"))
    return {
        "docx": word,
        "odt": odt(f"<text:h>{TEXT}</text:h><text:p>{TEXT}<text:s text:c='3'/></text:p>"),
        "epub": epub([f"<p>{TEXT}</p>", f"<p>{TEXT[::-1]}</p>"]),
        "ofd": ofd([text_object(TEXT, 30, 40) + text_object(TEXT, 30, 50, 'CTM="1 0 0 1 0 0"')]),
        "rtf": b"{\\rtf1\\ansicpg936{\\fonttbl{\\f1\\fcharset134 S;}}{\\colortbl;\\red1;}\\f1 \\'c8\\'ab\\u20840?"
        b"\\trowd\\intbl a\\cell b\\cell\\row\\pard{\\footnote n}{\\field{\\*\\fldinst x}{\\fldrslt y}}\\par"
        b"\\bin3 abc}",
        "doc": doc(TEXT + "\r\x13A\x14B\x15\x07\x07\r" + TEXT + "\r", [(3, 9, b"\x3c\x08\x01")]),
        "ole": compound({"EncryptedPackage": b"x", "Other": b"y" * 5000}),
        "zip": zipped({"a.docx": word, "b.txt": TEXT, "c/d.zip": zipped({"e.txt": TEXT})}),
        "html": f"<html><meta charset=gbk><body><p>{TEXT}</p><ul><li><a href=x>y</a></ul></body></html>".encode(),
    }


def mutated(data: bytes, seed: int) -> bytes:
    """The file with one to four changes; of a zip file half the time inside a part, so that its checksum is right."""
    chance = random.Random(seed)
    change = _inside if data.startswith(b"PK") and chance.random() < 0.5 else _changed
    return change(data, chance)


def _inside(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    at = chance.choice([at for at, (_, content) in enumerate(parts) if content])
    name, content = parts[at]
    parts[at] = (name, _changed(content, chance))
    if chance.random() < 0.2:
        del parts[chance.randrange(len(parts))]
    return zipped(dict(parts))


def _changed(data: bytes, chance: random.Random) -> bytes:
    changes: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _double, _drop, _splice, _number)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(changes)(data, chance) or b"\0"
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _double(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:end] + data[start:end] * chance.choice((1, 1, 50)) + data[end:]


def _drop(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:start] + data[end:]


def _splice(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.randint(1, 64)) + data[at + chance.randint(0, 64) :]


def _number(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice((b"\xff\xff\xff\xff", bytes(4), b"\xff\xff\xff\x7f", b"99999999")) + data[at + 4 :]
