"""Words: jieba's own, though its dictionary is never loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

from kejidiff.text.fold import fold_characters
from kejidiff.text.words import word_begins

SEED = Path(__file__).resolve().parents[2] / "seeds" / "003_6d7c211e0745d7e6.txt"


def test_words_are_jiebas_own() -> None:
    """The boundaries are those of jieba with its whole dictionary and HMM off, over a whole report."""
    import jieba

    jieba.setLogLevel(60)
    text = fold_characters(SEED.read_text(encoding="utf-8"))
    expected, at = [], 0
    for word in jieba.Tokenizer().cut(text, HMM=False):
        expected.append(at)
        at += len(word)
    assert list(word_begins(text)) == expected


def test_a_clause_is_cut_alone() -> None:
    """Offsets count in the stretch that is cut, not in the text it comes from."""
    assert list(word_begins("创新工作")) == [0, 2]


@pytest.mark.parametrize("text", ["", "#", "abc#", "\ud800", "痘鶎油扑"])
def test_texts_without_words(text: str) -> None:
    """Nothing known is no error: characters are their own words."""
    assert list(word_begins(text))[:1] == ([0] if text else [])


def test_no_pkg_resources() -> None:
    """jieba is imported without the package that would cost more than jieba."""
    word_begins("科技")
    assert "pkg_resources" not in sys.modules or sys.modules["pkg_resources"] is not None


def test_jieba_is_whole_for_others() -> None:
    """Who uses jieba beside us has its model of unknown words, though nothing here loads it."""
    script = (
        "import sys; from kejidiff.text.words import word_begins; word_begins('科技'); "
        "assert 'jieba.finalseg' not in sys.modules; import jieba; jieba.setLogLevel(60); "
        "assert list(jieba.cut('他来到了网易杭研大厦')) == ['他', '来到', '了', '网易', '杭研', '大厦']"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", script], check=False).returncode == 0
