"""Pages of placed text become paragraphs again."""

import pytest
from documents import TEXT, ofd, text_object

from kejidiff.read.extracted import UnparsableError
from kejidiff.read.ofd import extract

LONG = "一年来科技局在市委市政府的正确领导下全市科技工作坚持自主创新为主线大力实施科教兴市战略培育创新主体推进科技合作"


def lines(text: str, y: float) -> list[str]:
    """A paragraph as it is set: two characters in, then lines of thirty."""
    first, rest = text[:28], [text[at : at + 30] for at in range(28, len(text), 30)]
    return [text_object(first, 40, y), *(text_object(line, 30, y + 8 * n) for n, line in enumerate(rest, start=1))]


def test_lines_become_paragraphs() -> None:
    """A line that is full goes on in the next; one that is set in begins anew."""
    page = "".join([text_object("工作总结", 90, 20), *lines(LONG, 40), *lines(LONG[::-1], 56)])
    assert extract(ofd([page])).text == f"工作总结\n\n{LONG}\n\n{LONG[::-1]}"


def test_pieces_of_a_line_are_put_together() -> None:
    """Whatever order the file has them in: place decides."""
    page = text_object("改造", 60, 40) + text_object("推进技术", 40, 40) + text_object("重点", 30, 40)
    assert extract(ofd([page])).text == "重点推进技术改造"


@pytest.mark.parametrize(
    ("attributes", "inside"),
    [
        ('Visible="false"', ""),
        ('Alpha="0"', ""),
        ("", '<ofd:FillColor Value="255 255 255"/>'),
        ('CTM="0.01 0 0 0.01 0 0"', ""),
    ],
)
def test_hidden_text_is_kept_and_told(attributes: str, inside: str) -> None:
    """Invisible, transparent, white, tiny."""
    page = text_object(TEXT, 30, 40) + text_object("看不见的字", 30, 60, attributes, inside)
    extracted = extract(ofd([page]))
    assert extracted.text == f"{TEXT}\n\n看不见的字"
    assert [mark.span.of(extracted.text) for mark in extracted.marked] == ["看不见的字"]
    assert [warning.reason for warning in extracted.warnings] == ["evasion-suspected"]


def test_recognised_text_behind_a_scan_is_read() -> None:
    """A scan is a picture with transparent text over it: that text is what the reader sees."""
    page = "<ofd:ImageObject/>" + text_object(TEXT, 30, 40, 'Alpha="0"')
    assert (extract(ofd([page])).text, extract(ofd([page])).marked) == (TEXT, ())


def test_a_scan_among_pages_of_text_is_told() -> None:
    """What could not be read of a document is said: its text is not all there is."""
    warnings = extract(ofd([text_object(TEXT, 30, 40), "<ofd:ImageObject/>" + text_object("2", 90, 280)])).warnings
    assert [(one.reason, "page 2" in one.message) for one in warnings] == [("pages-without-text", True)]


@pytest.mark.parametrize(
    ("pages", "extra", "expected"),
    [
        (["<ofd:ImageObject/>"], {}, "no-text"),
        ([text_object(TEXT, 1, 1)], {"Doc_0/Encryptions.xml": "x"}, "encrypted"),
        ([text_object(TEXT, 1, 1)], {"OFD.xml": "<ofd>"}, "damaged"),
    ],
)
def test_refusals(pages: list[str], extra: dict[str, str], expected: str) -> None:
    """Pictures only, a password, XML that breaks off."""
    with pytest.raises(UnparsableError) as raised:
        extract(ofd(pages, extra))
    assert raised.value.reason == expected
