"""`--stock` and `--stock-phrases`: what is read, what is told, how it ends."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_process import Ended, is_one_message

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "pipeline"))
from stock_texts import COPIED_REPORT, PADDY_REPORT, TEA_REPORT, TEMPLATE

Call = Callable[..., Ended]

SHORT = ("--no-reports", "--lang", "zh", "--width", "120")


@pytest.fixture(autouse=True)
def texts(tmp_path: Path) -> Path:
    """Three reports of one form in `reports24`, the form in `stock`."""
    for folder in ("reports24", "stock"):
        (tmp_path / folder).mkdir()
    for name, text in (("a", TEA_REPORT), ("b", PADDY_REPORT), ("c", COPIED_REPORT)):
        (tmp_path / "reports24" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "stock" / "form.txt").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def test_the_summary_says_what_stands_in_stock(call: Call) -> None:
    """照抄上级 on each report's line, the file and its users, how many files; and the command for `show`."""
    ended = call("scan", "reports24", "--stock", "stock", *SHORT)
    assert (ended.code, ended.err) == (0, "")
    assert "1 个模板、上级文件" in ended.text and "1 对雷同" in ended.text
    assert ended.text.count("照抄上级/模板 ") == 3 and "form.txt  3 篇用其文字" in " ".join(ended.text.split(" "))
    assert "套话 3 段 " in ended.text
    assert "kejidiff show --stock stock a.txt#1 c.txt#1" in ended.text


def test_show_lays_formula_out_and_lists_it(call: Call) -> None:
    """Paragraphs of the form stand side by side as 套话, folded away where nothing is near, and are listed below."""
    ended = call("show", "a.txt", "c.txt", "--in", "reports24", "--stock", "stock/form.txt", *SHORT[1:])
    assert ended.code == 0
    assert "¶2  套话" in ended.text and "套话段落  3 段" in ended.text and "仅左有，4 段" not in ended.text
    hidden = call(
        "show", "a.txt", "c.txt", "--in", "reports24", "--stock", "stock", "--stock-phrases", "exclude", *SHORT[1:]
    )
    assert "套话段落  3 段未列（--stock-phrases show 列出）" in hidden.text and "¶6 ⇄ ¶6" not in hidden.text


def test_no_way_of_showing_changes_a_record(call: Call) -> None:
    """show, grey and exclude give one record; the page with `exclude` greys and lists nothing."""
    scan = ("scan", "reports24", "--stock", "stock", "--no-reports", "--format")
    records = {call(*scan, "json", "--stock-phrases", way).out for way in ("show", "grey", "exclude")}
    assert len(records) == 1
    record = json.loads(records.pop())
    assert [len(pair["formula"]) for pair in record["comparisons"]] == [3]
    grey, excluded = (call(*scan, "html", "--stock-phrases", way).text for way in ("grey", "exclude"))
    assert '<table class="formula">' in grey
    assert '<table class="formula">' not in excluded and excluded.count('class="k"') < grey.count('class="k"')


def test_an_unreadable_stock_file_ends_with_three(call: Call, texts: Path) -> None:
    """One line names it, the summary counts it, and the rest of the result stands."""
    (texts / "stock" / "blank.txt").write_bytes(b"")
    ended = call("scan", "reports24", "--stock", "stock", *SHORT)
    assert ended.code == 3 and is_one_message(ended, "blank.txt: empty: ")
    assert "2 个模板、上级文件（已读 1，跳过 1，出错 0）" in ended.text and "结果不完整" in ended.text
    markdown = call("scan", "reports24", "--stock", "stock", "--format", "md", "--no-reports", "--lang", "en").text
    assert "| blank.txt | skipped | empty |" in markdown


def test_a_stock_file_that_is_not_there_is_a_wrong_call(call: Call) -> None:
    """Exit 2 and one line; nothing is compared."""
    ended = call("scan", "reports24", "--stock", "none.txt", *SHORT)
    assert ended.code == 2 and ended.out == b"" and is_one_message(ended, "none.txt: no-such-path: ")


def test_a_stock_file_is_never_overwritten(call: Call, texts: Path) -> None:
    """`-o` on the form is refused."""
    ended = call("scan", "reports24", "--stock", "stock/form.txt", "-o", "stock/form.txt", *SHORT)
    assert ended.code == 2 and (texts / "stock" / "form.txt").read_text(encoding="utf-8") == TEMPLATE


def test_stock_may_stand_in_the_settings_file(call: Call, texts: Path) -> None:
    """A list or one path; anything else is told in one line."""
    plain = call("scan", "reports24", "--stock", "stock", *SHORT).out
    for value in ('["stock"]', '"stock"'):
        (texts / "kejidiff.toml").write_text(f"[scan]\nstock = {value}\n", encoding="utf-8")
        ended = call("scan", "reports24", *SHORT)
        # Seconds differ; what was found does not.
        assert ended.text.splitlines()[1:] == plain.decode().splitlines()[1:]
    for value in ("[1]", "true", '{a = "b"}'):
        (texts / "kejidiff.toml").write_text(f"stock = {value}\n", encoding="utf-8")
        ended = call("scan", "reports24", *SHORT)
        assert ended.code == 2 and is_one_message(ended, "kejidiff.toml: stock: "), value
