"""A book's chapters are read in their order, each as the web page it is."""

import pytest
from documents import TEXT, epub

from kejidiff.read.epub import extract
from kejidiff.read.extracted import UnparsableError

PROTECTED = (
    '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod '
    'Algorithm="{}"/></enc:EncryptedData></encryption>'
)


def test_chapters_in_the_order_of_the_spine() -> None:
    """The table of contents is none of them; a chapter without text is passed over."""
    data = epub(["<h1>第一章</h1><p>甲</p>", "<img src='a'/>", "<p>乙&amp;丙</p>"])
    assert extract(data).text == "第一章\n\n甲\n\n乙&丙"


def test_scrambled_fonts_are_no_protection() -> None:
    """What keeps fonts from being copied leaves the text readable; anything else does not."""
    fonts = {"META-INF/encryption.xml": PROTECTED.format("http://www.idpf.org/2008/embedding")}
    assert extract(epub([f"<p>{TEXT}</p>"], fonts)).text == TEXT
    text = {"META-INF/encryption.xml": PROTECTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}
    with pytest.raises(UnparsableError) as raised:
        extract(epub([f"<p>{TEXT}</p>"], text))
    assert raised.value.reason == "encrypted"


def test_a_book_without_text() -> None:
    """Pictures only are `no-text`."""
    with pytest.raises(UnparsableError) as raised:
        extract(epub(["<img src='a'/>"]))
    assert raised.value.reason == "no-text"
