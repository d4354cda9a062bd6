"""`kejidiff.explain`: it tells the truth about what `show` and `scan` find."""

import random
from functools import cache
from pathlib import Path

import pytest

import kejidiff
from kejidiff.errors import UsageError
from kejidiff.model.explanation import Explanation

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HANZI = "山水田林路渠坝闸井塘村镇乡县市省年月日春夏秋冬农工商学兵种收储运修建查验记账册报表人员车船机具油电火土石木竹"


@cache
def explained(left: str, right: str, *, among: bool = False) -> Explanation:
    return kejidiff.explain(left, right, within=SEEDS, among=[SEEDS] if among else ())


def written(seed: int, length: int) -> str:
    """Text that nobody wrote: sentences of 24 Hanzi."""
    drawn = random.Random(seed)
    letters = [drawn.choice(HANZI) for _ in range(length)]
    return "".join(letter + ("。" if at % 24 == 23 else "") for at, letter in enumerate(letters))


@pytest.mark.parametrize(("left", "right"), [("001#4", "001#5"), ("001#1", "002#2"), ("000", "004")])
def test_alone_it_finds_what_show_finds(left: str, right: str) -> None:
    """Passages, fragments, direction and all else of the comparison are those that `show` tells."""
    assert explained(left, right).comparison == kejidiff.show(left, right, within=SEEDS).comparisons[0]


def test_among_others_it_finds_what_a_scan_finds() -> None:
    """The comparison is the scan's, with the bits of the scan's other documents in it."""
    (found,) = kejidiff.scan([SEEDS]).comparisons
    assert explained("001#1", "002#2", among=True).comparison == found


def test_why_two_reports_of_one_city_share_no_passage() -> None:
    """001#4 and 001#5: a candidate by its anchors; its best chains stay below the core and tie no sentence alike."""
    told = explained("001#4", "001#5")
    assert told.passages == () and told.candidacy.chosen and not told.candidacy.family
    assert [channel.name for channel in told.candidacy.channels if channel.enough] == ["anchors"]
    rules = told.result.options.align
    assert told.chains and max(chain.core for chain in told.chains) < rules.core_floor
    best = told.chains[0]
    assert best.founding == "unlike" and best.sentence is not None and best.sentence.alike is not None
    assert best.sentence.alike < rules.sentence_alike
    assert {chain.fate for chain in told.chains} == {"no-passage"}


def test_why_the_jiaxing_reports_are_one_passage() -> None:
    """001#1 and 002#2: of one family; one chain with a core far above the floor founds the passage."""
    told = explained("001#1", "002#2", among=True)
    assert told.candidacy.family and told.candidacy.shared > 0.8
    assert len(told.passages) == 1
    assert (told.chains[0].founding, told.chains[0].fate, told.chains[0].passage) == ("core", "founded", 0)
    assert told.chains[0].matched > 5000
    assert [holders.kin for holders in told.holders] == [True]
    assert told.seeds.drowned > told.seeds.runs / 2


def test_a_pair_that_is_no_candidate_is_aligned_all_the_same() -> None:
    """What a scan would not look at can be looked at here; it says so, and what kept it out."""
    told = explained("001#1", "003", among=True)
    assert not told.candidacy.chosen
    assert all(channel.evidence < channel.floor for channel in told.candidacy.channels)
    assert told.seeds.runs and told.passages == ()


def test_a_family_of_two_and_strangers(tmp_path: Path) -> None:
    """A paragraph that three others hold is formula, with those that hold it named; alone nobody can tell."""
    formula = written(1, 96)
    for at in range(5):
        own = written(100 + at, 600)
        text = own if at == 4 else f"{own[:300]}\n{formula}\n{own[300:]}"
        (tmp_path / f"{'abcde'[at]}.txt").write_text(f"报告{at}\n\n{text}\n", encoding="utf-8")
    told = kejidiff.explain("a.txt", "b.txt", among=[tmp_path])
    assert len(told.passages) == 1 and told.comparison.formula == told.passages and told.comparison.passages == ()
    (holders,) = told.holders
    assert sorted(holders.families) == [("c.txt#1",), ("d.txt#1",)]
    assert not holders.kin and holders.share >= 0.5 and len(holders.families) + 2 >= holders.needed
    alone = kejidiff.explain("a.txt", "b.txt", within=tmp_path)
    assert alone.comparison.formula == () and len(alone.passages) == 1


def test_names_are_looked_up_where_the_scan_is() -> None:
    """Paths, beginnings and titles mean the scan's documents; what means none of them, or both one, is refused."""
    path = str(next(SEEDS.glob("001_*.txt")))
    told = kejidiff.explain(f"{path}#1", "【篇二】", among=[SEEDS])
    assert told.comparison == explained("001#1", "002#2", among=True).comparison
    for names, slug in ((("nosuch", "001#1"), "no-match"), (("001", "002#2"), "ambiguous"),
                        (("001#1", "科技创新工作总结一"), "same-document")):  # fmt: skip
        with pytest.raises(UsageError) as raised:
            kejidiff.explain(*names, among=[SEEDS])
        assert raised.value.slug == slug
    with pytest.raises(TypeError):
        kejidiff.explain("001#1", "002#2", among=str(SEEDS))


def test_workers_change_nothing() -> None:
    """Two processes tell what one tells."""
    two = kejidiff.explain("001#1", "002#2", among=[SEEDS], jobs=2)
    one = explained("001#1", "002#2", among=True)
    assert (two.comparison, two.chains, two.seeds, two.candidacy, two.holders) == (
        one.comparison, one.chains, one.seeds, one.candidacy, one.holders
    )  # fmt: skip
