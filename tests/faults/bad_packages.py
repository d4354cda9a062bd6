"""Broken and hostile containers -> bad inputs: docx, odt, epub and ofd whose zip or XML is not what it should be."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import escape

from bad_input import READ, BadInput, Material, unread
from package_files import (
    HEAD,
    NAMES,
    Parts,
    body,
    docx_parts,
    epub,
    epub_parts,
    expanding,
    odt,
    odt_parts,
    ofd,
    ofd_parts,
    par,
    with_raw_member,
    zipped,
)


def inputs() -> Iterator[BadInput]:
    material = Material(41)
    yield from _good(material)
    for kind, made in makers(material).items():
        yield from _hostile_xml(kind, *made)
        yield from _broken_zip(kind, *made)
    yield from _deep(material)
    yield from _locked(material)
    yield from _other_zips(material)


def makers(material: Material) -> dict[str, tuple[Parts, str, str]]:
    """By ending: the parts of a good file, the part its text is in, and a sentence of that."""
    one, two, three, four = (material.sentence() for _ in range(4))
    return {
        "docx": (docx_parts(body(par(one), par(material.sentence()))), "word/document.xml", one),
        "odt": (odt_parts(f"<text:p>{two}</text:p><text:p>{material.sentence()}</text:p>"), "content.xml", two),
        "epub": (
            epub_parts({"a.xhtml": f"<p>{three}</p><p>{material.sentence()}</p>"}, ["a.xhtml"]),
            "OEBPS/a.xhtml",
            three,
        ),
        "ofd": (ofd_parts([[four, material.sentence()]]), "Doc_0/Pages/Page_0/Content.xml", four),
    }


def _good(material: Material) -> Iterator[BadInput]:
    for number in range(2):
        one, two, three = material.some(3)
        yield BadInput(f"good-{number}.odt", odt(one, two, three), text=(one, two, three))
        yield BadInput(f"good-{number}.epub", epub(one, two, three), text=(one, two, three))
        yield BadInput(f"good-{number}.ofd", ofd([one, two], [three]), text=(one, two, three))
    one, two, three = material.some(3)
    chapters = {"z.xhtml": f"<p>{one}</p>", "a.xhtml": f"<p>{two}</p>", "m.xhtml": f"<p>{three}</p>"}
    data = zipped(epub_parts(chapters, ["m.xhtml", "z.xhtml", "a.xhtml"]), ["mimetype"])
    yield BadInput("spine-order.epub", data, text=(three + one + two,))
    one, two, three, four = material.some(4)
    rows = (
        f"<text:h>{one}</text:h><table:table><table:table-row><table:table-cell><text:p>{two}</text:p>"
        f"</table:table-cell></table:table-row></table:table><text:list><text:list-item><text:p>{three}</text:p>"
        f"</text:list-item></text:list><text:p>{four[:9]}<text:s text:c='2'/><text:span>{four[9:]}</text:span></text:p>"
    )
    yield BadInput("structure.odt", zipped(odt_parts(rows), ["mimetype"]), text=(one, two, three, four))
    one, gone, note = material.some(3)
    tracked = (
        f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{gone}</text:p></text:deletion>"
        f"</text:changed-region></text:tracked-changes><text:p>{one}<text:note><text:note-body><text:p>{note}</text:p>"
        "</text:note-body></text:note></text:p>"
    )
    yield BadInput("tracked.odt", zipped(odt_parts(tracked)), text=(one, note), absent=(gone,))


def _with(parts: Parts, name: str, content: str | bytes) -> bytes:
    return zipped({**parts, name: content}, ["mimetype"])


def _hostile_xml(kind: str, parts: Parts, name: str, sentence: str) -> Iterator[BadInput]:
    """Document types, entities, what is not well-formed."""
    text = str(parts[name])
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    types = {
        "laughs": f'<!DOCTYPE d [<!ENTITY l0 "哈哈">{laughs}]>',
        "external": '<!DOCTYPE d [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        "external-http": '<!DOCTYPE d [<!ENTITY l9 SYSTEM "http://127.0.0.1:9/x">]>',
        "parameter": '<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;<!ENTITY l9 "x">]>',
        "internal": '<!DOCTYPE d [<!ENTITY l9 "替换">]>',
    }
    for way, declaration in types.items():
        hostile = text.replace("?>\n", f"?>\n{declaration}", 1).replace(sentence, f"{sentence[:9]}&l9;{sentence[9:]}")
        reasons = ("dtd-forbidden",)
        yield unread(f"{way}.{kind}", _with(parts, name, hostile), *reasons)
    bare = text.replace("?>\n", '?>\n<!DOCTYPE d SYSTEM "file:///etc/passwd">', 1)
    if kind != "epub":  # the chapters of an epub may name the document type of XHTML: EPUB 2 asks for it
        yield unread(f"doctype.{kind}", _with(parts, name, bare), "dtd-forbidden")
    else:
        xhtml = text.replace("?>\n", '?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
                             '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">', 1)  # fmt: skip
        yield BadInput("xhtml-doctype.epub", _with(parts, name, xhtml), frozenset({READ, "dtd-forbidden"}), (sentence,))
    broken = {"unclosed": text[: text.index(sentence) + 20], "crossed": text.replace("</", "</x", 1)}
    for way, content in broken.items():
        # A chapter of an epub may be read as forgivingly as any web page.
        reasons = frozenset({READ, "damaged"}) if kind == "epub" else frozenset({"damaged"})
        yield BadInput(f"{way}.{kind}", _with(parts, name, content), reasons)
    yield BadInput(f"binary-part.{kind}", _with(parts, name, bytes(range(256)) * 9),
                   frozenset({"damaged", "no-text", "binary", "garbled-text"}))  # fmt: skip


def _broken_zip(kind: str, parts: Parts, name: str, sentence: str) -> Iterator[BadInput]:
    good = zipped(parts, ["mimetype"])
    for share in (0.3, 0.7, 0.97):
        yield unread(f"cut-{int(share * 100)}.{kind}", good[: int(len(good) * share)], "damaged", "unsupported")
    yield unread(f"bad-sum.{kind}", _patched(good, name, _flip_sum), "damaged")
    yield unread(f"locked-part.{kind}", _patched(good, name, _set_locked), "encrypted")
    yield unread(f"bad-method.{kind}", _patched(good, name, _set_method), "damaged", "unsupported")
    doubled = zipped(
        [*parts.items(), (name, str(parts[name]).replace(sentence, "另一个正文，另一个读者。"))], ["mimetype"]
    )
    yield unread(f"doubled.{kind}", doubled, "ambiguous-parts")
    stream, checksum, size = expanding(400)
    rest = {place: content for place, content in parts.items() if place != name}
    yield unread(f"bomb.{kind}", with_raw_member(rest, name, stream, checksum, size), "expands-too-much")
    lying = with_raw_member(rest, name, stream, checksum, 3000)
    yield unread(f"lying-bomb.{kind}", lying, "expands-too-much", "damaged")
    without = zipped(rest, ["mimetype"])
    if kind != "epub":
        yield unread(f"without-text.{kind}", without, "damaged", "unsupported", "no-text", "empty")
    yield BadInput(f"junk-before.{kind}", b"junk" * 9 + good,
                   frozenset({READ, "damaged", "unsupported", "binary", "garbled-text"}), (sentence,))  # fmt: skip
    yield BadInput(f"junk-after.{kind}", good + b"junk" * 9, frozenset({READ, "damaged"}), (sentence,))


def _patched(data: bytes, name: str, change: Callable[[bytearray, int, int], None]) -> bytes:
    """The zip with both headers of one member changed; `change` gets the place of the local and the central one."""
    archive = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        local = read.getinfo(name).header_offset
        at = read.start_dir
    while bytes(archive[at + 46 : at + 46 + len(name.encode())]) != name.encode():
        at = archive.index(b"PK\x01\x02", at + 4)
    change(archive, local, at)
    return bytes(archive)


def _flip_sum(archive: bytearray, local: int, central: int) -> None:
    archive[local + 14] ^= 0xFF
    archive[central + 16] ^= 0xFF


def _set_locked(archive: bytearray, local: int, central: int) -> None:
    archive[local + 6] |= 1
    archive[central + 8] |= 1


def _set_method(archive: bytearray, local: int, central: int) -> None:
    archive[local + 8] = archive[central + 10] = 77


def _deep(material: Material) -> Iterator[BadInput]:
    for depth in (100_000, 3_000):
        nested = "<w:sdt><w:sdtContent>" * depth + par(material.sentence()) + "</w:sdtContent></w:sdt>" * depth
        yield unread(f"deep-{depth}.docx", zipped(docx_parts(body(nested))), "too-deep")
    nested = "<text:section>" * 100_000 + "<text:p>x</text:p>" + "</text:section>" * 100_000
    yield unread("deep.odt", zipped(odt_parts(nested)), "too-deep")
    nested = "<ofd:PageBlock>" * 100_000 + "</ofd:PageBlock>" * 100_000
    parts = ofd_parts([["x"]])
    name = "Doc_0/Pages/Page_0/Content.xml"
    parts[name] = str(parts[name]).replace("<ofd:Content>", f"<ofd:Content>{nested}")
    yield unread("deep.ofd", zipped(parts), "too-deep")
    wide = "<w:p/>" * 200_000 + par(sentence := material.sentence())
    yield BadInput("wide.docx", zipped(docx_parts(body(wide))), frozenset({READ}), (sentence,))
    attribute = (
        f'{HEAD}<w:document {NAMES}><w:body><w:p w:x="{"甲" * 3_000_000}"/>{par(sentence)}</w:body></w:document>'
    )
    reasons = frozenset({READ, "expands-too-much", "damaged"})
    yield BadInput("long-attribute.docx", zipped(docx_parts(attribute)), reasons, (sentence,))


def _locked(material: Material) -> Iterator[BadInput]:
    """Protection of the formats' own: what must be decrypted is not read."""
    one = material.sentence()
    scheme = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod '
        'Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="{}"/>'
        "</enc:CipherData></enc:EncryptedData></encryption>"
    )
    aes = scheme.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/a.xhtml")
    parts = epub_parts({"a.xhtml": f"<p>{one}</p>"}, ["a.xhtml"], aes)
    parts["OEBPS/a.xhtml"] = bytes(Material(42).chance.randrange(256) for _ in range(900))
    yield unread("drm.epub", zipped(parts, ["mimetype"]), "encrypted")
    font = scheme.format("http://www.idpf.org/2008/embedding", "OEBPS/f.otf")
    data = zipped(epub_parts({"a.xhtml": f"<p>{one}</p>"}, ["a.xhtml"], font), ["mimetype"])
    yield BadInput("font-obfuscation.epub", data, text=(one,))
    locked = odt_parts("<text:p>x</text:p>")
    locked["META-INF/manifest.xml"] = str(locked["META-INF/manifest.xml"]).replace(
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/>',
        'manifest:full-path="content.xml" manifest:media-type="text/xml"><manifest:encryption-data/>'
        "</manifest:file-entry>",
    )
    locked["content.xml"] = bytes(Material(43).chance.randrange(256) for _ in range(900))
    yield unread("password.odt", zipped(locked, ["mimetype"]), "encrypted")
    locked = ofd_parts([["x"]])
    locked["Encryptions.xml"] = f'{HEAD}<ofd:Encryptions xmlns:ofd="http://www.ofdspec.org/2016"/>'
    locked["Doc_0/Pages/Page_0/Content.xml"] = bytes(Material(44).chance.randrange(256) for _ in range(900))
    yield unread("password.ofd", zipped(locked), "encrypted", "damaged")


def _other_zips(material: Material) -> Iterator[BadInput]:
    """Kinds that are not read: a table and a presentation are not taken for archives of XML."""
    xml: Mapping[str, str | bytes] = {"[Content_Types].xml": f"{HEAD}<Types/>"}
    text = escape(material.sentence())
    yield unread("table.xlsx", zipped({**xml, "xl/workbook.xml": f"{HEAD}<workbook>{text}</workbook>"}), "unsupported")
    slides = {**xml, "ppt/presentation.xml": f"{HEAD}<p>{text}</p>"}
    yield unread("slides.pptx", zipped(slides), "unsupported")
    sheet = odt_parts("", "application/vnd.oasis.opendocument.spreadsheet")
    yield unread("table.ods", zipped(sheet, ["mimetype"]), "unsupported", "no-text")
