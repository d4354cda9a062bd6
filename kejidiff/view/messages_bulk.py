"""Keys of large scans -> their words in Chinese and English: the part of the table of messages that only they use.

Same rules as in `messages`, which joins this to its own table.
"""

from typing import Final

BULK: Final[dict[str, tuple[str, str]]] = {
    # how it was compared
    "bulk.depth": (
        "逐段比对：每段与其余各篇的每段相比；方向、残留、零星雷同、套话词句未查",
        "compared paragraph by paragraph; direction, left-overs, fragments and stock phrases were not looked for",
    ),
    "bulk.closer": ("细看一对", "Look closely at a pair"),
    "bulk.resumed": (
        "续前次扫描：{part} / {whole} 步已在前次完成",
        "Resumed: {part} of {whole} pieces of work were done before",
    ),
    # lists that leave something out
    "bulk.more.report": ("--all 多列，report.json 有全部", "--all lists more, report.json all"),
    "bulk.more.record": ("--all 多列，--format json 有全部", "--all lists more, --format json all"),
    "bulk.all.report": ("report.json 有全部", "report.json has them all"),
    "bulk.all.record": ("--format json 有全部", "--format json has them all"),
    # page
    "bulk.tile.reused": ("重复字数", "Characters reused"),
    "bulk.facing": ("雷同段对照", "Passages side by side"),
    "bulk.passage.cut": ("…… 此段另有 {n} 字", "… {n} more characters of this passage"),
    "bulk.passages.left": ("另 {n} 段未列", "{n} more passages are not shown"),
    "bulk.pairs.left": (
        "另 {n} 对未列出原文，可用：",
        "{n} more pairs are not laid out on this page; to see one:",
    ),
    "bulk.members.left": ("另 {n} 篇", "{n} more"),
    "bulk.method.depth": (
        "大规模扫描逐段比对：短行并作一段，共有若干稀见字串的段落两两对齐，"
        "至少 {alike} 相同或有 {matched} 字相同者为雷同。"
        "不保证找出每一处 13 字的相同；所标改动为归一后的文字之差；方向、残留、零星雷同与套话词句未查。"
        "kejidiff show 对一对报告作全面比对，所得比率可略有出入。",
        "A large scan compares paragraph by paragraph: short lines are joined, paragraphs that share some rare runs of "
        "characters are aligned, and count where {alike} of both or {matched} characters agree. Not every run of 13 "
        "characters is found; marked changes are those of the folded text; direction, left-overs, fragments and stock "
        "phrases are not looked for. kejidiff show compares two reports in full, and its ratios may differ a little.",
    ),
    "bulk.method.formula": (
        "套话：互不相关的 {n} 篇及以上都有的段落；单列，不计入复制比。",
        "Formula: paragraphs that {n} and more unrelated reports hold; counted apart, and in no ratio.",
    ),
}
