"""text-dedup: its MinHash command, on paragraphs with spaces between their characters.

It tells clusters by leaving a pickle of its union-find; nothing verifies them.
"""

import os
import pickle
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from units import cluster_pairs, dumps, paragraphs, parsed, write_pairs


def main() -> None:
    """Pairs of paragraphs in one cluster of text-dedup."""
    given = parsed(ngram=3, threshold=0.5)
    places = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "units.jsonl").open("wb") as lines:
            for place, text in paragraphs(given.corpus):
                written = text if given.defaults else " ".join(text)
                lines.write(dumps({"number": len(places), "text": written}) + b"\n")
                places.append(place)
        best = [] if given.defaults else ["--ngram", str(given.ngram), "--threshold", str(given.threshold)]
        run(folder, best)
        with (folder / "out" / "uf.pkl").open("rb") as dumped:
            found = pickle.load(dumped)  # written a moment ago by the command above, into a folder of our own
    clusters = defaultdict(list)
    for number in found.parent:
        clusters[found.find(number)].append(number)
    write_pairs(given.pairs, places, cluster_pairs(clusters.values()))


def run(folder: Path, settings: list[str]) -> None:
    """The command, on two processes and offline."""
    places = {"--data_files": "units.jsonl", "--cache_dir": "cache", "--output": "out"}
    files = [part for option, name in places.items() for part in (option, str(folder / name))]
    command = [sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--split", "train", "--debug", *files]
    command += ["--column", "text", "--idx_column", "number", "--num_proc", "2", *settings]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "home")}
    subprocess.run(command, env=environment, check=True, cwd=folder, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
