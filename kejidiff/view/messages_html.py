"""Keys of the page -> its words in Chinese and English: the part of the table of messages that only the page uses.

Same rules as in `messages`, which joins this to its own table: an English entry with a `|` has a form for one and a
form for any other number `n`; 雷同 and 复用 are the words for what is found.
"""

from typing import Final

PAGE: Final[dict[str, tuple[str, str]]] = {
    # head
    "page.title": ("科技报告文字复用比对", "Text reuse in reports"),
    "page.verdict": ("{whole} 篇报告中有 {part} 篇文字雷同", "{part} of {whole} reports share text with another"),
    "page.verdict.pair": ("两篇报告的文字雷同", "Two reports share text"),
    "page.contents": ("目录", "Contents"),
    "page.tile.documents": ("有雷同的报告", "Reports with reuse"),
    "page.tile.pairs": ("雷同的对", "Pairs with reuse"),
    "page.tile.highest": ("最高总文字复制比", "Highest share reused"),
    "page.tile.run": ("最长连续雷同", "Longest run"),
    "page.of": ("{part} / {whole}", "{part} / {whole}"),
    "page.of.characters": ("{part} / {whole} 字", "{part} / {whole} characters"),
    "page.and": ("、", ", "),
    "page.because": ("{what}（{why}）", "{what} ({why})"),
    "page.direction": ("方向：{what}", "direction: {what}"),
    # headings
    "page.matrix": ("雷同矩阵", "Matrix"),
    "page.facing": ("全文对照", "Side by side"),
    "page.marked": ("全文标明", "Full text, reuse marked"),
    "page.passages": ("雷同段一览", "Passages"),
    "page.aside": ("未计入与已修复的文字", "What was set aside or read differently"),
    "page.files": ("文件", "Files"),
    "page.method": ("口径", "How to read the figures"),
    # columns
    "page.column.number": ("编号", "No."),
    "page.column.left": ("左篇", "Left"),
    "page.column.right": ("右篇", "Right"),
    "page.column.reuse": ("文字复制比", "Share reused"),
    "page.column.finding": ("所见", "Finding"),
    "page.column.tier": ("程度", "Tier"),
    "page.column.similarity": ("相似度", "Similarity"),
    "page.column.characters": ("字数", "Characters"),
    "page.column.kinds": ("改动", "Changes"),
    "page.column.commonness": ("见于", "Held by"),
    "page.column.reason": ("缘由", "Reason"),
    "page.column.places": ("处数", "Places"),
    "page.column.examples": ("例", "Examples"),
    "page.column.file": ("文件", "File"),
    "page.column.state": ("状态", "State"),
    "page.column.message": ("说明", "Message"),
    "page.column.encoding": ("编码", "Encoding"),
    "page.column.text": ("文字", "Text"),
    "column.text": ("文字", "Text"),
    "page.column.digest": ("SHA-256", "SHA-256"),
    "page.column.left.sentence": ("左篇所在句", "Sentence on the left"),
    "page.column.right.sentence": ("右篇所在句", "Sentence on the right"),
    "page.column.kind": ("类别", "Kind"),
    "page.column.representative": ("代表", "Representative"),
    "page.column.members": ("成员", "Members"),
    # matrix
    "page.matrix.caption": (
        "行篇的有效字有多少见于列篇；点格看证据。",
        "Share of the row's countable characters found in the column's report; a cell leads to the evidence.",
    ),
    "page.matrix.left": ("另 {n} 篇未列：{why}", "{n} more not shown: {why}"),
    "page.matrix.why.none": ("无雷同", "without reuse"),
    "page.matrix.why.many": ("复制比较低或无雷同", "lower share, or without reuse"),
    "page.matrix.cell": ("{left} 有 {share} 见于 {right}", "{share} of {left} is in {right}"),
    # pairs
    "page.pair.script": ("繁简转换", "script converted"),
    "page.pair.excerpt": ("段内", "part"),
    "page.pair.moved": ("移动", "moved"),
    "page.pair.moved.to": ("移至 ¶{n} 旁", "moved beside ¶{n}"),
    "page.pair.apart.left": ("左篇独有 {n} 段", "{n} paragraph only on the left|{n} paragraphs only on the left"),
    "page.pair.apart.right": ("右篇独有 {n} 段", "{n} paragraph only on the right|{n} paragraphs only on the right"),
    "page.pair.toggle": ("突出繁简差异", "show script differences"),
    "page.pair.commonness": ("{n} 篇", "{n} report|{n} reports"),
    # legend
    "page.legend.tier": ("程度", "Tier"),
    "page.legend.kind": ("改动", "Change"),
    "page.legend.caret": ("此处缺", "absent here"),
    "page.legend.outside": ("不在雷同段内", "outside every passage"),
    "page.legend.excluded": ("不计入", "not counted"),
    "page.legend.stock": ("套话", "stock phrase"),
    "page.legend.note": ("注音", "pinyin note"),
    "page.legend.repaired": ("修复后读作…（悬停可见）", "read differently (hover)"),
    "page.legend.source": ("色与号：来源", "colour and number: the source"),
    # marked text
    "page.marked.strip": ("雷同在全文中的位置", "Where in the text reuse lies"),
    "page.marked.sum": (
        "逐字 {verbatim} 字 · 少量改动 {light} 字 · 改写 {rewritten} 字 · 套话 {stock} 字（不计入）",
        "verbatim {verbatim} · light {light} · rewritten {rewritten} · stock phrases {stock} (not counted)",
    ),
    "page.marked.reading": ("读作：{text}", "read as: {text}"),
    "page.marked.guess": ("残缺处为推测", "what the damage left open is a guess"),
    "page.marked.from-stock": ("上级/模板", "stock"),
    # stock sources
    "page.sources.explained": (
        "与各报告比对，彼此不比对；报告间共有的其中文字归套话，不计入复制比。",
        "Compared with the reports, not with each other; what reports share of them is formula and counts in no ratio.",
    ),
    "page.column.holders": ("用其文字的报告", "Reports that use it"),
    # figures
    "page.figures.kind.changed": ("改动", "changed"),
    "page.figures.kind.masked": ("遮蔽", "masked"),
    # what was carried along
    "page.carried.place": ("所在", "Where"),
    "page.carried.sentence": ("上下文", "In its sentence"),
    "page.carried.owner": ("归属", "Whose"),
    "page.method.carried": (
        "残留：随文字带来、属于另一篇的地名、单位名、年份与数字，以及两篇共有的罕见错字。",
        "Left over: places, units, years and figures that came along with copied text and belong to the other report, "
        "and rare slips that both hold.",
    ),
    # what was set aside
    "page.aside.excluded": ("不计入", "not counted"),
    "page.aside.repaired": ("修复后比对", "read differently"),
    "repair.pinyin-note": ("注音，比对时略去", "pinyin notes, passed over"),
    "repair.html-entity": ("HTML 字符引用", "character references of HTML"),
    "repair.gbk-shift": ("GBK 错位乱码", "GBK read one byte off"),
    "repair.utf8-as-gbk": ("UTF-8 误作 GBK", "UTF-8 read as GBK"),
    "repair.utf8-as-latin1": ("UTF-8 误作 Latin-1", "UTF-8 read as Latin-1"),
    "repair.gbk-as-latin1": ("GBK 误作 Latin-1", "GBK read as Latin-1"),
    "repair.big5-as-gbk": ("Big5 误作 GBK", "Big5 read as GBK"),
    "repair.gbk-as-big5": ("GBK 误作 Big5", "GBK read as Big5"),
    # files
    "state.read": ("已读", "read"),
    "state.skipped": ("跳过", "skipped"),
    "state.error": ("出错", "error"),
    # what was left out, and how to see it
    "page.more.record": ("另 {n} 项未列，见 report.json", "{n} more not listed, see report.json"),
    "page.more.evidence": (
        "篇幅所限，另 {n} 对的全文对照未收入本页，可用：",
        "{n} more pairs are not laid out on this page; to see one:",
    ),
    "page.more.marked": ("另 {n} 篇的全文标明未收入本页", "{n} more full texts are not on this page"),
    # method
    "page.method.countable": (
        "有效字：汉字、字母、数字，除去标明不计入的文字；一切比率的分母。",
        "Countable characters: Han characters, letters and digits, minus what is marked as not counted; the "
        "denominator of every ratio.",
    ),
    "page.method.total": (
        "总文字复制比＝重复字数 / 有效字数；重复字数取各雷同段的并集，不重复累加。",
        "Share reused = reused / countable characters; passages that overlap count once.",
    ),
    "page.method.single": (
        "单篇最大：与其他任一篇相同最多者。",
        "Largest single: the most that is shared with one other report.",
    ),
    "page.method.tiers": (
        "程度按归一后的相似度：逐字＝归一后全同且数字相同，少量改动≥{light}，改写低于此。"
        "归一只用于比对（繁简、全半角；数字与遮蔽归为一类），所示皆原文。",
        "Tiers go by similarity after folding: verbatim where all of it and every figure is equal, lightly changed "
        "from {light}, rewritten below. Folding (script, width, figures and their masks as one) serves comparison "
        "only; the text shown is the original.",
    ),
    "page.method.stock": (
        "套话：多篇互不相关的报告共有的惯用语与段落，及模板、上级文件的文字；单列，不计入复制比。",
        "Stock phrases and formula are common to unrelated reports, or stand in a template or a superior's document; "
        "they are listed apart and count in no ratio.",
    ),
    "page.method.direction": (
        "方向、替换等为比对所见，供人判断；雷同不等于结论。",
        "Direction and substitutions are what the comparison shows; judging them is for people.",
    ),
    "page.method.anchors": (
        "点 § 号可得该雷同段的固定链接，供引用。",
        "The § number of a passage is a stable link by which it can be cited.",
    ),
}
