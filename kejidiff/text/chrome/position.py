"""lines, marks of the line rules -> more marks: what a line's place in the file and its neighbours prove.

    body   lines of 40 characters and more that read as a sentence, are not marked and do not speak of a site
    head   what stands before the first of them; tail: what stands after the last

Only in head and tail does a weak hint count, and there only where hints are dense. Furniture in the middle that no rule
of a single line knows stays unmarked on purpose: a false mark takes a line out of a report.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from kejidiff.text import titles
from kejidiff.text.chrome import rules, vocabulary, words
from kejidiff.text.chrome.lines import Line, squeezed

#: Length from which a line with a comma or full stop is text; headings and links are shorter.
_BODY_LENGTH: Final = 40
#: Links are titles, and titles have at most about 45 characters; so have the weak lines of sites known.
_LINK_LENGTH: Final = 45
#: Unknown lines of sites known are buttons and counters; longer ones may be the report's.
_STRAY_LENGTH: Final = 30
#: Sites print the page's title first.
_PAGE_TITLE_LINES: Final = 3
#: How far below a page's title the report's own may stand.
_TITLE_REACH: Final = 8
#: How far from a mark an unknown short line may be to be taken along.
_REACH: Final = 2
#: Share of furniture and weak lines in a stretch of head or tail from which the weak ones are furniture, too: in a
#: trial this raised lines found on unknown sites from 80 to 86 % and took 3 honest lines in 400 texts.
_DENSITY: Final = 0.6


class Page(NamedTuple):
    """A file's lines and, as indexes into them, the furniture found so far."""

    lines: Sequence[Line]
    marked: frozenset[int]

    def marking(self, more: set[int]) -> "Page":
        return Page(self.lines, self.marked | more)

    def zones(self) -> tuple[range, range]:
        """Head and tail; where there is no body, everything is head."""
        count = len(self.lines)
        first = next((at for at in range(count) if self._is_body(at)), count)
        last = next((at for at in reversed(range(first, count)) if self._is_body(at)), count)
        return range(first), range(last + 1, count)

    def _is_body(self, at: int) -> bool:
        plain = self.lines[at].plain
        return _reads(plain) and at not in self.marked and not words.is_site_sentence(plain)

    def beside(self, known: set[int] | frozenset[int], reach: int) -> set[int]:
        """Lines at most `reach` from one that is known, and not known themselves."""
        near = {at + step for at in known for step in range(-reach, reach + 1)}
        return {at for at in near if 0 <= at < len(self.lines)} - known


def _reads(plain: str) -> bool:
    return len(plain) >= _BODY_LENGTH and ("。" in plain or "," in plain or "，" in plain)


def link_lists(page: Page, suspected: Sequence[int]) -> set[int]:
    """Heads of lists of links, which are among the `suspected`, and the links below them."""
    head, tail = page.zones()
    found: set[int] = set()
    for at in suspected:
        kind = rules.list_head(page.lines[at].plain) if at not in found else ""
        if kind == "sure" or (kind == "bare" and (at in head or at in tail)):
            end = _list_end(page.lines, at, in_head=at in head, in_tail=at in tail)
            if kind == "sure" or end > at + 1:
                found.update(range(at, end))
    return found


def _list_end(lines: Sequence[Line], head_at: int, *, in_head: bool, in_tail: bool) -> int:
    """Index after the last link. Above the body only lines that look like links count, for titles stand there."""
    at = head_at + 1
    while at < len(lines) and _may_be_link(lines[at].plain, in_head=in_head, in_tail=in_tail):
        at += 1
    # Beware: what stands right above a paragraph is more likely its heading than the last link.
    heading = not in_tail and head_at + 1 < at < len(lines) and not rules.is_link(lines[at - 1].plain)
    return at - heading


def _may_be_link(plain: str, *, in_head: bool, in_tail: bool) -> bool:
    if len(plain) > _LINK_LENGTH or plain[-1] in "。;:" or rules.opens_text(plain):
        return False
    if in_head:
        return rules.is_link(plain)
    return not titles.is_numbered(plain) or (in_tail and plain[0].isdigit())


def outskirts(page: Page) -> set[int]:
    """Further furniture in head and tail, and lone menu words beside a mark."""
    head, tail = page.zones()
    found = {at for at in head[:_PAGE_TITLE_LINES] if _is_page_title(page.lines, at)}
    for zone in (head, tail):
        minutes = any(_minutes().match(page.lines[at].plain) for at in zone)
        found |= {at for at in zone if _is_outer(page.lines[at].plain, first=at == 0, minutes=minutes)}
    known = page.marking(found)
    found |= {at for at in known.beside(known.marked, 1) if rules.is_menu_word(page.lines[at].plain)}
    known = page.marking(found)
    return found | _dense_head(known, head) | _dense_tail(known, tail)


def _is_page_title(lines: Sequence[Line], at: int) -> bool:
    """A site's slogan; or the report's title with the site after it, if the title stands below once more."""
    title = rules.page_title(lines[at].plain)
    if not title or titles.is_numbered(title):
        return False
    below = lines[at + 1 : at + 1 + _TITLE_REACH]
    return not titles.ends_in_genre(title) or any(squeezed(title) in squeezed(line.plain) for line in below)


def _is_outer(plain: str, *, first: bool, minutes: bool) -> bool:
    """True for what is furniture in head and tail only: a path, a word of a menu, a label in front.

    first     the file's first line is a title rather than a word or a label
    minutes   the zone is the head of minutes of a meeting, which has labels of its own
    """
    if rules.is_path(plain) or (rules.is_menu_word(plain) and not first):
        return True
    if (
        first
        or minutes
        or ":" not in plain
        or len(plain) > _LINK_LENGTH
        or plain[-1] in "。;"
        or titles.is_numbered(plain)
    ):
        return False
    labels = rules.labels_of(plain)
    return bool(labels) and squeezed(plain).startswith(labels[0] + ":")


def _dense_head(page: Page, head: range) -> set[int]:
    """Weak lines and numbers of the head's longest dense stretch; the first line only where a title stands below.

    Unknown lines stay: up here they are more likely the report's own, its subtitle or its speaker.
    """
    weak, neutral = _hints(page, head)
    if not any(titles.ends_in_genre(page.lines[at].plain) for at in head[1:]):
        weak.discard(0)
    stretch = _stretch(head, page.marked | weak, neutral)
    found = weak & stretch
    return found | (page.beside((page.marked & stretch) | found, _REACH) & neutral)


def _dense_tail(page: Page, tail: range) -> set[int]:
    """The same in the tail, with unknown short lines near marks, and whatever stands between two of them."""
    weak, neutral = _hints(page, tail)
    stretch = _stretch(tail[::-1], page.marked | weak, neutral)
    found = weak & stretch
    known = page.marked | found
    found |= {at for at in stretch - known if {at - 1, at + 1} <= known and not _is_own(page.lines[at].plain)}
    found |= _enclosed(page, tail)
    near = page.beside((page.marked & stretch) | found, _REACH) & set(tail)
    return found | {at for at in near if at in neutral or (at in stretch and _is_stray(page.lines[at].plain))}


def _enclosed(page: Page, tail: range) -> set[int]:
    """Lines of the tail between two marks that are no pagers: what stands there is the site's, unless it is a title."""
    sure = [at for at in tail if at in page.marked and not rules.is_pager(page.lines[at].plain)]
    between = range(sure[0], sure[-1]) if sure else range(0)
    lines = page.lines
    return {at for at in between if len(lines[at].plain) <= _LINK_LENGTH and not _is_own(lines[at].plain)} - page.marked


def _hints(page: Page, zone: range) -> tuple[set[int], set[int]]:
    """Unmarked lines of a zone with a weak word, and those that are only a number or a sign; none without a mark."""
    if page.marked.isdisjoint(zone):
        return set(), set()
    rest = [at for at in zone if at not in page.marked]
    weak = {at for at in rest if _is_weak(page.lines[at].plain)}
    return weak, {at for at in rest if _number().fullmatch(page.lines[at].plain)}


def _stretch(inward: range, hinted: frozenset[int] | set[int], neutral: set[int]) -> set[int]:
    """The longest stretch from a zone's outer end that ends in a hint and is dense in them; numbers are not counted."""
    counted = accumulate(at not in neutral for at in inward)
    hints = accumulate(at in hinted for at in inward)
    dense = [at in hinted and hit >= _DENSITY * all_ for at, hit, all_ in zip(inward, hints, counted, strict=True)]
    return set(inward[: len(dense) - dense[::-1].index(True)]) if any(dense) else set()


def _is_weak(plain: str) -> bool:
    if _stamp().search(plain):
        return len(plain) <= _LINK_LENGTH
    if plain[-1] in words.CLAUSE_ENDS or _reads(plain):
        return words.is_site_sentence(plain)
    if len(plain) > _LINK_LENGTH or _is_protected(plain):
        return False
    bare = squeezed(plain)
    return any(word in bare for word in vocabulary.WEAK_WORDS)


def _is_stray(plain: str) -> bool:
    return len(plain) <= _STRAY_LENGTH and not _is_protected(plain)


def _is_protected(plain: str) -> bool:
    """True for what belongs to a report's own head and tail: sentences, items of an outline, and `_is_own`."""
    return plain[-1] in "。;:!?," or titles.is_numbered(plain) or _is_own(plain)


def _is_own(plain: str) -> bool:
    """True for titles, dates, signatures, speakers, annexes and the first line of a compilation's next text."""
    return titles.ends_in_genre(plain) or _own_line().search(plain) is not None or rules.opens_text(plain)


@cache
def _own_line() -> re.Pattern[str]:
    return re.compile(
        r"^附(?:件|表|录|:|\d)|^[(—<《\"“]|\d{1,4}年|\d{1,2}月|[〇零○一二三四五六七八九]{4}年|年.{1,3}月"
        r"|(?:局|委|府|厅|办|会|院|所|处|科|部|公司|学校|大学|党组|支部|政协|人大|中心|小组|集团)$"
        r"|(?:长|书记|主任|主席|总理|代表|委员)\s+\S{1,2}\s*\S{1,2}$|(?:问题|目标|成效|信息)$"
    )


@cache
def _stamp() -> re.Pattern[str]:
    """A date with the time of day: sites print it, reports do not."""
    return re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d{2}")


@cache
def _minutes() -> re.Pattern[str]:
    """Minutes of a meeting have heads like a site's (时间: 地点: 主持:)."""
    return re.compile(r"(?:会议|活动|参观|调研|学习)?(?:地点|主持|参加|出席|列席|记录|议题|对象|参会)[^:]{0,4}:")


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"[\d\s:./\-]+|[\d.]+\s*[KMkm][Bb]|[>»<↑+|·•\-—_=]+")
