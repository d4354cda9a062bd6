"""a file's first line -> its title: the line itself where it reads as one, else the beginning of its first sentence.

Markdown's marks around a title are no part of it. Limitation: a title set over two lines is its first line.
"""

import re
from functools import cache
from typing import Final

#: Longest line taken for a title; the longest of 553 official texts has 44 characters.
_LONGEST: Final = 60
#: A line with a comma and no sort of document at its end is a title up to here, unless it begins like a sentence.
_LONGEST_WITH_COMMA: Final = 40
#: Numbers of an outline and of articles.
_PART: Final = r"[(（]?[一二三四五六七八九十百]{1,4}[)）、.．]|第[一二三四五六七八九十百千零\d]{1,6}[条章节款项部]"

#: Length of a title made from a sentence, its ellipsis included: a line of a narrow list.
_SHORTENED: Final = 30
#: Characters in which a sentence is looked for.
SENTENCE_FROM: Final = _SHORTENED * 8
#: A first clause of fewer characters (今年以来) says nothing; the next one is added.
_TELLING_CLAUSE: Final = 8


def _words(block: str) -> tuple[str, ...]:
    return tuple(block.split())


#: Sorts of documents: words that end the title of one.
SORTS: Final = _words(
    """
    总结 报告 计划 汇报 方案 思路 要点 规划 讲话 致辞 发言 体会 心得 感悟 材料 范文 例文 细则 章程 制度 办法 条例 规定
    通知 决定 决议 公告 通告 通报 纪要 批复 函 法 令 简报 纲要 规则 准则 公报 倡议书 申请书 演讲稿 发言稿 讲话稿 稿 书
    提纲 小结 述职 预案 议案 提案 合同 协议
    """
)

#: Words that end titles, too, but more often the heading of a part.
_PARTS: Final = _words(
    """
    建议 说明 打算 安排 措施 情况 经验 做法 问题 回顾 事迹 目标 成效 意见 清单 台账 自查 检查 评语 简介 解读 工作回顾
    调研 方法 想法 看法 立法 执法 司法 普法 手法
    """
)


def is_title(line: str) -> bool:
    """True where a stripped line reads as a title and not as a sentence, an item of an outline or an address."""
    title = title_text(line)
    if not title or len(title) > _LONGEST or not any(map(str.isalnum, title)):
        return False
    if title[-1] in "。；;，,：:、！!？?" or _sentence_mark().search(title) or is_numbered(title):
        return False
    commas = title.count(",") + title.count("，")
    if not commas or ends_in_genre(title):
        return True
    return commas == 1 and len(title) <= _LONGEST_WITH_COMMA and not _clause().match(title)


def ends_in_genre(title: str) -> bool:
    """True where a title ends in the sort of document it names, a number or bracket after it left aside."""
    return _after_genre().sub("", title).endswith(SORTS + _PARTS)


def is_numbered(line: str) -> bool:
    """True for an item of an outline: 一、 (二) 3. 第四条 ① ..."""
    return _outline().match(line) is not None


def is_part(line: str) -> bool:
    """True for the numbers that only texts use, not the notices of sites: 一、 (二) 第四条 第三章."""
    return _part().match(line) is not None


def names_document(title: str) -> bool:
    """True where a title ends in the sort of a whole document, and not of a part: 总结, but not 做法."""
    ending = _after_genre().sub("", title)
    return ending.endswith(SORTS) and not ending.endswith(_PARTS)


def title_text(line: str) -> str:
    """A line without blanks and Markdown marks around it."""
    return line.strip().strip("#*>\u200b\ufeff \t\u3000").strip()


def title_from_sentence(text: str) -> str:
    """The first clause of `text`, or as many as it takes to say something; at most 30 characters with `…`."""
    sentence = " ".join(title_text(_sentence_end().split(title_text(text[:SENTENCE_FROM]), maxsplit=1)[0]).split())
    if len(sentence) <= _SHORTENED:
        return sentence
    ends = [mark.start() for mark in _clause_end().finditer(sentence[:_SHORTENED]) if mark.start() >= _TELLING_CLAUSE]
    return sentence[: ends[0] if ends else _SHORTENED - 1] + "…"


@cache
def _sentence_mark() -> re.Pattern[str]:
    return re.compile("[。；;！!？?]")


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile("[。；;！!？?：:\r\n]")


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile("[,，、]")


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(
        r"今年|近年|去年|一年来|本学期|\d{4}年|自(?:从|\d|今|去)|为了|为进一步|为贯彻|根据|按照|在|随着|各位|同志们"
    )


@cache
def _part() -> re.Pattern[str]:
    return re.compile(_PART)


@cache
def _outline() -> re.Pattern[str]:
    return re.compile(rf"{_PART}|[(（]\d{{1,3}}[)）]|\d{{1,3}}[、.．)）](?!\d)|[①-⑳]")


@cache
def _after_genre() -> re.Pattern[str]:
    return re.compile(r"[\s\d一二三四五六七八九十①-⑳]*([(（\[【《][^)）\]】》]{0,20}[)）\]】》])?\s*$")
