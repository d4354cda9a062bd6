"""Bytes of an RTF document -> `Extracted`: body, tables, notes, headers and footers.

Characters come in three ways: as they are, as `\\'c8\\'ab` in the code page of the font, or as `\\u20840?` with what
older programs shall show instead; what is meant for those is passed over.

Source.      Rich Text Format specification 1.9.1; files of Word, WPS and LibreOffice.
Limitations. Pictures, formulas and embedded objects are left out. Styles are not looked at: Word writes what they say
             at every run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from kejidiff.read.blocks import Block, Run, joined, row_blocks
from kejidiff.read.extracted import Extracted, UnparsableError
from kejidiff.read.looks import PALE, TINY, Look

_TOKEN: Final = re.compile(
    rb"\\(?:([A-Za-z]{1,32})(-?\d{1,10})? ?|'([0-9A-Fa-f]{2})|([^A-Za-z']))|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)",
    re.DOTALL,
)

#: Groups in groups. Word nests some thirty.
_DEEPEST: Final = 500

#: Code pages by number as Python knows them; GBK's four-byte successor reads all that it does.
_CODECS: Final = {
    437: "cp437", 850: "cp850", 874: "cp874", 932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs",
    54936: "gb18030", 65001: "utf-8", **{number: f"cp{number}" for number in range(1250, 1259)},
}  # fmt: skip
#: Character sets of fonts that say which code page; 0 (Western) and 1 (whatever is usual) leave it to the document.
_CHARSETS: Final = {
    128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257,
    204: 1251, 222: 874, 238: 1250,
}  # fmt: skip
_WESTERN: Final = 1252

#: Groups that hold no text of the story, by the word that opens them; of unknown ones marked `\\*` none does.
_LEFT_OUT: Final = frozenset({
    "stylesheet", "info", "pict", "nonshppict", "fldinst", "annotation", "atnid", "atnauthor", "objdata",
    "objclass", "filetbl", "listtable", "listoverridetable", "revtbl", "rsidtbl", "shprslt", "sp", "sn", "sv",
    "upr", "xe", "tc", "rxe", "private", "themedata", "datastore", "bkmkstart", "bkmkend", "objname", "template",
    "generator", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "txe", "do", "mmathPr",
    "nonesttables",
})  # fmt: skip
#: Marked `\\*`, and read all the same.
_KEPT: Final = frozenset({"shpinst", "shptxt", "ud", "footnote", "nesttableprops"})
#: Stories of their own: their text stands behind the body's, and headers and footers behind that.
_APART: Final = frozenset({"footnote", "shptxt"})
_ASIDE: Final = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"})

#: Words that stand for characters.
_CHARACTERS: Final = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "page": "\n", "sect": "\n", "column": "\n",
}  # fmt: skip
_SIGNS: Final = {b"~": "\u00a0", b"_": "-", b"\t": "\t", b"\\": "\\", b"{": "{", b"}": "}"}


PLAIN: Final = Look()


@dataclass(slots=True)
class _State:
    """What a group inherits from the one around it.

    skipped     nothing in it is text
    instead     how many characters after a `\\u` are for programs that do not know it
    in_table    the paragraph is one of a cell
    seen        it stands in a text box, whose fill is not looked for: white in it may well be seen
    """

    skipped: bool = False
    instead: int = 1
    font: int = -1
    asian_font: int = -1
    asian: bool = False
    look: Look = PLAIN
    deleted: bool = False
    outlined: bool = False
    in_table: bool = False
    seen: bool = False
    story: int = 0


@dataclass(slots=True)
class _Story:
    """Blocks as they become whole: `runs` of a paragraph, `cell` and `row` of a table's row that is not ended yet.

    `grounds`: by cell of the row, has it a colour of its own? `ground`: has the one that is being described?
    """

    aside: bool = False
    blocks: list[Block] = field(default_factory=list)
    rows: list[list[list[Block]]] = field(default_factory=list)
    row: list[list[Block]] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    grounds: list[bool] = field(default_factory=list)
    ground: bool = False

    @property
    def coloured(self) -> bool:
        """Whether the cell that is being read has a colour of its own."""
        return len(self.row) < len(self.grounds) and self.grounds[len(self.row)]

    def describe(self, word: str, coloured: bool) -> None:
        """A row's description: it begins, a cell has this colour, a cell's description ends."""
        if word == "trowd":
            self.grounds, self.ground = [], False
        elif word == "cellx":
            self.grounds.append(self.ground)
            self.ground = False
        else:
            self.ground = coloured

    def end_paragraph(self, in_table: bool) -> None:
        if in_table:
            self.cell.append(Block(self.runs, self.aside))
        else:
            self.end_table()
            self.blocks.append(Block(self.runs, self.aside))
        self.runs = []

    def end_inner(self, row: bool) -> None:
        """A cell or a row of a table in a cell: all of that one is one line."""
        if row:
            self._drop_blanks()
        self.runs.append(Run(" " if row else "\t"))

    def _drop_blanks(self) -> None:
        while self.runs and not self.runs[-1].text.strip():
            self.runs.pop()

    def end_cell(self) -> None:
        self._drop_blanks()
        self.end_paragraph(True)
        self.row.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        if self.row:
            self.rows.append(self.row)
        self.row = []

    def end_table(self) -> None:
        """What cells there are become lines; those whose row nobody ended do too."""
        if self.cell:
            self.row.append(self.cell)
            self.cell = []
        self.end_row()
        self.blocks += (block._replace(aside=self.aside) for block in row_blocks(self.rows))
        self.rows = []


def extract(data: bytes) -> Extracted:
    """The text of the document. UnparsableError with a reason code where there is none to be had."""
    reader = _Reader()
    reader.read(data.removeprefix(b"\xef\xbb\xbf"))
    return joined(reader.blocks())


class _Reader:
    def __init__(self) -> None:
        self._stories = [_Story()]
        self._state = _State()
        self._around: list[_State] = []
        self._mixed: list[int] = []
        self._fonts: dict[int, int] = {}
        self._colours: list[bool] = []
        self._table = ""  # which of the two tables is being read: fonts or colours
        self._page = _WESTERN
        self._bytes = bytearray()
        self._to_skip = 0
        self._star = False
        self._opened = False

    def blocks(self) -> Iterator[Block]:
        """The body, then notes, then headers and footers."""
        for aside in (False, True):
            for story in self._stories:
                if story.aside == aside:
                    story.end_paragraph(False)
                    yield from story.blocks

    def read(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            token = _TOKEN.match(data, at)
            if token is None:  # a backslash before nothing that could follow it
                at += 1
                continue
            at = token.end()
            word, number, code, sign, brace, text = token.groups()
            if word == b"bin":
                at += max(int(number or 0), 0)
            elif brace:
                self._flush()
                if not self._group(brace):
                    return
            elif word:
                self._flush()
                self._word(word.decode("ascii"), int(number) if number else None)
            elif code:
                self._raw(bytes.fromhex(code.decode("ascii")))
            elif sign == b"*":
                self._star = True
            elif sign:
                self._flush()
                self._text({b"\r": "\n", b"\n": "\n"}.get(sign) or _SIGNS.get(sign, ""), spent=1)
                if sign in b"\r\n":
                    self._paragraph()
            elif text:
                self._plain(text)
        self._flush()
        if self._around or not data.lstrip().startswith(b"{"):
            raise UnparsableError("damaged", "it breaks off before its end")

    def _group(self, brace: bytes) -> bool:
        """False where the outermost group has ended: what follows is no RTF."""
        self._to_skip = 0
        self._star = False
        self._opened = brace == b"{"
        if self._opened:
            if len(self._around) >= _DEEPEST:
                raise UnparsableError("too-deep", f"more than {_DEEPEST} groups in each other")
            self._around.append(self._state)
            self._state = replace(self._state)
            return True
        if not self._around:
            return False
        self._state = self._around.pop()
        if len(self._around) < 2:
            self._table = ""
        return bool(self._around)

    def _plain(self, text: bytes) -> None:
        self._opened = False
        if self._to_skip:
            spent = min(self._to_skip, len(text))
            self._to_skip -= spent
            text = text[spent:]
        if self._table == "colours":
            for _ in range(text.count(b";")):
                self._colours.append(len(self._mixed) == 3 and min(self._mixed) >= PALE)
                self._mixed = []
        elif not self._state.skipped:
            self._bytes += text

    def _raw(self, byte: bytes) -> None:
        self._opened = False
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes += byte

    def _flush(self) -> None:
        """What bytes have come are text in the code page of the font."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            if self._table != "fonts":
                self._text(data.decode(_CODECS.get(self._code_page(), "cp1252"), "replace"))

    def _code_page(self) -> int:
        """That of the font; where a run names two, of the one for Hanzi."""
        state = self._state
        own = self._fonts.get(state.font, 0)
        if state.asian and state.asian_font in self._fonts:
            own = self._fonts[state.asian_font] or own
        return own or self._page

    def _text(self, text: str, spent: int = 0) -> None:
        """`spent`: characters it counts as among those that are passed over after `\\u`."""
        if spent and self._to_skip:
            self._to_skip -= 1
        elif text and not (self._state.skipped or self._state.deleted or self._table):
            story, look = self._stories[self._state.story], self._state.look
            coloured = (
                look.shaded or self._state.outlined or self._state.seen or (self._state.in_table and story.coloured)
            )
            story.runs.append(Run(text, look._replace(shaded=coloured).unseen))

    def _paragraph(self) -> None:
        if not (self._state.skipped or self._state.deleted):
            self._stories[self._state.story].end_paragraph(self._state.in_table)

    def _word(self, word: str, number: int | None) -> None:
        opened, starred = self._opened, self._star
        self._opened = self._star = False
        if opened and (word in _LEFT_OUT or (starred and word not in _KEPT)):
            self._state.skipped = True
        elif word in ("fonttbl", "colortbl"):
            self._table = "fonts" if word == "fonttbl" else "colours"
        elif word == "ud":  # the same text again in Unicode: read where the group around both is, not in `\info`
            self._state.skipped = len(self._around) > 1 and self._around[-2].skipped
        elif word in _ASIDE or word in _APART:
            self._state = _State(
                instead=self._state.instead,
                skipped=self._state.skipped,
                seen=word == "shptxt",
                story=len(self._stories),
            )
            self._stories.append(_Story(aside=word in _ASIDE))
        elif word == "u" and number is not None:
            self._text(chr(number % 0x10000))
            self._to_skip = self._state.instead
        elif word in _CHARACTERS:
            self._text(_CHARACTERS[word], spent=1)
        elif self._table:
            self._table_word(word, number)
        elif not self._structure(word):
            self._look_word(word, number)

    def _structure(self, word: str) -> bool:
        """Paragraphs, cells, rows; False for any other word."""
        story = self._stories[self._state.story]
        if self._state.skipped or self._state.deleted:
            return word in ("par", "cell", "nestcell", "row", "nestrow")
        if word == "par":
            self._paragraph()
        elif word == "cell":
            story.end_cell()
        elif word == "row":
            story.end_row()
        elif word in ("nestcell", "nestrow"):
            story.end_inner(row=word == "nestrow")
        else:
            return False
        return True

    def _table_word(self, word: str, number: int | None) -> None:
        if self._table == "colours" and word in ("red", "green", "blue"):
            self._mixed.append(number or 0)
        elif word == "f" and number is not None:
            self._state.font = number
        elif word == "fcharset" and number is not None:
            self._fonts.setdefault(self._state.font, _CHARSETS.get(number, 0))
        elif word == "cpg" and number in _CODECS:
            self._fonts[self._state.font] = number or 0

    def _look_word(self, word: str, number: int | None) -> None:
        state = self._state
        on = number != 0
        if word == "v":
            state.look = state.look._replace(vanish=on)
        elif word == "fs" or (word == "afs" and state.asian):
            state.look = state.look._replace(tiny=number is not None and number <= TINY)
        elif word == "outl":
            state.outlined = on
        elif word == "cf":
            state.look = state.look._replace(white=number is not None and self._is_white(number))
        elif word in ("trowd", "cellx", "clcbpat"):
            self._stories[state.story].describe(word, self._is_coloured(number))
        elif word in ("highlight", "cb", "chcbpat", "chshdng", "cbpat", "shading"):
            state.look = state.look._replace(shaded=self._is_coloured(number))
        elif word == "plain":
            state.look, state.deleted, state.outlined = Look(shaded=state.look.shaded), False, False
        elif word == "deleted":
            state.deleted = on
        elif word == "pard":
            state.in_table = False
            state.look = state.look._replace(shaded=None)
        elif word == "intbl":
            state.in_table = True
        elif word == "uc" and number is not None:
            state.instead = max(number, 0)
        elif word == "ansicpg" and number in _CODECS:
            self._page = number or _WESTERN
        elif word == "f" and number is not None:
            state.font = number
            state.asian_font = number if state.asian else state.asian_font
        elif word == "af" and number is not None and state.asian:
            state.asian_font = number
        elif word in ("dbch", "loch", "hich"):
            state.asian = word == "dbch"
        elif word == "mac":
            self._page = 1252

    def _is_coloured(self, number: int | None) -> bool:
        return number is not None and number != 0 and not self._is_white(number)

    def _is_white(self, number: int) -> bool:
        return 0 < number < len(self._colours) and self._colours[number]
