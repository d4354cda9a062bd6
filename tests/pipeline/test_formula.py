"""What documents share that otherwise share nothing is formula; what copies share is not."""

import random
from pathlib import Path

import pytest

import kejidiff
from kejidiff.model import ScanResult

#: Words of two characters; every sixth is one text's own.
TWOS = (
    "渠道闸门苗圃茶园渔船灯塔磨坊果园牧场盐田石桥水车粮仓纺车窑厂码头驿站竹林药圃蜂箱修补丈量清淤移栽晾晒"
    "分拣搬运登记抽查试种养护加固疏浚编号称重入库出窑下料上梁放水春天傍晚雨后霜前集日农闲汛期冬至清晨月底"
    "木匠船工牧民药农窑工渔民石匠篾匠茶农邻居铁锹竹筐麻绳陶罐木桩油布铜锁账本图纸秤砣"
)
WORDS = [TWOS[at : at + 2] for at in range(0, len(TWOS), 2)]
#: Each place words it a little differently: {} is one of two words.
THANKS = (
    "过去一年的成绩{}，离不开驻地官兵、公安干警和消防救援队伍的{}，离不开各民主党派、工商联和无党派人士的{}，离不开离退休老同志、"
    "在外乡贤和海内外朋友的{}。在此，我谨代表本级政府，向所有关心{}本地发展的同志们、朋友们，表示衷心的{}和崇高的{}！"
)
CHOICES = [
    ("来之不易", "殊为不易"), ("支持", "奉献"), ("监督", "协助"), ("关心", "牵挂"), ("支持", "帮助"), ("感谢", "谢意"),
    ("敬意", "致敬"),
]  # fmt: skip
PLACES = ["禾川", "苇塘", "沅浦", "磐石", "云杉", "槐坪"]


def sentence(rng: random.Random, words: list[str]) -> str:
    return "，".join("".join(rng.choice(words) for _ in range(rng.randint(3, 5))) for _ in range(3)) + "。"


def body(number: int, paragraphs: int = 6) -> list[str]:
    rng, words = random.Random(number), WORDS[number % 6 :: 6]
    return ["".join(sentence(rng, words) for _ in range(3)) for _ in range(paragraphs)]


def thanks(number: int) -> str:
    rng = random.Random(number)
    return THANKS.format(*(rng.choice(pair) for pair in CHOICES))


def scanned(folder: Path, texts: dict[str, list[str]]) -> ScanResult:
    folder.mkdir()
    for name, paragraphs in texts.items():
        (folder / f"{name}.txt").write_text("\n".join(paragraphs) + "\n", encoding="utf-8")
    return kejidiff.scan([folder])


@pytest.fixture(scope="module")
def reports() -> dict[str, list[str]]:
    """Six reports of different places that share their thanks, in other words each time, and nothing else."""
    return {
        name: [f"{name}县年度情况", *body(number), thanks(number), *body(number + 60)]
        for number, name in enumerate(PLACES)
    }


def test_what_unrelated_reports_share_accuses_nobody(reports: dict[str, list[str]], tmp_path: Path) -> None:
    """No pair comes out, and each report's thanks count as stock."""
    result = scanned(tmp_path / "reports", reports)
    assert result.comparisons == ()
    assert all(stats.total == 0 and stats.stock_share > 0.05 for stats in result.stats.values())


def test_a_copy_among_them_is_found_and_the_formula_beside_it_is_not_charged(
    reports: dict[str, list[str]], tmp_path: Path
) -> None:
    """One took two paragraphs of another's: these come out, in full; the thanks that both have stay formula."""
    source, taker = PLACES[:2]
    copied = reports[source][2:4]
    texts = {**reports, taker: [*reports[taker][:2], *copied, *reports[taker][2:]]}
    result = scanned(tmp_path / "reports", texts)
    (comparison,) = result.comparisons
    text = result.text_of(result.document(comparison.left))
    found = "".join(passage.left.of(text) for passage in comparison.passages)
    assert all(paragraph in found for paragraph in copied)
    assert "驻地官兵" not in found
    assert any("驻地官兵" in passage.left.of(text) for passage in comparison.formula)


def test_copies_of_one_text_are_a_family_however_many(reports: dict[str, list[str]], tmp_path: Path) -> None:
    """Five copies of one report: everything they share is recycled, nothing of it is formula."""
    result = scanned(tmp_path / "reports", dict.fromkeys(PLACES[:5], reports[PLACES[0]]))
    assert len(result.comparisons) == 10
    assert all(comparison.reuse > 0.99 and not comparison.formula for comparison in result.comparisons)


def test_an_offices_series_is_a_family(tmp_path: Path) -> None:
    """What one county repeats year after year is recycled text, also where three and more years hold it."""
    kept = body(7, 2)
    texts = {
        f"{year}": [f"安化县{year}年科技工作总结", f"安化县科技局{year}年。", *body(year), *kept, *body(year + 50)]
        for year in (2015, 2016, 2017, 2018)
    }
    result = scanned(tmp_path / "reports", texts)
    assert len(result.comparisons) == 6
    assert all(not comparison.formula for comparison in result.comparisons)


def test_own_paragraphs_between_copied_ones_are_nobodys_reuse(tmp_path: Path) -> None:
    """Three paragraphs copied word for word with own ones between: the own ones lie in no passage."""
    source, own = body(1, 3), body(2, 2)
    mixed = [source[0], own[0], source[1], own[1], source[2]]
    (comparison,) = scanned(tmp_path / "pair", {"left": mixed, "right": source}).comparisons
    text = "\n".join(mixed)
    found = "".join(passage.left.of(text) for passage in comparison.passages)
    assert all(paragraph in found for paragraph in source)
    assert not any(paragraph in found for paragraph in own)
