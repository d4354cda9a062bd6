"""Texts -> hard texts: one function per accident or trick, each the same at every call."""

import re

import opencc

SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
CLAUSE = re.compile(r"[^，。；！？：\n]+[，。；！？：]?|\n")

#: What scanners make of characters; a tenth of all characters on a bad page.
MISREAD = dict(zip("日己未土口工大天入力技末目士刀干", "曰已末士囗エ太夭人カ抆未日土力千", strict=True))
LOOK_ALIKE_LATIN = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
LOOK_ALIKE_GREEK = str.maketrans("ABEHIKMNOPTXZo", "ΑΒΕΗΙΚΜΝΟΡΤΧΖο")
#: Written variants that editors and old fonts leave behind.
VARIANT = dict(zip("国高为户者说收值", "囯髙爲戶者説収値", strict=True))
RADICAL = dict(
    zip(
        "一人入力口土大女子工干户手文方日月木水火生用田目石示老金长门",
        "⼀⼈⼊⼒⼝⼟⼤⼥⼦⼯⼲⼾⼿⽂⽅⽇⽉⽊⽔⽕⽣⽤⽥⽬⽯⽰⽼⾦⾧⾨",
        strict=True,
    )
)
COMPATIBILITY = dict(
    zip("利不度料来年里理率立", "\uf9dd\uf967\ufa01\uf9be\uf92d\uf98e\uf9e9\uf9e4\uf961\uf9f7", strict=True)
)
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
HALF_MARKS = str.maketrans("，。；：？！（）、", ",.;:?!(),")
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
BIDI = "\u202a\u202c\u200e\u200f\u2066\u2069"


def each_nth(text: str, step: int, change: str) -> str:
    """`change` put behind every `step`th character that is no line break."""
    out: list[str] = []
    for count, character in enumerate(text, start=1):
        out.append(character)
        if count % step == 0 and character != "\n":
            out.append(change)
    return "".join(out)


def exchanged(text: str, table: dict[str, str]) -> str:
    return text.translate(str.maketrans(table))


def letter_spaced(text: str, blank: str = " ") -> str:
    return blank.join(text).replace(f"{blank}\n{blank}", "\n")


def sentences_reversed(text: str) -> str:
    return "\n".join("".join(reversed(SENTENCE.findall(line))) for line in text.split("\n"))


def clauses_shuffled(text: str) -> str:
    """Within each line: every third clause, then those behind them, then the rest."""
    lines = (CLAUSE.findall(line) for line in text.split("\n"))
    return "\n".join("".join((*parts[::3], *parts[1::3], *parts[2::3])) for parts in lines)


def every_second_sentence(text: str) -> str:
    return "\n".join("".join(SENTENCE.findall(line)[::2]) for line in text.split("\n"))


def clauses_inserted(text: str) -> str:
    """A clause that says nothing, another each time, in front of each sentence's last clause."""
    fillers = iter(FILLERS * 20)
    out: list[str] = []
    for sentence in SENTENCE.findall(text):
        head, comma, tail = sentence.rpartition("，")
        out.append(f"{head}，{next(fillers)}，{tail}" if comma else sentence)
    return "".join(out)


FILLERS = [
    "大家有目共睹",
    "这一点来之不易",
    "说到底还是靠人",
    "各方面反映不错",
    "账要算在平时",
    "这也是逼出来的",
    "老同志都记得",
]


def sentences_joined(text: str) -> str:
    """Full stops within a line become commas."""
    return re.sub(r"[。；](?!\n|$)", "，", text)


def wrapped(text: str, width: int) -> str:
    lines = text.split("\n")
    return "\n".join("\n".join(line[at : at + width] for at in range(0, len(line), width)) for line in lines)


def noisy(text: str, step: int) -> str:
    """What a scanner does: look-alikes, 0/O and l/1, a stray blank or a broken character every `step` characters."""
    text = exchanged(text, MISREAD).replace("0", "O").replace("1", "l")
    out: list[str] = []
    for count, character in enumerate(text, start=1):
        out.append(
            {0: f"{character} ", 1: "■", 2: f"{character}丶"}[count // step % 3] if count % step == 0 else character
        )
    return "".join(out)


def lost_every(text: str, step: int) -> str:
    """U+FFFD in place of every `step`th character."""
    return "".join(
        "\ufffd" if count % step == 0 and character != "\n" else character for count, character in enumerate(text, 1)
    )


def renumbered(text: str) -> str:
    for old, new in (("一、", "1."), ("二、", "2."), ("三、", "3."), ("一是", "(1)"), ("二是", "(2)"), ("三是", "(3)")):
        text = text.replace(old, new)
    return text


def traditional(text: str, config: str = "s2t") -> str:
    return str(opencc.OpenCC(config).convert(text))


def html_entities(text: str) -> str:
    """As a careless converter leaves it: marks and every tenth Hanzi numbered, named blanks, line breaks as tags."""
    out = []
    for count, character in enumerate(text, 1):
        if character in "，。；、":
            out.append(f"&#{ord(character)};" if count % 2 else f"{character}&nbsp;")
        else:
            out.append(f"&#x{ord(character):X};" if count % 10 == 0 and character > "\x7f" else character)
    return "".join(out).replace("\n", "<br/>\n")


def markdown(text: str) -> str:
    lines = text.split("\n")
    lines = [f"## {line}" if line and len(line) < 20 else f"> {line}" if line else "" for line in lines]
    return (
        "\n\n".join(lines)
        .replace("科技特派员", "**科技特派员**")
        .replace("高新技术企业", "[高新技术企业](http://kj.example/1)")
    )


def masked_figures(text: str, mask: str) -> str:
    return re.sub(r"\d+(?:\.\d+)?", mask, text)


def other_figures(text: str, step: int = 7) -> str:
    """Every figure another of the same length."""
    return re.sub(r"\d", lambda digit: str((int(digit[0]) * 3 + step) % 9 + 1), text)


_HANZI_DIGITS = "零一二三四五六七八九"


def figures_in_hanzi(text: str) -> str:
    """5家 -> 五家, 23.4% -> 百分之二十三点四, 2300亩 -> 二千三百亩; years digit by digit."""
    text = re.sub(r"(\d{4})(?=年)", lambda m: "".join(_HANZI_DIGITS[int(d)] for d in m[1]), text)
    text = re.sub(r"(\d+(?:\.\d+)?)%", lambda m: "百分之" + _in_words(m[1]), text)
    return re.sub(r"\d+(?:\.\d+)?", lambda m: _in_words(m[0]), text)


def _in_words(figure: str) -> str:
    whole, point, rest = figure.partition(".")
    places = ["", "十", "百", "千"]
    words = "".join(
        (_HANZI_DIGITS[int(digit)] + places[len(whole) - at - 1]) if digit != "0" else ""
        for at, digit in enumerate(whole)
    )
    words = words or "零"
    return words + ("点" + "".join(_HANZI_DIGITS[int(digit)] for digit in rest) if point else "")


def in_gbk_shifted(text: str) -> str:
    """A byte lost at every comma and full stop: what follows is read out of step up to the next line or figure."""
    lines = []
    for line in text.split("\n"):
        data = line.encode("gbk")
        lines.append(
            data[: len(data) // 3 * 2 // 2 * 2].decode("gbk", "ignore")
            + data[len(data) // 3 * 2 // 2 * 2 + 1 :].decode("gbk", "ignore")
        )
    return "\n".join(lines)


def read_in_windows(text: str) -> str:
    """UTF-8 taken for Windows-1252, as browsers do."""
    undefined = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    return "".join(chr(b) if b in undefined else bytes((b,)).decode("cp1252") for b in text.encode())


def pinyin_noted(text: str, *, toneless: bool = False) -> str:
    """A note with its reading behind common characters, as some sites put; of 的 one without a tone."""
    notes = {"技": "jì", "产": "chǎn", "业": "yè", "项": "xiàng", "发": "fā", "个": "gè", "农": "nóng", "专": "zhuān"}
    if toneless:
        notes["的"] = "de"
    return "".join(f"{character}({notes[character]})" if character in notes else character for character in text)
