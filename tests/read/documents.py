"""Text -> small documents of every format, made by hand, so that a test can put into them what no program would."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
OFD = "http://www.ofdspec.org/2016"

TEXT = "全市科技工作坚持自主创新，重点推进技术改造。"


def zipped(parts: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    """A zip file of parts by name; in pairs, so that one name can come twice."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{text}</w:t></w:r></w:p>"


def docx_parts(body: str, namespace: str = W, parts: Mapping[str, str] | None = None) -> dict[str, str]:
    """`parts` by name below `word/`; the document is related to each by its name without ending and number."""
    spaces = f'xmlns:w="{namespace}" xmlns:mc="{MC}" xmlns:m="{MATH}"'
    related = "".join(
        f'<Relationship Id="r{name}" Type="{REL}/{name.partition(".")[0].rstrip("0123456789")}" Target="{name}"/>'
        for name in parts or {}
    )
    return {
        "[Content_Types].xml": '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml" PartName="/word/document.xml"/></Types>',
        "_rels/.rels": f'<Relationships><Relationship Type="{REL}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{related}</Relationships>",
        **{f"word/{name}": content.replace("XMLNS", spaces) for name, content in (parts or {}).items()},
    }


def docx(body: str, namespace: str = W, parts: Mapping[str, str] | None = None) -> bytes:
    return zipped(docx_parts(body, namespace, parts))


def odt(body: str, styles: str = "", pages: str = "") -> bytes:
    names = ("office", "text", "table", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    spaces += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    spaces += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {spaces}><office:master-styles>{pages}</office:master-styles>"
        "</office:document-styles>",
    })  # fmt: skip


def epub(chapters: Iterable[str], extra: Mapping[str, str] | None = None) -> bytes:
    pages = list(chapters)
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(pages))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(pages)))
    return zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="nav" href="nav.xhtml" '
        f'media-type="application/xhtml+xml" properties="nav"/>{items}</manifest>'
        f'<spine><itemref idref="nav"/>{spine}</spine></package>',
        "OEBPS/nav.xhtml": "<html><body><p>目录</p></body></html>",
        **{f"OEBPS/c{n}.xhtml": f"<!DOCTYPE html><html><body>{page}</body></html>" for n, page in enumerate(pages)},
        **(extra or {}),
    })  # fmt: skip


def text_object(text: str, x: float, y: float, attributes: str = "", inside: str = "") -> str:
    step = f' DeltaX="g {len(text) - 1} 5"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject Boundary="{x} {y} 160 6" Size="5" {attributes}>{inside}'
        f'<ofd:TextCode X="0" Y="4.5"{step}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(pages: Iterable[str], extra: Mapping[str, str] | None = None) -> bytes:
    contents = list(pages)
    space = f'xmlns:ofd="{OFD}"'
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(contents)))
    page = '<ofd:Page {}><ofd:Content><ofd:Layer Type="Body">{}</ofd:Layer></ofd:Content></ofd:Page>'
    return zipped({
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": page.format(space, own) for n, own in enumerate(contents)},
        **(extra or {}),
    })  # fmt: skip


SECTOR = 512


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file whose streams are long enough to need no small sectors: each is filled up to 4,096 bytes."""
    sectors: list[bytes] = []
    table: list[int] = []

    def put(data: bytes) -> int:
        start, count = len(sectors), max(1, -(-len(data) // SECTOR))
        sectors.extend(data[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, b"\0") for at in range(count))
        table.extend([*range(start + 1, start + count), 0xFFFFFFFE])
        return start

    placed = [(name, put(data.ljust(4096, b"\0")), max(len(data), 4096)) for name, data in streams.items()]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, (name, start, size) in enumerate(placed, start=1):
        right = number + 1 if number < len(placed) else 0xFFFFFFFF
        entries.append(_entry(name, 2, start, size, right=right))
    directory = put(b"".join(entries).ljust(SECTOR * -(-len(entries) // 4), b"\0"))
    count = -(-(len(table) + 2) // (SECTOR // 4 - 1))
    places = [len(sectors) + n for n in range(count)]
    table += [0xFFFFFFFD] * count
    allocation = struct.pack(f"<{len(table)}I", *table).ljust(count * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<9I", 0, count, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack(f"<{count}I", *places).ljust(109 * 4, b"\xff")
    return header + b"".join(sectors) + allocation


def _entry(name: str, kind: int, start: int, size: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBB3I16sI16sIQ", raw, len(raw), kind, 1, 0xFFFFFFFF, right, child, b"", 0, b"", start, size)


def doc(body: str, looks: Iterable[tuple[int, int, bytes]] = (), *, flags: int = 0x200, narrow: bool = False) -> bytes:
    """A Word 97 document of one piece; `looks`: characters from, to, and the modifiers that apply to them."""
    raw = body.encode("cp1252" if narrow else "utf-16-le")
    width, start = (1, 1024) if narrow else (2, 1024)
    units = len(raw) // width
    stream = bytes(1024) + raw
    page = -(-len(stream) // SECTOR)
    stream = stream.ljust(page * SECTOR, b"\0") + _formatting(list(looks), start, units, width)
    place = start * 2 | 0x40000000 if narrow else start
    pieces = struct.pack("<2I", 0, units) + struct.pack("<HIH", 0, place, 0)
    pieces = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    bins = struct.pack("<3I", start, start + units * width, page)
    places = [0] * 186
    places[2 * 12 : 2 * 12 + 2] = [0, len(bins)]
    places[2 * 33 : 2 * 33 + 2] = [len(bins), len(pieces)]
    block = struct.pack("<2H6xH", 0xA5EC, 0xC1, flags).ljust(32, b"\0") + struct.pack("<H", 14) + bytes(28)
    block += struct.pack("<H22i", 22, 0, 0, 0, units, *[0] * 18) + struct.pack("<H186I", 93, *places)
    return compound({"WordDocument": block + stream[len(block) :], "1Table": bins + pieces})


def _formatting(looks: list[tuple[int, int, bytes]], start: int, units: int, width: int) -> bytes:
    """One page of formatting: a stretch for each look, and one for what is between them."""
    edges = sorted({0, units, *(edge for first, last, _ in looks for edge in (first, last))})
    page = bytearray(SECTOR)
    count = len(edges) - 1
    page[-1] = count
    struct.pack_into(f"<{count + 1}I", page, 0, *(start + edge * width for edge in edges))
    at = SECTOR - 2
    for number in range(count):
        own = next((modifiers for first, last, modifiers in looks if first <= edges[number] < last), b"")
        if own:
            at -= (len(own) + 2) & ~1
            page[at : at + len(own) + 1] = bytes([len(own)]) + own
            page[(count + 1) * 4 + number] = at // 2
    return bytes(page)
