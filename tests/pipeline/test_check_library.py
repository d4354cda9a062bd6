"""One collection, given as a library or by path: what a check says of a draft is the same."""

import random
import re
from pathlib import Path

import pytest
from check_texts import written

import kejidiff
from kejidiff.library import choice
from kejidiff.model.check import CheckResult
from kejidiff.pipeline import from_library
from kejidiff.view.html.check import check_report
from kejidiff.view.markdown_check import check_markdown
from kejidiff.view.messages import message
from kejidiff.view.records_check import check_record

_SEEDS = Path(__file__).resolve().parents[2] / "seeds"
#: A line of every report, whose keys more hold than are tied with one another; what stands here and there and is too
#: short for a fingerprint.
COMMON = "本报告经局务会议集体讨论通过后印发各股室并抄送有关单位存档备查。"
#: Each place words it a little differently: {} is one of two words.
FORMULA = (
    "过去一年的成绩{}，离不开驻地官兵、公安干警和消防救援队伍的{}，离不开各民主党派、工商联和无党派人士的{}，离不开离退休老同志、"
    "在外乡贤和海内外朋友的{}。在此，我谨代表本级政府，向所有关心支持本地发展的同志们、朋友们，表示衷心的{}和崇高的{}！"
)
CHOICES = (
    ("来之不易", "殊为不易"),
    ("支持", "奉献"),
    ("监督", "协助"),
    ("关心", "牵挂"),
    ("感谢", "谢意"),
    ("敬意", "致敬"),
)
PHRASES = ("充分调动群众的积极性", "不断完善长效管理机制", "切实加强组织领导工作", "取得较好的社会效益")


def sentences(drawn: random.Random, known: list[str], count: int) -> list[str]:
    own = drawn.sample(known, 90)
    return ["，".join("".join(drawn.choices(own, k=drawn.randint(3, 6))) for _ in range(3)) for _ in range(count)]


def reworded(drawn: random.Random, known: list[str], text: str) -> str:
    """Every fourth of the pairs of characters exchanged."""
    pairs = [text[at : at + 2] for at in range(0, len(text), 2)]
    return "".join(drawn.choice(known)[:2] if drawn.random() < 0.25 else pair for pair in pairs)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Drafts, 70 reports, and the reports once more as a library."""
    drawn, folder = random.Random(5), tmp_path_factory.mktemp("collection")
    seeds = "".join(path.read_text("utf-8") for path in sorted(_SEEDS.glob("0*.txt")))
    runs = re.findall("[\u4e00-\u9fa5]{4,}", seeds)
    known = sorted({run[at : at + 2 + at % 2] for run in runs for at in range(0, len(run) - 3, 3)})
    texts = [sentences(drawn, known, 14) for _ in range(74)]
    for number, text in enumerate(texts):
        text[drawn.randrange(14)] += drawn.choice(PHRASES)
        if number % 24 == 0 or number == 12:
            text[0] = FORMULA.format(*(drawn.choice(pair) for pair in CHOICES))
    reports, drafts = texts[:70], texts[70:]
    drafts[0][2:6] = reports[8][4:8]
    drafts[1][3:9] = [reworded(drawn, known, one) for one in reports[20][3:9]]
    drafts[2][7:10] = reports[12][5:8]
    paragraphs = [["。\n\n".join(text) for text in kind] for kind in (drafts, reports)]
    places = [
        written(
            folder / name,
            {f"{name}{at:02}.txt": f"{text[-9:]}纪要\n\n{text}。\n\n{COMMON}\n" for at, text in enumerate(of)},
        )
        for name, of in zip(("draft", "report"), paragraphs, strict=True)
    ]
    with kejidiff.Library(folder / "kept.db") as library:
        assert len(list(library.add([places[1]]))) == 70
    return places[0], places[1], folder / "kept.db"


def said(result: CheckResult) -> tuple[object, ...]:
    """All that a check says, but for which call it was."""
    scan = result.scan
    return (
        result.drafts,
        result.compared,
        scan.comparisons,
        scan.stock_phrases,
        scan.fragments_only,
        scan.clusters,
        scan.stats,
        [document.id for document in scan.documents],
    )


def test_a_library_says_what_its_files_say(collection: tuple[Path, Path, Path]) -> None:
    """Verdict, figures, sources, passages, stock phrases, though not every report shares something with a draft."""
    drafts, reports, library = collection
    by_path = kejidiff.check([drafts], against=[reports])
    stored = kejidiff.check([drafts], library=library)
    assert [bool(draft.passages) for draft in by_path.drafts] == [True, True, True, False]
    assert any(comparison.formula for comparison in by_path.scan.comparisons)
    assert all(draft.stats is not None and draft.stats.stock for draft in by_path.drafts)
    assert said(stored) == said(by_path)
    both = kejidiff.check([drafts], library=library, drafts_too=True)
    assert said(both) == said(kejidiff.check([drafts], against=[reports], drafts_too=True))


def test_of_a_large_library_only_what_may_share_something_is_read(
    collection: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the bound the index chooses: the same sources are found, the figures are those of fewer documents."""
    drafts, reports, library = collection
    by_path = kejidiff.check([drafts / "draft00.txt"], against=[reports])
    monkeypatch.setattr(from_library, "WHOLE", 1_000)
    stored = kejidiff.check([drafts / "draft00.txt"], library=library)
    assert len(stored.scan.documents) < len(by_path.scan.documents)
    assert stored.compared == by_path.compared == 70
    assert [source.id for source in stored.drafts[0].sources] == [source.id for source in by_path.drafts[0].sources]


def test_what_was_only_looked_at_for_runs_is_said(
    collection: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many, and which of them are listed, in the record and on every page; their runs are fragments like others."""
    drafts, reports, library = collection
    by_path = kejidiff.check([drafts / "draft00.txt"], against=[reports])
    assert (by_path.looked_at.documents, by_path.looked_at.listed) == ({}, ())
    monkeypatch.setattr(from_library, "WHOLE", 1_000)
    monkeypatch.setattr(choice, "_MOST", 0)
    monkeypatch.setattr(choice, "_FILLED", 0)
    stored = kejidiff.check([drafts / "draft00.txt"], library=library)
    assert stored.looked_at.listed == ("report08.txt#1",)
    assert [(one.right, one.left_reuse) for one in stored.scan.fragments_only] == [("report08.txt#1", 0.0)]
    record = check_record(stored)
    assert record["by_runs"] == ["report08.txt#1"]
    assert 1 <= record["drafts"][0]["looked_at"] == stored.looked_at.documents["draft00.txt#1"] < 70
    assert "report08.txt#1" in {document["id"] for document in record["documents"]}
    told = message("check.looked-at", "zh", n=record["drafts"][0]["looked_at"], found=1)
    assert told in check_markdown(stored, "zh")
    assert told in check_report(stored, lang="zh")
