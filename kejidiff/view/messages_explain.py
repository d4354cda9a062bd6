"""Keys of `explain` -> its words in Chinese and English: the part of the table of messages that only it uses.

Same rules as in `messages`, which joins this to its own table.
"""

from typing import Final

EXPLAIN: Final[dict[str, tuple[str, str]]] = {
    # head
    "explain.alone": (
        "只就这两篇判断（--among PATH 按一次扫描判断）",
        "judged by these two alone (--among PATH judges as a scan does)",
    ),
    "explain.within": (
        "按一次扫描判断，共 {n} 篇报告",
        "judged as in a scan of {n} report|judged as in a scan of {n} reports",
    ),
    "explain.found": ("{n} 段雷同", "{n} passage|{n} passages"),
    "explain.nothing": ("没有雷同段", "no passage"),
    "explain.only-formula": (
        "共有的 {n} 段都是套话",
        "what they share is formula: {n} passage|what they share is formula: {n} passages",
    ),
    "explain.no-run": ("没有一处相同的文字够分量", "no equal text is worth its bits"),
    "explain.no-chain": ("相同的文字零散，连不成链", "equal text is scattered: there is no chain"),
    "explain.best-chain": ("最强的链 {place}：{why}", "the best chain {place}: {why}"),
    # headings of the stages
    "explain.reading": ("读入", "Reading"),
    "explain.candidates": ("候选", "Candidates"),
    "explain.seeds": ("种子", "Seeds"),
    "explain.chains": ("链", "Chains"),
    "explain.passages": ("雷同段", "Passages"),
    "explain.formula": ("套话与零星", "Formula, fragments"),
    "explain.measures": ("方向与关系", "Direction, relation"),
    # reading
    "explain.characters": ("原文 {n} 字符", "{n} character of text|{n} characters of text"),
    "explain.folded": ("归一后 {n} 字", "{n} folded|{n} folded"),
    "explain.sentences": ("{n} 句", "{n} sentence|{n} sentences"),
    "explain.paragraphs": ("{n} 段", "{n} paragraph|{n} paragraphs"),
    "explain.replaced": ("{n} 处无法解码", "{n} place not decoded|{n} places not decoded"),
    # candidates
    "explain.candidate": ("是候选对，扫描会比对", "a candidate pair: a scan aligns it"),
    "explain.no-candidate": (
        "不是候选对：扫描不比对，这里照样比对",
        "no candidate pair: a scan does not align it; here it is aligned",
    ),
    "explain.floors": ("门槛随扫描的篇数升高", "floors rise with the number of reports scanned"),
    "explain.family": (
        "同族：指纹 {share} 相同，不再看各路证据",
        "one family, {share} of the fingerprints in common: no further evidence is needed",
    ),
    "explain.no-family": (
        "指纹 {share} 相同（同族须通篇互抄）",
        "{share} of the fingerprints in common (a family copies throughout)",
    ),
    "channel.windows": ("窗口", "windows"),
    "channel.fingerprints": ("指纹", "fingerprints"),
    "channel.anchors": ("锚点", "anchors"),
    "channel.windows.unit": ("相合波段", "bands that agree"),
    "channel.fingerprints.unit": ("处聚在一起", "together"),
    "channel.anchors.unit": ("比特聚在一起", "bits together"),
    # seeds
    "explain.grams": ("两篇都有的三字串 {n} 种", "{n} 3-gram in both|{n} 3-grams in both"),
    "explain.common": ("其中 {n} 种太常见，不作种子", "{n} too common to be a seed|{n} too common to be seeds"),
    "explain.places": ("种子 {n} 处", "{n} seed|{n} seeds"),
    "explain.runs": (
        "相同文字 {found} 处，够 {floor} 比特的 {n} 处",
        "{found} equal runs, {n} of them worth {floor} bits",
    ),
    "explain.runs.drowned": ("被更强的盖住 {n}", "{n} drowned by stronger ones"),
    "explain.runs.alone": ("四周太少 {n}", "{n} without company"),
    "explain.runs.loose": ("连不成链 {n}", "{n} in no chain"),
    "explain.runs.chained": ("入链 {n}", "{n} in chains"),
    "explain.bits": (
        "每字信息量（中位数）左 {left} · 右 {right} 比特",
        "bits per character (median) {left} on the left · {right} on the right",
    ),
    # chains
    "explain.chains.listed": (
        "共 {n} 条，列最强的 {listed} 条（--chains N）",
        "{n}, the best {listed} listed (--chains N)",
    ),
    "explain.chains.kin": (
        "两篇相关（雷同已到 {share}），按较低的门槛再看一遍",
        "the two are related ({share} and more is covered): looked at once more, with less asked",
    ),
    "explain.chains.all": ("共 {n} 条", "{n}"),
    "explain.chains.none": ("没有一条够 {floor} 比特", "none has {floor} bits"),
    "explain.chain.score": ("链分 {score}", "score {score}"),
    "explain.chain.core": ("核心 {core} / {floor} 比特", "core {core} / {floor} bits"),
    "explain.chain.matched": ("相同 {n} 字", "{n} char equal|{n} chars equal"),
    "explain.alike": ("相似 {share}", "{share} alike"),
    # why a chain founds a passage, or does not
    "founding.core": ("核心够 {core_floor} 比特，足以立段", "its core reaches {core_floor} bits, enough for a passage"),
    "founding.sentence": (
        "一句 {length} 字 {bits} 比特、相似 {alike}（须 {sentence} 字、{sentence_floor} 比特、{sentence_alike}），"
        "足以立段",
        "a sentence of {length} chars, {bits} bits, {alike} alike (needed: {sentence}, {sentence_floor}, "
        "{sentence_alike}), enough for a passage",
    ),
    "founding.ordinary": (
        "每字 {density} 比特，不到 {telling}：太平常，再长也不立段",
        "{density} bits per character, below {telling}: too ordinary for a passage, however long",
    ),
    "founding.no-bits": (
        "核心不到 {core_floor} 比特，链分不到一句所须的 {sentence_floor}",
        "core below {core_floor} bits, score below the {sentence_floor} of a sentence",
    ),
    "founding.short": (
        "核心不到 {core_floor} 比特；所连的句子不到 {sentence} 字",
        "core below {core_floor} bits; its sentences have fewer than {sentence} chars",
    ),
    "founding.weak": (
        "核心不到 {core_floor} 比特；最强的一句 {bits} 比特，不到 {sentence_floor}",
        "core below {core_floor} bits; its best sentence has {bits} bits, below {sentence_floor}",
    ),
    "founding.unlike": (
        "核心不到 {core_floor} 比特；最像的一句相似 {alike}，不到 {sentence_alike}",
        "core below {core_floor} bits; its best sentence is {alike} alike, below {sentence_alike}",
    ),
    # what became of it
    "fate.founded": ("在雷同段 {passage}", "in passage {passage}"),
    "fate.absorbed": ("并入雷同段 {passage}", "joined passage {passage}"),
    "fate.no-passage": ("没有雷同段可并入", "there is no passage to join"),
    "fate.too-far": ("离雷同段超过 {absorb_gap} 字", "more than {absorb_gap} chars from any passage"),
    "fate.too-weak": ("太弱，够不着最近的雷同段", "too weak for its distance from the nearest passage"),
    "fate.gap-unlike": ("与雷同段之间的文字不像", "what lies between it and the passage is not alike"),
    "fate.crosses": ("与雷同段次序相反", "it crosses the passage"),
    "fate.matched": ("其文字多半已由更强的链对上", "most of it is matched by a better chain already"),
    "fate.lengths-unlike": (
        "整段一边长过另一边 {length_ratio} 倍，弃",
        "dropped: one side is more than {length_ratio} times as long",
    ),
    "fate.little-held": (
        "整段信息量对上的不到 {share_floor}，弃",
        "dropped: less than {share_floor} of its information is matched",
    ),
    "fate.overlaps": ("与更好的雷同段重叠，弃", "dropped: a better passage holds its place"),
    "fate.short.founded": ("立段", "found a passage"),
    "fate.short.absorbed": ("并入", "joined one"),
    "fate.short.no-passage": ("无段可并", "no passage to join"),
    "fate.short.too-far": ("太远", "too far"),
    "fate.short.too-weak": ("够不着", "too weak for the distance"),
    "fate.short.gap-unlike": ("中间不像", "gap unlike"),
    "fate.short.crosses": ("次序相反", "crossing"),
    "fate.short.matched": ("已对上", "matched already"),
    "fate.short.lengths-unlike": ("长短悬殊", "lengths unlike"),
    "fate.short.little-held": ("信息太少", "too little held"),
    "fate.short.overlaps": ("与更好的重叠", "overlapping a better one"),
    # passages
    "explain.fates": ("链 {n} 条", "{n} chain|{n} chains"),
    "explain.holders": ("扫描中 {n} 篇有", "held by {n} of the scan"),
    "explain.founded-by": (
        "立段的链：核心 {core}、句子 {sentence}；并入 {absorbed}",
        "founded by {core} core, {sentence} sentence; joined by {absorbed}",
    ),
    "explain.equal": ("两篇归一后全同，整篇成段", "the texts are equal after folding: one passage"),
    # formula and fragments
    "explain.passage": ("雷同段 {n}", "passage {n}"),
    "explain.is-formula": ("是套话，不计入", "is formula, in no ratio"),
    "explain.no-formula": ("不是套话", "is no formula"),
    "explain.kin": ("两篇同族，同族所共不算套话", "the two are of one family, whose text is never formula"),
    "explain.two-only": ("只有两篇，无从判断（--among PATH）", "two reports alone cannot tell (--among PATH)"),
    "explain.families": (
        "另 {families} 家也有（{names}）；{needed} 家都有的占 {share}，够 {common} 即套话",
        "{families} other families hold it ({names}); {needed} families hold {share} of it, formula from {common}",
    ),
    "explain.no-families": ("别家没有（套话须 {needed} 家都有）", "no other family holds it (formula needs {needed})"),
    "explain.stock": ("两篇都有的套话 {n} 条", "{n} stock phrase in both|{n} stock phrases in both"),
    "explain.fragments": ("零星雷同 {n} 处", "{n} fragment|{n} fragments"),
    "explain.none": ("无", "none"),
}
