"""A key and a language -> the words a person reads, in Chinese or English, from one table.

Chinese speaks 知网's words (总文字复制比, 单篇最大, 有效字 …) and calls what is found 雷同 or 复用, never by a verdict:
that is for people to give. An English entry with a `|` has a form for one and a form for any other number `n`.
Whatever is put in for a placeholder is put in as it is: text of documents goes through `visible` before.
"""

from typing import Final, NamedTuple

from kejidiff.view.messages_bulk import BULK
from kejidiff.view.messages_check import CHECK
from kejidiff.view.messages_dedup import DEDUP
from kejidiff.view.messages_explain import EXPLAIN
from kejidiff.view.messages_html import PAGE
from kejidiff.view.messages_library import LIBRARY


class _Words(NamedTuple):
    zh: str
    en: str


_TABLE: Final[dict[str, _Words]] = {
    # joints
    "colon": _Words("：", ": "),
    "comma": _Words("、", ", "),
    "semicolon": _Words("；", "; "),
    "parenthesis": _Words("（{text}）", " ({text})"),
    # what is counted
    "count.files": _Words("{n} 个文件", "{n} file|{n} files"),
    "count.files.states": _Words(
        "已读 {read}，跳过 {skipped}，出错 {failed}",
        "{read} read, {skipped} skipped, {failed} failed",
    ),
    "count.documents": _Words("{n} 篇报告", "{n} report|{n} reports"),
    "count.countable": _Words("{n} 有效字", "{n} countable characters"),
    "count.stock": _Words("{n} 个模板、上级文件", "{n} stock file|{n} stock files"),
    "count.pairs": _Words("{n} 对雷同", "{n} pair with reuse|{n} pairs with reuse"),
    "count.seconds": _Words("{seconds} 秒", "{seconds} s"),
    "count.characters": _Words("{n} 字", "{n} char|{n} chars"),
    "count.others": _Words("另 {n} 种", "{n} more"),
    "count.others.reports": _Words("另 {n} 篇", "{n} more"),
    "count.others.places": _Words("另 {n} 处", "{n} more"),
    "count.fraction": _Words("{part} / {whole} 字", "{part} of {whole} chars"),
    "count.of": _Words("{part} / {whole} 字雷同", "{part} / {whole} chars reused"),
    # caveats
    "caveat": _Words("与本次扫描的文件比对，非知网结果", "compared with the files of this scan; not a CNKI result"),
    "caveat.library": _Words(
        "与本库 {n} 篇比对，非知网结果",
        "compared with {n} documents of this library; not a CNKI result",
    ),
    "alarm.more": _Words("另 {n} 个文件", "{n} more file|{n} more files"),
    "incomplete": _Words("有文件未读，结果不完整", "some files were not read: the result is incomplete"),
    # verdicts
    "verdict.none": _Words("未发现雷同", "No reuse found"),
    "verdict.some": _Words("发现雷同", "Reuse found"),
    "verdict.reports": _Words("{part} / {whole} 篇报告与别篇雷同", "{part} of {whole} reports share text with another"),
    "verdict.highest": _Words("最高 {share}（{name}）", "the highest {share} ({name})"),
    "verdict.empty": _Words("没有可比对的报告", "There is no report to compare"),
    # headings
    "heading.documents": _Words("报告", "Reports"),
    "heading.pairs": _Words("雷同的报告", "Reports that share text"),
    "heading.families": _Words("雷同家族", "Families"),
    "heading.substitutions": _Words("替换词", "Substitutions"),
    "heading.figures": _Words("数字", "Figures"),
    "heading.stock": _Words("套话", "Stock phrases"),
    "heading.fragments": _Words("零星雷同", "Fragments"),
    "heading.formula": _Words("套话段落", "Formula"),
    "heading.sources": _Words("模板与上级文件", "Stock sources"),
    "heading.skipped": _Words("未比对的文件", "Files not compared"),
    "heading.reservations": _Words("读入时有保留的文件", "Files read with reservations"),
    "heading.legend": _Words("图例", "Legend"),
    # columns
    "column.report": _Words("报告", "Report"),
    "column.counts": _Words("重复字 / 有效字", "Reused / countable"),
    "column.countable": _Words("有效字", "Characters"),
    "column.total": _Words("总文字复制比", "Total reuse"),
    "column.total.short": _Words("总复制比", "Reused"),
    "column.single": _Words("单篇最大", "Largest single"),
    "column.run": _Words("最长连续", "Longest run"),
    "column.stock": _Words("套话", "Stock"),
    "column.notes": _Words("说明", "Notes"),
    # sides
    "side.left": _Words("左", "left"),
    "side.right": _Words("右", "right"),
    # tiers
    "tier.verbatim": _Words("逐字", "verbatim"),
    "tier.light": _Words("少量改动", "lightly changed"),
    "tier.rewritten": _Words("改写", "rewritten"),
    # kinds of edits
    "kind.script": _Words("繁简", "script"),
    "kind.synonym": _Words("替换词", "synonym"),
    "kind.figure": _Words("数字", "figure"),
    "kind.mask": _Words("遮蔽", "mask"),
    "kind.garble": _Words("乱码", "garble"),
    "kind.insertion": _Words("插入", "insertion"),
    "kind.deletion": _Words("删除", "deletion"),
    "kind.replacement": _Words("改写", "replacement"),
    "kind.move": _Words("移动", "move"),
    "kind.punctuation": _Words("标点", "punctuation"),
    # marks of the legend
    "mark.replaced": _Words("改动", "changed"),
    "mark.right": _Words("仅右有", "only right"),
    "mark.left": _Words("仅左有", "only left"),
    "mark.formula": _Words("套话", "formula"),
    "mark.caret": _Words("此处缺", "absent here"),
    "mark.figure": _Words("数字/遮蔽", "figure/mask"),
    "mark.garble": _Words("乱码或隐形字符", "garbled or invisible"),
    "mark.move": _Words("在对方第 n 段", "in paragraph n over there"),
    "mark.script": _Words("繁简/标点", "script/punctuation"),
    "mark.excluded": _Words("不计入", "not counted"),
    # direction
    "direction": _Words("方向", "direction"),
    "direction.left": _Words("右篇出自左篇", "right made from left"),
    "direction.right": _Words("左篇出自右篇", "left made from right"),
    "direction.third": _Words("两篇同出第三篇", "both from a third text"),
    "direction.unknown": _Words("不明", "unknown"),
    "direction.confidence": _Words("把握 {share}", "confidence {share}"),
    "evidence.masked-in-left": _Words("左篇遮蔽数字", "figures masked on the left"),
    "evidence.masked-in-right": _Words("右篇遮蔽数字", "figures masked on the right"),
    "evidence.garbled-in-left": _Words("左篇有乱码", "garbled on the left"),
    "evidence.garbled-in-right": _Words("右篇有乱码", "garbled on the right"),
    "evidence.substituted-in-left": _Words("左篇换词", "words swapped on the left"),
    "evidence.substituted-in-right": _Words("右篇换词", "words swapped on the right"),
    "evidence.dropped-in-left": _Words("左篇删去数字", "figures dropped on the left"),
    "evidence.dropped-in-right": _Words("右篇删去数字", "figures dropped on the right"),
    "evidence.broken-in-left": _Words("左篇缺字错字", "characters lost or wrong on the left"),
    "evidence.broken-in-right": _Words("右篇缺字错字", "characters lost or wrong on the right"),
    "evidence.converted-in-left": _Words("左篇由简转繁", "left converted to traditional script"),
    "evidence.converted-in-right": _Words("右篇由简转繁", "right converted to traditional script"),
    "evidence.left-over-in-left": _Words("左篇有残留", "left-overs on the left"),
    "evidence.left-over-in-right": _Words("右篇有残留", "left-overs on the right"),
    "evidence.stranger-in-left": _Words("左篇他处不用其词", "its words are foreign to the left text"),
    "evidence.stranger-in-right": _Words("右篇他处不用其词", "its words are foreign to the right text"),
    "evidence.later-terms-in-left": _Words("左篇机构名较新", "later names of offices on the left"),
    "evidence.later-terms-in-right": _Words("右篇机构名较新", "later names of offices on the right"),
    "evidence.later-year-left": _Words("左篇年份较晚", "left bears the later year"),
    "evidence.later-year-right": _Words("右篇年份较晚", "right bears the later year"),
    # relation
    "relation.cross-place": _Words("跨地", "cross-place"),
    "relation.cross-year": _Words("跨年", "cross-year"),
    "relation.copied-from-above": _Words("照抄上级", "copied from above"),
    # findings
    "finding.only-figures-changed": _Words("只改数字", "only figures changed"),
    "finding.figures-carried-over": _Words("数字照搬", "figures carried over"),
    "finding.left-over-names": _Words("遗留地名或单位名", "names left over"),
    "finding.left-over-years": _Words("年份照旧", "year left over"),
    "finding.shared-mistakes": _Words("共有罕见错字", "rare slips in common"),
    # what was carried along
    "heading.carried": _Words("残留", "Left over"),
    "pair.carried": _Words("残留", "left over"),
    "carried.place": _Words("遗留地名", "place"),
    "carried.unit": _Words("遗留单位名", "unit"),
    "carried.year": _Words("年份照旧", "year"),
    "carried.figure": _Words("数字照旧", "figure"),
    "carried.mistake": _Words("共有错字", "slip in both"),
    "carried.left": _Words("左篇 {place}", "left {place}"),
    "carried.right": _Words("右篇 {place}", "right {place}"),
    "carried.owner": _Words("属{place}", "belongs to {place}"),
    "carried.expected": _Words("通常作“{text}”", "usually “{text}”"),
    "carried.check": _Words("发布前请核对", "to be checked before publication"),
    # scripts
    "script.hans": _Words("简体", "simplified"),
    "script.hant": _Words("繁体", "traditional"),
    "script.mixed": _Words("繁简混用", "mixed script"),
    "script.none": _Words("无汉字", "no Hanzi"),
    # notes on a document
    "note.pinyin": _Words(
        "注音 {n} 处",
        "{n} pinyin note|{n} pinyin notes",
    ),
    "note.repaired": _Words(
        "乱码 {n} 处，已为比对修复",
        "{n} garbled place read for comparison|{n} garbled places read for comparison",
    ),
    "note.masked": _Words("{n} 处数字被遮蔽", "{n} figure masked|{n} figures masked"),
    "note.web-chrome": _Words("网页杂项 {n} 字不计", "web chrome, {n} chars not counted"),
    "note.page-mark": _Words("页码 {n} 字不计", "page marks, {n} chars not counted"),
    "note.hidden": _Words("隐藏文字 {n} 字不计", "hidden text, {n} chars not counted"),
    "note.preface": _Words("导语 {n} 字不计", "preface, {n} chars not counted"),
    "note.unreadable": _Words("不可读 {n} 字不计", "unreadable, {n} chars not counted"),
    "note.from-stock": _Words("照抄上级/模板 {share}（{name}）", "{share} from stock ({name})"),
    "reason.web-chrome": _Words("网页杂项", "web chrome"),
    "reason.page-mark": _Words("页码", "page mark"),
    "reason.preface": _Words("导语", "preface"),
    "reason.unreadable": _Words("不可读", "unreadable"),
    "reason.hidden": _Words("隐藏文字", "hidden"),
    # a pair
    "pair.paragraphs": _Words("{n} 段一一对应", "{n} paragraph one to one|{n} paragraphs one to one"),
    "pair.passages": _Words("{n} 段雷同", "{n} passage|{n} passages"),
    "pair.kinds": _Words("改动", "changes"),
    "pair.substitutions": _Words("替换", "words"),
    "pair.figures": _Words("数字", "figures"),
    "pair.example": _Words("例", "e.g."),
    "pair.formula": _Words(
        "套话 {n} 段 {length} 字，不计入",
        "{n} passage of formula, {length} chars, not counted|{n} passages of formula, {length} chars, not counted",
    ),
    "pair.fragments": _Words("零星雷同 {n} 处", "{n} fragment|{n} fragments"),
    "figures.same": _Words("{n} 处相同", "{n} the same"),
    "figures.changed": _Words("{n} 处改动", "{n} changed"),
    "figures.masked": _Words("{n} 处遮蔽", "{n} masked"),
    # lists that leave something out
    "more.documents": _Words("另 {n} 篇无雷同", "{n} more without reuse"),
    "more.reused": _Words("另 {n} 篇有雷同", "{n} more with reuse"),
    "more.pairs": _Words("另 {n} 对", "{n} more pair|{n} more pairs"),
    "more.families": _Words("另 {n} 家", "{n} more family|{n} more families"),
    "more.phrases": _Words("另 {n} 条", "{n} more phrase|{n} more phrases"),
    "more.files": _Words("另 {n} 个", "{n} more file|{n} more files"),
    "more.all": _Words("--all 全部列出", "--all lists them"),
    "family": _Words("{n} 篇，代表 {representative}", "{n} reports, represented by {representative}"),
    "stock.documents": _Words("{n} 篇", "{n} report|{n} reports"),
    "stock.head": _Words("共 {n} 条，不计入复制比", "{n} in all, counted in no ratio"),
    "formula.sum": _Words("{n} 段，共 {length} 字，不计入", "{n}, {length} chars in all, not counted"),
    "stock.hidden": _Words("{n} 条未列", "{n} not listed"),
    "stock.hidden.passages": _Words("{n} 段未列", "{n} passage not listed|{n} passages not listed"),
    "stock.see": _Words("--stock-phrases show 列出", "--stock-phrases show lists them"),
    "sources.held": _Words("{n} 篇用其文字", "used by {n} report|used by {n} reports"),
    "sources.most": _Words("最多 {share}（{name}）", "at most {share} ({name})"),
    "sources.unused": _Words("无报告用其文字", "used by no report"),
    "fragments.only": _Words(
        "{n} 对报告只有零星雷同，不计入复制比",
        "{n} pair shares fragments only (in no ratio)|{n} pairs share fragments only (in no ratio)",
    ),
    "fragments.see": _Words("--fragments 列出", "--fragments lists them"),
    "reports.written": _Words("报告已写入", "Reports written"),
    "next": _Words("看证据", "See the evidence"),
    # show
    "show.title": _Words("题", "title"),
    "show.folded": _Words("逐字，{n} 段", "verbatim, {n} paragraph|verbatim, {n} paragraphs"),
    "show.folded.formula": _Words("套话，{n} 段", "formula, {n} paragraph|formula, {n} paragraphs"),
    "show.unmatched.left": _Words("仅左有，{n} 段", "only left, {n} paragraph|only left, {n} paragraphs"),
    "show.unmatched.right": _Words("仅右有，{n} 段", "only right, {n} paragraph|only right, {n} paragraphs"),
    "show.full": _Words("--full 展开", "--full shows them"),
    "show.script": _Words("繁简不同 {n} 字", "{n} char differs in script|{n} chars differ in script"),
    "show.punctuation": _Words("标点不同 {n} 处", "punctuation differs in {n} place|punctuation differs in {n} places"),
    "show.script.see": _Words("--script 显示", "--script shows them"),
    "show.excerpt": _Words("段内雷同", "inside a paragraph"),
    "show.moved": _Words("移动", "moved"),
    "show.nothing": _Words("两篇没有雷同段", "These two share no passage"),
    # reason codes of files
    "file.ignored": _Words("隐藏、临时或另有用途", "hidden, temporary, or for something else"),
    "file.empty": _Words("空文件", "empty"),
    "file.no-text": _Words("没有文字", "no text"),
    "file.garbled-text": _Words("全是乱码", "garbled throughout"),
    "file.binary": _Words("不是文本", "not a text"),
    "file.unsupported": _Words("不支持的格式", "format not supported"),
    "file.too-large": _Words("太大", "too large"),
    "file.symlink": _Words("符号链接", "a symbolic link"),
    "file.special-file": _Words("特殊文件", "a special file"),
    "file.too-deep": _Words("嵌套太深", "nested too deep"),
    "file.expands-too-much": _Words("解压后过大", "expands too much"),
    "file.dtd-forbidden": _Words("含不允许的 DTD", "holds a DTD"),
    "file.encrypted": _Words("已加密", "encrypted"),
    "file.damaged": _Words("已损坏", "damaged"),
    "file.ambiguous-parts": _Words("内部结构有歧义", "its parts are ambiguous"),
    "file.permission": _Words("没有权限", "permission denied"),
    "file.vanished": _Words("已不存在", "vanished"),
    "file.changed-while-reading": _Words("读取时被改动", "changed while being read"),
    "file.timeout": _Words("超时", "took too long"),
    "file.memory": _Words("内存不足", "out of memory"),
    "file.parser-crash": _Words("解析器崩溃", "its parser crashed"),
    "file.decode-replaced": _Words("有字节无法解码", "some bytes could not be decoded"),
    "file.evasion-suspected": _Words("疑似规避查重", "signs of evasion"),
    "file.pages-without-text": _Words("部分页无文字", "pages without text"),
    "file.name-undecodable": _Words("文件名无法解码", "its name could not be decoded"),
    "file.duplicate-id": _Words("标识重复", "an id that an earlier line has"),
    # progress
    "progress.unpack": _Words("解包", "unpacking"),
    "progress.read": _Words("读取", "reading"),
    "progress.text": _Words("切分与归一", "splitting and folding"),
    "progress.sketch": _Words("取指纹", "sketching"),
    "progress.candidates": _Words("找候选", "finding candidates"),
    "progress.align": _Words("比对", "aligning"),
    "progress.measure": _Words("统计", "measuring"),
    "progress.write": _Words("写出", "writing"),
} | {key: _Words(*words) for key, words in (PAGE | EXPLAIN | CHECK | DEDUP | LIBRARY | BULK).items()}  # fmt: skip


def message(key: str, lang: str, **values: str | int) -> str:
    """The words for `key` in `lang` (`zh`, or English for any other), with `values` in their places.

    An int is printed with thousands separators. KeyError for an unknown key: a defect, not a matter of input.
    """
    words = _TABLE[key]
    text = words.zh if lang == "zh" else _in_number(words.en, values.get("n"))
    shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
    return text.format(**shown) if shown else text


def term(group: str, slug: str, lang: str) -> str:
    """The word for a slug of `group` (`kind`, `tier`, `evidence` …); the slug itself where the table has none."""
    key = f"{group}.{slug}"
    return message(key, lang) if key in _TABLE else slug


def keys() -> tuple[str, ...]:
    """Every key, in the table's order."""
    return tuple(_TABLE)


def words(key: str) -> tuple[str, str]:
    """The Chinese and the English of `key` as they stand in the table, with placeholders and both numbers."""
    return _TABLE[key]


def _in_number(text: str, n: str | int | None) -> str:
    one, bar, many = text.partition("|")
    return one if not bar or n in (1, "1") else many
