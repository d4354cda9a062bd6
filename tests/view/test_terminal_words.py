"""The words and figures of every view: `messages`, `numbers`, `labels`."""

import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kejidiff.view
from kejidiff.errors import REASONS
from kejidiff.view.labels import short_ids, typed
from kejidiff.view.messages import keys, message, term, words
from kejidiff.view.numbers import count, numerator, percent

VIEW = Path(kejidiff.view.__file__).parent


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", keys())
def test_both_languages_say_the_same(key: str) -> None:
    """Each key has words in Chinese and in English, with the same placeholders, in the plural and in the singular."""
    chinese, english = words(key)
    assert chinese and english
    for number in english.split("|"):
        assert _placeholders(number) == _placeholders(chinese)


def test_chinese_speaks_in_the_words_of_its_readers() -> None:
    """The words of 知网 stand in the table, and no verdict on anyone does."""
    chinese = " ".join(words(key)[0] for key in keys())
    for word in ("总文字复制比", "单篇最大", "最长连续", "有效字", "雷同", "套话", "零星雷同", "非知网结果"):
        assert word in chinese
    assert "抄袭" not in chinese and "剽窃" not in chinese


def test_every_key_that_a_view_names_is_in_the_table() -> None:
    """A missing key would be a crash before a reader's eyes."""
    named = {
        key
        for module in VIEW.rglob("*.py")
        for key in re.findall(r'message\(\s*"([a-z][a-z.-]+)"', module.read_text("utf-8"))
    }
    assert named and named <= set(keys())


def test_every_reason_code_and_kind_has_words() -> None:
    """What the engine says in slugs, a reader meets in words."""
    assert [slug for slug in sorted(REASONS) if f"file.{slug}" not in keys()] == []
    assert term("kind", "garble", "zh") == "乱码" and term("tier", "light", "zh") == "少量改动"
    assert term("evidence", "some-new-evidence", "zh") == "some-new-evidence"


def test_english_counts() -> None:
    """One is singular, none and many are plural, and thousands are separated."""
    assert [message("count.files", "en", n=n) for n in (0, 1, 1234)] == ["0 files", "1 file", "1,234 files"]


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.0, "0.0%"),
        (1e-9, "<0.1%"),
        (0.0004, "<0.1%"),
        (0.001, "0.1%"),
        (0.974, "97.4%"),
        (0.9994, "99.9%"),
        (0.9996, ">99.9%"),
        (1 - 1e-9, ">99.9%"),
        (1.0, "100.0%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share: float, told: str) -> None:
    """One character of a million is not 0.0%, and all but one are not 100.0%."""
    assert percent(share) == told


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.integers(1, 10**7), st.data())
def test_a_share_tells_its_numerator(whole: int, data: st.DataObject) -> None:
    """The count a ratio was made from is found again; 0.0% and 100.0% stand for nothing and all only."""
    part = data.draw(st.integers(0, whole))
    assert numerator(part / whole, whole) == part
    assert (percent(part / whole) == "0.0%") == (part == 0)
    assert (percent(part / whole) == "100.0%") == (part == whole)


def test_counts_have_separators() -> None:
    """40112 is read at a glance as 40,112."""
    assert [count(n) for n in (0, 999, 1000, 40112)] == ["0", "999", "1,000", "40,112"]


def test_short_names_are_as_short_as_can_be_typed() -> None:
    """Checksums and extensions fall away, words and numbers stay whole, the ordinal always stays."""
    ids = ["001_96a2032afdb334c4.txt#1", "001_96a2032afdb334c4.txt#2", "002_f11c.txt#1", "平乐县2019.docx#1"]
    assert short_ids(ids) == {
        "001_96a2032afdb334c4.txt#1": "001#1",
        "001_96a2032afdb334c4.txt#2": "001#2",
        "002_f11c.txt#1": "002#1",
        "平乐县2019.docx#1": "平乐县#1",
    }


def test_a_short_name_does_not_end_in_a_mark() -> None:
    """A dot or a line left hanging reads as a slip; of two letters the rest of the name is told instead."""
    ids = ["镇志.txt#1", "draft.docx#1", "draft.html#1", "draft_old.txt#1"]
    assert list(short_ids(ids).values()) == ["镇志.txt#1", "draft.docx#1", "draft.html#1", "draft_old#1"]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(st.text(st.sampled_from("ab1_./县#"), min_size=1, max_size=12), min_size=1, max_size=12, unique=True))
def test_a_short_name_means_one_file(paths: list[str]) -> None:
    """No other path begins with it, or it is the whole path."""
    short = short_ids([f"{path}#1" for path in paths])
    for identity, name in short.items():
        path, prefix = identity.removesuffix("#1"), name.removesuffix("#1")
        assert path.startswith(prefix)
        assert prefix == path or not any(other.startswith(prefix) for other in paths if other != path)


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("001#1", "001#1"),
        ("平乐县#1", "平乐县#1"),
        ("a b#1", "'a b#1'"),
        ("$(rm)#1", "'$(rm)#1'"),
        ("it's", "'it'\"'\"'s'"),
        ("#1", "'#1'"),
        ("a\nb", "'a⟦U+000A⟧b'"),
        ("", "''"),
    ],
)
def test_what_is_to_be_typed_is_safe_in_a_shell(word: str, quoted: str) -> None:
    """A file name cannot smuggle a command or a line into the command that is proposed."""
    assert typed([word]) == quoted
