"""Text in another encoding than it was read with: what comes back, and what is left alone."""

import difflib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kejidiff.model import Repair
from kejidiff.text.repair import find_repairs

PAIRS = Path(__file__).resolve().parents[2].parent / "shared" / "bench" / "dev"

BEFORE = "一是深入贯彻落实上级部署。"
SENTENCE = "全市共安排科技专项资金1.2亿元，其中“揭榜挂帅”项目15个；企业技术中心不断增加，取得明显成效。"
TRADITIONAL = "全市共安排科技專項資金1.2億元，其中重大項目15個；企業技術中心不斷增加，取得明顯成效。"
AFTER = "二是加强组织领导。"

Damage = Callable[[str], str]


def applied(text: str, repairs: tuple[Repair, ...]) -> str:
    """The text as it is read for comparison."""
    parts, done = [], 0
    for repair in repairs:
        parts += [text[done : repair.span.start], repair.text]
        done = repair.span.end
    return "".join([*parts, text[done:]])


def browser_cp1252(text: str) -> str:
    undefined = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return "".join(chr(b) if b in undefined else bytes((b,)).decode("cp1252") for b in text.encode())


KINDS: dict[str, tuple[str, str, Damage]] = {
    "latin-1": ("utf8-as-latin1", SENTENCE, lambda text: text.encode().decode("latin-1")),
    "cp1252": ("utf8-as-latin1", SENTENCE, browser_cp1252),
    "cp1252 with losses": ("utf8-as-latin1", SENTENCE, lambda text: text.encode().decode("cp1252", "replace")),
    "GBK as latin-1": ("gbk-as-latin1", SENTENCE, lambda text: text.encode("gbk").decode("latin-1")),
    "GBK as latin-1, hant": ("gbk-as-latin1", TRADITIONAL, lambda text: text.encode("gbk").decode("latin-1")),
    "UTF-8 as GBK": ("utf8-as-gbk", SENTENCE, lambda text: text.encode().decode("gb18030", "replace")),
    "UTF-8 as GBK, dropped": ("utf8-as-gbk", SENTENCE, lambda text: text.encode().decode("gb18030", "ignore")),
    "UTF-8 as GBK, hant": ("utf8-as-gbk", TRADITIONAL, lambda text: text.encode().decode("gb18030", "replace")),
    "Big5 as GBK": ("big5-as-gbk", TRADITIONAL, lambda text: text.encode("big5").decode("gb18030", "replace")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_comes_back(kind: str) -> None:
    """A damaged sentence between clean ones, in a line of its own: all of it is read as it was, and nothing else."""
    reason, sentence, damage = KINDS[kind]
    text = f"{BEFORE}\n{damage(sentence)}\n{AFTER}"
    repairs = find_repairs(text)
    assert applied(text, repairs) == f"{BEFORE}\n{sentence}\n{AFTER}"
    assert {repair.reason for repair in repairs} == {reason}


@pytest.mark.parametrize("kind", KINDS)
def test_a_few_characters_within_a_line_come_back(kind: str) -> None:
    """The clean text around a damaged run in its line stays; the run alone is reread."""
    _, sentence, damage = KINDS[kind]
    run = "企業技術中心不斷增加" if sentence is TRADITIONAL else "企业技术中心不断增加"
    before, after = sentence.split(run)
    text = before + damage(run) + after
    assert applied(text, find_repairs(text)) == sentence


def test_gbk_read_as_big5_comes_back_where_no_byte_was_lost() -> None:
    """Of GBK read as Big5 the characters come back whose bytes both pages know."""
    run = "加强企业技术"
    text = BEFORE + run.encode("gbk").decode("big5hkscs") + "，" + AFTER
    repairs = find_repairs(text)
    assert applied(text, repairs) == BEFORE + run + "，" + AFTER
    assert [repair.reason for repair in repairs] == ["gbk-as-big5"]


@pytest.mark.parametrize(
    ("run", "lost"),
    [("术创新", "新"), ("技术中", "技"), ("创新局", "局"), ("增加的", "的"), ("企业技术中", "技"), ("加强组织", "")],
)
def test_a_lost_byte_is_a_guess_and_says_so(run: str, lost: str) -> None:
    """One U+FFFD is one byte; the model chooses its value, and the character, no other, is marked as guessed."""
    damaged = run.encode().decode("gb18030", "replace")
    assert ("\ufffd" in damaged) == bool(lost)
    (repair,) = find_repairs(BEFORE + damaged + "。")
    assert repair.text == run
    assert "".join(guess.of(repair.text) for guess in repair.guessed) == lost


def test_genuine_quotation_marks_before_a_run_stay() -> None:
    """“ is also a byte of Windows-1252; read as such it would shift everything behind it."""
    text = "关于“" + "科技创新".encode("gbk").decode("latin-1") + "”工作"
    assert applied(text, find_repairs(text)) == "关于“科技创新”工作"


def test_a_run_never_crosses_a_line() -> None:
    """Every line is repaired by itself, so that no repair swallows a paragraph's end."""
    lines = ["第一，加强组织领导", "第二，加大资金投入", "第三，完善工作机制"]
    text = "\n".join(line.encode().decode("gb18030", "replace") for line in lines)
    repairs = find_repairs(text)
    assert len(repairs) == 3
    assert applied(text, repairs).split("\n") == lines


@pytest.mark.parametrize(
    "text",
    [
        "Le père Noël a été très généreux cette année, déjà à Orléans ; où êtes-vous né ?",
        "Größere Übungsaufgaben für Schüler, größtmögliche Präzision, äußerst gründlich.",
        "La función devolverá el número de línea según la opción elegida. ¡¡¡¡Sí!!!!",
        "ファイルをひらくときる、あるいはとじるためにおらず、テキストのなかにもどる。",
        "ファイルの名前 (ファイル名) をきる、きる、きる。",
        "각 장의 내용을 설명하고 예제를 실행하는 방법을 소개합니다.",
        "Полные данные о порядке применения правил приведены ниже.",
        "ÃÃÃÃÃÃÃÃ",
        "ä¸ä¸ä¸",
        "ÀÁÂÃÄÅ àáâãäå",
        "温度为25℃±2℃，长×宽为3×4，占·比，约合5€。",
        'fn main() { println!("foo::bar({:?})", x); }',
    ],
)
def test_other_languages_are_not_repaired(text: str) -> None:
    """Letters with accents, kana, hangul, Cyrillic, code: what is not Chinese is no damage."""
    assert find_repairs(text) == ()
    assert find_repairs(f"{BEFORE}\n{text}\n{AFTER}") == ()


def test_the_bench_of_passages_comes_back() -> None:
    """Every damaged passage of the development bench is read as its source has it, but for a lost byte here or there;
    nothing in the other files is touched.
    """
    if not PAIRS.is_dir():
        pytest.skip("no bench at ../shared/bench/dev")
    exact = cases = 0
    for line in (PAIRS / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        left, right = ((PAIRS / pair[side]).read_bytes().decode("utf-8") for side in ("susp", "src"))
        repairs = find_repairs(left)
        if pair["type"] != "mojibake":
            assert repairs == (), pair["pair"]
            continue
        for case in pair["cases"]:
            (start, end), (low, high) = case["susp"], case["src"]
            inside = tuple(r for r in repairs if start <= r.span.start and r.span.end <= end)
            fixed = applied(left[:end], inside)[start:]
            cases, exact = cases + 1, exact + (fixed == right[low:high])
            assert difflib.SequenceMatcher(None, fixed, right[low:high], autojunk=False).ratio() >= 0.99
    assert cases == 29
    assert exact >= 25
