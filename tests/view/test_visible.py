"""`visible`: nothing hidden stays hidden, nothing seen is changed, nothing is lost."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.view.visible import visible, visible_line

TEXT = st.text(st.characters(codec=None, categories=None), max_size=60)
_SPELLED = re.compile("⟦U\\+([0-9A-F]{4,6})⟧")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("发票\u202efdp.exe", "发票⟦U+202E⟧fdp.exe"),
        ("本\u200b市", "本⟦U+200B⟧市"),
        ("\x1b[31m红", "⟦U+001B⟧[31m红"),
        ("a\x00b\x7fc\x85d", "a⟦U+0000⟧b⟦U+007F⟧c⟦U+0085⟧d"),
        ("\ufeff开头", "⟦U+FEFF⟧开头"),
        ("名\udce9字", "名⟦U+DCE9⟧字"),
        ("私\ue000用\U000f0000", "私⟦U+E000⟧用⟦U+F0000⟧"),
        ("葛\U000e0100", "葛⟦U+E0100⟧"),
        ("韩\u3164文\u2800点", "韩⟦U+3164⟧文⟦U+2800⟧点"),
        ("行\u2028段\u2029", "行⟦U+2028⟧段⟦U+2029⟧"),
        ("第一行\r\n第二行\n第三行", "第一行\n第二行\n第三行"),
        ("回\r车\t格", "回⟦U+000D⟧车\t格"),
        ("科技\u3000创新 “2023”—·é𠀀😀", "科技\u3000创新 “2023”—·é𠀀😀"),
        ("", ""),
    ],
)
def test_hidden_characters_are_spelled_out_and_all_others_pass(text: str, shown: str) -> None:
    """Control, bidi, zero-width, private, lone and blank-looking characters appear as ⟦U+…⟧; text stays text."""
    assert visible(text) == shown


def test_a_name_stays_on_one_line() -> None:
    """`visible_line` shows newlines and tabs as well, so that a file name cannot forge a line of output."""
    assert visible_line("a\n已读 9\t.txt\r\n") == "a⟦U+000A⟧已读 9⟦U+0009⟧.txt⟦U+000D⟧⟦U+000A⟧"


@settings(deadline=None, derandomize=True, max_examples=300)
@given(TEXT)
def test_nothing_dangerous_comes_through(text: str) -> None:
    """What comes out holds no control but newline and tab, no format character, no surrogate, no private use."""
    for character in visible(text):
        assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    visible(text).encode("utf-8")


@settings(deadline=None, derandomize=True, max_examples=300)
@given(TEXT)
def test_nothing_is_lost(text: str) -> None:
    """Reading the spelled-out characters back gives the text again; `visible_line` loses not even a line's end."""
    back = _SPELLED.sub(lambda match: chr(int(match.group(1), 16)), visible_line(text))
    assert back == _SPELLED.sub(lambda match: chr(int(match.group(1), 16)), text)


def test_every_default_ignorable_is_covered() -> None:
    """Every character of Unicode's own list of format characters is spelled out."""
    missed = [
        hex(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in ("Cf", "Cc", "Cs", "Co", "Zl", "Zp")
        and code not in (9, 10)
        and visible(chr(code)) == chr(code)
    ]
    assert missed == []
