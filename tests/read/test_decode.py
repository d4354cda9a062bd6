"""Bytes become the text they were written as, or are refused for the right reason."""

import re
import subprocess
import sys
from encodings.aliases import aliases
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.errors import UsageError
from kejidiff.read import Decoded, Refused, decode

LAWS = settings(deadline=None, derandomize=True, max_examples=60)
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
MARKS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "gb18030": b"\x84\x31\x95\x33"}

SIMPLIFIED = "一年来，全市科技工作坚持自主创新，重点推进技术改造，新增高新技术企业12家。\n"
TRADITIONAL = "一年來，全市科技工作堅持自主創新，重點推進技術改造，新增高新技術企業12家。\n"


def sentences(name: str, encoding: str) -> list[str]:
    """Sentences of a sample report that the encoding has characters for."""
    text = next(SEEDS.glob(f"{name}_*.txt")).read_text(encoding="utf-8")
    found = re.findall("[一-鿿，、]{20,60}。", text)
    return [sentence for sentence in found if sentence.encode(encoding, "ignore").decode(encoding) == sentence]


def read(data: bytes, encoding: str | None = None) -> Decoded:
    result = decode(data, encoding)
    assert isinstance(result, Decoded), result
    return result


def refused(data: bytes) -> str:
    result = decode(data)
    assert isinstance(result, Refused), result
    return result.reason


@pytest.mark.parametrize("encoding", ENCODINGS)
@LAWS
@given(data=st.data())
def test_chinese_comes_back_as_it_was_written(encoding: str, data: st.DataObject) -> None:
    """From 20 Hanzi on, in every encoding, with blanks, figures and line ends of any kind left as they are."""
    pool = sentences("002" if encoding == "big5hkscs" else "000", encoding)
    parts = data.draw(st.lists(st.sampled_from(pool), min_size=1, max_size=5))
    text = data.draw(st.sampled_from(["\r\n", "\n", "\u3000", " 2013 ", "\t"])).join(parts)
    assert decode(text.encode(encoding)) == Decoded(text, encoding, 0)


@pytest.mark.parametrize("encoding", MARKS)
def test_a_byte_order_mark_is_removed_once(encoding: str) -> None:
    """The mark is no part of the text; a second one is, and stays."""
    assert read(MARKS[encoding] + SIMPLIFIED.encode(encoding)) == Decoded(SIMPLIFIED, encoding)
    assert read(MARKS[encoding] * 2 + SIMPLIFIED.encode(encoding)).text == "\ufeff" + SIMPLIFIED


def test_a_mark_that_is_not_borne_out_loses() -> None:
    """Tools put the mark of UTF-8 before everything; GB18030 behind it is read as GB18030."""
    assert read(MARKS["utf-8"] + (SIMPLIFIED * 3).encode("gb18030")) == Decoded(SIMPLIFIED * 3, "gb18030")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_text_may_break_off(encoding: str) -> None:
    """A missing last byte costs the last character and changes no other."""
    text = (TRADITIONAL if encoding == "big5hkscs" else SIMPLIFIED) + "完"
    assert decode(text.encode(encoding)[:-1]) == Decoded(text[:-1] + "\ufffd", encoding, 1)


@pytest.mark.parametrize("encoding", ENCODINGS)
@LAWS
@given(data=st.data())
def test_three_damaged_bytes_leave_the_encoding_certain(encoding: str, data: st.DataObject) -> None:
    """Any three bytes of 60 Hanzi may be exchanged for others; at most six Hanzi are lost, wherever they stand."""
    text = (TRADITIONAL if encoding == "big5hkscs" else SIMPLIFIED) * 2
    changed = bytearray(text.encode(encoding))
    for place in data.draw(st.sets(st.integers(0, len(changed) - 1), min_size=1, max_size=3)):
        changed[place] = data.draw(st.integers(0x80, 0xFF))
    result = read(bytes(changed))
    assert result.encoding == encoding
    assert common_length(text, result.text) >= len(text) - 6


def common_length(left: str, right: str) -> int:
    """Length of the longest common subsequence, by the textbook table."""
    row = [0] * (len(right) + 1)
    for char in left:
        before = row
        row = [0]
        for column, other in enumerate(right):
            row.append(before[column] + 1 if char == other else max(row[-1], before[column + 1]))
    return row[-1]


def test_replaced_counts_only_what_decoding_put_in() -> None:
    """U+FFFD that the file spells itself is text; each bad byte beside it counts."""
    lost = "早已丢失\ufffd\ufffd的字"
    assert read((SIMPLIFIED + lost).encode()) == Decoded(SIMPLIFIED + lost, "utf-8", 0)
    assert read(SIMPLIFIED.encode() + lost.encode() + b"\xff\n").replaced == 1
    assert read((SIMPLIFIED * 3 + lost).encode("gb18030") + b"\xff\n").replaced == 1


def test_garbled_text_in_sound_utf8_stays_as_it_is() -> None:
    """Mojibake is not decoding's business: whoever reads the text sees what is in the file."""
    mojibake = SIMPLIFIED.encode().decode("gb18030", "ignore")
    assert read(mojibake.encode()) == Decoded(mojibake, "utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "Annual report\n",
        "Société générale d'électricité, à Orléans.\n",
        "今年の研究開発は順調に進んでいます。\n",
        "올해 연구 개발은 순조롭게 진행되고 있습니다.\n",
        "a",
        "1",
        "中",
    ],
)
def test_sound_utf8_is_read_in_any_language(text: str) -> None:
    """What UTF-8 says is taken at its word, however short."""
    assert decode(text.encode()) == Decoded(text, "utf-8")


def test_english_without_mark_in_utf16_is_read() -> None:
    """NULs between ASCII are UTF-16, not damage."""
    assert read("Annual report of 2013\n".encode("utf-16-le")).encoding == "utf-16-le"
    assert read("Annual report of 2013\n".encode("utf-16-be")).encoding == "utf-16-be"


def test_english_with_a_chinese_name_is_not_utf16() -> None:
    """Pairs of Latin letters look like Hanzi in UTF-16; a name in GB18030 among them stays one."""
    text = "Technical report of the laboratory, prepared and signed by 王建国 for the annual meeting of the society.\n"
    assert read(text.encode("gb18030")) == Decoded(text, "gb18030")


def test_a_stray_byte_in_a_page_of_ascii_is_one_lost_character() -> None:
    """The page is read and the loss counted; a text with accents throughout is another matter (see below)."""
    result = read(b"Plain sentences of an annual report. " * 20 + b"caf\xe9\n")
    assert (result.encoding, result.replaced) == ("utf-8", 1)


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "utf-16-le"])
def test_tables_do_not_outvote_their_words(encoding: str) -> None:
    """Lines, bullets and numbering make up most of some files; a row of one character counts once."""
    text = "┌────┬────────┐\n│項目│金額　　│\n├────┼────────┤\n│科研│１２００│\n└────┴────────┘\n"
    text = text.encode(encoding, "ignore").decode(encoding)
    assert decode(text.encode(encoding)) == Decoded(text, encoding)
    bullets = "①完成\n②達到\n●重點\n★目標\n→結果\n".encode(encoding, "ignore").decode(encoding)
    assert decode(bullets.encode(encoding)) == Decoded(bullets, encoding)


def test_a_long_ascii_beginning_does_not_hide_the_encoding() -> None:
    """The sample starts where ASCII ends, in step also for UTF-16."""
    for encoding in ("gb18030", "big5hkscs"):
        text = "x" * 5001 + "\n" + TRADITIONAL
        assert read(text.encode(encoding)) == Decoded(text, encoding)


LANGUAGES = {
    "French": "Les réseaux d'énergie régénérés ont été évalués à l'échelle européenne; les résultats présentés "
    "révèlent une efficacité élevée, malgré l'âge avancé des équipements hérités des années précédentes.",
    "German": "Über die Fördermaßnahmen für kleine Unternehmen größerer Städte wird später verfügt; die Prüfung "
    "gemäß Geschäftsordnung führt die zuständige Behörde während der nächsten Jahre regelmäßig durch.",
    "Korean": "올해 과학 기술 사업은 자주 혁신을 견지하고 중점 기술 개조를 추진하였으며 기업을 크게 늘렸습니다. "
    "내년에는 연구 개발 투자를 더욱 확대하고 인재를 적극적으로 유치할 계획입니다.",
    "Japanese": "今年の科学技術の仕事は、自主的なイノベーションを続け、新しいハイテク企業を増やしました。"
    "来年は研究開発への投資をさらに広げ、人材を積極的に招く予定です。",
    "Russian": "В этом году научно-техническая работа города развивалась устойчиво, число предприятий выросло, "
    "а вложения в исследования увеличились почти вдвое по сравнению с прошлым годом.",
    "Greek": "Φέτος το επιστημονικό έργο της πόλης προχώρησε σταθερά και ο αριθμός των επιχειρήσεων αυξήθηκε.",
}
FOREIGN = [
    ("French", "iso8859-1"),
    ("German", "iso8859-1"),
    ("Korean", "euc_kr"),
    ("Japanese", "shift_jis"),
    ("Japanese", "euc_jp"),
    ("Russian", "cp1251"),
    ("Russian", "koi8-r"),
    ("Greek", "cp1253"),
]


@pytest.mark.parametrize(("language", "codec"), FOREIGN)
def test_what_makes_no_chinese_is_refused(language: str, codec: str) -> None:
    """Other languages in encodings of their own are not guessed at: they would come out as senseless Hanzi."""
    assert refused(LANGUAGES[language].encode(codec)) == "garbled-text"


@pytest.mark.parametrize(("language", "codec"), FOREIGN)
def test_what_is_refused_can_be_forced(language: str, codec: str) -> None:
    """`--encoding` reads it all the same, under the codec's own name."""
    assert decode(LANGUAGES[language].encode(codec), codec) == Decoded(LANGUAGES[language], codec)


@pytest.mark.parametrize(
    ("data", "reason", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "unsupported", "PDF"),
        (b"PK\x03\x04\x14\0\0\0\x08\0word/document.xml", "unsupported", "docx"),
        (b"PK\x03\x04\x14\0\0\0\x08\0xl/workbook.xml", "unsupported", "xlsx"),
        (b"PK\x03\x04\x14\0\0\0\x08\0readme", "unsupported", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20, "unsupported", "OLE"),
        (b"{\\rtf1\\ansi}", "unsupported", "RTF"),
        (b"\x1f\x8b\x08\0", "unsupported", "gzip"),
        (b" \n<!DOCTYPE HTML><title>x</title>", "unsupported", "HTML"),
        ("\ufeff<html lang=zh>".encode(), "unsupported", "HTML"),
        (b'<?xml version="1.0"?>\n<!-- page -->\n<HTML>', "unsupported", "HTML"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "binary", "JPEG"),
        (b"\x7fELF\x02\x01\x01\0", "binary", "ELF"),
        (b"MZ\x90\0\x03\0", "binary", "Windows program"),
        (b"\0" * 257 + b"ustar\0" + b"\0" * 20, "unsupported", "tar"),
    ],
)
def test_known_formats_are_named(data: bytes, reason: str, name: str) -> None:
    """The message says what the file is, so that it is clear what to do with it."""
    result = decode(data)
    assert isinstance(result, Refused)
    assert (result.reason, name in result.message) == (reason, True)


@pytest.mark.parametrize("text", ["BMW plant report\n", "MZ is a prefix\n", "HN is one as well\n", "PK stands alone\n"])
def test_words_that_begin_like_a_signature_are_words(text: str) -> None:
    """Two letters make no binary file without a NUL near."""
    assert read(text.encode()).text == text


@pytest.mark.parametrize(
    "data", [b"\0" * 64, bytes(range(32)) * 4, b"abc\0\1\2\3\4\5\6" * 30, bytes(range(256)) * 8], ids=range(4)
)
def test_control_characters_make_a_binary(data: bytes) -> None:
    """NULs and controls that no encoding explains are no text."""
    assert refused(data) == "binary"


def test_a_few_controls_do_not() -> None:
    """A form feed, a terminal's escape and a NUL in a report leave it a report."""
    text = SIMPLIFIED * 4 + "\f\x1b[1m\0" + SIMPLIFIED
    assert read(text.encode()) == Decoded(text, "utf-8")


@pytest.mark.parametrize("data", [b"", b" \n\t", "\u3000\r\n".encode(), b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe \0"])
def test_nothing_but_blanks_is_empty(data: bytes) -> None:
    """0 bytes, blanks of any script, a mark with nothing behind it."""
    assert refused(data) == "empty"


@pytest.mark.parametrize("data", ["。，！\n".encode(), b"----\n====\n", "★☆".encode(), "\u200b".encode()])
def test_nothing_to_compare_is_no_text(data: bytes) -> None:
    """Text without a Hanzi, a letter or a digit has no countable character."""
    assert refused(data) == "no-text"


@pytest.mark.parametrize("encoding", ["nonsense", "", "hex", "rot13", "idna", "unicode_escape", "a\0b"])
def test_a_forced_encoding_must_be_one(encoding: str) -> None:
    """An unknown name, or a codec that is no text encoding, is wrong usage, also for an empty file."""
    for data in (b"", b"abc"):
        with pytest.raises(UsageError) as caught:
            decode(data, encoding)
        assert (caught.value.slug, caught.value.exit_code) == ("unknown-encoding", 2)


def test_a_forced_encoding_is_believed() -> None:
    """No other is tried: what it cannot read is replaced and counted, what it reads wrongly is left so."""
    assert read("报告".encode("gbk"), "GBK") == Decoded("报告", "gbk", 0)
    assert read(b"caf\xe9", "latin-1").text == "café"
    assert read("报告a".encode(), "ascii") == Decoded("\ufffd" * 6 + "a", "ascii", 6)
    assert read(SIMPLIFIED.encode("gb18030"), "utf-8").replaced > 20


@LAWS
@given(st.binary(max_size=300), st.sampled_from([b"", *MARKS.values(), SIMPLIFIED.encode("gb18030"), b"PK", b"\0"]))
def test_no_bytes_raise(data: bytes, before: bytes) -> None:
    """Whatever the bytes, the answer is a text without lone surrogates, or a reason."""
    result = decode(before + data)
    if isinstance(result, Decoded):
        result.text.encode()
        assert result.encoding in ENCODINGS
        assert 0 <= result.replaced <= result.text.count("\ufffd")
    else:
        assert result.reason in {"binary", "unsupported", "garbled-text", "no-text", "empty"}


@settings(LAWS, max_examples=10)
@given(st.binary(min_size=1, max_size=60))
def test_no_codec_of_python_raises(data: bytes) -> None:
    """Every encoding that can be forced takes any bytes and yields no lone surrogate."""
    for name in sorted(set(aliases.values())):
        try:
            result = decode(data, name)
        except UsageError:
            continue
        if isinstance(result, Decoded):
            result.text.encode()


def test_sound_utf8_needs_no_table_and_no_numpy() -> None:
    """The common case stays quick: nothing is loaded that only doubtful bytes need."""
    code = (
        "import sys\nfrom kejidiff.read import decode\nfrom kejidiff.background.characters import table\n"
        "decode('报告'.encode())\nassert table.cache_info().currsize == 0\nassert 'numpy' not in sys.modules\n"
        "assert 'hashlib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
