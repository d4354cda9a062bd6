"""Pinyin notes: which are a program's, which are prose, and what else repair promises about any text."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.model import Repair
from kejidiff.span import Span
from kejidiff.text.repair import find_repairs, find_unreadable
from kejidiff.text.repair.pinyin_note import LEAST_NOTES, find_notes

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = PROJECT.parent / "shared" / "corpus"

#: Enough notes on enough bases for a text to count as annotated.
ANNOTATED = "創(chuàng)業(yè)導(dǎo)農(nóng)區(qū)" * 5


def notes_of(text: str) -> list[str]:
    return [span.of(text) for span in find_notes(text).spans]


def test_all_notes_of_seed_002_are_found() -> None:
    """The sample has 1,485 notes on 54 characters, three of them on ASCII letters; each is skipped."""
    text = next((PROJECT / "seeds").glob("002_*.txt")).read_text(encoding="utf-8")
    notes = [repair for repair in find_repairs(text) if repair.reason == "pinyin-note"]
    assert len(notes) == 1485
    assert len({text[note.span.start - 1] for note in notes}) == 54
    assert {note.text for note in notes} == {""}
    assert all(text[note.span.start] == "(" and text[note.span.end - 1] == ")" for note in notes)


@pytest.mark.parametrize(
    ("added", "is_note"),
    [
        ("行(háng)", True),
        ("行(xíng)", True),
        ("行（xíng）", True),
        ("領(lǐnɡ)", True),
        ("發(fɑ̄)", True),
        ("發(fa\u0304)", True),
        ("市g(shù)dp", True),
        ("努力,F(xiàn)總結", True),
        ("行(yè)", False),
        ("行(hang)", False),
        ("苯并(a)芘", False),
        ("增值(GDP)", False),
        ("(yè)", False),
        ("業 (yè)", False),
        ("市x(shù)", False),
        ("業(yèyèyèyè)", False),
        ("業(yè", False),
    ],
)
def test_a_note_is_a_toned_reading_of_the_character_before_it(added: str, is_note: bool) -> None:
    """A bracket is a note where the character before it, or the pair of bytes before it, has just this reading."""
    assert len(notes_of(ANNOTATED + "\n" + added)) == 25 + is_note


def test_a_few_notes_are_prose() -> None:
    """Nineteen notes, or any number on four characters, are left alone: 畲(shē)族 is written by people."""
    assert notes_of("創(chuàng)業(yè)導(dǎo)農(nóng)區(qū)" * 3 + "創(chuàng)業(yè)導(dǎo)農(nóng)") == []
    assert notes_of("創(chuàng)業(yè)導(dǎo)農(nóng)" * 50) == []
    assert len(notes_of("創(chuàng)業(yè)導(dǎo)農(nóng)區(qū)" * 4)) == LEAST_NOTES
    assert find_repairs("畲(shē)族乡重(zhòng)要区域") == ()


def test_a_note_on_a_letter_tells_damage_from_none() -> None:
    """`,F(xiàn)` hides 。現, which the note confirms; in `市g(shù)dp` the letter is genuine, and only the note goes."""
    text = ANNOTATED + "做了用心的努力,F(xiàn)總結如下:\n將拉動我市g(shù)dp增長率提高3%以上"
    others = [repair for repair in find_repairs(text) if repair.text]
    assert [(repair.span.of(text), repair.text) for repair in others] == [(",F", "。現")]


ALPHABET = (
    "科技创新工作取得成效，。、\n\n ab1(!?,業(yè)\x00\ud800𠀀"
    "锟斤拷鏈垱鍒涙柊绉戞妧浜烘墠萍既瞬藕献鹘涣鞔髸い地チ瓣\ufffd\ufffd€ä½\x8då\x88\x9bÈ«¹ú£"
)
MIXED = st.text(ALPHABET, max_size=120) | st.text(max_size=60) | st.text("绉戞妧浜烘墠鏈垱鏂\ufffd\n", max_size=40)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(MIXED)
def test_repairs_of_any_text_are_in_order_and_leave_the_rest(text: str) -> None:
    """Ascending, disjoint, not empty, within a line; what is guessed lies within the reading; the same every time."""
    repairs = find_repairs(text)
    done = 0
    for repair in repairs:
        assert done <= repair.span.start < repair.span.end <= len(text)
        assert "\n" not in repair.span.of(text)
        assert "\n" not in repair.text
        assert all(0 <= guess.start < guess.end <= len(repair.text) for guess in repair.guessed)
        done = repair.span.end
    assert find_repairs(text) == repairs
    unreadable = find_unreadable(text, repairs)
    assert all(not span.overlaps(repair.span) for span in unreadable for repair in repairs)
    assert list(unreadable) == sorted(unreadable)
    assert all(0 <= span.start < span.end <= len(text) for span in unreadable)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.text("，。工作ab1 \n", max_size=30), st.text("，。工作ab1 \n", max_size=30))
def test_a_repair_does_not_depend_on_what_stands_lines_away(before: str, after: str) -> None:
    """The same damaged line is found and read alike wherever it stands, and its span moves with it."""
    line = "其中绉戞妧鍒涙柊能力不断提升"
    (alone,) = find_repairs(line)
    found = find_repairs(f"{before}\n{line}\n{after}")
    moved = Span(alone.span.start + len(before) + 1, alone.span.end + len(before) + 1)
    assert Repair(moved, alone.reason, alone.text, alone.guessed) in found


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        ("今年以来\ufffd\ufffd\ufffd取得成效", ["\ufffd\ufffd\ufffd"]),
        ("今年以来\ufffd取得成效", []),
        ("今年锟斤拷锟斤拷锟斤拷取得", ["锟斤拷锟斤拷锟斤拷"]),
        ("工作鹘涣鞔髸甙偌移髽夤锎羼取得成效", ["鹘涣鞔髸甙偌移髽夤锎羼"]),
        ("延浚汲淇四县边抗，棉油麻丝茶糖菜烟果药杂", []),
        ("援藏援疆援青，爱军习武标兵", []),
    ],
)
def test_unreadable_is_what_no_reading_explains(text: str, unreadable: list[str]) -> None:
    """Lost bytes and rubbish are declared; lists of short names, the dearest prose there is, are not."""
    spans = find_unreadable(text, ())
    assert [span.of(text).strip("工作取得") for span in spans] == unreadable


def test_what_is_repaired_is_not_unreadable() -> None:
    """The dearest stretches of the sample are the damaged ones; once they are read, nothing is left to declare."""
    text = next((PROJECT / "seeds").glob("002_*.txt")).read_text(encoding="utf-8")
    assert find_unreadable(text, ()) != ()
    assert find_unreadable(text, find_repairs(text)) == ()


@pytest.mark.parametrize("form", ["as it is", "traditional", "half-width"])
def test_clean_reports_are_left_alone(form: str) -> None:
    """Of 250 real texts, in either script and with either marks, not a character is touched or declared unreadable."""
    if not CORPUS.is_dir():
        pytest.skip("no texts at ../shared/corpus")
    opencc = pytest.importorskip("opencc")
    convert = opencc.OpenCC("s2t").convert if form != "as it is" else str
    marks = str.maketrans("，；：？！（）", ",;:?!()") if form == "half-width" else {}
    paths = sorted(CORPUS.glob("*/*.txt"))
    assert len(paths) > 500
    random.Random(1).shuffle(paths)
    for path in paths[:250]:
        text = convert(path.read_text(encoding="utf-8")).translate(marks)
        assert find_repairs(text) == (), path.name
        assert find_unreadable(text, ()) == (), path.name


def test_one_very_long_line_passes() -> None:
    """A line of 200,000 characters, whatever it repeats, is gone through once and for all."""
    for unit in ("科技创新工作，", "业", "(a)", "!痘", "\ufffd", "鍏", "Ã", "I(yè)", "鍏" + " " * 79):
        text = unit * (200_000 // len(unit))
        assert all(repair.span.end <= len(text) for repair in find_repairs(text))
