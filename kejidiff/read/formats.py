"""First bytes -> the name of the format, where they name one: what a file is that is no plain text.

Terms.       *unsupported*: a format that may hold a report, but is not read, or not as text; *binary*: one that holds
             no prose.
Source.      The formats' own specifications; the signatures as the file(1) database has them.
Limitations. A signature is believed only at its place. Those of letters alone (BMP, MZ, RIFF, CAJ's HN) also begin
             English words, so they count only where a NUL follows soon. Web pages in UTF-16 are not recognised. What a
             zip or an OLE file holds, only its own parser can tell: the name here is for messages.
"""

from typing import Final, NamedTuple


class Format(NamedTuple):
    """`reason` why it is no text: `unsupported` or `binary`; `name` is what a message calls it; `kind` is one of
    `PARSERS`, or empty where there is none for it."""

    reason: str
    name: str
    kind: str = ""


#: Kind of format -> the module of this room whose `extract` reads it. `zip` and `ole` are read as what they hold.
PARSERS: Final = {
    "html": "web", "pdf": "pdf", "rtf": "rtf", "zip": "packages", "ole": "ole", "odt": "odt",
}  # fmt: skip


#: Signature at the file's start, reason, name.
SIGNATURES: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"CAJ\x00", "unsupported", "CAJ"),
    (b"KDH ", "unsupported", "CAJ (KDH)"),
    (b"%!PS", "unsupported", "PostScript"),
    (b"AT&TFORM", "unsupported", "DjVu"),
    (b"\x1f\x8b\x08", "unsupported", "gzip archive"),
    (b"\xfd7zXZ\x00", "unsupported", "xz archive"),
    (b"\x28\xb5\x2f\xfd", "unsupported", "zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "unsupported", "7z archive"),
    (b"Rar!\x1a\x07", "unsupported", "rar archive"),
    (b"\xff\xfe\x00\x00", "unsupported", "UTF-32 text"),
    (b"\x00\x00\xfe\xff", "unsupported", "UTF-32 text"),
    (b"SQLite format 3\x00", "binary", "SQLite database"),
    (b"\x89PNG\r\n\x1a\n", "binary", "PNG image"),
    (b"GIF87a", "binary", "GIF image"),
    (b"GIF89a", "binary", "GIF image"),
    (b"\xff\xd8\xff", "binary", "JPEG image"),
    (b"II*\x00", "binary", "TIFF image"),
    (b"MM\x00*", "binary", "TIFF image"),
    (b"\x00\x00\x01\x00", "binary", "icon"),
    (b"\x7fELF", "binary", "ELF program"),
    (b"\xca\xfe\xba\xbe", "binary", "Java class or Mach-O program"),
    (b"\xcf\xfa\xed\xfe", "binary", "Mach-O program"),
    (b"\x00asm", "binary", "WebAssembly program"),
    (b"ID3\x02", "binary", "MP3 sound"),
    (b"ID3\x03", "binary", "MP3 sound"),
    (b"ID3\x04", "binary", "MP3 sound"),
    (b"OggS\x00", "binary", "Ogg sound"),
    (b"fLaC\x00", "binary", "FLAC sound"),
    (b"\x00\x01\x00\x00\x00", "binary", "TrueType font"),
    (b"OTTO\x00", "binary", "OpenType font"),
    (b"wOFF\x00", "binary", "WOFF font"),
    (b"wOF2\x00", "binary", "WOFF2 font"),
)

#: Signature, name and kind of what is read.
READ: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"%PDF-", "PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE (doc, xls, ppt, wps, or an encrypted docx)", "ole"),
    (b"{\\rtf", "RTF", "rtf"),
)

#: The same, for signatures that are plain letters: only where a NUL stands in the first `NEAR` bytes.
LETTERS: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"HN", "unsupported", "CAJ (HN)"),
    (b"BM", "binary", "BMP image"),
    (b"MZ", "binary", "Windows program"),
    (b"RIFF", "binary", "RIFF sound, video or WebP image"),
)
NEAR: Final = 64

#: What a zip archive holds tells its kind: a member's name, which stands uncompressed in the archive.
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
MEMBERS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"word/document", "docx"),
    (b"xl/workbook", "xlsx"),
    (b"ppt/presentation", "pptx"),
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument", "OpenDocument"),
    (b"OFD.xml", "OFD"),
)

#: How a web page begins, blanks aside and in any case; after a declaration or a comment, within the first bytes. Read
#: as plain text its markup would count as prose.
HEAD: Final = 1024
WEB_PAGES: Final = (b"<!doctype html", b"<html")

#: XML files that are documents: a mark within the first bytes, name, kind. As plain text their markup would be prose.
XML: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"<office:document", "flat OpenDocument", "odt"),
    (b"<w:wordDocument", "Word 2003 XML", ""),
    (b"<pkg:package", "Word XML package", ""),
    (b"<Workbook", "Excel XML", ""),
)
#: The same for web archives, which begin with the headers of a letter.
LETTER: Final = b"mime-version:"

#: What stands near the beginning of the files kejidiff writes: page, record and table of a scan, SARIF and JUnit of a
#: check, a manifest in CSV. They lie in `reports/`, and the next `scan .` meets them.
OWN: Final = (
    b'name="generator" content="kejidiff"',
    b'"schema": "kejidiff.',
    b"left,left_title,left_start,left_end,",
    b'"driver": {\n          "name": "kejidiff"',
    b'<testsuites name="kejidiff',
    b"id,path,ordinal,title,state,family,kept_id,",
)

#: A library: an SQLite file that bears our application number, "kjdf", at its place; the lock file that lies beside
#: it; the journal of a change under way.
LIBRARY: Final = (b"SQLite format 3\x00", 68, b"kjdf")
LOCK: Final = b"kejidiff library lock\n"
JOURNAL: Final = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"

#: How the names of archives of texts end, in lower case: JSON lines, plain or packed, and Parquet.
PARQUET: Final = ".parquet"
ARCHIVES: Final = (
    *(form + packing for form in (".jsonl", ".ndjson") for packing in ("", ".gz", ".zst")), PARQUET,
)  # fmt: skip

#: What is said of a file that is passed over because of what is in it, not because of its name.
OWN_REPORT: Final = "a report that kejidiff wrote"
OWN_LIBRARY: Final = "a library of kejidiff, or what lies beside one"


def format_of(data: bytes) -> Format | None:
    """The format that the bytes themselves name; None for plain text and for what is not known."""
    for signature, reason, name in SIGNATURES:
        if data.startswith(signature):
            return Format(reason, name)
    for signature, name, kind in READ:
        if data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(signature):
            return Format("unsupported", name, kind)
    if data.startswith(ZIP):
        kinds = (name for member, name in MEMBERS if member in data)
        return Format("unsupported", next(kinds, "zip archive"), "zip")
    if b"\x00" in data[:NEAR]:
        for signature, reason, name in LETTERS:
            if data.startswith(signature):
                return Format(reason, name)
    if data[4:8] == b"ftyp":
        return Format("binary", "MP4 video")
    if data[257:262] == b"ustar":
        return Format("unsupported", "tar archive")
    if _is_web_page(data[:HEAD]):
        return Format("unsupported", "HTML", "html")
    return _marked_up(data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip())


def _marked_up(head: bytes) -> Format | None:
    if head[: len(LETTER)].lower() == LETTER and b"multipart/related" in head:
        return Format("unsupported", "web archive (mht)")
    if head.startswith(b"<"):
        for mark, name, kind in XML:
            if mark in head:
                return Format("unsupported", name, kind)
    return None


def is_archive_name(path: str) -> bool:
    """True for the name of an archive of texts."""
    return path.lower().endswith(ARCHIVES)


def is_own_report(data: bytes) -> bool:
    """True for what kejidiff has written itself: its pages, its records, its tables."""
    return any(mark in data[:HEAD] for mark in OWN)


def is_own_library(data: bytes) -> bool:
    """True for a library (its first hundred bytes suffice), its lock file and its journal."""
    magic, place, number = LIBRARY
    return (data.startswith(magic) and data[place : place + len(number)] == number) or data.startswith((LOCK, JOURNAL))


def _is_web_page(head: bytes) -> bool:
    beginning = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return beginning.startswith(WEB_PAGES) or (beginning.startswith((b"<?xml", b"<!--")) and b"<html" in beginning)
