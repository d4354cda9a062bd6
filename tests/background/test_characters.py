"""The table of single characters: its format, its laws, and that it tells Chinese from what is not."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.background import build_characters as build
from kejidiff.background.characters import DATA, bits, parse, table

LAWS = settings(deadline=None, derandomize=True, max_examples=100)


def test_the_format_reads_as_its_docstring_says() -> None:
    """Comments, the cost of the unlisted, characters in a row, and one by its number."""
    costs = parse("# comment\n@unlisted\t20\n7\tU+0020\n6.25\t的，\n18\t鑫\n")
    assert [costs.cost(char) for char in " 的，鑫龘"] == [7, 6.25, 6.25, 18, 20]


def test_costs_survive_writing_and_reading() -> None:
    """What the builder writes, the reader reads, also for characters that would break a line."""
    costs = {"的": 6.25, "\n": 6.0, " ": 6.0, "\u3000": 9.0, "U": 6.0, "#": 6.0, "@": 6.0, "\t": 6.0}
    assert dict(parse("\n".join(build.lines_of(costs)) + "\n").listed) == costs


@LAWS
@given(
    st.text(alphabet=st.characters(), max_size=60), st.text(alphabet=st.sampled_from("的一龘\ud800 \0"), max_size=60)
)
def test_bits_are_the_sum_over_characters(left: str, right: str) -> None:
    """Exact for any code points, lone surrogates too: costs are quarters, so no order of adding matters."""
    assert bits(left + right) == sum(table().cost(char) for char in left + right) == bits(right) + bits(left)


def test_the_shipped_table_is_small_and_no_more_than_a_distribution() -> None:
    """10 to 20 kB; probabilities of Hanzi add up to at most 1, and costs are quarters of a bit."""
    listed = table().listed
    assert 10_000 <= DATA.stat().st_size <= 20_000
    assert sum(2**-cost for char, cost in listed.items() if "一" <= char <= "鿿") <= 1
    assert all(cost == round(cost * 4) / 4 for cost in listed.values())
    assert max(listed.values()) < table().unlisted


def test_both_scripts_are_served() -> None:
    """A character and its traditional form cost the same within two bits."""
    pairs = zip("国发业会为说经学", "國發業會為說經學", strict=True)
    assert all(abs(table().cost(simplified) - table().cost(traditional)) <= 2 for simplified, traditional in pairs)


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_reports_cost_little_and_their_misreadings_much(seeds: Path, name: str) -> None:
    """In either script Hanzi cost less than 10.5 bits; what GB18030 makes of their UTF-8 costs more than 15."""
    text = next(seeds.glob(f"{name}_*.txt")).read_text(encoding="utf-8")
    prose = "".join(char for char in text if "一" <= char <= "鿿")
    wrong = prose.encode().decode("gb18030", "ignore")
    assert bits(prose) / len(prose) < 10.5
    assert bits(wrong) / len(wrong) > 15


def test_shares_weigh_texts_by_frequency() -> None:
    """甲 once in a word seen three times, 乙 in both words: 3 and 4 of 7."""
    assert build.shares(["甲乙", "乙"], [3, 1]) == {"甲": 3 / 7, "乙": 4 / 7}


def test_mixtures_stay_distributions() -> None:
    """Weighted sums of shares that add up to 1 add up to 1."""
    mixture = build.mixed([({"甲": 1.0}, 0.25), ({"甲": 0.5, "乙": 0.5}, 0.75)])
    assert mixture == {"甲": 0.625, "乙": 0.375}
    assert build.in_bits(0.375) == round(-math.log2(0.375) * 4) / 4 == 1.5


def test_rare_characters_are_not_listed_and_ascii_has_its_price() -> None:
    """2^-19 is left to the common cost of the unlisted; letters cost 6 bits whatever their share."""
    listed = build.listed_costs({"的": 2**-6, "龘": 2**-19, "a": 2**-15})
    assert listed["的"] == 6
    assert "龘" not in listed
    assert listed["a"] == listed["\n"] == build.ASCII_BITS


def test_what_is_measured_on_is_never_counted(tmp_path: Path) -> None:
    """The held-out half and the congress reports stay out of the counts."""
    for folder in ("laws", "congress"):
        (tmp_path / folder).mkdir()
        for number in range(20):
            (tmp_path / folder / f"{number}.txt").write_text(f"{folder} {number}", encoding="utf-8")
    expected = sorted(f"laws {number}" for number in range(20) if not build.held_out(f"{number}.txt"))
    assert sorted(build.counted_texts(tmp_path)) == expected
    assert 0 < len(expected) < 20
