"""Keys of `dedup` -> its words in Chinese and English: the part of the table of messages that only it uses.

Same rules as in `messages`, which joins this to its own table.
"""

from typing import Final

DEDUP: Final[dict[str, tuple[str, str]]] = {
    # verdict
    "dedup.keep": ("保留 {part} 篇，共 {n} 篇", "keep {part} of {n} report|keep {part} of {n} reports"),
    "dedup.drop": ("去除 {n} 篇", "drop {n}|drop {n}"),
    "dedup.trim": ("删去部分段落 {n} 篇", "trim {n}|trim {n}"),
    "dedup.nothing": ("没有重复的报告", "no report is a copy of another"),
    "dedup.characters": (
        "去除 {part} 字，占 {share}（共 {whole} 有效字）",
        "{part} of {whole} countable characters go ({share})",
    ),
    "dedup.rules": (
        "每组留{keep}；一篇的文字有 {threshold} 原样见于所留的一篇，即去除",
        "kept of each family: {keep}; a report goes where {threshold} of it stands unchanged in the kept one",
    ),
    "dedup.tier": ("所留各篇之间重复的段落也去除：{tiers}", "recycled paragraphs of kept reports go, too: {tiers}"),
    "dedup.keep.best": ("最好的一篇", "the best"),
    "dedup.keep.first": ("路径在前的一篇", "the first by path"),
    "dedup.keep.longest": ("最长的一篇", "the longest"),
    "dedup.keep.earliest": ("年份最早的一篇", "the earliest"),
    # lists
    "dedup.families": ("同文组", "Families"),
    "dedup.kept": ("留", "keep"),
    "dedup.dropped": ("去", "drop"),
    "dedup.duplicate": ("重复", "duplicate"),
    "dedup.contained": ("被包含", "contained"),
    "dedup.held": ("{share} 原样", "{share} unchanged"),
    "dedup.share": ("原样", "unchanged"),
    "dedup.alike": ("相似 {share}", "{share} alike"),
    "dedup.trimmed": ("删去的段落", "Trimmed paragraphs"),
    "dedup.paragraphs": ("{n} 段", "{n} paragraph|{n} paragraphs"),
    "dedup.from": ("见于 {name}", "as in {name}"),
    "dedup.remaining": ("所留各篇之间仍有的雷同", "Reuse left between kept reports"),
    "dedup.left": ("左 {left}，右 {right}", "left {left}, right {right}"),
    "dedup.more.families": ("另有 {n} 组", "{n} more family|{n} more families"),
    "dedup.more.documents": ("另有 {n} 篇", "{n} more report|{n} more reports"),
    "dedup.more.pairs": ("另有 {n} 对", "{n} more pair|{n} more pairs"),
    "progress.families": ("找同文组", "finding families"),
    # what was written
    "dedup.dry": (
        "试算：没有写出任何文件（--write DIR 写出清洁副本，--manifest FILE 写出清单）",
        "dry run: nothing was written (--write DIR makes a clean copy, --manifest FILE a list)",
    ),
    "dedup.wrote": ("清洁副本", "clean copy"),
    "dedup.files": ("{n} 个文件", "{n} file|{n} files"),
    "dedup.manifest": ("清单", "manifest"),
}
