"""The pages of the terminal: what they say, in readable golden files; that they fit; that colour is only colour.

`KEJIDIFF_ACCEPT=1 pytest tests/view` writes the golden files anew; read the difference before keeping it.
"""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sample_result import sample

from kejidiff.model import ReuseStats, ScanResult
from kejidiff.view.terminal import palette
from kejidiff.view.terminal.cells import NO_END, NO_START, text_width
from kejidiff.view.terminal.documents import bar
from kejidiff.view.terminal.errors import render_error
from kejidiff.view.terminal.scan import render_scan
from kejidiff.view.terminal.show import render_show

GOLDEN = Path(__file__).parent / "golden"
REPORTS = ("reports/report.html", "reports/report.json", "reports/passages.csv")
WIDTHS = (20, 33, 40, 60, 80, 99, 100, 120, 200)
_ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def scan_page(width: int, lang: str = "zh", color: bool = False, **wanted: bool) -> str:
    return render_scan(sample(), width=width, lang=lang, color=color, seconds=0.9, reports=REPORTS, **wanted)


def show_page(place: int, width: int, lang: str = "zh", color: bool = False, **wanted: object) -> str:
    result = sample()
    comparison = (*result.comparisons, *result.fragments_only)[place]
    return render_show(result, comparison, width=width, lang=lang, color=color, **wanted)  # type: ignore[arg-type]


def every_page(width: int, lang: str, color: bool = False) -> list[str]:
    shows = [show_page(place, width, lang, color, context=1) for place in range(3)]
    more = [
        show_page(0, width, lang, color, full=True),
        show_page(0, width, lang, color, script=True),
        show_page(0, width, lang, color, context=0),
    ]
    return [scan_page(width, lang, color), scan_page(width, lang, color, everything=True), *shows, *more]


PAGES = {
    **{f"scan-{width}": lambda width=width: scan_page(width) for width in (60, 80, 120)},
    **{f"show-{width}": lambda width=width: show_page(0, width, context=1) for width in (60, 80, 120)},
    "scan-100-en": lambda: scan_page(100, "en"),
    "show-100-en": lambda: show_page(0, 100, "en", context=0),
    "show-120-script": lambda: show_page(0, 120, script=True, context=0),
    "show-120-sentence-full": lambda: show_page(1, 120, full=True),
    "show-80-nothing": lambda: show_page(2, 80),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_was_accepted(name: str) -> None:
    """Any change of what a reader meets is seen here, and accepted on purpose."""
    page, golden = PAGES[name](), GOLDEN / f"{name}.txt"
    if os.environ.get("KEJIDIFF_ACCEPT"):
        golden.write_text(page, "utf-8")
    assert page == golden.read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_asked(width: int, lang: str) -> None:
    """From 20 columns up every line of every page fits, and none ends in blanks."""
    for page in every_page(width, lang):
        assert page.endswith("\n")
        for line in page.splitlines():
            assert text_width(line) <= width, line
            assert line == line.rstrip(" ")


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_running_text_keeps_the_rules(width: int) -> None:
    """No line of a document's text begins with 。，、；：？！）》” or ends with （《“."""
    for line in show_page(0, width, full=True).splitlines():
        for cell in line.split("│"):
            text = cell.strip()
            if "¶" not in text and re.search("[一-鿿]", text) and "→" not in text:
                assert text[0] not in NO_START - set("[{‹—-") and text[-1] not in NO_END, text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_colour_is_never_the_only_sign(width: int, lang: str) -> None:
    """Without its escape sequences a coloured page is the plain page; the plain one has no escape sequence at all."""
    for plain, coloured in zip(every_page(width, lang), every_page(width, lang, color=True), strict=True):
        assert "\x1b" not in plain and "\x1b" in coloured
        assert _ESCAPE.sub("", coloured) == plain


def test_no_colour_runs_on_over_a_line() -> None:
    """Every line that opens a colour closes it, so a pager may cut anywhere."""
    for line in show_page(0, 120, color=True).splitlines():
        assert line.count("\x1b[0m") * 2 == len(_ESCAPE.findall(line))


def test_without_colour_rich_is_not_needed() -> None:
    """Start-up is dear: a plain page, and the import of this room, load neither rich nor numpy."""
    program = (
        "import sys; from kejidiff.view.terminal.errors import render_error; render_error('x: y: z', False);"
        "sys.exit(any(name in sys.modules for name in ('rich', 'numpy', 'markupsafe', 'pygments')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def _luminance(color: int) -> float:
    """Relative luminance of one of the 256 colours (WCAG 2.2); 16 to 231 are a cube, the rest greys."""
    levels = (0, 95, 135, 175, 215, 255)
    cube = color - 16
    channels = (
        [levels[cube // 36], levels[cube // 6 % 6], levels[cube % 6]] if color < 232 else [8 + 10 * (color - 232)] * 3
    )
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_can_be_read_on_black_and_on_white() -> None:
    """Each colour keeps a contrast of 3.3 : 1 or more against either ground."""
    for definition in palette.STYLES.values():
        for color in map(int, re.findall(r"color\((\d+)\)", definition)):
            light = _luminance(color)
            assert min(1.05 / (light + 0.05), (light + 0.05) / 0.05) >= 3.3, color


def test_file_counts_add_up_and_nothing_is_passed_over_in_silence() -> None:
    """Seven files: four read, two skipped, one in error; each unread one is named or counted."""
    page = scan_page(120)
    assert "7 个文件（已读 4，跳过 2，出错 1）" in page
    assert "旧档/2019.doc" in page and "encrypted" in page and "另 1 个（--all 全部列出）" in page
    assert "~$003.docx" in scan_page(120, everything=True)
    assert "有文件未读，结果不完整" in page


def test_names_cannot_play_tricks() -> None:
    """A file name with a direction override is spelled out wherever it stands."""
    assert "发票⟦U+202E⟧fdp.exe" in scan_page(120)
    assert "\u202e" not in "".join(every_page(120, "zh")) and "\u200b" not in "".join(every_page(120, "zh"))


def test_totals_say_what_they_were_measured_against() -> None:
    """Every page with a ratio says that it is no result of CNKI's."""
    assert "与本次扫描的文件比对，非知网结果" in scan_page(120) and "非知网结果" in show_page(0, 120)
    assert "not a CNKI result" in scan_page(80, "en") and "not a CNKI result" in show_page(1, 80, "en")


def test_the_next_command_can_be_typed() -> None:
    """In a scanned folder short names do; files given by name are proposed by their paths."""
    assert "kejidiff show 001#1 002#1\n" in scan_page(80)
    result = sample()
    given = replace(result, scanned=("seeds/001_甲市总结.txt", "seeds/002_轉載.txt"))
    page = render_scan(given, width=120, lang="zh", color=False)
    assert "kejidiff show seeds/001_甲市总结.txt#1 seeds/002_轉載.txt\n" in page


def test_a_narrow_page_breaks_the_command_as_a_shell_would() -> None:
    """Where the command does not fit, its lines but the last end in a backslash."""
    lines = scan_page(20).splitlines()
    assert lines[-2:] == ["   kejidiff show \\", "   001#1 002#1"]


def test_nothing_found_is_said_plainly() -> None:
    """A scan without pairs says so, proposes nothing and still says what it read."""
    result = sample()
    stats = {name: ReuseStats(one.countable) for name, one in result.stats.items()}
    none = replace(result, comparisons=(), clusters=(), substitutions=(), stats=stats, fragments_only=())
    page = render_scan(none, width=80, lang="zh", color=False)
    assert "未发现雷同" in page and "kejidiff show" not in page and "0 对雷同" in page


def test_an_empty_scan_is_a_page_too() -> None:
    """No documents at all: one line says so; no table, no command."""
    result = sample()
    files = tuple(file for file in result.files if not hasattr(file, "text"))
    empty = ScanResult("0.1.0", result.options, files, (), {}, ())
    for lang, words in (("zh", "没有可比对的报告"), ("en", "There is no report to compare")):
        page = render_scan(empty, width=60, lang=lang, color=False)
        assert words in page and "kejidiff show" not in page


def test_lists_say_how_many_they_left_out() -> None:
    """Thirty documents and pairs: some are listed, the others are counted, `--all` lists them."""
    result = sample()
    many = replace(result, comparisons=result.comparisons[:1] * 30)
    page = render_scan(many, width=80, lang="zh", color=False)
    assert "另 20 对（--all 全部列出）" in page
    assert "另 20 对" not in render_scan(many, width=80, lang="zh", color=False, everything=True)


@pytest.mark.parametrize(
    ("stats", "cells"),
    [
        (ReuseStats(100), "··········"),
        (ReuseStats(1000, verbatim=1), "█·········"),
        (ReuseStats(1000, verbatim=999), "█████████·"),
        (ReuseStats(100, verbatim=100), "██████████"),
        (ReuseStats(100, verbatim=20, light=50, rewritten=10), "██▓▓▓▓▓▒··"),
        (ReuseStats(), "··········"),
    ],
)
def test_the_bar_is_honest(stats: ReuseStats, cells: str) -> None:
    """Something is never nothing, and not all is never all."""
    assert "".join(piece.text for piece in bar(stats)) == cells


def test_a_legend_explains_the_marks_that_are_used_and_no_others() -> None:
    """The last line stands for what is on the page."""
    last = show_page(0, 120).splitlines()[-1]
    assert last.startswith(" 图例") and "#…#" in last and "⟦…⟧" in last and "↷" not in last and "~…~" not in last
    assert "~…~" in show_page(0, 120, script=True).splitlines()[-1]
    assert "图例" not in show_page(1, 120, context=0)


def test_quiet_differences_are_counted_and_shown_on_demand() -> None:
    """Script and punctuation have no mark but a footnote, until `script` is asked for."""
    page = show_page(0, 120)
    assert "▸ 繁简不同 17 字 · 标点不同 1 处（--script 显示）" in page and "~" not in page
    assert "▸" not in show_page(0, 120, script=True) and "~；~" in show_page(0, 120, script=True)


def test_nothing_in_common_is_said_plainly() -> None:
    """Two documents that share a fragment only: no passage, and the fragment with its places."""
    page = show_page(2, 80)
    assert "两篇没有雷同段" in page and "技术合同成交额翻番" in page and "¶2 ⇄ ¶1" in page


def test_an_error_is_one_line() -> None:
    """Whatever a name holds, one error is one line, and the program's name stands before it once."""
    assert render_error("a\nb.txt: empty: nothing in it", False) == "kejidiff: a⟦U+000A⟧b.txt: empty: nothing in it"
    assert render_error("kejidiff: a: b: c", False) == "kejidiff: a: b: c"
    assert _ESCAPE.sub("", render_error("a: b: c", True)) == "kejidiff: a: b: c"
