"""A hand-made `ScanResult` for the tests of every view: small enough to check by eye, with one of everything.

Seven files: four read, one of them with a reservation, one read without Hanzi, one skipped, one in error, one with a
name that hides its ending. `001#1` and `002#1` share nearly all (every kind of edit, a moved paragraph, a folded run of
verbatim ones, paragraphs of one side only); `001#2` and `003#1` share one sentence inside two long paragraphs;
`003#1` and `004#1` share a fragment. The texts are made up.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from kejidiff.model import (
    Alignment,
    Cluster,
    Comparison,
    Direction,
    Document,
    Edit,
    Exclusion,
    FigureChange,
    FigureLedger,
    FoldedText,
    Fragment,
    LeftOver,
    Paragraph,
    ParagraphPair,
    Passage,
    Repair,
    Reservation,
    ReuseStats,
    ScanResult,
    SharedMistake,
    Skipped,
    SourceText,
    StockPhrase,
    Substitution,
)
from kejidiff.options import ScanOptions
from kejidiff.span import Span, merged

FIRST, SECOND = "001_甲市总结.txt", "002_轉載.txt"
THIRD, FOURTH = "下属/003_乙县2024.txt", "下属/004_丙局.txt"

# A paragraph of two documents is a list of pieces (kind, left, right); "=" means equal after folding: where its two
# sides differ, character by character, a script edit stands.
Piece = tuple[str, str, str]

OVERVIEW: list[Piece] = [
    ("mask", "20__", "2023"),
    ("=", "年，我市科技工作坚持", "年，我市科技工作堅持"),
    ("synonym", "以", "以"),
    ("=", "创新驱动发展战略为引领，", "創新驅動發展戰略為引領，"),
    ("synonym", "通过", "透過"),
    ("=", "搭建平台、汇聚人才、优化服务，", "搭建平台、匯聚人才、優化服務，"),
    ("insertion", "", "全力"),
    ("=", "推动各项工作取得", "推動各項工作取得"),
    ("replacement", "明显成效", "新的進展"),
    ("=", "。", "。"),
]
PATENTS: list[Piece] = [
    ("=", "一、知识产权量质齐升。全年申请专利1,284件，同比增长", "一、知識產權量質齊升。全年申請專利1,284件，同比增長"),
    ("figure", "12.5", "15.2"),
    ("=", "%；授权", "%；授權"),
    ("mask", "__", "356"),
    ("=", "件", "件"),
    ("punctuation", "，", "；"),
    ("deletion", "其中发明专利占三成，", ""),
    ("=", "位居全省前列。企业", "位居全省前列。企業"),
    ("synonym", "积极", "用心"),
    ("=", "开展专利导航，核心竞争力不断增强。", "開展專利導航，核心競爭力不斷增強。"),
]
PLATFORM: list[Piece] = [
    ("=", "二、平台建设稳步推进。新增省级企业研究院2家。", "二、平台建設穩步推進。新增省級企業研究院2家。")
]
GARDEN: list[Piece] = [("=", "科技园区主体工程10月11日结顶。", "科技園區主體工程10月11日結頂。")]
PRESS: list[Piece] = [("=", "全年采用信息372条次。", "全年采用信息372條次。")]
TALENT: list[Piece] = [
    ("=", "三、人才引育取得突破。成功举办“", "三、人才引育取得突破。成功舉辦“"),
    ("garble", "科技人才交流大会", "!た萍既瞬沤涣鞔蠡�"),
    ("=", "”，引进高层次", "”，引進高層次"),
    ("script", "创新", "創新(xīn)"),
    ("=", "团队3个。", "團隊3個。"),
]
EXCHANGE: list[Piece] = [
    ("=", "四、产学研合作走深走实。组织42家企业赴高校对接，", "四、產學研合作走深走實。組織42家企業赴高校對接，"),
    ("synonym", "达到", "到達"),
    ("=", "预期目标。", "預期目標。"),
]
PLANS: list[Piece] = [
    ("=", "五、明年，我局将", "五、明年，我局將"),
    ("replacement", "紧紧围绕市委中心工作", "進一步解放思想"),
    ("=", "，加大科技投入，", "，加大科技投入，"),
    ("replacement", "努力提升创新能力", "不斷增強創新潛力"),
    ("=", "，为全市发展作出", "，為全市發展作出"),
    ("insertion", "", "更大"),
    ("=", "贡献。", "貢獻。"),
]
SHARED = {
    "overview": (OVERVIEW, 0.91),
    "patents": (PATENTS, 0.86),
    "platform": (PLATFORM, 1.0),
    "garden": (GARDEN, 1.0),
    "press": (PRESS, 1.0),
    "talent": (TALENT, 0.88),
    "exchange": (EXCHANGE, 0.96),
    "plans": (PLANS, 0.66),
}
LEFT_ORDER = ["overview", "patents", "platform", "garden", "press", "!left", "talent", "exchange", "plans"]
RIGHT_ORDER = ["exchange", "overview", "patents", "platform", "garden", "press", "talent", "!right", "plans"]
LEFT_ONLY = "本市\u200b特色产业：兆丰轴承入选省级重点实验室，这在全省尚属首次（详见附件）。"
RIGHT_ONLY = "此外，我縣還舉辦了農村科技下鄉活動，發放資料1萬份。"
LEFT_CHROME = "上一篇：[相关文章] 扫码分享 下载 ￥3.00"

SENTENCE = "全县落实研发费用加计扣除2.3亿元，惠及企业156家，科技型中小企业入库数再创新高"
LONG_LEFT = (
    "回顾这一年，县里最难忘的是春天的那场大雨，但我们没有停步。{}，比上年多出四成。干部们白天走访、夜里整理台账，"
    "一户一策地解决问题。"
)
LONG_RIGHT = "一是政策落地见效。{}；二是成果转化提速，技术合同成交额翻番；三是科普活动丰富多彩，群众参与热情高涨。"
FRAGMENT = "技术合同成交额翻番"


def _edits(pieces: Iterable[Piece], left: int, right: int) -> tuple[Edit, ...]:
    found: list[Edit] = []
    for kind, a, b in pieces:
        if kind != "=":
            if a != b:
                found.append(Edit(kind, Span(left, left + len(a)), Span(right, right + len(b))))
        else:
            offset = 0
            for differs, run in groupby(zip(a, b, strict=True), key=lambda two: two[0] != two[1]):
                length = len(list(run))
                if differs:
                    here, there = left + offset, right + offset
                    found.append(Edit("script", Span(here, here + length), Span(there, there + length)))
                offset += length
        left, right = left + len(a), right + len(b)
    return tuple(found)


def _side(name: str, side: int) -> str:
    if name in ("!left", "!right"):
        return LEFT_ONLY if name == "!left" else RIGHT_ONLY
    return "".join(piece[1 + side] for piece in SHARED[name][0])


def _folded() -> FoldedText:
    nothing, origin = np.zeros(0, np.int32), np.zeros(1, np.int32)
    return FoldedText("", nothing, nothing, origin, origin)


def _countable_before(text: str, span: Span, holes: Sequence[Span]) -> Any:
    counts = [
        character.isalnum() and not any(hole.start <= span.start + k < hole.end for hole in holes)
        for k, character in enumerate(span.of(text))
    ]
    return np.cumsum([0, *counts], dtype=np.int32)


def _document(path: str, ordinal: int, text: str, start: int, lines: Sequence[str], **known: Any) -> Document:
    paragraphs: list[Paragraph] = []
    position = start
    for number, line in enumerate(lines):
        position = text.index(line, position)
        paragraphs.append(Paragraph(Span(position, position + len(line)), number))
        position += len(line)
    span = Span(paragraphs[0].span.start, paragraphs[-1].span.end)
    holes = [exclusion.span for exclusion in known.get("excluded", ())]
    holes += [repair.span for repair in known.get("repaired", ()) if repair.reason == "pinyin-note"]
    return Document(
        id=f"{path}#{ordinal}",
        path=path,
        ordinal=ordinal,
        title=lines[0],
        span=span,
        script=known.pop("script", "hans"),
        paragraphs=tuple(paragraphs),
        excluded=known.pop("excluded", ()),
        repaired=known.pop("repaired", ()),
        folded=_folded(),
        countable_before=_countable_before(text, span, holes),
        **known,
    )


def _where(text: str, needle: str) -> Span:
    start = text.index(needle)
    return Span(start, start + len(needle))


def _passage(left: Document, right: Document, names: Sequence[str]) -> tuple[Passage, list[ParagraphPair]]:
    """One passage over consecutive paragraphs of both documents (their line breaks are equal)."""
    rows = [(1 + LEFT_ORDER.index(name), 1 + RIGHT_ORDER.index(name), name) for name in names]
    edits: list[Edit] = []
    for i, j, name in rows:
        here, there = left.paragraphs[i].span, right.paragraphs[j].span
        edits += _edits(SHARED[name][0], here.start, there.start)
        if name != names[-1]:  # the line breaks differ: \n on the left, \r\n on the right
            edits.append(Edit("punctuation", Span(here.end, here.end + 1), Span(there.end, there.end + 2)))
    similarity = min(SHARED[name][1] for name in names)
    pairs = [ParagraphPair(i, j, SHARED[name][1], _tier(SHARED[name][1]), name == "exchange") for i, j, name in rows]
    passage = Passage(
        left=Span(left.paragraphs[rows[0][0]].span.start, left.paragraphs[rows[-1][0]].span.end),
        right=Span(right.paragraphs[rows[0][1]].span.start, right.paragraphs[rows[-1][1]].span.end),
        similarity=similarity,
        tier=_tier(similarity),
        edits=tuple(edits),
        left_paragraphs=tuple(i for i, _, _ in rows),
        right_paragraphs=tuple(j for _, j, _ in rows),
        longest_run=max(len(piece[1]) for name in names for piece in SHARED[name][0] if piece[0] == "="),
    )
    return passage, pairs


def _tier(similarity: float) -> Any:
    return "verbatim" if similarity == 1.0 else "light" if similarity >= 0.8 else "rewritten"


def _share(document: Document, spans: Iterable[Span]) -> float:
    return sum(document.countable_in(span) for span in merged(spans)) / document.countable


def _near_copy(left: Document, right: Document, left_text: str, right_text: str) -> Comparison:
    runs = [["overview", "patents", "platform", "garden", "press"], ["talent"], ["exchange"], ["plans"]]
    made = [_passage(left, right, names) for names in runs]
    passages = tuple(passage for passage, _ in made)
    ledger = [edit for passage in passages for edit in passage.edits if edit.kind in ("figure", "mask")]
    return Comparison(
        left=left.id,
        right=right.id,
        left_reuse=_share(left, [passage.left for passage in passages]),
        right_reuse=_share(right, [passage.right for passage in passages]),
        resemblance=0.71,
        alignment=Alignment(passages, tuple(pair for _, pairs in made for pair in pairs)),
        direction=Direction("third", 0.8, ("masked-in-left", "garbled-in-right", "substituted-in-right")),
        relation=("cross-place",),
        substitutions=(
            Substitution("通过", "透过", 1),
            Substitution("积极", "用心", 1),
            Substitution("达到", "到达", 1),
        ),
        figures=FigureLedger(
            same=6,
            changes=tuple(
                FigureChange("masked" if edit.kind == "mask" else "changed", edit.left, edit.right) for edit in ledger
            ),
        ),
        left_overs=(
            LeftOver("place", "left", _where(left_text, "全省前列"), _where(right_text, "全省前列")),
            LeftOver("figure", "right", _where(right_text, "372"), _where(left_text, "372")),
        ),
        mistakes=(SharedMistake(_where(left_text, "结顶"), _where(right_text, "結頂"), "封顶"),),
        findings=("left-over-names", "shared-mistakes"),
    )


def _one_sentence(left: Document, right: Document, left_text: str, right_text: str) -> Comparison:
    here, there = _where(left_text, SENTENCE), _where(right_text, SENTENCE)
    passage = Passage(here, there, 1.0, "verbatim", (), (1,), (2,), 36)
    return Comparison(
        left=left.id,
        right=right.id,
        left_reuse=_share(left, [here]),
        right_reuse=_share(right, [there]),
        resemblance=0.12,
        alignment=Alignment((passage,)),
        direction=Direction("left", 0.6, ("later-year-right",)),
        relation=("cross-place", "cross-year"),
        substitutions=(),
        figures=FigureLedger(same=2),
    )


def _stats(documents: Sequence[Document], comparisons: Sequence[Comparison]) -> dict[str, ReuseStats]:
    stats: dict[str, ReuseStats] = {}
    for document in documents:
        tiers = {"verbatim": 0, "light": 0, "rewritten": 0}
        longest = 0
        for comparison in comparisons:
            for passage in comparison.passages:
                if document.id in (comparison.left, comparison.right):
                    span = passage.left if document.id == comparison.left else passage.right
                    tiers[passage.tier] += document.countable_in(span)
                    longest = max(longest, passage.longest_run)
        stock = 12 if document.path == FIRST else 0
        total = sum(tiers.values())
        stats[document.id] = ReuseStats(
            document.countable, **tiers, largest_single=total, stock=stock, longest_run=longest
        )
    return stats


def sample() -> ScanResult:
    """The result described above, made anew on every call."""
    left_lines = ["科技创新工作总结一", *(_side(name, 0) for name in LEFT_ORDER)]
    second_lines = ["乙县工作回顾", LONG_LEFT.format(SENTENCE), "我们将继续努力。"]
    first = "\n".join([*left_lines, "", *second_lines, LEFT_CHROME, ""])
    right_lines = ["【篇二】", *(_side(name, 1) for name in RIGHT_ORDER)]
    second = "\r\n".join(right_lines)
    third_lines = ["乙县2024年科技工作总结", "现将有关情况总结如下。", LONG_RIGHT.format(SENTENCE)]
    third = "\n".join(third_lines)
    fourth_lines = ["丙局年度计划", f"明年重点抓好三件事，力争{FRAGMENT}。"]
    fourth = "\n".join(fourth_lines) + "\ufffd"
    note, garble = _where(second, "(xīn)"), _where(second, TALENT[1][2])
    left = _document(FIRST, 1, first, 0, left_lines, places=("甲市",))
    right = _document(
        SECOND, 1, second, 0, right_lines, script="hant", years=(2023,), places=("甲市",),
        repaired=(Repair(garble, "gbk-shift", "科技人才交流大会"), Repair(note, "pinyin-note", "")),
    )  # fmt: skip
    review = _document(
        FIRST, 2, first, left.span.end, [*second_lines, LEFT_CHROME], years=(2022,), places=("乙县",),
        excluded=(Exclusion(_where(first, LEFT_CHROME), "web-chrome"),),
    )  # fmt: skip
    county = _document(THIRD, 1, third, 0, third_lines, years=(2024,), places=("乙县",))
    office = _document(FOURTH, 1, fourth, 0, fourth_lines)
    documents = (left, review, right, county, office)
    comparisons = (_near_copy(left, right, first, second), _one_sentence(review, county, first, third))
    fragment = Fragment(_where(third, FRAGMENT), _where(fourth, FRAGMENT), len(FRAGMENT))
    return ScanResult(
        version="0.1.0",
        options=ScanOptions(),
        files=(
            SourceText(FIRST, first, sha256="1" * 64, location=f"seeds/{FIRST}"),
            SourceText(SECOND, second, "gb18030", sha256="2" * 64, location=f"seeds/{SECOND}"),
            Skipped("~$003.docx", "ignored", "a lock file of an office program", "skipped"),
            Skipped("发票\u202efdp.exe", "binary", "not a text", "skipped"),
            Skipped("旧档/2019.doc", "encrypted", "the file asks for a password", "error"),
            SourceText(THIRD, third, sha256="3" * 64, location=f"seeds/{THIRD}"),
            SourceText(
                FOURTH, fourth, replaced=1, sha256="4" * 64, location=f"seeds/{FOURTH}",
                warnings=(Reservation("decode-replaced", "1 byte could not be decoded", _where(fourth, "\ufffd")),),
            ),
        ),
        documents=documents,
        stats=_stats(documents, comparisons),
        comparisons=comparisons,
        clusters=(Cluster((left.id, right.id), left.id), Cluster((review.id, county.id), review.id)),
        substitutions=(
            Substitution("通过", "透过", 1),
            Substitution("积极", "用心", 1),
            Substitution("达到", "到达", 1),
        ),
        stock_phrases=(StockPhrase("在市委市政府的正确领导下", 3), StockPhrase("现将有关情况总结如下", 2)),
        fragments_only=(
            Comparison(
                county.id, office.id, 0.0, 0.0, 0.02, Alignment((), (), (fragment,)),
                Direction(), (), (), FigureLedger(),
            ),
        ),
        scanned=("seeds",),
    )  # fmt: skip
