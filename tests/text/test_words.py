"""Words: jieba's own, though neither it nor its dictionary is loaded."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.text.fold import fold_characters
from kejidiff.text.words import word_begins

SEED = Path(__file__).resolve().parents[2] / "seeds" / "003_6d7c211e0745d7e6.txt"


@cache
def jiebas() -> Any:
    """jieba with its whole dictionary."""
    import jieba

    jieba.setLogLevel(60)
    return jieba.Tokenizer()


def jieba_begins(text: str) -> list[int]:
    begins, at = [], 0
    for word in jiebas().cut(text, HMM=False):
        begins.append(at)
        at += len(word)
    return begins


def test_words_are_jiebas_own() -> None:
    """The boundaries are those of jieba with its whole dictionary and HMM off, over a whole report."""
    text = fold_characters(SEED.read_text(encoding="utf-8"))
    assert list(word_begins(text)) == jieba_begins(text)


@settings(deadline=None, derandomize=True, max_examples=400)
@given(st.text("科技创新工作成果总结abc12.%-&_+ \n\u3000·，。㐀鿖鿕\U00020000", max_size=16))
def test_so_they_are_in_any_text(text: str) -> None:
    """Latin words, figures, marks, blanks, Hanzi at the edges of what jieba takes for one."""
    assert list(word_begins(text)) == jieba_begins(text)


def test_a_clause_is_cut_alone() -> None:
    """Offsets count in the stretch that is cut, not in the text it comes from."""
    assert list(word_begins("创新工作")) == [0, 2]


@pytest.mark.parametrize("text", ["", "#", "abc#", "\ud800", "痘鶎油扑"])
def test_texts_without_words(text: str) -> None:
    """Nothing known is no error: characters are their own words."""
    assert list(word_begins(text))[:1] == ([0] if text else [])
