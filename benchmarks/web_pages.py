"""Texts -> how many of their paragraphs come back whole from web pages, what is marked beyond furniture, how fast.

    python benchmarks/web_pages.py [CORPUS] [--step N]

Every N-th text is put between a menu and related links, its paragraphs set in six ways that sites set them in, and
written in UTF-8 and in GB18030; either way the page calls itself gb2312.
"""

import argparse
import html
import time
from collections.abc import Callable
from pathlib import Path

from reflow import paragraphs_of

from kejidiff.read.web import extract

ITEMS = [f"栏目{number}" for number in range(8)]
RELATED = [f"某县某年工作报告{number}" for number in range(8)]
LEGAL = "版权所有 某县政府"


def linked(items: list[str]) -> str:
    """A list of links."""
    return "<ul>" + "".join(f"<li><a href=/{number}>{item}</a>" for number, item in enumerate(items)) + "</ul>"


def word(paragraph: str) -> str:
    """As Word saves it: a sentence in pieces."""
    spans = f"<span lang=EN-US>{paragraph[:5]}</span><span>{paragraph[5:]}<o:p></o:p></span>"
    return f'<p class=MsoNormal style="text-indent:32pt;font-size:16pt">{spans}</p>'


SETTINGS: dict[str, Callable[[list[str]], str]] = {
    "<p>": lambda ones: "".join(f"<p>\u3000\u3000{one}</p>\n" for one in ones),
    "<br>, &nbsp;": lambda ones: "<div>" + "<br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{one}" for one in ones) + "</div>",
    "<br>": lambda ones: "<table><tr><td>" + "<br>".join(ones) + "</table>",
    "<br><br>": lambda ones: "<font>" + "<br><br>".join(f"\u3000\u3000{one}" for one in ones) + "</font>",
    "Word": lambda ones: "".join(map(word, ones)),
    "rows": lambda ones: "<table><tr><td>" + "<tr><td>".join(ones) + "</table>",
}


def page_of(body: str) -> bytes:
    """A site's page around it."""
    head = "<html><head><meta charset=gb2312><title>某站</title></head>"
    around = f"<h3>相关文章</h3>{linked(RELATED)}</div><div class=footer>{LEGAL}</div>"
    return f"{head}<body><div class=nav>{linked(ITEMS)}</div><div>{body}</div><div>{around}".encode()


def main() -> None:
    """Prints one line for each setting and encoding."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", nargs="?", default="../shared/corpus", type=Path)
    parser.add_argument("--step", default=6, type=int)
    options = parser.parse_args()
    texts = []
    for path in sorted(options.corpus.glob("*/*.txt"))[:: options.step]:
        lines = path.read_text(encoding="utf-8").splitlines()
        texts.append([line.strip(" \u3000\t") for line in lines if line.strip(" \u3000\t")])
    furniture = sum(map(len, ["相关文章", LEGAL, *ITEMS, *RELATED]))
    for name, setting in SETTINGS.items():
        for encoding in ("utf-8", "gb18030"):
            whole = total = beyond = size = 0
            seconds = 0.0
            for paragraphs in texts:
                data = page_of(setting([html.escape(one) for one in paragraphs])).decode().encode(encoding)
                start = time.perf_counter()
                extracted = extract(data)
                seconds += time.perf_counter() - start
                size += len(data)
                found = set(paragraphs_of(extracted))
                whole += sum("".join(one.split()) in found for one in paragraphs)
                total += len(paragraphs)
                beyond += abs(sum(one.span.length for one in extracted.marked) - furniture)
            print(
                f"{name:14}{encoding:9}{whole:>7} of {total:>7}  {whole / total:.4f}   off by {beyond} marked"
                f"{1000 * seconds / len(texts):>7.1f} ms a page{size / seconds / 1e6:>6.1f} MB/s"
            )


if __name__ == "__main__":
    main()
