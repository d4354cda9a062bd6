"""A kind, a number -> a good file of that kind, mutated: the same bytes on every machine and at every time.

`python tests/faults/mutations.py KIND NUMBER > FILE` makes one again.

Terms.       *raw* mutations hurt the file's bytes; those of a container's *parts* leave the container sound, its sums
             right, so that the reader behind it is reached; *marked-up* ones keep most of the grammar, for the same
             reason.
"""

import io
import random
import re
import sys
import zipfile
from collections.abc import Callable
from typing import Final

from bad_html import html
from bad_input import Material
from bad_packages import makers
from office_files import doc, gbk, numbered, rtf_of
from package_files import HEAD, NAMES, body, docx_parts, par, run, zipped
from pdf_files import drawn, page

#: What breaks readers when it stands where a number, a name or a text should.
ODD: Final = (
    b"", b"0", b"-1", b"4294967295", b"2147483648", b"99999999999999999999", b"1e400", b"NaN",
    b"%s%n", b"\x00", b"\xff\xfe", b"\xef\xbf\xbe", b"A" * 5000, b"../../x", b"&amp;", b"&x;", b"&#0;", b"&#xD800;",
    b"]]>", b"<!--", b"<![CDATA[", "\u202e\u200b\ufeff".encode(), "\U0010ffff".encode(), b"\r", b"/Root", b"1 0 R",
    b"[[[[", b"<<",
)  # fmt: skip


def good(kind: str, number: int) -> bytes:
    """A sound file with some of everything its kind can hold; texts differ from number to number."""
    return GOOD[kind](Material(number))


def mutated(kind: str, number: int) -> bytes:
    """The file of this number, hurt in one to four ways."""
    data = good(kind, number)
    chance = random.Random(f"{kind} {number}")
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not data:
            break
        data = chance.choice(WAYS[kind])(data, chance)
    return data


def _txt(material: Material) -> bytes:
    encoding = material.chance.choice(("utf-8", "gb18030", "utf-16", "utf-16-be", "utf-8-sig"))
    return "\n".join(material.paragraph(2) for _ in range(3)).encode(encoding)


def _page(material: Material) -> bytes:
    one, two, three, hidden = material.some(4)
    menu = "".join(f"<li><a href='/{at}'>{word}</a></li>" for at, word in enumerate(("首页", "新闻", "公开", "服务")))
    made = html(
        f"<nav><ul>{menu}</ul></nav><div class=article><h1>年度总结</h1><p>{one}</p><p>{two}<br>{three}</p>"
        f"<table><tr><td>{material.sentence()}</td><td>12&nbsp;&#24180;</td></tr></table>"
        f"<span style='display:none'>{hidden}</span></div><script>var x='<p>';</script><footer>版权所有</footer>"
    )
    return made.encode(material.chance.choice(("utf-8", "gb18030")), "xmlcharrefreplace")


def _docx(material: Material) -> bytes:
    one, two, new, gone, note, hidden, cell = material.some(7)
    author = 'w:id="1" w:author="x" w:date="2024-01-01T00:00:00Z"'
    inner = f"<w:tbl><w:tr><w:tc>{par('表')}</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{par(cell)}</w:tc><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    framed = f"<w:txbxContent>{par('框')}</w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{framed}</v:textbox></v:shape></w:pict></w:r>"
    removed = f"<w:del {author}><w:r><w:delText>{gone}</w:delText></w:r></w:del>"
    text = body(
        par(one, f"<w:ins {author}>{run(new)}</w:ins>", removed),
        par(two, '<w:r><w:footnoteReference w:id="2"/></w:r>', box),
        par(run(hidden, "<w:vanish/>")),
        table,
    )
    notes = f'{HEAD}<w:footnotes {NAMES}><w:footnote w:id="2">{par(note)}</w:footnote></w:footnotes>'
    head = f"{HEAD}<w:hdr {NAMES}>{par('页眉')}</w:hdr>"
    styles = f'{HEAD}<w:styles {NAMES}><w:style w:styleId="S"><w:rPr><w:sz w:val="24"/></w:rPr></w:style></w:styles>'
    extra: dict[str, tuple[str, str | bytes]] = {
        "footnotes.xml": ("footnotes", notes),
        "header1.xml": ("header", head),
        "styles.xml": ("styles", styles),
    }
    return zipped(docx_parts(text, extra))


def _package(kind: str) -> Callable[[Material], bytes]:
    return lambda material: zipped(makers(material)[kind][0], ["mimetype"])


def _pdf(material: Material) -> bytes:
    pages = [page(material.some(2), "工作总结", f"- {at} -") for at in range(material.chance.randrange(1, 4))]
    return drawn(*pages, compressed=material.chance.random() < 0.3)


def _rtf(material: Material) -> bytes:
    one, two, three, hidden = material.some(4)
    beginning = r"{\info{\title x}}\uc1 " + gbk(one) + r"\par " + numbered(two)
    return rtf_of(beginning, r"\par{\v ", gbk(hidden), r"}\trowd\cellx99 ", gbk(three),
                  r"\cell\row{\*\x y}{\pict 89504e47}\bin4 abcd\par")  # fmt: skip


def _doc(material: Material) -> bytes:
    return doc("\n".join(material.some(4)))


def _zip(material: Material) -> bytes:
    return zipped({"甲.txt": _txt(material), "b/乙.docx": _docx(material), "丙.html": _page(material),
                   "丁.zip": zipped({"戊.txt": _txt(material)})})  # fmt: skip


GOOD: Final[dict[str, Callable[[Material], bytes]]] = {
    "txt": _txt, "html": _page, "docx": _docx, "odt": _package("odt"), "epub": _package("epub"), "ofd": _package("ofd"),
    "pdf": _pdf, "rtf": _rtf, "doc": _doc, "zip": _zip,
}  # fmt: skip

Way = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, chance: random.Random) -> bytes:
    hurt = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
    return bytes(hurt)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def without(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice((1, 7, 200)) :]


def doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((1, 40, 2000))]
    return data[:start] + piece * chance.choice((2, 3, 50)) + data[start:]


def spliced(data: bytes, chance: random.Random) -> bytes:
    """A piece from elsewhere over what stands there."""
    size = chance.choice((2, 16, 300))
    source, target = chance.randrange(len(data)), chance.randrange(len(data))
    piece = data[source : source + size]
    return data[:target] + piece + data[target + len(piece) :]


def noised(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + chance.randbytes(chance.choice((1, 4, 64))) + data[start:]


def odd(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(ODD) + data[start + chance.choice((0, 1, 4)) :]


def renumbered(data: bytes, chance: random.Random) -> bytes:
    """A number in it becomes another."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return odd(data, chance)
    place = chance.choice(found)
    return data[: place.start()] + chance.choice((*ODD[:8], b"1", b"7", b"65536")) + data[place.end() :]


def retagged(data: bytes, chance: random.Random) -> bytes:
    """A tag is taken out, doubled, moved, opened thousands of times, or takes another's place."""
    tags = list(re.finditer(rb"<[^<>]{1,300}>", data))
    if not tags:
        return odd(data, chance)
    one, other = chance.choice(tags), chance.choice(tags)
    new = chance.choice((b"", one.group() * 2, other.group(), one.group() * 3000, b"<" + one.group()[1:-1] + b"/>"))
    return data[: one.start()] + new + data[one.end() :]


def revalued(data: bytes, chance: random.Random) -> bytes:
    """The value of an attribute becomes an odd one."""
    values = list(re.finditer(rb'="([^"<>]*)"', data))
    if not values:
        return odd(data, chance)
    place = chance.choice(values)
    return data[: place.start(1)] + chance.choice(ODD) + data[place.end(1) :]


def in_a_part(data: bytes, chance: random.Random) -> bytes:
    """One part of a zip is hurt, in any of the other ways; the zip around it is sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except Exception:  # hurt already; whatever way it fails in, it is no zip to open any more
        return flipped(data, chance)
    filled = [at for at, (_, content) in enumerate(parts) if content]
    if not filled:
        return flipped(data, chance)
    at = chance.choice(filled)
    parts[at] = (parts[at][0], chance.choice(MARKED_UP)(parts[at][1], chance))
    return zipped(parts, ["mimetype"])


def among_parts(data: bytes, chance: random.Random) -> bytes:
    """Parts are dropped, doubled, exchanged, renamed; the zip is sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except Exception:  # as above
        return flipped(data, chance)
    if not parts:
        return flipped(data, chance)
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    way = chance.randrange(5)
    if way == 0:
        del parts[one]
    elif way == 1:
        parts.append(parts[one])
    elif way == 2:
        parts[one], parts[other] = (parts[one][0], parts[other][1]), (parts[other][0], parts[one][1])
    elif way == 3:
        parts[one] = (chance.choice(("../x", "/x", "\x1b[0m", "a" * 3000, "con/", parts[other][0])), parts[one][1])
    else:
        chance.shuffle(parts)
    return zipped(parts, ["mimetype"])


RAW: Final[tuple[Way, ...]] = (flipped, cut, without, doubled, spliced, noised, odd)
MARKED_UP: Final[tuple[Way, ...]] = (retagged, retagged, revalued, renumbered, odd, spliced, without, flipped)
_ZIPPED: Final[tuple[Way, ...]] = (*RAW, *[in_a_part] * 14, *[among_parts] * 4)
WAYS: Final[dict[str, tuple[Way, ...]]] = {
    "txt": RAW,
    "html": (*RAW, *MARKED_UP),
    **dict.fromkeys(("docx", "odt", "epub", "ofd", "zip"), _ZIPPED),
    "pdf": (*RAW, *[renumbered] * 6),
    "rtf": (*RAW, *[renumbered] * 3),
    "doc": RAW,
}


if __name__ == "__main__":
    sys.stdout.buffer.write(mutated(sys.argv[1], int(sys.argv[2])))
