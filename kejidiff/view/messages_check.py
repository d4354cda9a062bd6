"""Keys of a check's views -> their words in Chinese and English: the part of the table that `kejidiff check` uses.

Same rules as in `messages`, which joins this to its own table.
"""

from typing import Final

CHECK: Final[dict[str, tuple[str, str]]] = {
    # verdicts
    "check.verdict.pass": ("通过", "passed"),
    "check.verdict.over-limit": ("未通过", "over the limit"),
    "check.verdict.incomplete": ("未查完", "not checked in full"),
    "check.page.pass": ("{n} 篇稿件全部通过", "{n} draft passed|All {n} drafts passed"),
    "check.page.over-limit": ("{n} 篇稿件未通过", "{n} draft over the limit|{n} drafts over the limit"),
    "check.page.incomplete": ("{n} 篇稿件未查完", "{n} draft not checked in full|{n} drafts not checked in full"),
    "check.page.title": ("发布前查重", "Check before publication"),
    # what was compared
    "check.drafts": ("{n} 篇稿件", "{n} draft|{n} drafts"),
    "check.compared": ("与 {n} 篇比对", "compared with {n} report|compared with {n} reports"),
    "check.looked-at": (
        "其中 {n} 篇与稿件相同很少，只查有无 13 字起的逐字相同（{found} 篇有）",
        "{n} of these shares little with a draft: looked at for runs of 13 chars only ({found} with any)|"
        "{n} of these share little with a draft: looked at for runs of 13 chars only ({found} with any)",
    ),
    "check.caveat": (
        "与给出的 {n} 篇比对，非知网结果",
        "compared with the {n} report given; not a CNKI result|compared with the {n} reports given; not a CNKI result",
    ),
    "check.caveat.library": (
        "与本库 {n} 篇比对，非知网结果",
        "compared with the {n} report of this library; not a CNKI result|"
        "compared with the {n} reports of this library; not a CNKI result",
    ),
    "check.caveat.both": (
        "与给出的及本库共 {n} 篇比对，非知网结果",
        "compared with {n} report given or in this library; not a CNKI result|"
        "compared with {n} reports given or in this library; not a CNKI result",
    ),
    # figures
    "check.limit": ("上限 {limit}", "limit {limit}"),
    "check.limits": ("上限", "Limits"),
    "check.own": ("去除本人 {share}", "without one’s own {share}"),
    "check.run.limit": ("{n} 字", "{n} char|{n} chars"),
    "check.stock": ("套话 {share}（不计入）", "formula and stock {share} (not counted)"),
    "check.judged": ("判定（{why}）", "judged ({why})"),
    "check.judged.figure": ("{figure}（判定：{why}）", "{figure} (judged: {why})"),
    "check.judged.own": ("去除本人", "one’s own left out"),
    "check.judged.ignored": ("忽略 {n} 段", "{n} passage ignored|{n} passages ignored"),
    "check.judged.known": ("基线已有 {n} 段", "{n} passage in the baseline|{n} passages in the baseline"),
    "check.baseline": ("基线：已有 {known} 段，新增 {new} 段", "baseline: {known} known, {new} new"),
    # sources and passages
    "check.sources": ("来源", "Sources"),
    "check.paragraphs": ("第 {numbers} 段", "¶{numbers}"),
    "check.own.mark": ("本人", "one’s own"),
    "check.standing.judged": ("计入", "counted"),
    "check.standing.own": ("本人，不计入", "one’s own, not counted"),
    "check.standing.ignored": ("已忽略", "ignored"),
    "check.standing.known": ("基线已有", "in the baseline"),
    "check.new": ("新增", "new"),
    "check.known": ("已有", "known"),
    "check.passages": ("雷同段", "Passages"),
    "check.column.draft": ("稿件", "Draft"),
    "check.column.verdict": ("结论", "Verdict"),
    "check.column.own": ("去除本人", "Without one’s own"),
    "check.column.judged": ("判定按", "Judged by"),
    "check.column.source": ("来源", "Source"),
    "check.column.share": ("占稿件", "Of the draft"),
    "check.column.paragraphs": ("所在段落", "Paragraphs"),
    "check.column.relation": ("关系", "Relation"),
    "check.column.standing": ("判定", "Standing"),
    "check.column.reason": ("理由", "Reason"),
    "check.column.owner": ("负责人", "Owner"),
    "check.column.expires": ("有效至", "Until"),
    "check.column.digest": ("指纹", "Digest"),
    # what to look at
    "check.concerns": ("发布前请核对", "To be checked before publication"),
    "check.concern.evasion-suspected": ("疑似规避查重", "signs of evasion"),
    "check.concern.place": ("遗留地名", "place left over"),
    "check.concern.unit": ("遗留单位名", "unit left over"),
    "check.concern.year": ("年份照旧", "year left over"),
    "check.concern.mistake": ("共有错字", "slip in both"),
    "check.concern.figure": ("数字照旧", "figure left over"),
    "check.concern.figures": ("数字照搬", "figures carried over"),
    "check.concern.decode-replaced": ("有字节无法解码", "some bytes could not be decoded"),
    "check.own.place": ("你的文稿写的是{own}", "your draft is about {own}"),
    "check.own.year": ("你的文稿写的是 {own} 年", "your draft is about {own}"),
    "check.from": ("来自 {source}", "from {source}"),
    "check.figures": ("{n} 处数字与来源完全相同", "{n} figure is the source’s|{n} figures are the source’s"),
    # exceptions
    "check.ignored": ("已忽略", "Ignored"),
    "check.ignored.entry": ("{n} 段：{source}", "{n} passage: {source}|{n} passages: {source}"),
    "check.ignored.who": ("{reason}（{owner}，至 {expires}）", "{reason} ({owner}, until {expires})"),
    "check.ignored.expired": ("已过期，照常计入", "expired, counted again"),
    "check.ignored.unused": ("无一段符合", "matches no passage"),
    "check.any": ("任何来源", "any source"),
    # reasons why a draft is incomplete
    "check.reason.nothing-compared": ("没有可比对的报告", "there was nothing to compare it with"),
    "check.reason.not-compared": ("比对的一方有文件未读", "some files it is compared with were not read"),
    "check.reason.file": ("稿件未读：{why}", "the draft was not read: {why}"),
    "check.reason.part": ("稿件未读全：{why}", "part of the draft was not read: {why}"),
    "check.itself": (
        "稿件自身也在比对范围内，未与自身比对：{names}",
        "also among what is compared with, and not compared with itself: {names}",
    ),
    "check.nothing": ("没有雷同段", "shares no passage"),
    "check.only-fragments": ("只有零星雷同（13 字起），不计入", "only fragments of 13 chars and more, not counted"),
    "check.more.sources": ("另 {n} 个来源", "{n} more source|{n} more sources"),
    "check.more.concerns": ("另 {n} 项", "{n} more"),
    "check.more.record": ("另 {n} 项未列，见 --format json", "{n} more not listed, see --format json"),
}  # fmt: skip
