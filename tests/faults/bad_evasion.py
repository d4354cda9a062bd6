"""Attempts to hide copying in a plain text, and honest texts that merely look like them -> inputs.

What hides must be told (`evasion-suspected`) and must not be taken out of the text: a file is never changed silently.
"""

from collections.abc import Callable, Iterator

from bad_input import EVASION, BadInput, Material

#: Hanzi, and the radicals that look like them.
LOOK_ALIKES = str.maketrans("一人工大力高生用行方日水子小文", "⼀⼈⼯⼤⼒⾼⽣⽤⾏⽅⽇⽔⼦⼩⽂")


def _between(sign: str, every: int = 1) -> Callable[[str], str]:
    return lambda text: "".join(char + (sign if number % every == 0 else "") for number, char in enumerate(text))


#: Ways to hide, each a function of text. All leave what a reader sees as good as unchanged.
WAYS: dict[str, Callable[[str], str]] = {
    "zero-width-space": _between("\u200b", 2),
    "zero-width-joiner": _between("\u200d", 3),
    "zero-width-non-joiner": _between("\u200c", 3),
    "word-joiner": _between("\u2060", 2),
    "byte-order-marks": _between("\ufeff", 3),
    "soft-hyphen": _between("\u00ad", 2),
    "combining-joiner": _between("\u034f", 2),
    "hangul-filler": _between("\u3164", 4),
    "variation-selectors": _between("\ufe0f", 2),
    "ideographic-variations": _between("\U000e0100", 2),
    "tag-characters": _between("\U000e0061", 2),
    "invisible-times": _between("\u2062", 2),
    "right-to-left-marks": _between("\u200f", 3),
    "bidi-override": lambda text: "".join(
        f"\u202e{text[at : at + 6][::-1]}\u202c" for at in range(0, len(text), 6)
    ),
    "bidi-isolate": _between("\u2067\u2069", 3),
    "radicals": lambda text: text.translate(LOOK_ALIKES) + "⼀⼈⼯⼤⼒⾼⽣⽤⾏⽅" * 2,
    "private-use": lambda text: "".join(
        chr(0xE000 + ord(char) % 0x1000) if number % 4 == 0 and char.isalpha() else char
        for number, char in enumerate(text)
    ),
    "letter-spacing": _between(" "),
    "wide-letter-spacing": _between("\u3000"),
    "thin-letter-spacing": _between("\u2009"),
    "dotted": _between("\u200b\u200c", 2),
}  # fmt: skip


def inputs() -> Iterator[BadInput]:
    material = Material(21)
    for number, (name, hide) in enumerate(WAYS.items()):
        for shape in range(2):
            text = "\n".join(hide(material.paragraph(3 + shape)) for _ in range(2 + shape))
            encoding = "utf-16" if shape and number % 3 == 0 else "utf-8"
            yield BadInput(f"{name}-{shape}.txt", text.encode(encoding), exact=text, warnings=frozenset({EVASION}))
    yield from _honest(material)


def _honest(material: Material) -> Iterator[BadInput]:
    """What decent files hold: none of it may be called an attempt to hide."""
    text = material.paragraph
    honest = {
        "plain": text(6),
        "spaced-title": "工 作 总 结\n\n" + text(4),
        "indented": "\n".join("\u3000\u3000" + text(2) for _ in range(4)),
        "table": "\n".join("\t".join(("项 目", "数 量", "单 位", str(number))) for number in range(9)) + "\n" + text(4),
        "emoji": text(3) + "👨‍👩‍👧 ❤️ ✔️" + text(3),
        "figures": text(3) + "增长１２．５％，ＡＢＣ 项目，① ② ③ Ⅳ ㎡ ℃" + text(3),
        "one-mark-inside": text(3) + "\ufeff" + text(3),
        "one-soft-hyphen": text(3) + "\u00ad" + text(3),
        "arabic": text(3) + "نص عربي\u200f (" + text(3) + ")",
        "greek": text(3) + "α、β、γ 射线，Δt＜0.5 μm" + text(3),
        "names": text(2) + "王　刚、李　明、张三丰、赵　云" + text(3),
        "english-words": text(2) + " The quick brown fox jumps over the lazy dog. " * 3 + text(2),
        "cyrillic": text(2) + "俄方（Российская Федерация）代表团来访。" + text(2),
        "no-break-spaces": text(3).replace("，", "，\u00a0") + text(3),
        "form": "姓    名：________    单    位：________\n日    期：____年__月__日\n" + text(4),
        "rare-hanzi": text(3) + "𠮷野家、㙍、䶮、堃、喆、昇" + text(3),
    }
    for name, content in honest.items():
        yield BadInput(f"honest-{name}.txt", content.encode(), exact=content)
    for encoding in ("gb18030", "utf-16"):
        content = text(6)
        yield BadInput(f"honest-{encoding}.txt", content.encode(encoding), exact=content)
