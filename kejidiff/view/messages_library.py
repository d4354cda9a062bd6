"""Keys of `library` -> its words in Chinese and English: the part of the table of messages that only it uses.

Same rules as in `messages`, which joins this to its own table.
"""

from typing import Final

LIBRARY: Final[dict[str, tuple[str, str]]] = {
    # what became of a file
    "stored.added": ("已入库", "added"),
    "stored.unchanged": ("已在库中", "unchanged"),
    "stored.replaced": ("已替换", "replaced"),
    "stored.removed": ("已删除", "removed"),
    "library.documents": ("{n} 篇", "{n} report|{n} reports"),
    "library.sum": (
        "入库 {added} · 已在库中 {unchanged} · 替换 {replaced}",
        "{added} added · {unchanged} unchanged · {replaced} replaced",
    ),
    "library.unread": ("未读 {n} 个文件", "{n} file not read|{n} files not read"),
    "library.removed": (
        "已删除 {n} 篇，库文件中不留其文字",
        "{n} report removed; nothing of it is left here|{n} reports removed; nothing of them is left here",
    ),
    "library.empty": ("库中没有报告", "the library holds no report"),
    # info
    "library.holds": ("内容", "holds"),
    "library.size": ("大小", "size"),
    "library.bytes": ("{n} 字节", "{n} byte|{n} bytes"),
    "library.index": ("索引", "index"),
    "library.channel": ("{name} {runs} 组 {parts} 块", "{name} {runs} runs {parts} parts"),
    "library.layout": ("格式版本", "layout"),
    "library.parameters": ("参数", "parameters"),
    "library.checks": ("校验", "checks"),
    "library.checks.whole": ("每页都有校验", "every page is sealed"),
    "library.checks.behind": (
        "上次写入中断，末次改动尚无校验；下次写入时补上",
        "a writer was stopped, its last change is not sealed yet; the next writer will",
    ),
    # verify
    "library.sound": ("完好", "sound"),
    "library.problems": ("{n} 处损坏", "{n} problem|{n} problems"),
}
