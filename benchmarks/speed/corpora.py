"""A size and a form -> a made corpus in the cache, generated once."""

import hashlib
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[2]
CACHE: Final = PROJECT / ".bench"
_GENERATOR: Final = PROJECT / "benchmarks" / "corpus" / "generate.py"
SEED: Final = 1

#: What is special about a corpus -> what the generator is told.
FORMS: Final = {"plain": (), "boilerplate": ("--boilerplate", "0.01"), "equal": ("--equal",)}


def corpus(documents: int, form: str = "plain") -> Path:
    """The folder of corpus.jsonl and truth.jsonl. One that was broken off, or that a generator made which has changed
    since, is made again.
    """
    folder = CACHE / f"{form}-{documents}-{_generation()}"
    if not (folder / "truth.jsonl").exists():
        unfinished = folder.with_suffix(".unfinished")
        command = [sys.executable, str(_GENERATOR), "--documents", str(documents), "--seed", str(SEED)]
        subprocess.run([*command, "-o", str(unfinished), *FORMS[form]], check=True)
        unfinished.rename(folder)
    return folder


@cache
def _generation() -> str:
    """What the generator is: its code and its words."""
    files = sorted(path for path in _GENERATOR.parent.iterdir() if path.suffix in (".py", ".txt"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]
