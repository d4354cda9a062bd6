"""The five reports the project was born from: what is in them must come out."""

from functools import cache
from pathlib import Path

import pytest

import kejidiff
from kejidiff.model import Comparison, Document, ScanResult, SourceText

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@cache
def scanned() -> ScanResult:
    return kejidiff.scan([SEEDS])


def jiaxing() -> Comparison:
    (comparison,) = scanned().comparisons
    return comparison


def documents_of(prefix: str) -> list[Document]:
    return [document for document in scanned().documents if document.path.startswith(prefix)]


def marked(prefix: str, reason: str) -> list[str]:
    """The excluded stretches of a file's documents, in order."""
    return [
        exclusion.span.of(scanned().text_of(document))
        for document in documents_of(prefix)
        for exclusion in document.excluded
        if exclusion.reason == reason
    ]


@pytest.mark.parametrize(
    ("prefix", "titles"),
    [
        ("000", ["全区科技创新工作报告"]),
        ("001", [f"科技创新工作总结{number}" for number in "一二三四五"]),
        ("002", [f"【篇{number}】" for number in "一二三"]),
        ("003", ["区科技局2024年工作总结及工作计划范文"]),
        ("004", ["区科技局2021年平台建设工作总结及2023年工作思路"]),
    ],
)
def test_compilations_are_split_and_reports_are_not(prefix: str, titles: list[str]) -> None:
    """Eleven documents in five files, each under its own title."""
    assert [document.title for document in documents_of(prefix)] == titles


def test_every_file_was_read() -> None:
    """Five read; what else lies in the folder is passed over on purpose, and the scan is complete."""
    assert scanned().complete
    assert [file.path[:3] for file in scanned().files if isinstance(file, SourceText)] == [f"00{n}" for n in range(5)]
    assert {file.reason for file in scanned().files if not isinstance(file, SourceText)} == {"ignored"}


def test_web_furniture_is_marked_and_not_counted() -> None:
    """Related lists, submission lines and slogans are declared as excluded, before, in and after the documents."""
    for prefix, words in (
        ("000", ("相关推荐", "我要投稿", "科技创新口号11-25")),
        ("001", ("2020年科技创新工作总结范文相关文章", "★ 科技工作总结")),
        ("003", ("好文档 - 专业文书写作", "加入收藏", "wWw.850500.cOm", "微信扫码分享", "领取福利")),
        ("004", ("上传人:快****", "点击查看更多", "展开阅读全文", "蜀ICP备", "第3页 / 共17页")),
    ):
        text = scanned().text_of(documents_of(prefix)[0])
        excluded = [exclusion.span for document in documents_of(prefix) for exclusion in document.excluded]
        for word in words:
            at = text.index(word)
            assert any(span.start <= at < span.end for span in excluded), (prefix, word)


def test_page_marks_are_taken_out_and_sentences_rejoined() -> None:
    """Seed 004: sixteen marks 1、 to 16、; what they cut is one sentence again for comparison."""
    marks = [mark.strip() for mark in marked("004", "page-mark")]
    assert marks == [f"{number}、" for number in range(1, 17)]
    folded = documents_of("004")[0].folded.text
    assert "经费支出#亿元完成高新技术产业投资" in folded
    assert "推进全区经济高质量发展" in folded


def test_notes_and_damage_are_repaired_for_comparison_only() -> None:
    """Seed 002: 1,485 pinyin notes and eight runs of GBK read a byte off, read right and shown as they stand."""
    repairs = [repair for document in documents_of("002") for repair in document.repaired]
    assert sum(repair.reason == "pinyin-note" for repair in repairs) == 1485
    shifted = [repair for repair in repairs if repair.reason == "gbk-shift"]
    assert len(shifted) == 8
    text = scanned().text_of(documents_of("002")[0])
    assert "上!た萍既瞬藕献鹘涣鞔髸甙偌移髽I(yè)進" in text
    assert "上海科技人才合作交流大会暨百家企业进" in documents_of("002")[1].folded.text


def test_masks_fold_as_figures() -> None:
    """Seed 003: xx家, x.x亿元 and xxxx万元 are figures, whatever they hide."""
    assert "获批银行贷款达#万元" in documents_of("003")[0].folded.text
    assert "x" not in documents_of("003")[0].folded.text


def test_the_jiaxing_report_is_found_and_nothing_else() -> None:
    """Of the 55 pairs one is reuse: 001's first report and 002's second."""
    assert [(comparison.left[:3] + comparison.left[-2:], comparison.right[:3] + comparison.right[-2:])
            for comparison in scanned().comparisons] == [("001#1", "002#2")]  # fmt: skip


def test_its_38_paragraphs_pair_up_in_order() -> None:
    """One to one, no other partner, none moved, similarity .81 to 1.00 after folding and repair."""
    pairs = jiaxing().pairs
    assert [(pair.left, pair.right) for pair in pairs] == [(number, number) for number in range(1, 39)]
    assert not any(pair.moved for pair in pairs)
    assert min(pair.similarity for pair in pairs) >= 0.81
    assert max(pair.similarity for pair in pairs) == 1.0


def test_at_least_97_percent_is_covered_on_both_sides() -> None:
    """Of the countable characters, by the passages."""
    assert jiaxing().left_reuse >= 0.97
    assert jiaxing().right_reuse >= 0.97
    for document_id in (jiaxing().left, jiaxing().right):
        assert scanned().stats[document_id].total >= 0.97


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("通过", "透过"), ("达到", "到达"), ("创建", "建立"), ("能力", "潜力"), ("积极", "用心"), ("形成", "构成"),
        ("先进集体", "先进群众"), ("建议", "推荐"), ("保持", "持续"), ("提供", "带给"), ("特别", "个性"),
        ("选择", "选取"),
    ],
)  # fmt: skip
def test_substitutions_are_found_without_a_list(left: str, right: str) -> None:
    """The rewriting tool's exchanges, as words, each counted."""
    assert (left, right) in {(found.left, found.right) for found in jiaxing().substitutions}


def test_the_most_frequent_substitutions_are_counted() -> None:
    """Counts rank them: 通过 -> 透过 stands first."""
    first = jiaxing().substitutions[0]
    assert (first.left, first.right) == ("通过", "透过")
    assert first.count >= 8


def test_masked_years_are_masked_and_not_changed() -> None:
    """20__ on the left is 2013, 2011 or 2010 on the right; no figure was changed."""
    text = [scanned().text_of(scanned().document(side)) for side in (jiaxing().left, jiaxing().right)]
    masked = {
        (change.left.of(text[0]), change.right.of(text[1]))
        for change in jiaxing().figures.changes
        if change.kind == "masked"
    }
    assert {("20__", "2013"), ("20__", "2011"), ("20__", "2010")} <= masked
    assert jiaxing().figures.changed == 0
    assert jiaxing().figures.same > 150


def test_words_left_out_are_deletions() -> None:
    """名校 and 最 were dropped by whoever rewrote it."""
    left, right = (scanned().text_of(scanned().document(side)) for side in (jiaxing().left, jiaxing().right))
    deleted = {
        edit.left.of(left) for passage in jiaxing().passages for edit in passage.edits if edit.kind == "deletion"
    }
    assert {"名校", "最"} <= deleted
    assert right


def test_both_go_back_to_a_third_text() -> None:
    """001 masks what 002 prints, 002 is damaged and rewritten where 001 is not: neither was made from the other."""
    assert jiaxing().direction.source == "third"


@pytest.mark.parametrize("phrase", ["在市委市政府的正确领导下", "企業(yè)為主體、市場為導(dǎo)向,產(chǎn)學(xué)研"])
def test_what_the_others_share_is_stock_phrase(phrase: str) -> None:
    """Shared formula is counted apart, as 套话, and in no ratio; it reads as it stands in the first text."""
    held = [found for found in scanned().stock_phrases if phrase in found.text or found.text in phrase]
    assert any(found.documents >= 2 for found in held)
    for document in scanned().documents:
        if document.id not in (jiaxing().left, jiaxing().right):
            assert scanned().stats[document.id].total == 0


def test_the_two_make_a_family() -> None:
    """One cluster of two."""
    (cluster,) = scanned().clusters
    assert cluster.members == (jiaxing().left, jiaxing().right)


def test_order_and_jobs_change_nothing() -> None:
    """The same files in another order, or by two processes, give the same result."""
    files = sorted(SEEDS.glob("*.txt"))
    forward = kejidiff.scan(files)
    assert kejidiff.scan(files[::-1], jobs=2) == forward
    assert kejidiff.scan([SEEDS], jobs=2).comparisons == scanned().comparisons


def test_two_files_alone_work_as_well() -> None:
    """Judged by the shipped background: what five files show, the two that matter show too."""
    two = kejidiff.scan(sorted(SEEDS.glob("00[12]*.txt")))
    assert [(found.left, found.right) for found in two.comparisons] == [(jiaxing().left, jiaxing().right)]
    assert [(pair.left, pair.right) for pair in two.comparisons[0].pairs] == [(n, n) for n in range(1, 39)]


def test_show_finds_what_scan_finds() -> None:
    """Named by the beginnings of their ids, the two reports give the same pairs and edits."""
    shown = kejidiff.show("001#1", "002#2", within=SEEDS)
    assert shown.comparisons[0].pairs == jiaxing().pairs
    assert shown.comparisons[0].substitutions == jiaxing().substitutions
