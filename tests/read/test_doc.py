"""Old Word documents, made by hand: pieces, properties, fields; and what else comes in such a file."""

import pytest
from documents import compound, doc

from kejidiff.read.doc_runs import is_shaded
from kejidiff.read.extracted import UnparsableError
from kejidiff.read.ole import extract

VANISH, DELETED, WHITE, TINY = b"\x3c\x08\x01", b"\x00\x08\x01", b"\x70\x68\xff\xff\xff\x00", b"\x43\x4a\x02\x00"
BLACK_GROUND = b"\x0c\x2a\x01"


def shaded(fore: bytes, back: bytes, pattern: int) -> bytes:
    return b"\x71\xca\x0a" + fore + back + pattern.to_bytes(2, "little")


AUTO, PAPER, BLUE = b"\0\0\0\xff", b"\xff\xff\xff\0", b"\0\0\x80\0"


def test_text_in_either_width() -> None:
    """UTF-16 for Hanzi, also beyond the first plane; code page 1252 where that was enough."""
    assert extract(doc("第一段𠮷\r第二段\r")).text == "第一段𠮷\n\n第二段"
    assert extract(doc("caf\xe9 \u2019\r", narrow=True)).text == "café ’"


def test_marks_and_fields() -> None:
    """Tabs and line breaks are text, anchors are not; of a field its result; lines of pages part nothing."""
    assert extract(doc("甲\t乙\x0b丙\x01\x13 PAGE \x147\x15页\x1e末\x1f\x0c\r")).text == "甲\t乙\n丙7页-末"


@pytest.mark.parametrize(("modifiers", "hidden"), [(VANISH, True), (WHITE, True), (TINY, True), (b"", False)])
def test_hidden_text_is_kept_and_told(modifiers: bytes, hidden: bool) -> None:
    """By what stands beside the text; and white on a ground of its own is seen."""
    extracted = extract(doc("看得见看不见\r", [(3, 6, modifiers)]))
    assert extracted.text == "看得见看不见"
    assert [mark.span.of(extracted.text) for mark in extracted.marked] == ["看不见"] * hidden
    assert extract(doc("看得见也看得见\r", [(3, 7, WHITE + BLACK_GROUND)])).marked == ()


@pytest.mark.parametrize(
    ("ground", "hidden"),
    [
        (shaded(AUTO, BLUE, 0), False),
        (shaded(AUTO, AUTO, 1), False),  # all black, by a pattern
        (shaded(AUTO, PAPER, 0), True),
        (shaded(PAPER, AUTO, 1), True),
        (shaded(AUTO, AUTO, 0), True),
        (b"\x66\x48" + (2 << 5).to_bytes(2, "little"), False),
        (b"\x66\x48" + (8 << 5).to_bytes(2, "little"), True),
    ],
)
def test_white_on_a_ground(ground: bytes, hidden: bool) -> None:
    """A ground of the paper's own colour shows nothing."""
    assert bool(extract(doc("看得见看不见\r", [(3, 6, WHITE + ground)])).marked) is hidden


def test_white_letters_with_an_outline_are_seen() -> None:
    """What is drawn around a letter shows it."""
    assert extract(doc("看得见看不见\r", [(3, 6, WHITE + b"\x38\x08\x01")])).marked == ()


def test_a_paragraphs_ground() -> None:
    """What is behind a whole paragraph counts as what is behind its letters."""
    assert is_shaded(b"\x4d\xc6\x0a" + AUTO + BLUE + b"\0\0")
    assert not is_shaded(b"\x4d\xc6\x0a" + AUTO + PAPER + b"\0\0")
    assert not is_shaded(b"")


def test_a_field_without_an_end_swallows_nothing() -> None:
    """One mark too many would take the rest of a document out of what is compared."""
    assert extract(doc("一\x13\x13 PAGE \x147\x15二\r三\r")).text == "一7二\n\n三"


def test_deleted_text_is_left_out() -> None:
    """What tracked changes deleted is no text any more."""
    assert extract(doc("留下删去留下\r", [(2, 4, DELETED)])).text == "留下留下"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (doc("密文\r", flags=0x300), "encrypted"),
        (compound({"EncryptedPackage": b"x"}), "encrypted"),
        (compound({"Workbook": b"x"}), "unsupported"),
        (compound({"MatOST": b"x"}), "unsupported"),
        (compound({"Something": b"x"}), "unsupported"),
        (compound({"WordDocument": b"\xdc\xa5" + bytes(100)}), "unsupported"),
        (compound({"WordDocument": b""}), "unsupported"),
        (doc("\r"), "no-text"),
        (doc("正文\r")[:1500], "damaged"),
    ],
)
def test_refusals(data: bytes, expected: str) -> None:
    """Each kind of OLE file that is no readable Word document, with its reason."""
    with pytest.raises(UnparsableError) as raised:
        extract(data)
    assert raised.value.reason == expected
