"""line -> what its shape proves: labels with values, a menu, a pager, the head of a list of links, a page title.

Every rule looks at one line and at nothing around it; what a line's place and its neighbours prove is `position`'s.
Each is tried on the whole corpus (benchmarks/furniture.py): what holds here holds anywhere in a file.
"""

import re
from functools import cache
from typing import Final, Literal

from kejidiff.text import titles
from kejidiff.text.chrome import vocabulary
from kejidiff.text.chrome.lines import squeezed
from kejidiff.text.chrome.words import CLAUSE_ENDS, DECORATION

#: The samples' longest line of labels has 65 characters; sites with ten labels reach twice that.
_LABELS_LENGTH: Final = 120
#: Characters of value a label may have on average where two and more stand in a line: names, dates, numbers.
_VALUE_LENGTH: Final = 16
#: The same for one sure label: the title after 上一篇.
_LONE_VALUE_LENGTH: Final = 60
#: The longest label has eight characters, the longest that is spaced out (索 引 号) three.
_SPACED_LABEL: Final = 4

#: Share of a menu's tokens that must be menu words, labels or numbers.
_MENU_SHARE: Final = 0.7

_HOME: Final = frozenset({"首页", "主页", "网站首页"})
#: Channels of a site have names of two to six characters.
_TOKEN_LENGTH: Final = 6

#: A line that ends in a list head is no longer than a title with 相关文章 after it.
_HEAD_LENGTH: Final = 45
_PAGER_ENDS: Final = frozenset("页]-—~·.>»0123456789")
_BULLETS: Final = frozenset("•·★☆●■◆▪►▶※>-")


def is_furniture(plain: str) -> bool:
    """True where a line is labels, a menu or a pager."""
    # Whatever ends as a clause does is none of them: this spares most lines of a law the rules.
    if len(plain) > _LABELS_LENGTH or plain[-1] in CLAUSE_ENDS or "。" in plain:
        return False
    return are_labels(plain) or is_menu(plain) or is_pager(plain)


def are_labels(plain: str) -> bool:
    """True for `上传人:… 页数:17 大小:24KB`: two labels, or one of a site."""
    if ":" not in plain or ";" in plain or titles.is_numbered(plain):
        return False
    labels = labels_of(plain)
    if not labels:
        return False
    value = len(squeezed(plain)) - sum(len(label) + 1 for label in labels)
    if len(labels) >= 2 and value <= _VALUE_LENGTH * len(labels):
        return True
    return value <= _LONE_VALUE_LENGTH and not vocabulary.SURE_LABELS.isdisjoint(labels)


def labels_of(plain: str) -> list[str]:
    """The labels of a line in order: what stands before a colon and is in the vocabulary."""
    pieces = plain.lower().split(":")[:-1]
    return [label for piece in pieces if (label := _label_before_colon(piece))]


def _label_before_colon(piece: str) -> str:
    """来源 at the end of `科技局 来源`, 索引号 of `索 引 号`, 页数 of `docx页数`; else nothing."""
    words = [word for word in _separators().split(piece) if word]
    if not words:
        return ""
    value_end = max((at for at, character in enumerate(words[-1]) if not "一" <= character <= "鿿"), default=-1)
    readings = [words[-1], words[-1][value_end + 1 :]]
    if len(words[-1]) == 1:
        spaced = squeezed(piece)[-_SPACED_LABEL:]
        readings += [spaced[at:] for at in range(len(spaced) - 1)]
    return next((reading for reading in readings if reading in vocabulary.LABELS), "")


def is_menu(plain: str) -> bool:
    """True for `返回 下载 相关 举报`: two tokens or more that are nearly all menu words, labels or numbers."""
    tokens = [token for token in _separators().split(plain.lower()) if token]
    if len(tokens) < 2:
        return False
    if tokens[0] in _HOME and (">" in plain or (len(tokens) > 2 and max(map(len, tokens)) <= _TOKEN_LENGTH)):
        return True
    kinds = [_token_kind(token) for token in tokens]
    # Single characters such as 大 中 小 are a menu only beside a word of one.
    has_word = any(len(token) > 1 for token, kind in zip(tokens, kinds, strict=True) if kind == "menu")
    return kinds.count("menu") >= 2 and has_word and len(kinds) - kinds.count("") >= _MENU_SHARE * len(kinds)


def _token_kind(token: str) -> Literal["menu", "number", ""]:
    if token in vocabulary.MENU_WORDS:
        return "menu"
    label, colon, value = token.partition(":")
    if colon and not token[0].isdigit():
        known = label in vocabulary.LABELS or (not value and label in vocabulary.MENU_WORDS)
        return "menu" if known and len(value) <= _VALUE_LENGTH else ""
    word = _figures().sub("", token)
    return "menu" if word in vocabulary.MENU_WORDS else "" if word else "number"


def is_menu_word(plain: str) -> bool:
    """True where the whole line is one word of a menu or the head of a list: 返回, 评论(0), 最新文档."""
    word = squeezed(plain).strip(DECORATION)
    if len(word) < 2 or opens_text(plain):
        return False
    return _figures().sub("", word) in vocabulary.MENU_WORDS or word in vocabulary.BARE_HEADS


def is_path(plain: str) -> bool:
    """True for 文库首页 > 实用模板 > 总结汇报: where a page stands in its site."""
    return plain.count(">") >= 2 and len(plain) <= _LABELS_LENGTH and "。" not in plain


def is_pager(plain: str) -> bool:
    """True for 第1页 / 共17页, …_第3页, 3/17, -3-."""
    return plain[-1] in _PAGER_ENDS and _pager().search(squeezed(plain)) is not None


def list_head(plain: str) -> Literal["sure", "bare", ""]:
    """`sure` for a line that stands above a list of links, `bare` for one that may, nothing for any other."""
    if len(plain) > _LONE_VALUE_LENGTH or plain[-1] in "。;" or titles.is_numbered(plain):
        return ""
    bare = squeezed(plain)
    word = bare.strip(DECORATION + ":")
    closed = bare[-1] in ":】]"
    if word in vocabulary.BARE_HEADS:
        return "sure" if closed or word in vocabulary.LIST_HEADS else "bare"
    head, _, first_link = word.partition(":")
    if first_link and head in vocabulary.LIST_HEADS:
        return "sure"
    return "sure" if closed and len(bare) <= _HEAD_LENGTH and word.endswith(vocabulary.LIST_HEADS) else ""


def is_link(plain: str) -> bool:
    """True for a line that looks like a link in a list: bulleted, or dated at its end (科技创新口号11-25)."""
    return plain[0] in _BULLETS or _dated().search(plain) is not None


def opens_text(plain: str) -> bool:
    """True for 篇二, 【第3篇】, 范文四: in a compilation the next text begins here."""
    return _opening().match(plain) is not None


def page_title(plain: str) -> str:
    """The title before the dash of `title - what the site is`; nothing where the line is not of this shape."""
    hit = _page_title().match(plain) if len(plain) <= _LABELS_LENGTH else None
    return hit[1].strip() if hit else ""


@cache
def _opening() -> re.Pattern[str]:
    number = r"[一二三四五六七八九十\d]{1,3}"
    return re.compile(rf"\W*(?:篇|第(?={number}篇)|范文|例文|模板|材料){number}(?!\d|篇(?!\W|$))")


@cache
def _separators() -> re.Pattern[str]:
    return re.compile(r"[\s|>»·•,/_\[\]【】()☆★]+")


@cache
def _figures() -> re.Pattern[str]:
    return re.compile(r"[\d()\[\]:+.\-年月日次人条]+")


@cache
def _pager() -> re.Pattern[str]:
    page, bracket = r"\d{1,4}页", r"[(\[]?"
    return re.compile(
        rf"^{bracket}第?\d{{1,4}}页?[/|,-]?{bracket}共?{page}[)\]]?$|^第{page}$|^共{page}|_第{page}$"
        r"|^[-—~·]+\d{1,4}[-—~·]+$|^(?:上一页|上页|首页|<+)?\d{1,36}\.*\d*(?:下一页|下页|尾页|末页|>+|»)+"
    )


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}[)\]]?$")


@cache
def _page_title() -> re.Pattern[str]:
    return re.compile(
        r"([^。;:]{2,30}?)\s*[-—–_|]+\s*[^。;]{2,40}"
        r"(?:网站?|网址|文库|平台|论坛|门户|社区|大全|官网|\.com|\.cn|\.net)$",
        re.IGNORECASE,
    )
