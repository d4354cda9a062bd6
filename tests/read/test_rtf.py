"""RTF in every way that Chinese is written in it."""

import pytest

from kejidiff.read.extracted import UnparsableError
from kejidiff.read.rtf import extract

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset134 SimSun;}{\f2\fnil\fcharset136 MingLiU;}}"


def rtf(body: str, page: int = 936, head: str = FONTS) -> bytes:
    return (rf"{{\rtf1\ansi\ansicpg{page}\deff0 {head}" + body + "}").encode("latin-1")


def coded(text: str, encoding: str = "gbk") -> str:
    """`\\'c8\\'ab`, but for bytes that are ASCII and not RTF's own, which writers leave as they are."""
    return "".join(
        chr(byte) if byte < 0x80 and chr(byte) not in "\\{}" else f"\\'{byte:02x}" for byte in text.encode(encoding)
    )


def text(body: str, page: int = 936) -> str:
    return extract(rtf(body, page)).text


@pytest.mark.parametrize(
    ("body", "page", "expected"),
    [
        (r"\f1 " + coded("全区科技"), 1252, "全区科技"),
        (coded("全区科技"), 936, "全区科技"),
        (r"\f2 " + coded("創新", "big5"), 936, "創新"),
        (r"\f1 " + coded("丂亂侼傽"), 936, "丂亂侼傽"),  # second bytes of theirs are ASCII letters and signs
        (r"\loch\af0\hich\af0\dbch\af1 " + coded("全区"), 1252, "全区"),
        (r"\u20840?\u21306?", 1252, "全区"),
        (r"\uc2\u20840\'c8\'ab\u-26970 ab{\uc0\u20840}x", 1252, "全隦全x"),
        (r"\u-10174?\u-8265?\u40857?", 936, "𠮷龙"),
        (r"\'c8\'ab" + "\r\n" + r"\'c7\'f8", 936, "全区"),
        (r"\'a1\'b0A\~B\_C\-D\emdash\ldblquote E\{\}\\", 936, "“A\u00a0B-CD—“E{}\\"),
    ],
)
def test_characters(body: str, page: int, expected: str) -> None:
    """In the code page of the font or of the document, as `\\u` with what others shall show, and by name."""
    assert text(body, page) == expected


def test_paragraphs_and_tables() -> None:
    """A paragraph is a block, a row a line with tabs; cells of a table inside a cell stay on its line."""
    body = (
        r"\pard one\par \trowd\intbl a\cell b\par c\cell\row \trowd\intbl d\cell e\par\intbl\itap2 f\nestcell "
        r"g\nestcell{\*\nesttableprops\nestrow}\itap1\cell\row\pard two\line three\par"
    )
    assert text(body) == "one\n\na\tb c\nd\te f\tg\n\ntwo\nthree"


def test_what_is_no_text_is_left_out() -> None:
    """Instructions of fields, pictures, information, styles, unknown destinations, deleted text, binary data."""
    body = (
        r"{\info{\title no}}{\stylesheet{\s0 no;}}{\*\unknown no}{\field{\*\fldinst PAGE}{\fldrslt 7}}"
        r"{\pict\pngblip 89504e47}{\deleted no}{\object{\*\objdata 00}{\result r}}\bin5 {{{{{yes"
        r"{\upr{no}{\*\ud{\u20840?}}}{\info{\upr{\title no}{\*\ud{\title no}}}}\par"
    )
    assert text(body) == "7ryes全"


def test_notes_follow_and_headers_are_marked() -> None:
    """Behind the body: notes, then headers and footers as the page's own."""
    extracted = extract(rtf(r"{\header\pard head\par}\pard body{\footnote\pard note}more\par"))
    assert extracted.text == "bodymore\n\nnote\n\nhead"
    assert [(mark.reason, mark.span.of(extracted.text)) for mark in extracted.marked] == [("page-mark", "head")]


@pytest.mark.parametrize(
    ("look", "hidden"),
    [
        (r"\v", True),
        (r"\cf2", True),
        (r"\fs2", True),
        (r"\cf1", False),
        (r"\cf2\highlight1", False),
        (r"\v0", False),
        (r"\cf2\outl", False),
        (r"\cf2\outl0", True),
    ],
)
def test_hidden_text_is_kept_and_told(look: str, hidden: bool) -> None:
    """Hidden, white, tiny; not red, not white on red."""
    colours = r"{\colortbl;\red255\green0\blue0;\red255\green255\blue255;}"
    extracted = extract(rtf(rf"seen{{{look} unseen}}", head=FONTS + colours))
    assert extracted.text == "seenunseen"
    assert [mark.span.of(extracted.text) for mark in extracted.marked] == ["unseen"] * hidden
    assert len(extracted.warnings) == hidden


def test_white_in_a_coloured_cell_or_a_text_box_is_seen() -> None:
    """Headings of tables: each cell has its own ground. A text box may be of any colour."""
    head = FONTS + r"{\colortbl;\red255\green0\blue0;\red255\green255\blue255;}"
    row = (
        r"\trowd\clcbpat1\cellx9\clcbpat2\cellx18\pard\plain\intbl{\cf2 white on red}\cell{\cf2 on white}\cell\row\pard"
    )
    extracted = extract(rtf(row + r"{\cf2 on paper}\par", head=head))
    assert [mark.span.of(extracted.text) for mark in extracted.marked] == ["on white", "on paper"]
    box = r"\pard text{\shp{\*\shpinst{\shptxt\pard\plain{\cf2 white}\par}}}\par"
    assert extract(rtf(box, head=head)).warnings == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (rtf("text")[:-1], "damaged"),
        (rtf(""), "no-text"),
        (b"{\\rtf1 " + b"{" * 600 + b"x" + b"}" * 601, "too-deep"),
    ],
)
def test_refusals(data: bytes, expected: str) -> None:
    """Broken off, empty, nested beyond reason."""
    with pytest.raises(UnparsableError) as raised:
        extract(data)
    assert raised.value.reason == expected
