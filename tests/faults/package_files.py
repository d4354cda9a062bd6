"""Paragraphs -> a docx, odt, epub, ofd or zip: by hand, part by part, so that each part can be made wrong."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Final
from xml.sax.saxutils import escape

Parts = dict[str, str | bytes]

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMES: Final = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def zipped(parts: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]], stored: Iterable[str] = ()) -> bytes:
    """A zip of these parts, in their order; equal parts give equal bytes."""
    out = io.BytesIO()
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    first = set(stored)
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that comes twice, which is what some of them are made for
        for name, data in pairs:
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name in first else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    """`w:r` with text."""
    made = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{made}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def par(*inner: str) -> str:
    """`w:p` of text, or of markup where it begins with `<`."""
    return "<w:p>" + "".join(one if one.startswith("<") else run(one) for one in inner) + "</w:p>"


def body(*blocks: str) -> str:
    """word/document.xml."""
    return f"{HEAD}<w:document {NAMES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"


def docx_parts(document: str | bytes, extra: Mapping[str, tuple[str, str | bytes]] | None = None) -> Parts:
    """The parts of a docx; `extra` adds parts of word/ by name, each with its kind (`footnotes`, `header`, ...)."""
    further = extra or {}
    types = "".join(
        f'<Override PartName="/word/{name}" ContentType="{WORD}.{kind}+xml"/>' for name, (kind, _) in further.items()
    )
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{name}"/>'
        for at, (name, (kind, _)) in enumerate(further.items())
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f"{HEAD}<Relationships "
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        **{f"word/{name}": content for name, (_, content) in further.items()},
    }


def docx(*blocks: str) -> bytes:
    """A docx of these blocks (`par(...)`, tables)."""
    return zipped(docx_parts(body(*blocks)))


def odt_parts(content: str, mime: str = "application/vnd.oasis.opendocument.text") -> Parts:
    """The parts of an odt; `content` is what stands in `office:text`."""
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    )
    automatic = (
        '<office:automatic-styles><style:style style:name="H" style:family="text">'
        '<style:text-properties text:display="none"/></style:style></office:automatic-styles>'
    )
    return {
        "mimetype": mime,
        "META-INF/manifest.xml": f"{HEAD}<manifest:manifest "
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        "content.xml": f'{HEAD}<office:document-content {names} office:version="1.3">{automatic}'
        f"<office:body><office:text>{content}</office:text></office:body></office:document-content>",
    }


def odt(*paragraphs: str) -> bytes:
    """An odt of plain paragraphs."""
    content = "".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs)
    return zipped(odt_parts(content), ["mimetype"])


def epub_parts(chapters: Mapping[str, str], spine: Iterable[str], encryption: str = "") -> Parts:
    """The parts of an epub; `chapters` maps file names to what stands in `body`, `spine` is the reading order."""
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>' for at, name in enumerate(chapters)
    )
    places = {name: at for at, name in enumerate(chapters)}
    order = "".join(f'<itemref idref="i{places[name]}"/>' for name in spine)
    parts: Parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": f'{HEAD}<container version="1.0" '
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OEBPS/content.opf": f'{HEAD}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="u">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>年报</dc:title></metadata>'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>",
    }
    for name, content in chapters.items():
        parts[f"OEBPS/{name}"] = (
            f'{HEAD}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>年报</title></head>'
            f"<body>{content}</body></html>"
        )
    if encryption:
        parts["META-INF/encryption.xml"] = encryption
    return parts


def epub(*paragraphs: str) -> bytes:
    """An epub with one chapter for every paragraph."""
    chapters = {f"c{at}.xhtml": f"<p>{escape(text)}</p>" for at, text in enumerate(paragraphs)}
    return zipped(epub_parts(chapters, chapters), ["mimetype"])


def ofd_parts(pages: Iterable[Iterable[str]]) -> Parts:
    """The parts of an OFD (GB/T 33190): each page a list of lines, each line a text object with its place."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    contents = {}
    number = 100
    for at, lines in enumerate(pages):
        objects = []
        for line, text in enumerate(lines):
            number += 1
            objects.append(
                f'<ofd:TextObject ID="{number}" Boundary="20 {20 + 10 * line} 170 8" Font="1" Size="5">'
                f'<ofd:TextCode X="0" Y="5" DeltaX="g {max(1, len(text) - 1)} 5">{escape(text)}</ofd:TextCode>'
                "</ofd:TextObject>"
            )
        contents[f"Doc_0/Pages/Page_{at}/Content.xml"] = (
            f'{HEAD}<ofd:Page {space}><ofd:Content><ofd:Layer ID="{number + 1000}">{"".join(objects)}</ofd:Layer>'
            "</ofd:Content></ofd:Page>"
        )
    listed = "".join(f'<ofd:Page ID="{at + 1}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(contents)))
    return {
        "OFD.xml": f'{HEAD}<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{HEAD}<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>"
        "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **contents,
    }


def ofd(*pages: Iterable[str]) -> bytes:
    return zipped(ofd_parts(pages))


def expanding(megabytes: int, filler: bytes = b" ") -> tuple[bytes, int, int]:
    """A raw deflate stream of so many MB of one byte: the stream, its CRC, its expanded size."""
    piece = filler * (1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(piece, checksum)
    return block * megabytes + packer.flush(), checksum, megabytes << 20


def with_raw_member(parts: Mapping[str, str | bytes], name: str, stream: bytes, checksum: int, size: int) -> bytes:
    """A zip of `parts` and of one more member, whose stream, CRC and size are taken as given, true or not."""
    packed = zipped([*parts.items(), (name, zlib.compress(b"")[:0])], stored=[name])
    archive = bytearray(packed)
    with zipfile.ZipFile(io.BytesIO(packed)) as read:
        entry = read.getinfo(name)
        start = read.start_dir
    local = entry.header_offset
    for at, offset in ((local, 8), (archive.rindex(b"PK\x01\x02"), 10)):
        archive[at + offset : at + offset + 2] = (8).to_bytes(2, "little")
        sizes = checksum.to_bytes(4, "little") + len(stream).to_bytes(4, "little") + size.to_bytes(4, "little")
        archive[at + offset + 6 : at + offset + 18] = sizes
    end = archive.rindex(b"PK\x05\x06")
    archive[end + 16 : end + 20] = (start + len(stream)).to_bytes(4, "little")
    return bytes(archive[:start]) + stream + bytes(archive[start:])
