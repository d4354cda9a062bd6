"""RTF, Word 97, WPS and OLE containers -> bad inputs."""

from collections.abc import Iterator

from bad_input import EVASION, READ, BadInput, Material, unread
from office_files import doc, gbk, numbered, ole, rtf, rtf_of
from package_files import docx, par


def inputs() -> Iterator[BadInput]:
    material = Material(51)
    yield from _rtf(material)
    yield from _hurt_rtf(material)
    yield from _doc(material)


def _rtf(material: Material) -> Iterator[BadInput]:
    one, two, three = material.some(3)
    yield BadInput("gbk.rtf", rtf(one, two, three), text=(one, two, three))
    yield BadInput("rtf-named.doc", rtf(one, two), text=(one, two))
    yield BadInput("rtf-named.txt", rtf(one, two), text=(one, two))
    one, two = material.some(2)
    data = rtf_of(r"\uc1 ", numbered(one), r"\par ", numbered(two), header=r"\rtf1\ansi\ansicpg1252")
    yield BadInput("numbered.rtf", data, text=(one, two))
    one, two = material.some(2)
    none = "".join(f"\\u{ord(c) - (0x10000 if ord(c) > 0x7FFF else 0)} " for c in one)
    yield BadInput("numbered-without.rtf", rtf_of(r"\uc0 ", none, r"\par ", gbk(two)), text=(one, two))
    doubled = "".join(f"\\u{ord(c) - (0x10000 if ord(c) > 0x7FFF else 0)}{gbk(c)}" for c in one)
    yield BadInput("numbered-gbk.rtf", rtf_of(r"\uc2 ", doubled, r"\par ", gbk(two)), text=(one, two))
    one, two, hidden = material.some(3)
    data = rtf_of(gbk(one), r"\par{\v ", gbk(hidden), r"}\par ", gbk(two), r"\par")
    yield BadInput("hidden.rtf", data, text=(one, two), absent=(hidden,), warnings=frozenset({EVASION}))
    one, two, gone = material.some(3)
    data = rtf_of(gbk(one), r"{\deleted ", gbk(gone), r"}\par ", gbk(two), r"\par")
    yield BadInput("deleted.rtf", data, text=(one, two), absent=(gone,))
    one, two = material.some(2)
    beside = r"{\*\generator " + gbk("某某软件生成") + r";}{\info{\author " + gbk("某某作者") + "}}"
    yield BadInput(
        "info.rtf", rtf_of(beside, gbk(one), r"\par ", gbk(two)), text=(one, two), absent=("软件生成", "某某作者")
    )
    one, two = material.some(2)
    data = rtf_of(r"\trowd\cellx2000\cellx4000\intbl ", gbk(one), r"\cell ", gbk(two), r"\cell\row\pard")
    yield BadInput("table.rtf", data, text=(one, two))
    one, two = material.some(2)
    picture = r"{\pict\pngblip " + "89504e470d0a1a0a" * 40 + "}"
    yield BadInput("picture.rtf", rtf_of(gbk(one), picture, gbk(two), r"\par"), text=(one, two), absent=("89504e",))


def _hurt_rtf(material: Material) -> Iterator[BadInput]:
    one, two = material.some(2)
    good = rtf(one, two)
    room = frozenset({READ, "damaged"})
    yield BadInput("no-end.rtf", good[:-1], room, (one, two))
    yield BadInput("half.rtf", good[: len(good) // 2], room)
    # Nested groups: what no word processor writes, and what overflows a recursive reader.
    one = material.sentence()
    deep = rtf_of("{" * 50_000, gbk(one), "}" * 50_000)
    yield BadInput("deep.rtf", deep, frozenset({READ, "too-deep", "damaged"}), (one,))
    yield BadInput("open-groups.rtf", rtf_of("{" * 50_000), frozenset({"too-deep", "damaged", "no-text", "empty"}))
    yield BadInput("only-start.rtf", b"{\\rtf1", frozenset({"damaged", "no-text", "empty"}))
    yield BadInput("nothing.rtf", rtf_of(r"\par\par"), frozenset({"no-text", "empty"}))
    one, two = material.some(2)
    huge = rtf_of(gbk(one), r"\bin99999999999 ", gbk(two))
    yield BadInput("huge-bin.rtf", huge, frozenset({READ, "damaged", "no-text"}))
    one, two = material.some(2)
    data = rtf_of(gbk(one), r"\'zz\'8", r"\par ", gbk(two))
    yield BadInput("bad-escapes.rtf", data, room, (one[:-2], two[2:]))


def _doc(material: Material) -> Iterator[BadInput]:
    one, two, three = material.some(3)
    yield BadInput("old.doc", doc("\n".join((one, two, three))), text=(one, two, three))
    one, two = material.some(2)
    yield BadInput("old-named.docx", doc(f"{one}\n{two}"), text=(one, two))
    yield BadInput("old-named.wps", doc(f"{one}\n{two}"), text=(one, two))
    yield BadInput("docx-named.wps", docx(par(one), par(two)), text=(one, two))
    yield unread("password.doc", doc("x" * 99, flags=0x0300), "encrypted")
    data = ole({"EncryptedPackage": bytes(range(256)) * 20, "EncryptionInfo": b"\x04\x00\x04\x00" + bytes(900)})
    yield unread("password.docx", data, "encrypted")
    yield unread("workbook.xls", ole({"Workbook": b"\x09\x08\x10\x00" + bytes(900)}), "unsupported")
    yield unread("slides.ppt", ole({"PowerPoint Document": bytes(900), "Current User": bytes(90)}), "unsupported")
    yield unread("other.doc", ole({"Contents": bytes(900)}), "unsupported", "damaged")
    good = doc(f"{one}\n{two}")
    for share in (0.1, 0.4):
        yield unread(
            f"cut-{int(share * 100)}.doc", good[: int(len(good) * share)], "damaged", "parser-crash", "unsupported"
        )
    yield unread("only-head.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged", "unsupported", "parser-crash")
    looped = bytearray(good)
    table = 512 * (1 + int.from_bytes(good[76:80], "little"))
    for at in range(0, 64, 4):
        looped[table + at : table + at + 4] = (at // 4).to_bytes(4, "little")  # each sector follows itself
    yield unread("looped.doc", bytes(looped), "damaged", "parser-crash", "timeout", "memory", "unsupported", "no-text")
    hurt = bytearray(good)
    hurt[512 + 0x1A6 : 512 + 0x1AA] = b"\xff\xff\xff\x7f"
    yield BadInput("wild-length.doc", bytes(hurt), frozenset({READ, "damaged", "parser-crash", "memory", "no-text"}))
