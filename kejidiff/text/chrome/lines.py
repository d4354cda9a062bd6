"""text -> `Line`s as rules read them: width and script folded, pinyin notes out, spans in the original text.

Folding turns one character into one character, so offsets stay those of the file; a line that lost its pinyin notes is
shorter than its span, which is why the rules mark whole lines and never a part of `Line.plain`.

Source of the script pairs: OpenCC's `t2s` table, cut to the characters that the vocabularies of this room use.
Limitation: this is no conversion of the language; words outside the vocabularies stay as they are.
"""

import re
from functools import cache
from typing import Final, NamedTuple

#: Traditional characters, each followed by its simplified form.
_SCRIPT_PAIRS: Final = (
    "佈布來来侷局係系俬私個个們们側侧備备傢家傳传僅仅價价優优內内兩两冊册別别刪删則则創创劃划動动務务匯汇區区協协"
    "卽即厤历參参員员問问單单噹当國国圖图團团報报場场墰坛壇坛壜坛學学審审專专對对導导屬属帶带幣币幫帮庫库廣广廳厅"
    "彆别彔录彙汇後后復复戶户掃扫擊击擔担擴扩數数於于昇升時时暫暂曆历書书會会朮术査查條条業业構构標标樣样機机檔档"
    "檢检檯台欄栏權权歡欢歷历歸归氣气決决況况減减準准溫温滙汇瀏浏為为無无熱热營营爲为現现當当發发監监眞真眾众碼码"
    "礙碍祕秘稱称積积箇个節节範范簡简簽签籤签糰团糾纠紀纪級级細细紹绍終终組组結结絕绝絡络給给絲丝絶绝經经綫线維维"
    "綱纲網网綵彩線线編编緻致縣县總总繫系繼继續续纔才罈坛罎坛羣群習习聞闻聯联聲声職职腦脑臺台與与興兴舉举蒐搜蓆席"
    "蔘参薦荐處处號号衆众術术衕同製制複复覈核見见規规視视覺觉覽览觀观觸触訂订計计訊讯記记訪访設设許许訴诉註注証证"
    "評评詞词話话該该詳详認认語语誠诚說说説说調调請请論论講讲謝谢證证識识議议護护讀读讚赞責责買买費费貼贴資资賞赏"
    "賬账購购贊赞跡迹蹟迹車车軟软載载輯辑轉转辦办辭辞迴回違违適适選选還还郵邮鄉乡醫医錄录錯错録录錶表鍵键鎭镇鎮镇"
    "鏈链長长門门閉闭開开間间閤合閱阅閲阅闆板關关陞升陸陆隨随隱隐電电韆千頁页頂顶項项須须預预領领頭头頻频題题類类"
    "顧顾颱台餘余饋馈騰腾驗验體体髮发鬚须麪面麫面麵面點点黨党齣出"
)

#: Blanks that sites put between the items of a menu; each reads as a space.
_BLANKS: Final = "\t\xa0\u2002\u2003\u2009\u200b\u3000\ufeff"

#: What ends a line besides a line feed. U+0085 is left out: text read as Latin-1 is full of it.
_BREAKS: Final = "\r\v\f\u2028\u2029"

#: Of what is folded, the characters that ordinary reports hold.
_COMMON: Final = "：，；（）！？．／％＋－＝～｜＞　\xa0\t"

#: Letters that only pinyin has; a file without them has no notes to take out.
_TONED: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_NOTE_LETTERS: Final = f"a-zêüɡɑ{_TONED}"


#: Longer lines are paragraphs, which no rule reads: they stay as they are. Notices have up to 140 characters, and notes
#: of pinyin double a line of traditional script.
_FOLDED_LENGTH: Final = 300


class Line(NamedTuple):
    """A line that is not blank.

    start, end   half-open, in the original text: the whole line with its indentation, without its line break
    plain        stripped; folded, too, where it is short enough for the rules
    """

    start: int
    end: int
    plain: str


def lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of text[start:end] that hold more than blanks, ascending, with spans that count in `text`."""
    spans: list[tuple[int, int]] = []
    plains: list[str] = []
    for raw in _broken(text[start:end]).split("\n"):
        end = start + len(raw)
        plain = raw.strip()
        if plain:
            spans.append((start, end))
            plains.append(plain)
        start = end + 1
    folded = _folded("\n".join([plain if len(plain) <= _FOLDED_LENGTH else "" for plain in plains])).split("\n")
    found = zip(spans, plains, folded, strict=False)
    return [Line(*span, plain) for span, long, short in found if (plain := short.strip() if short else long)]


def squeezed(plain: str) -> str:
    """Without blanks, in lower case: how the vocabularies spell their words."""
    return "".join(plain.split()).lower()


def _broken(text: str) -> str:
    for mark in _BREAKS:
        text = text.replace(mark, "\n")
    return text


def _folded(text: str) -> str:
    # `translate` looks every character up (80 ns each); a search and some twenty passes of `replace` cost a tenth.
    if _rare().search(text):
        text = text.translate(_fold_table())
    else:
        for old in _COMMON:
            text = text.replace(old, chr(_fold_table()[ord(old)]))
    return _note().sub("", text) if _toned_note().search(text) else text


@cache
def _fold_table() -> dict[int, int]:
    table = dict(zip(map(ord, _SCRIPT_PAIRS[::2]), map(ord, _SCRIPT_PAIRS[1::2]), strict=True))
    table.update((code, code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
    table.update(dict.fromkeys(map(ord, _BLANKS), ord(" ")))
    return table


@cache
def _rare() -> re.Pattern[str]:
    return re.compile(f"[{''.join(chr(code) for code in _fold_table() if chr(code) not in _COMMON)}]")


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"\([{_NOTE_LETTERS}]{{1,7}}\)")


@cache
def _toned_note() -> re.Pattern[str]:
    return re.compile(rf"\([a-z]{{0,5}}[{_TONED}]")
