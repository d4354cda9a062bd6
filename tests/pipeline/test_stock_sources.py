"""Templates and superiors' documents: what stands in them is told and is nobody's copy; what stands beside is."""

import json
import os
from pathlib import Path

import pytest
from stock_texts import (
    COPIED_REPORT,
    NOTICE,
    OBEDIENT_REPORT,
    PADDY,
    PADDY_REPORT,
    TEA,
    TEA_REPORT,
    TEMPLATE,
    WILT,
)

import kejidiff
from kejidiff.errors import UsageError
from kejidiff.model import Comparison, ScanResult
from kejidiff.span import Span
from kejidiff.view.records import dumps, scan_record


def written(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return written(tmp_path / "stock", form=TEMPLATE) / "form.txt"


def left_texts(result: ScanResult, comparison: Comparison, spans: list[Span]) -> list[str]:
    text = result.text_of(result.document(comparison.left))
    return [span.of(text) for span in spans]


def test_two_reports_that_fill_in_one_form_are_no_pair(tmp_path: Path, form: Path) -> None:
    """Without the form they look like copies; with it they are no pair, and the form's text is counted as 套话."""
    folder = written(tmp_path / "reports", a=TEA_REPORT, b=PADDY_REPORT)
    (pair,) = kejidiff.scan([folder]).comparisons
    assert pair.reuse > 0.7
    result = kejidiff.scan([folder], stock=[form])
    assert result.comparisons == () and result.clusters == () and result.fragments_only == ()
    for stats in result.stats.values():
        assert stats.reused == 0
        assert 0.6 < stats.stock_share < 0.9, "the form, and not what was filled in"
    assert [phrase.text for phrase in result.stock_phrases] == []


def test_a_copy_beside_the_forms_text_is_found_in_full(tmp_path: Path, form: Path) -> None:
    """The passage is what was copied, from its first character to its last; the form around it is formula."""
    folder = written(tmp_path / "reports", a=TEA_REPORT, b=PADDY_REPORT, c=COPIED_REPORT)
    result = kejidiff.scan([folder], stock=[form])
    (pair,) = result.comparisons
    assert (pair.left, pair.right) == ("a.txt#1", "c.txt#1")
    assert left_texts(result, pair, [passage.left for passage in pair.passages]) == [TEA]
    assert pair.passages[0].tier == "light" and [edit.kind for edit in pair.passages[0].edits] != []
    formula = "".join(left_texts(result, pair, [passage.left for passage in pair.formula]))
    assert "本表由派驻单位组织填写" in formula and "四、承诺。" in formula
    assert TEA not in formula and WILT not in formula and PADDY not in formula
    assert {passage.commonness for passage in pair.formula} == {3}
    stats = result.stats[pair.left]
    assert stats.reused == stats.largest_single == result.document(pair.left).countable_in(pair.passages[0].left)


def test_each_report_says_what_it_holds_of_which_source(tmp_path: Path) -> None:
    """照抄上级: the report that repeats a notice names it, with its share and places; another report names nothing."""
    stock = written(tmp_path / "stock", notice=NOTICE, form=TEMPLATE)
    folder = written(
        tmp_path / "reports", a=OBEDIENT_REPORT, b="赶海归来\n老船工把渔网晾在礁石上，等潮水退到第三级台阶。\n"
    )
    result = kejidiff.scan([folder], stock=[stock])
    assert set(result.from_stock) == {"a.txt#1"}
    (found,) = result.from_stock["a.txt#1"]
    assert (found.source, found.path, found.title) == ("notice.txt#1", "notice.txt", "关于做好山塘清淤工作的通知")
    assert 0.7 < found.reuse < 0.9
    held = "".join(passage.left.of(OBEDIENT_REPORT) for passage in found.passages)
    assert "水准仪测量与老农现场指认" in held and "挖掘机正在大修" not in held
    assert result.stats["a.txt#1"].reused == 0, "a superior is no other report"


def test_two_reports_that_copy_one_notice_are_no_pair(tmp_path: Path) -> None:
    """照抄上级 is labelled on both and held against neither."""
    stock = written(tmp_path / "stock", notice=NOTICE)
    other = NOTICE.replace("各乡镇", "各社区").replace("关于做好山塘清淤工作的通知", "云杉镇清淤方案")
    folder = written(tmp_path / "reports", a=OBEDIENT_REPORT, b=other)
    assert len(kejidiff.scan([folder]).comparisons) == 1
    result = kejidiff.scan([folder], stock=[stock])
    assert result.comparisons == () and set(result.from_stock) == {"a.txt#1", "b.txt#1"}


def test_stock_files_are_no_reports(tmp_path: Path, form: Path) -> None:
    """They are among the stock sources with their state and digest, and not among files, documents or pairs."""
    folder = written(tmp_path / "reports", a=TEA_REPORT)
    result = kejidiff.scan([folder], stock=[form.parent])
    record = json.loads(dumps(scan_record(result)))
    assert [document["id"] for document in record["documents"]] == ["a.txt#1"]
    assert [file["path"] for file in record["files"]] == ["a.txt"]
    (source,) = record["stock_sources"]
    assert (source["path"], source["state"], len(source["sha256"])) == ("form.txt", "read", 64)
    assert [document["id"] for document in source["documents"]] == ["form.txt#1"]
    assert set(source["documents"][0]) == {"id", "title", "span", "countable"}
    (found,) = record["documents"][0]["from_stock"]
    assert set(found) == {"source", "reuse", "passages"}
    assert found["source"] == "form.txt#1" and found["reuse"] > 0.6 and found["passages"][0]["edits"]
    assert record["complete"] is True


@pytest.mark.parametrize("name", ["form.txt", "link.txt"])
def test_a_stock_file_inside_the_scanned_folder_is_set_apart(tmp_path: Path, name: str) -> None:
    """Under whatever name it is given; it stays visible among the files, as ignored, and the scan is complete."""
    folder = written(tmp_path / "reports", a=TEA_REPORT, b=PADDY_REPORT, form=TEMPLATE)
    os.link(folder / "form.txt", tmp_path / "link.txt")
    given = folder / name if name == "form.txt" else tmp_path / name
    result = kejidiff.scan([folder], stock=[given])
    assert [document.path for document in result.documents] == ["a.txt", "b.txt"]
    states = {file.path: getattr(file, "reason", "read") for file in result.files}
    assert states == {"a.txt": "read", "b.txt": "read", "form.txt": "ignored"}
    assert result.complete and result.comparisons == ()


def test_a_report_may_bear_a_stock_files_name(tmp_path: Path) -> None:
    """Two different files of one name, a report and a form, are told apart."""
    folder = written(tmp_path / "reports", form=TEA_REPORT, other=PADDY_REPORT)
    stock = written(tmp_path / "stock", form=TEMPLATE)
    result = kejidiff.scan([folder], stock=[stock])
    assert [document.id for document in result.documents] == ["form.txt#1", "other.txt#1"]
    assert [found.source for found in result.from_stock["form.txt#1"]] == ["form.txt#1"]
    assert result.comparisons == ()


def test_an_unreadable_stock_file_makes_the_result_incomplete(tmp_path: Path, form: Path) -> None:
    """No silent loss: what cannot be read is listed with its reason, the others are compared all the same."""
    (form.parent / "empty.txt").write_bytes(b"")
    folder = written(tmp_path / "reports", a=TEA_REPORT, b=PADDY_REPORT)
    result = kejidiff.scan([folder], stock=[form.parent])
    assert not result.complete
    assert [source["reason"] for source in scan_record(result)["stock_sources"]] == ["empty", None]
    assert result.comparisons == ()


def test_wrong_stock_is_a_wrong_call(tmp_path: Path) -> None:
    """A path that is not there, a folder without a file, stdin twice, a string for a list."""
    folder = written(tmp_path / "reports", a=TEA_REPORT)
    (tmp_path / "nothing").mkdir()
    for stock, slug in (
        ([tmp_path / "none.txt"], "no-such-path"),
        ([tmp_path / "nothing"], "nothing-found"),
    ):
        with pytest.raises(UsageError) as caught:
            kejidiff.scan([folder], stock=stock)
        assert caught.value.slug == slug
    with pytest.raises(UsageError, match="stdin"):
        kejidiff.scan(["-"], stock=["-"])
    with pytest.raises(TypeError, match="stock"):
        kejidiff.scan([folder], stock=str(folder))


def test_order_and_jobs_of_stock_change_nothing(tmp_path: Path) -> None:
    """One record, byte for byte, however the sources are given."""
    folder = written(tmp_path / "reports", a=TEA_REPORT, b=PADDY_REPORT, c=COPIED_REPORT, d=OBEDIENT_REPORT)
    stock = written(tmp_path / "stock", form=TEMPLATE, notice=NOTICE)
    given = [stock / "form.txt", stock / "notice.txt"]
    records = {
        dumps(scan_record(kejidiff.scan([folder], stock=order, jobs=jobs)))
        for order, jobs in ((given, 1), (given[::-1], 2), ([stock], 1))
    }
    assert len(records) == 1


def test_show_takes_stock_too(tmp_path: Path, form: Path) -> None:
    """Two reports of one form share formula only; shown beside the form itself, that is a text like others."""
    folder = written(tmp_path / "reports", a=TEA_REPORT, b=PADDY_REPORT)
    paths = [os.fspath(folder / name) for name in ("a.txt", "b.txt")]
    (pair,) = kejidiff.show(*paths, stock=[form]).comparisons
    assert pair.passages == () and len(pair.formula) >= 2 and pair.formula_pairs
    (pair,) = kejidiff.show(paths[0], os.fspath(form), stock=[form]).comparisons
    assert pair.passages and pair.formula == ()


def test_options_stay_plain(tmp_path: Path, form: Path) -> None:
    """Stock is material, not a setting: the options of the record do not depend on where it lies."""
    folder = written(tmp_path / "reports", a=TEA_REPORT)
    with_stock, without = (kejidiff.scan([folder], stock=stock) for stock in ([form], []))
    assert with_stock.options == without.options and without.stock_sources == () and without.from_stock == {}
