"""GBK read one byte late: the runs of seed 002, made ones, and the kernels against slow versions of themselves."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.background.likelihood import likelihood
from kejidiff.model import Repair
from kejidiff.text.repair import find_repairs
from kejidiff.text.repair.code_pages import big5, gbk
from kejidiff.text.repair.gaps import Gap, filled
from kejidiff.text.repair.shift_path import STEPS, Step, way_through
from kejidiff.text.repair.shift_steps import NEVER, own_pairs
from kejidiff.text.repair.shown import shown
from kejidiff.text.repair.stretch import stretches

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
QUIET = settings(deadline=None, derandomize=True, max_examples=150)

#: The eight shifted runs of seed 002: what is shown, how it is read, and which characters of that are guesses. The last
#: one began with 。 rather than 專: both end in A3, and 专科 is the commoner pair.
RUNS = [
    ("?萍既瞬藕献鹘涣鞔髸甙偌移髽I", "海科技人才合作交流大會暨百家企業", "海會暨"),
    ("!痘鶎油扑]", "。《基層推薦", "。"),
    ("!", "。“", "。“"),
    ("!た萍既瞬藕献鹘涣鞔髸甙偌移髽I", "海·科技人才合作交流大會暨百家企業", "海會暨"),
    ("?疾靺⒂^", "校考察參觀", "校"),
    ("?萍季种付▽H伺浜蟽擅胝纠蠋煿ぷ鳎侥壳肮沧咴L", "。科技局指定專人配合兩秒站老師工作，到目前共走訪", "。，到"),
    (",F", "。現", "。"),
    ("?萍颊f", "專科技說", "專"),
]


def seed(number: str) -> str:
    return next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8")


def guesses(repair: Repair) -> str:
    return "".join(guess.of(repair.text) for guess in repair.guessed)


def test_the_runs_of_seed_002_are_read() -> None:
    """All eight runs of the sample are found, with their ends, and nothing else is."""
    text = seed("002")
    runs = [repair for repair in find_repairs(text) if repair.reason == "gbk-shift"]
    assert [(run.span.of(text), run.text, guesses(run)) for run in runs] == RUNS


@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_the_other_samples_are_whole(number: str) -> None:
    """Reports from web pages, with their odd names, half-width marks and site furniture, hold no damage."""
    assert find_repairs(seed(number)) == ()


def late(text: str) -> str:
    """GBK without its first byte, read in pairs; a pair that is no character vanishes."""
    data = text.encode("gbk")[1:]
    pairs = [data[i : i + 2] for i in range(0, len(data) - 1, 2)]
    return "".join(pair.decode("gbk", "ignore") for pair in pairs)


@pytest.mark.parametrize(
    "run",
    ["科技人才合作交流", "企业技术创新中心建设", "加强组织领导和监督检查", "重点实验室建设", "贯彻落实科学发展观"],
)
def test_the_inside_of_a_run_comes_back(run: str) -> None:
    """A run without a mark before it: all between its first and last character is exact, and the first is a guess."""
    text = f"今年以来，我市大力推进{late(run)}等各项工作，取得明显成效。"
    (repair,) = find_repairs(text)
    assert run[1:-1] in repair.text
    assert guesses(repair)[0] == repair.text[0]


def test_a_text_without_damage_is_not_shifted() -> None:
    """Every shown character has an inner reading; of clean text it is never the likelier one."""
    assert find_repairs("今年以来,我局坚持以科技创新为引领!全面落实各项决策部署?取得明显成效;" * 3) == ()


def slow_stretches(gain: list[float], rise: float, fall: float) -> list[tuple[int, int]]:
    """One value at a time: open at a gain above an empty sum, close where the sum is used up or far below its peak."""
    found, begin, end, height, peak = [], 0, 0, 0.0, 0.0
    for i, change in enumerate([*gain, -1e9]):
        if height == 0 and change > 0:
            begin, peak = i, 0.0
        if height == 0 and change <= 0:
            continue
        height += change
        if height > peak:
            peak, end = height, i + 1
        if height <= 0 or height < peak - fall:
            if peak >= rise:
                found.append((begin, end))
            height = 0.0
    return found


@QUIET
@given(
    st.lists(st.integers(-40, 40).map(lambda n: n / 4), max_size=40),
    st.integers(1, 40),
    st.sampled_from([4.0, 24.0, 1000.0]),
)
def test_stretches_are_those_of_the_slow_way(gain: list[float], rise: int, fall: float) -> None:
    """The stretches found from whole runs of gains and losses are those found one value at a time."""
    assert stretches(np.array(gain, np.float32), float(rise), fall) == slow_stretches(gain, float(rise), fall)


def every_way(length: int, at: int = 0, inside: bool = False) -> list[list[tuple[Step, int]]]:
    """All ways from place `at` (read already) to the last place, with the places of their steps."""
    if at == length - 1:
        return [] if inside else [[]]
    within: list[tuple[Step, int, int, bool]] = [
        ("inner", at + 1, at + 1, True),
        ("dropped", at + 1, at + 2, True),
        ("last", at, at + 1, False),
        ("tail", at, at + 2, False),
        ("dropped tail", at, at + 2, False),
        ("dropped then tail", at + 1, at + 3, False),
    ]
    outside: list[tuple[Step, int, int, bool]] = [
        ("keep", at + 1, at + 1, False),
        ("first", at + 1, at + 2, True),
        ("first dropped", at + 1, at + 3, True),
        ("alone", at + 1, at + 3, False),
    ]
    return [
        [(step, place), *rest]
        for step, place, reached, shifted in (within if inside else outside)
        if reached < length
        for rest in every_way(length, reached, shifted)
    ]


@QUIET
@given(st.data())
def test_the_way_through_is_the_cheapest_of_all(data: st.DataObject) -> None:
    """Of all sequences of steps through a small zone the one found costs least."""
    length = data.draw(st.integers(4, 7))
    price = st.sampled_from([1.0, 2.0, 3.0, 5.0, 8.0, NEVER])
    table = {step: data.draw(st.lists(price, min_size=length, max_size=length)) for step in STEPS}
    keep = data.draw(st.lists(st.sampled_from([1.0, 4.0, 9.0]), min_size=length, max_size=length))
    for step in STEPS:
        table[step][0] = table[step][-1] = NEVER
    table["inner"] = [cost if cost < NEVER else 16.0 for cost in table["inner"]]

    def cost(way: list[tuple[Step, int]]) -> float:
        return sum(keep[place] if step == "keep" else table[step][place] for step, place in way)

    found = way_through(keep, table)
    assert len(found) == len(set(found))
    least = min(every_way(length), key=cost)
    taken = next(way for way in every_way(length) if [step for step in way if step[0] != "keep"] == found)
    assert cost(taken) == cost(least)


@QUIET
@given(
    st.lists(st.sampled_from(["科", "技局", "", "的", ["工", "作", "龘"], ["部", "门"], ["。", "，"]]), max_size=5),
    st.sampled_from("的\n"),
    st.sampled_from("和。"),
)
def test_gaps_are_filled_as_trying_all_would(pieces: list[str | list[str]], before: str, after: str) -> None:
    """Of all texts that the gaps allow, the one found costs least; gaps with a choice are marked."""
    model = likelihood()
    gaps = [
        piece
        if isinstance(piece, str)
        else Gap(np.array([ord(char) for char in piece], np.uint32), np.arange(len(piece), dtype=np.float32))
        for piece in pieces
    ]
    around = [model.symbols(np.array([ord(char)], np.uint32)) for char in (before, after)]
    text, guessed = filled(gaps, around[0], around[1], model)

    def cost(choice: tuple[str, ...]) -> float:
        price = sum(piece.index(char) for piece, char in zip(pieces, choice, strict=True) if isinstance(piece, list))
        return price + float(model.text_bits(before + "".join(choice) + after)[1:].sum())

    options = [[piece] if isinstance(piece, str) else piece for piece in pieces]
    least = min(cost(choice) for choice in itertools.product(*options))
    ways = [choice for choice in itertools.product(*options) if "".join(choice) == text]
    assert any(abs(cost(way) - least) < 0.01 for way in ways)
    assert sum(guess.length for guess in guessed) == sum(isinstance(piece, list) for piece in pieces)


@pytest.mark.parametrize(("codec", "page"), [("gb18030", gbk()), ("big5hkscs", big5())])
def test_code_pages_are_the_codecs(codec: str, page: object) -> None:
    """Every pair of bytes stands for the character that Python reads; what is no single character stands for none."""
    code_of, pair_of = page.code_of, page.pair_of  # type: ignore[attr-defined]  # `object` keeps the table of cases short
    for pair in range(0x8140, 0xFF00, 7):
        read = pair.to_bytes(2, "big").decode(codec, "replace")
        single = len(read) == 1 and "\x7f" < read < "\uffff" and read != "\ufffd"
        assert int(code_of[pair]) == (ord(read) if single else 0), hex(pair)
        if single:
            assert pair_of[ord(read)].item().to_bytes(2, "big").decode(codec) == read


def test_what_a_text_says_twice_counts_for_it() -> None:
    """Pairs that the text uses more than once become cheaper, others keep the model's cost, classes too."""
    model = likelihood()
    whole = shown("会暨大会暨专家聘礼", [], model)
    own = own_pairs(whole)

    def cost(text: str) -> tuple[float, float]:
        symbols = model.symbols(np.array([ord(char) for char in text], np.uint32))
        return float(own.bits(symbols[:1], symbols[1:])[0]), float(model.bits(symbols[:1], symbols[1:])[0])

    assert cost("会暨")[0] < cost("会暨")[1] - 4
    assert cost("暨专")[0] == cost("暨专")[1]
    assert cost("聘礼")[0] == cost("聘礼")[1]
