"""Texts -> how many of their paragraphs come back whole from PDF, and how long a page takes.

    python benchmarks/reflow.py [CORPUS] [--files N]

Every N-th text of each folder is set by reportlab, and by Chromium where there is one: in one column and two, bare and
with header and page number, its paragraphs set in or apart. A paragraph counts where one with the same characters,
blanks aside, is among those that `text/segment` finds in what was extracted.
"""

import argparse
import html
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "read"))

from pages_of_pdf import report

from kejidiff.read.extracted import Extracted
from kejidiff.read.pdf import extract
from kejidiff.span import Span, without
from kejidiff.text.segment import find_paragraphs

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Maker = Callable[[list[str], int, str, bool], bytes]


def printed(paragraphs: list[str], columns: int, running: str, indented: bool) -> bytes:
    """The same by a browser, whose own header and footer (date, title, address, page) stand for `running`."""
    style = f"""body{{font:12pt/1.7 'Noto Serif CJK SC';columns:{columns}}}h1{{text-align:center;column-span:all}}
        p{{text-align:justify;margin:0 0 {0 if indented else 10}pt;text-indent:{2 if indented else 0}em}}"""
    body = "".join(f"<p>{html.escape(one)}" for one in paragraphs[1:])
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        title = html.escape(paragraphs[0])
        head = f"<!doctype html><meta charset=utf-8><title>{title}</title><style>{style}</style>"
        page.write_text(f"{head}<h1>{title}</h1>{body}", encoding="utf-8")
        bare = [] if running else ["--no-pdf-header-footer"]
        out = Path(folder, "page.pdf")
        call = [str(BROWSER), *QUIET, f"--user-data-dir={folder}/user", *bare, f"--print-to-pdf={out}", page.as_uri()]
        subprocess.run(call, check=True, capture_output=True, timeout=120)
        return out.read_bytes()


def paragraphs_of(extracted: Extracted) -> Iterator[str]:
    """Without blanks and without what is marked."""
    holes = [one.span for one in extracted.marked]
    for span in find_paragraphs(extracted.text, Span(0, len(extracted.text)), extracted.marked):
        yield "".join("".join(part.of(extracted.text) for part in without(span, holes)).split())


def measure(name: str, make: Maker, texts: list[list[str]]) -> None:
    """One line for each way of setting."""
    for columns in (1, 2):
        for running in ("", "某县科学技术局文件"):
            for indented in (True, False):
                whole = total = 0
                seconds = 0.0
                for paragraphs in texts:
                    data = make(paragraphs, columns, running, indented)
                    start = time.perf_counter()
                    found = set(paragraphs_of(extract(data)))
                    seconds += time.perf_counter() - start
                    whole += sum("".join(one.split()) in found for one in paragraphs)
                    total += len(paragraphs)
                set_so = f"{columns} column{'s' * (columns > 1)}, {'running' if running else 'bare'}"
                gaps = "set in" if indented else "set apart"
                per = 1000 * seconds / len(texts)
                print(
                    f"{name:10} {set_so:20} {gaps:10}{whole:>6} of {total:>6}  {whole / total:.4f}{per:>9.0f} ms a file"
                )


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", nargs="?", default="../shared/corpus", type=Path)
    parser.add_argument("--files", default=3, type=int, help="of each folder")
    options = parser.parse_args()
    texts = []
    for folder in sorted(path for path in options.corpus.iterdir() if path.is_dir()):
        paths = sorted(folder.glob("*.txt"))
        for path in paths[:: max(len(paths) // options.files, 1)][: options.files]:
            lines = path.read_text(encoding="utf-8").splitlines()
            texts.append([line.strip(" \u3000\t") for line in lines if line.strip(" \u3000\t")])
    measure("reportlab", report, texts)
    if BROWSER:
        measure("Chromium", printed, texts)


if __name__ == "__main__":
    main()
