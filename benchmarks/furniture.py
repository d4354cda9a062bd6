"""corpus, samples, made damage -> how well furniture, page marks and compilations are found, and how fast.

    python benchmarks/furniture.py [--corpus ../shared/corpus] [--files 60]

Samples: characters marked by hand against characters found. Clean texts: everything found is false. Made damage is cut
from the corpus: site furniture around real texts, several texts in one file, page numbers in mid-sentence.
Every draw is seeded; the same corpus gives the same table.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kejidiff.model.document import Exclusion
from kejidiff.text.chrome import find_chrome
from kejidiff.text.pages import find_page_marks
from kejidiff.text.split import Sections, find_sections

PROJECT = Path(__file__).resolve().parent.parent

#: Lines of the samples that are furniture, from 1, marked by hand; and the last characters of a line that are.
MARKED_LINES = {
    "000": [3, 4, *range(74, 95)],
    "001": [189, 190],
    "002": [],
    "003": [1, 5, 47, 48, 50, 52],
    "004": [*range(3, 19), *range(52, 64)],
}
MARKED_TAIL = "( wWw.850500.cOm 转载请注明 )"

NUMERALS = "一二三四五六七八九十"
TITLE = "2022年科技创新工作总结"
#: First lines of a compilation's texts: {one} is the same title for all of them, {title} each text's own.
STYLES = (
    "篇{han}",
    "篇{han}：{title}",
    "【篇{han}】",
    "【篇{n}】",
    "【第{han}篇】",
    "第{han}篇:{title}",
    "第{n}篇 {title}",
    "范文{han}",
    "范文{n}：",
    "{one}范文{han}",
    "{one} {n}",
    "{one}{han}",
    "{one}（{han}）",
    "{one}篇{n}",
    "{one}(篇{han})",
    "{one}第{n}篇",
    "【{n}】",
    "★ 篇{han} ★",
    "例文{han}",
    "篇{wide}",
    "材料{n}:",
    "Part {n}",
    "第{han}份",
    "模板{han}",
    "工作總結篇{han}",
    "## 篇{han}",
    "{title}{n}",
    "{one}之{han}",
    "{han}、{title}",
    "（{han}）{title}",
    "（{han}）",
    "{round} {title}",
    "{title}",
)
UNNUMBERED = "{title}"
GREETING = "2022年工作总结范文精选\n下面是小编为大家带来的范文,希望大家喜欢,供大家参考学习。\n"


@dataclass(frozen=True, slots=True)
class Text:
    """A corpus file: its title and its lines without the title."""

    name: str
    title: str
    lines: tuple[str, ...]

    @property
    def whole(self) -> str:
        return "\n".join((self.title, *self.lines))

    def suits_unnumbered(self) -> bool:
        """A title that names a sort of document, and an outline from 一、 near the top to 二、."""
        sort = self.title.endswith(("报告", "条例", "法", "办法", "决定"))
        first = any(line.startswith("一、") for line in self.lines[:5])
        return sort and first and any(line.startswith("二、") for line in self.lines)


def read_corpus(folder: Path) -> list[Text]:
    """All texts of the corpus, by path."""
    texts = []
    for path in sorted(folder.glob("*/*.txt")):
        title, *rest = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        texts.append(Text(path.name, title.strip("# "), tuple(rest)))
    return texts


def first_line(style: str, number: int, title: str) -> str:
    """The line above a compilation's text; `number` counts from 0."""
    numbers = {"n": number + 1, "han": NUMERALS[number], "wide": chr(0xFF11 + number), "round": chr(0x2460 + number)}
    return style.format(**numbers, one=TITLE, title=title)


def sections_of(text: str) -> Sections:
    """What the pipeline sees of a file's documents."""
    return find_sections(text, sorted(find_chrome(text) + find_page_marks(text), key=lambda found: found.span))


def samples() -> Iterator[str]:
    """Furniture, page marks and documents of the five sample reports."""
    for path in sorted((PROJECT / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        marked: set[int] = set()
        start = 0
        for number, line in enumerate(text.split("\n"), start=1):
            if number in MARKED_LINES[path.name[:3]]:
                marked.update(range(start, start + len(line)))
            elif MARKED_TAIL in line:
                at = start + line.index(MARKED_TAIL)
                marked.update(range(at, at + len(MARKED_TAIL)))
            start += len(line) + 1
        found = {at for chrome in find_chrome(text) for at in range(*chrome.span)}
        marked, found = ({at for at in places if not text[at].isspace()} for places in (marked, found))
        yield (
            f"  {path.name[:3]}  furniture {len(marked & found):3} of {len(marked):3}, {len(found - marked)} extra"
            f"   page marks {len(find_page_marks(text)):2}   documents {len(sections_of(text).sections)}"
        )


def clean(texts: list[Text]) -> Iterator[str]:
    """What is found in clean texts: all of it is false, or furniture the corpus holds."""
    chrome = [(text.name, found.span.of(text.whole)) for text in texts for found in find_chrome(text.whole)]
    marks = sum(len(find_page_marks(text.whole)) for text in texts)
    split = [text.name for text in texts if len(sections_of(text.whole).sections) != 1]
    untitled = sum(sections_of(text.whole).sections[0].title_span is None for text in texts)
    characters = sum(len(text.whole) for text in texts)
    found = f"{len(chrome)} furniture, {marks} page marks, {len(split)} split"
    yield f"  {len(texts)} texts, {characters:,} characters: {found}"
    yield f"  {untitled} first lines not taken for a title"
    yield from (f"  furniture in {name}: {len(line)} characters" for name, line in chrome)


def sites() -> dict[str, list[tuple[list[str], list[str]]]]:
    """Pages of furniture, head and tail, by whether they were seen when the vocabulary was written."""
    found: dict[str, list[tuple[list[str], list[str]]]] = {}
    lines = (PROJECT / "benchmarks" / "furniture_sites.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line in ("[known]", "[unseen]"):
            pages = found.setdefault(line.strip("[]"), [])
        elif line.startswith("# "):
            pages.append(([], []))
            below = False
        elif line == "---":
            below = True
        elif not line.startswith(";"):
            pages[-1][below].append(line)
    return found


def in_place(texts: list[Text], files: int) -> Iterator[str]:
    """Site furniture around real texts: lines of it found, and lines of the text taken for it."""
    for name, pages in sites().items():
        draw = random.Random(name)
        shown = hit = false = honest = 0
        for _ in range(files * 2):
            text, (head, tail) = draw.choice(texts), draw.choice(pages)
            head, tail = ([line.replace("{T}", text.title[:30]) for line in part] for part in (head, tail))
            above = draw.random() < 0.5
            lines = [*head, text.title] if above else [text.title, *head]
            site = set(range(len(head))) if above else set(range(1, len(head) + 1))
            lines += [*text.lines, *tail]
            site |= set(range(len(lines) - len(tail), len(lines)))
            starts = {found.span.start for found in find_chrome("\n".join(lines))}
            start = 0
            for at, line in enumerate(lines):
                shown, hit = shown + (at in site), hit + (at in site and start in starts)
                honest, false = honest + (at not in site), false + (at not in site and start in starts)
                start += len(line) + 1
        found = f"{hit / shown:.2f} of {shown} lines found"
        yield f"  {name:7} sites: {found}, {false} of {honest} lines of the texts marked"


def compilations(texts: list[Text], files: int) -> Iterator[str]:
    """Files of two to six texts: starts found, starts that are none, files exactly right."""
    for style in STYLES:
        choice = [text for text in texts if text.suits_unnumbered()] if style == UNNUMBERED else texts
        yield "  " + compilation(style, choice, files, GREETING if style != UNNUMBERED else "")
    for style in ("篇{han}", "【篇{n}】", "范文{n}：", "{one} {n}", "第{n}篇 {title}"):
        yield "  contents before: " + compilation(style, texts, files, GREETING, contents=True)
    for length in (500, 300):
        for style in ("篇{han}", "{one} {n}", "【{n}】"):
            short = [Text(text.name, text.title, cut(text.lines, length)) for text in texts]
            usable = [text for text in short if sum(map(len, text.lines)) >= length * 0.6]
            yield f"  texts of {length}: " + compilation(style, usable, files, GREETING)


def cut(lines: tuple[str, ...], length: int) -> tuple[str, ...]:
    """The first so many characters, ended at a full stop."""
    body = "\n".join(lines)[:length]
    return tuple((body[: body.rfind("。") + 1] or body).split("\n"))


def compilation(style: str, texts: list[Text], files: int, above: str, contents: bool = False) -> str:
    """One style's line of the table."""
    draw = random.Random(style)
    usable = [text for text in texts if len(text.title) <= 40]
    total = hit = false = exact = 0
    for _ in range(files):
        chosen = [draw.choice(usable) for _ in range(draw.randint(2, 6))]
        made, starts = above, []
        if contents:
            made += "目录\n" + "".join(first_line(style, at, text.title) + "\n" for at, text in enumerate(chosen))
        for at, text in enumerate(chosen):
            starts.append(len(made))
            made += "\n".join((first_line(style, at, text.title), *text.lines)) + "\n"
        found = [section.span.start for section in sections_of(made).sections]
        total, hit = total + len(starts), hit + len(set(starts) & set(found))
        false += len(set(found) - set(starts)) if len(found) > 1 else 0
        exact += found == starts
    return f"{style:18} starts {hit / total:.3f}   false {false}   files {exact / files:.2f}"


def running_laws(texts: list[Text]) -> str:
    """第N篇 put before every second chapter of a law whose articles run on: none may be split."""
    laws = split = 0
    for text in texts:
        chapters = [at for at, line in enumerate(text.lines) if line.startswith("第") and "章" in line[:6]]
        if len(chapters) < 6:
            continue
        laws += 1
        lines = list(text.lines)
        for number, at in reversed(list(enumerate(chapters[len(chapters) // 2 :: 2]))):
            lines.insert(at, f"第{NUMERALS[number % 10]}篇 总则")
        split += len(sections_of("\n".join((text.title, *lines))).sections) > 1
    return f"  {split} of {laws} laws with 第N篇 over running articles split"


def pages(texts: list[Text], files: int) -> Iterator[str]:
    """Page numbers every 60 to 400 characters, in three styles, counted with blanks or without."""
    for style, between in (("blank line", "\n\n"), ("line break", "\n"), ("no break", "")):
        for counting in ("solid", "all"):
            draw = random.Random(style + counting)
            tally = dict.fromkeys(("series", "found", "marks", "hit", "false", "flat", "rejoined"), 0)
            for number in range(files):
                whole = draw.choice(texts).whole
                at = draw.randrange(max(1, len(whole) - 9000))
                text = whole[at : at + draw.randrange(1500, 9000)]
                text = "".join(text.split()) if number % 2 else text
                tally_pages(text, draw.randrange(60, 401), between, counting == "solid", tally)
            yield (
                f"  {style}, {counting:5} characters counted: series {tally['found']} of {tally['series']}, "
                f"marks {tally['hit'] / tally['marks']:.3f}, {tally['false']} false, "
                f"rejoined {tally['rejoined']} of {tally['flat']} without inner line breaks"
            )


def tally_pages(text: str, length: int, between: str, solid: bool, tally: dict[str, int]) -> None:
    """Cut one text into pages, look for their marks, add to the tally."""
    places = [at for at, character in enumerate(text) if not solid or not character.isspace()][::length]
    if len(places) < 3:
        return
    paged, truth = "", set()
    for number, (start, end) in enumerate(zip(places, [*places[1:], len(text)], strict=True), start=1):
        paged += between if number > 1 else ""
        truth.add(len(paged))
        paged += f"{number}、{text[start:end]}"
    marks = find_page_marks(paged)
    found = {mark.span.start + digits_at(mark, paged) for mark in marks}
    rejoined = paged
    for mark in reversed(marks):
        rejoined = rejoined[: mark.span.start] + rejoined[mark.span.end :]
    flat = not any(map(str.isspace, text))
    more = {"series": 1, "found": bool(found & truth), "marks": len(truth), "hit": len(found & truth)}
    more |= {"false": len(found - truth), "flat": flat, "rejoined": flat and rejoined == text}
    for key, count in more.items():
        tally[key] += count


def digits_at(mark: Exclusion, text: str) -> int:
    """Where in its span the number of a page mark begins."""
    return next(at for at, character in enumerate(mark.span.of(text)) if character.isdigit())


def speed(texts: list[Text]) -> Iterator[str]:
    """Milliseconds, best of five rounds."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted((PROJECT / "seeds").glob("*.txt"))]
    for name, bodies in (("five samples", seeds), ("clean texts", [text.whole for text in texts[::5]])):
        characters = sum(map(len, bodies))
        stages: dict[str, Callable[[str, Sequence[Exclusion]], object]] = {
            "find_chrome": lambda body, _: find_chrome(body),
            "find_page_marks": lambda body, _: find_page_marks(body),
            "find_sections": find_sections,
        }
        given = [(body, find_chrome(body)) for body in bodies]
        for stage, run in stages.items():
            best = min(timed(run, given) for _ in range(5))
            yield f"  {name}, {stage}: {best:.1f} ms for {characters:,}, {best / characters * 20_000:.2f} per 20,000"


def timed(run: Callable[[str, Sequence[Exclusion]], object], given: Sequence[tuple[str, Sequence[Exclusion]]]) -> float:
    """Milliseconds of one round."""
    begun = time.perf_counter()
    for body, excluded in given:
        run(body, excluded)
    return (time.perf_counter() - begun) * 1000


def main() -> int:
    """Print all tables; 1 where the corpus is missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--corpus", type=Path, default=PROJECT.parent / "shared" / "corpus")
    parser.add_argument("--files", type=int, default=60, help="made files per cell")
    given = parser.parse_args()
    print("samples", *samples(), sep="\n")
    texts = read_corpus(given.corpus)
    if not texts:
        print(f"no corpus at {given.corpus}", file=sys.stderr)
        return 1
    print("clean texts", *clean(texts), sep="\n")
    print("furniture of sites around texts", *in_place(texts, given.files), sep="\n")
    print("compilations", *compilations(texts, given.files), running_laws(texts), sep="\n")
    print("pages", *pages(texts, given.files), sep="\n")
    print("speed", *speed(texts), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
