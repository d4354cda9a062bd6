"""What is measured -> how each is started, at which version, and where the pairs it found are.

kejidiff is started as a user starts it; its passages become pairs afterwards, outside the clock. Each peer is its
adapter in benchmarks/peers/, run by the interpreter of its own environment in .peers/.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from speed.corpora import PROJECT

PEERS: Final = ("datasketch", "rensa", "gaoya", "text-dedup", "datatrove", "passim")
_ID: Final = re.compile(r"d\d{7}")


@dataclass(frozen=True, slots=True)
class Tool:
    """One row: a tool at one setting."""

    name: str
    setting: str = "best"

    @property
    def peer(self) -> bool:
        return self.name != "kejidiff"

    def command(self, corpus: Path, output: Path) -> list[str]:
        """What is timed; it leaves its result in `output`."""
        if not self.peer:
            scan = [sys.executable, "-m", "kejidiff", "scan", str(corpus), "--jobs", "2", "--no-reports"]
            return [*scan, "--format", "jsonl", "-o", str(output)]
        adapter = PROJECT / "benchmarks" / "peers" / f"{self.name.replace('-', '_')}_peer.py"
        defaults = ["--defaults"] if self.setting == "defaults" else []
        return [str(_interpreter(self.name)), str(adapter), str(corpus), str(output), *defaults]

    def environment(self) -> dict[str, str]:
        """Two threads for those that ask how many they may use."""
        return {"RAYON_NUM_THREADS": "2", "PYTHONPATH": "" if self.peer else str(PROJECT)}

    def version(self) -> str:
        """As its package says."""
        code = f"import importlib.metadata as m; print(m.version({self.name!r}))"
        python = str(_interpreter(self.name)) if self.peer else sys.executable
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
        return done.stdout.strip() or "?"

    def pairs(self, output: Path) -> Iterator[dict[str, Any]]:
        """What it found, for the scorer."""
        with output.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield from (record,) if self.peer else passages(record)


def passages(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The passages of one line of kejidiff's records, as pairs."""
    if record["type"] == "comparison":
        left, right = document(record["left"]), document(record["right"])
        for passage in record["passages"]:
            yield {"left": {"id": left, "span": passage["left"]}, "right": {"id": right, "span": passage["right"]}}


def document(id_: str) -> str:
    """The generator's id in kejidiff's, which tells file and part, too."""
    found = _ID.search(id_)
    return found[0] if found else id_


def installed(defaults: bool, only: set[str]) -> list[Tool]:
    """kejidiff, and every peer whose environment `make bench-peers` made."""
    peers = [name for name in PEERS if _interpreter(name).exists() and (name != "passim" or shutil.which("java"))]
    settings = ("best", "defaults") if defaults else ("best",)
    tools = [Tool("kejidiff"), *(Tool(name, setting) for setting in settings for name in peers)]
    return [tool for tool in tools if not only or tool.name in only]


def _interpreter(peer: str) -> Path:
    return PROJECT / ".peers" / peer / "bin" / "python"
