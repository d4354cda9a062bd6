"""A passage -> which kind of text it is, by the words every such text has; no text is ever printed.

Found by reading 40 passages of the State Council's reports and all of the unrelated pairs. Kinds are tried in order;
a long passage that only touches a formula is not one, so all but the first two are asked of short passages alone.
"""

import re

from kejidiff.model import Passage
from quality.real_scans import Read

#: Kinds that are no reuse, whoever shares them.
FORMULA = frozenset({"footer", "enactment", "opening", "thanks", "entry into force"})

FOOTER = re.compile(r"本作品是中华人民共和国的|Public domain")
_ENACTMENT = re.compile(r"会议(?:通过|修订)|(?:决定》|次)修[正订]")
_OPENING = re.compile(r"我代表.{0,12}(?:大会|作).{0,30}请予审议")
_THANKS = re.compile(r"表示(?:最?诚挚|衷心|崇高|最|诚).{0,6}(?:感谢|谢意|敬意)")
_IN_FORCE = re.compile(r"自.{0,14}(?:施行|实施|生效)")
_PENALTY = re.compile(r"罚款|责令|追究刑事责任|给予处分|行政处分|治安管理处罚")
#: Characters up to which a passage is no more than the formula it holds: of those read, thanks had 240
#: at most; openings that go on into the first paragraph of the review have 430 and more and are not taken for formula.
_SHORT = 400
#: A closing article alone has 12 to 20 characters, with the one it repeals about 60; beyond, there is more in it.
_CLOSING = 80
#: Before this offset of a document stand its title and how it was enacted.
_HEAD = 300

_KINDS = (
    ("opening", _OPENING, _SHORT),
    ("thanks", _THANKS, _SHORT),
    ("entry into force", _IN_FORCE, _CLOSING),
    ("penalty", _PENALTY, _SHORT),
)


def kind_of(passage: Passage, left: Read) -> str:
    """The kind of a passage's left text."""
    text = passage.left.of(left.text)
    at = passage.left.start - left.document.span.start
    if FOOTER.search(text):
        return "footer"
    if at < _HEAD and _ENACTMENT.search(text):
        return "enactment"
    for name, words, longest in _KINDS:
        if len(text) <= longest and words.search(text):
            return name
    return "other"
