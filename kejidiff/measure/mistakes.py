"""Two documents and what they share -> the same odd slip in both: 科枝 for 科技, 展发 for 发展, one damaged run.

Two writers make the same uncommon slip of their own once in a great while; a copy carries it along. A *slip* is one
character that the characters on both its sides are never seen with, where another one that sounds or looks alike makes
three common pairs of them; or two characters that have changed places. *Seen* means: in the shipped counts of official
Chinese. Damage (a run of shifted bytes) that stands letter for letter in both counts, too.
Limitations: slips that are words themselves (权力 for 权利) are not looked for, nor those most writers make.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

import numpy as np

from kejidiff.background.grams import gram_keys
from kejidiff.background.table import background
from kejidiff.measure.correspondence import Correspondence
from kejidiff.model import FIGURE_SYMBOL, Alignment, Document, Passage, SharedMistake
from kejidiff.span import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

_READINGS: Final = Path(__file__).parent.parent / "data" / "pinyin.txt"


def _words(block: str) -> tuple[str, ...]:
    return tuple(block.split())


#: Characters that look alike beyond those that also sound alike.
_SHAPES: Final = _words(
    """
    己已巳 未末 土士 日曰目 人入八 戊戌戍 折拆析 侯候 辩辨辫瓣 拔拨 毫亳 茶荼 崇祟 恰洽 幕慕墓募暮 遣遗 贷货
    徒徙 竞竟 部陪倍培 撤撒 肓盲 冶治 免兔 师帅 卖买 今令 天夭夫 干千于 大太犬 技枝 设没 科料 问间 西酉 王玉主
    住往 由田甲申 办为 历厉 压庄 划刘 准淮推 项顷 提堤 根跟很 情清请 构沟购 综宗 完兖 施旋 绩续 效郊 创刨 体休
    全金 企全 且旦 农衣 产户 抓爪 找我 特持待 处外 市布 政攻改 实买 官宫 员贝 建健 成戍 式试 倒到 增曾 基墓
    础拙 环坏 境镜 口日 一二 末土
    """
)
#: Confusions that tell nothing: most writers make them.
_COMMON: Final = _words(
    """
    的地得 做作 帐账 他她它 象像 份分 既即 其期 订定 合和 到道 坐座 那哪 功工 需须 型形 以已 在再 反返 制治质
    园圆 计记 连联 唯惟 抄钞 副幅 消销 布部 第等
    """
)
#: What follows the name of a company or an estate, which may be made of any characters.
_NAMED: Final = _words("公司 集团 广场 小区 大厦 酒店 花园")

#: Least counts of the usual form in the shipped tables: its rarer pair, its commoner pair, all three characters.
#: Of 1,442 characters of the seeds exchanged for ones of the same sound 403 are found, 1 of them as another character;
#: with 3 triples 451, but then 上东锦城 is a slip for 东京城.
_EACH, _MOST, _TRIPLE = 3, 60, 5
#: A form that a document writes more often than this is its own word.
_REPEATED: Final = 2
_CHARACTER: Final = np.uint64(0x1FFFFF)

#: Folded `[start, end)` and what is expected there.
Slip = tuple[int, int, str]


def find_mistakes(
    documents: tuple[Document, Document],
    texts: tuple[str, str],
    alignment: Alignment,
    left_slips: Iterable[Slip],
) -> tuple[SharedMistake, ...]:
    """Slips and damage that stand in both documents at corresponding places of their passages, by left place.
    `left_slips`: those of the left one, wherever they stand (`slips`)."""
    if not alignment.passages:
        return ()
    matched = Correspondence.of(alignment, to_left=True)
    found = [*_shared(documents, matched, left_slips), *_damage(documents, texts, alignment.passages)]
    return tuple(sorted(dict.fromkeys(found)))


def mistake_findings(mistakes: Sequence[SharedMistake]) -> tuple[str, ...]:
    """`shared-mistakes` where there are any."""
    return ("shared-mistakes",) if mistakes else ()


def _shared(
    documents: tuple[Document, Document], matched: Correspondence, left_slips: Iterable[Slip]
) -> Iterator[SharedMistake]:
    left, right = (document.folded for document in documents)
    for start, end, expected in left_slips:
        span = left.span(start, end)
        counterpart = matched.at(span)
        if counterpart is not None and right.within(counterpart) == left.text[start:end]:
            yield SharedMistake(span, counterpart, expected)


def _damage(
    documents: tuple[Document, Document], texts: tuple[str, str], passages: Sequence[Passage]
) -> Iterator[SharedMistake]:
    """Runs damaged alike, each with the first one like it in the same passage."""
    for passage in passages:
        theirs: dict[str, Span] = {}
        for repair in documents[1].repaired:
            if repair.text and passage.right.overlaps(repair.span):
                theirs.setdefault(repair.span.of(texts[1]), repair.span)
        for repair in documents[0].repaired:
            counterpart = theirs.get(repair.span.of(texts[0]))
            if repair.text and counterpart is not None and passage.left.overlaps(repair.span):
                yield SharedMistake(repair.span, counterpart, repair.text)


def slips(text: str, clauses: Sequence[int], pairs: "NDArray[np.int32]") -> Iterator[Slip]:
    """Slips of a folded text, ascending. `clauses`: where clauses begin; `pairs`, shape (len(text) - 1,): how often
    official Chinese has the two characters that begin at each position."""
    if len(text) < 3:
        return
    unseen = pairs == 0
    for at in np.flatnonzero(unseen[:-1] & unseen[1:]).tolist():
        middle = at + 1
        window = text[at : at + 4]
        if (
            FIGURE_SYMBOL in window[:3]
            or _cut(clauses, at, at + 3)
            or text.count(window[:3]) > _REPEATED
            or _is_name(text, at)
        ):
            continue
        if len(window) == 4 and unseen[at + 2 : at + 3].all() and not _cut(clauses, at, at + 4):
            swapped = window[0] + window[2] + window[1] + window[3]
            if window[1] != window[2] and _common(swapped):
                yield middle, middle + 2, swapped[1:3]
                continue
        usual = _usual(window[:3])
        if usual:
            yield middle, middle + 1, usual


def _is_name(text: str, at: int) -> bool:
    following = text[at + 2 : at + 8]
    return any(word in following for word in _NAMED)


def _usual(form: str) -> str:
    """The character that sounds or looks like the middle one of three and is common between the others; "" for none."""
    threes, counts = background()[2].keys, background()[2].counts
    first, last = np.uint64(ord(form[0])), np.uint64(ord(form[2]))
    low, high = threes.searchsorted([first << np.uint64(42), (first + np.uint64(1)) << np.uint64(42)])
    fitting = threes[low:high][((threes[low:high] & _CHARACTER) == last) & (counts[low:high] >= _TRIPLE)]
    between = [chr(code) for code in ((fitting >> np.uint64(21)) & _CHARACTER).tolist()]
    ranked = [(min(_counts(form[0] + one + form[2])), one) for one in between if _common(form[0] + one + form[2])]
    return max((one for one in ranked if _alike(form[1], one[1])), default=(0, ""))[1]


def _common(form: str) -> bool:
    counts = _counts(form)
    codes = np.frombuffer(form.encode("utf-32-le", "surrogatepass"), np.uint32)
    threes = background()[2].count(gram_keys(codes, 3))
    return min(counts) >= _EACH and max(counts) >= _MOST and bool((threes >= _TRIPLE).all())


def _counts(form: str) -> list[int]:
    codes = np.frombuffer(form.encode("utf-32-le", "surrogatepass"), np.uint32)
    return [int(count) for count in background()[1].count(gram_keys(codes, 2))]


def _cut(clauses: Sequence[int], start: int, end: int) -> bool:
    """True where a clause begins inside the folded `[start, end)`."""
    at = bisect_right(clauses, start)
    return at < len(clauses) and clauses[at] < end


def _alike(one: str, other: str) -> bool:
    """True where two characters sound or look alike and are not among those that most writers confuse."""
    if any(one in group and other in group for group in _COMMON):
        return False
    return bool(_sounds(one) & _sounds(other)) or any(one in group and other in group for group in _SHAPES)


@cache
def _sounds(character: str) -> frozenset[str]:
    """A Hanzi's syllables without tones, front and back nasals alike (jin, jing), as many writers hear them."""
    found = set()
    for line in _readings():
        if character in line:
            syllable = line.partition(" ")[0]
            plain = "".join(mark for mark in normalize("NFD", syllable) if not combining(mark))
            found.add(plain[:-1] if plain.endswith("ng") else plain)
    return frozenset(found)


@cache
def _readings() -> tuple[str, ...]:
    """Lines of a syllable and all Hanzi read so. Searched, not parsed: a scan asks for a dozen characters."""
    return tuple(line for line in _READINGS.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
