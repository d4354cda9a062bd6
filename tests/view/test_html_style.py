"""The style sheet: readable on light and dark ground, marks that do not rest on colour, no rule without a use."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from made_result import compared, document, hostile, result
from sample_result import sample

import kejidiff.view.html
from kejidiff.model import Exclusion, StockPhrase
from kejidiff.span import Span
from kejidiff.view.html import report

STYLE = (Path(kejidiff.view.html.__file__).parent / "report.css").read_text(encoding="utf-8")
TEXTS = (
    "ink", "soft", "quiet", "link", "synonym", "replacement", "insertion", "deletion", "figure",
)  # fmt: skip
PHRASE = StockPhrase("正文", 2, (("a.txt#1", Span(2, 4)),))
SOURCES = ("s1", "s2", "s3", "s4", "s5", "s6")


def palettes() -> dict[str, dict[str, tuple[int, int, int]]]:
    """The colours by name, of the light palette and of the dark one."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    light, dark = (dict(re.findall(r"--([a-z0-9-]+): ([^;]+);", block)) for block in blocks[:2])
    return {
        name: {key: channels(value) for key, value in found.items() if re.fullmatch(r"#[0-9a-f]+|[\d ]+", value)}
        for name, found in {"light": light, "dark": dark}.items()
    }


def channels(value: str) -> tuple[int, int, int]:
    if value.startswith("#"):
        digits = value[1:] if len(value) == 7 else "".join(digit * 2 for digit in value[1:])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    red, green, blue = map(int, value.split())
    return red, green, blue


def luminance(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The ratio of WCAG 2.1, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: tuple[int, int, int], ground: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(colour, ground, strict=True))
    return red, green, blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme: str) -> None:
    """Text has the 4.5 : 1 that WCAG asks for on paper, on sheets, on the tint of a verbatim paragraph, on chips."""
    palette = palettes()[scheme]
    grounds = [palette["paper"], palette["sheet"], mixed(palette["tint"], palette["sheet"], 0.13)]
    weak = [name for name in TEXTS for ground in grounds if contrast(palette[name], ground) < 4.5]
    weak += [name for name in SOURCES if contrast(palette["sheet"], palette[name]) < 4.5]
    weak += [name for name in SOURCES if contrast(palette["ink"], mixed(palette[name], palette["sheet"], 0.2)) < 4.5]
    assert weak == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shades_of_the_matrix(scheme: str) -> None:
    """The figures in the cells can be read on every shade."""
    palette = palettes()[scheme]
    shares = [float(share) for share in re.findall(r"\.h\d \{ background: rgb\(var\(--tint\) / ([.\d]+)\)", STYLE)]
    assert shares == sorted(shares)
    assert len(shares) == 9
    for step, share in enumerate([*shares, 1.0]):
        figure = palette["ink"] if step < 7 else palette["sheet"]
        assert contrast(figure, mixed(palette["tint"], palette["paper"], share)) >= 4.5


def test_marks_differ_without_colour() -> None:
    """Each kind of edit has a line, a box or a sign that no other kind has; so has each tier in the full text."""
    bodies: dict[str, str] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE.split("@media (max-width")[0]):
        for selector in selectors.split(","):
            bodies[selector.strip()] = bodies.get(selector.strip(), "") + body
    shapes = {
        name: frozenset(re.findall(r"solid|double|dashed|dotted|wavy|border-bottom|border:|border-style", bodies[name]))
        for name in ("i.y", "i.r", "i.f", "i.m", "i.g", "ins", "i.v", "mark", "mark.l", "mark.w")
    }
    assert len({shapes[name] for name in ("i.y", "i.r", "i.f", "i.m", "i.g", "ins", "i.v")}) == 7
    assert len({shapes[name] for name in ("mark", "mark.l", "mark.w")}) == 3
    assert 'ins::before, i.a::before { content: "+"' in STYLE
    assert 'del::before, i.d::before { content: "−"' in STYLE


def test_no_rule_is_idle() -> None:
    """Every class the style sheet names stands in some page, or is one of a palette."""
    one, text = document("a.txt", ["题", "正文", "网页杂项", "余文"], excluded=(Exclusion(Span(5, 9), "web-chrome"),))
    one = replace(one, paragraphs=(*one.paragraphs[:2], one.paragraphs[3]))
    two = document("b.txt", ["题", "正文"])
    found = compared(one, two[0])
    found = found._replace(formula=found.passages)
    between = result([(one, text), two], [found], stock_phrases=(PHRASE,))
    pages = "".join(report(made, lang="zh") for made in (sample(), hostile(), between))
    used = {name for value in re.findall(r'class="([^"]*)"', pages.split("</style>", 1)[1]) for name in value.split()}
    named = set(re.findall(r"\.([a-z][a-z0-9]*)(?=[\s:.,{>)\]+])", re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)))
    palette = {f"h{step}" for step in range(10)} | set(SOURCES)
    assert named - used - palette == set()
