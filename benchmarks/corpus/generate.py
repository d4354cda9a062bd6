"""A number of documents and a seed -> an archive of made reports, and the truth about what they recycle.

    python benchmarks/corpus/generate.py --documents N --seed 1 -o FOLDER [--form files] [--boilerplate .01] [--equal]

FOLDER/corpus.jsonl has a report a line, {"id", "text"}; with `--form files` it is FOLDER/texts/000/d0000001.txt and so
on, a thousand to a folder. FOLDER/truth.jsonl has a line for each recycled paragraph: kind, and where copy and source
stand (document, paragraph, span in code points, half-open). If the name given ends in .jsonl, the archive is that file,
and the truth is beside it. Everything streams: a corpus may be larger than memory.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from corpus.passages import MadeDocument
from corpus.writing import documents

#: Files in one folder.
FOLDER_SIZE = 1_000


def write_lines(made: Iterable[MadeDocument], corpus: Path, truth: Path) -> None:
    """The archive as one file of JSON lines."""
    with corpus.open("w", encoding="utf-8") as lines:
        _write(made, truth, lambda _, document: lines.write(_line({"id": document.id, "text": document.text})))


def write_files(made: Iterable[MadeDocument], folder: Path, truth: Path) -> None:
    """The archive as a folder of files."""

    def write(number: int, document: MadeDocument) -> None:
        sub = folder / f"{number // FOLDER_SIZE:03}"
        if number % FOLDER_SIZE == 0:
            sub.mkdir(parents=True, exist_ok=True)
        (sub / f"{document.id}.txt").write_text(document.text + "\n", encoding="utf-8")

    _write(made, truth, write)


def _write(made: Iterable[MadeDocument], truth: Path, write: Callable[[int, MadeDocument], object]) -> None:
    with truth.open("w", encoding="utf-8") as told:
        for number, document in enumerate(made):
            write(number, document)
            told.writelines(_line(recycled.record()) for recycled in document.recycled)


def _line(record: object) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def main() -> None:
    """Write what the arguments ask for."""
    parser = argparse.ArgumentParser(description="Made reports with known recycled paragraphs.")
    parser.add_argument("--documents", type=int, default=1_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER|FILE.jsonl")
    parser.add_argument("--form", choices=("jsonl", "files"), default="jsonl")
    parser.add_argument("--boilerplate", type=float, default=0.0, metavar="SHARE")
    parser.add_argument("--equal", action="store_true", help="every paragraph is the same")
    given = parser.parse_args()
    made = islice(documents(given.seed, given.boilerplate, given.equal), given.documents)
    single = given.output.suffix == ".jsonl"
    folder = given.output.parent if single else given.output
    folder.mkdir(parents=True, exist_ok=True)
    if given.form == "files":
        write_files(made, folder / "texts", folder / "truth.jsonl")
    else:
        write_lines(made, given.output if single else folder / "corpus.jsonl", folder / "truth.jsonl")


if __name__ == "__main__":
    main()
