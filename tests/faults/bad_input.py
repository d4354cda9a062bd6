"""What one bad or tricky input is, and what the specification says must become of it.

Whence. CONTRACT (states, reason codes, details 1 to 3) and docs/MESSAGES.md, never from what the program does: this is
the judge. Where they leave room, several reasons are right; the empty one stands for `read`.
"""

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"

#: The judge's own copy of the contract's table, lest a change of the program's move the judge.
SKIPPED: Final = frozenset(
    {"empty", "no-text", "garbled-text", "binary", "unsupported", "too-large", "symlink", "special-file", "ignored"}
)
ERRORS: Final = frozenset(
    {"too-deep", "expands-too-much", "dtd-forbidden", "encrypted", "damaged", "ambiguous-parts", "permission",
     "vanished", "changed-while-reading", "timeout", "memory", "parser-crash"}
)  # fmt: skip
READ: Final = ""
EVASION: Final = "evasion-suspected"
REPLACED: Final = "decode-replaced"


class BadInput(NamedTuple):
    """One input and what must become of it.

    name      of the file, below the folder of its kind; `/` makes folders
    content   its bytes, or a function that makes what stands at the path
    reasons   the right reason codes; the empty one means read
    text      what the extracted text must hold, blanks aside, outside of what is marked
    absent    what may stand in it only where it is marked
    warnings  reservations that must be told. `evasion-suspected` is wrong wherever it is not asked for
    exact     the whole text, where the format leaves no room
    members   of an archive, by path inside: what must become of each
    """

    name: str
    content: bytes | Callable[[Path], None]
    reasons: frozenset[str] = frozenset({READ})
    text: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    warnings: frozenset[str] = frozenset()
    exact: str | None = None
    members: tuple["BadInput", ...] = ()

    def put(self, folder: Path) -> None:
        """Makes it in `folder`."""
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(self.content):
            self.content(path)
        else:
            path.write_bytes(self.content)


def unread(name: str, content: bytes | Callable[[Path], None], *reasons: str) -> BadInput:
    """One that must not be read."""
    return BadInput(name, content, frozenset(reasons))


@cache
def sentences() -> tuple[str, ...]:
    """Whole sentences of the sample reports, 25 to 70 characters, clean enough to stand in any encoding."""
    found: dict[str, None] = {}
    for name in ("000", "001", "003", "004"):
        text = next(SEEDS.glob(f"{name}_*.txt")).read_text(encoding="utf-8-sig")
        for sentence in re.findall(r"[^。\s]{25,70}。", text):
            if re.fullmatch(r"[\u4e00-\u9fff0-9，。、；：“”（）《》,%.]+", sentence):
                found.setdefault(sentence.replace(",", "，"))
    return tuple(sentence for sentence in found if _everywhere(sentence))


def _everywhere(sentence: str) -> bool:
    """True where GBK has all of it."""
    try:
        sentence.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


class Material:
    """Sentences in a seeded order, each used once before any comes again: inputs that hardly resemble each other."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._waiting: list[str] = []

    def sentence(self) -> str:
        if not self._waiting:
            self._waiting = list(sentences())
            self.chance.shuffle(self._waiting)
        return self._waiting.pop()

    def some(self, number: int = 2) -> tuple[str, ...]:
        return tuple(self.sentence() for _ in range(number))

    def paragraph(self, number: int = 3) -> str:
        return "".join(self.some(number))
