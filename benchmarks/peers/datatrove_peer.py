"""datatrove: the three MinHash stages on two processes, with a tokenizer whose words are characters.

At its defaults: its own tokenizer for Chinese (words by jieba), 5-grams, 14 buckets of 8 hashes. Nothing verifies what
shares a bucket.
"""

import struct
import tempfile
from collections import defaultdict
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import JsonlReader
from datatrove.utils.word_tokenizers import WordTokenizer
from units import cluster_pairs, dumps, paragraphs, parsed, write_pairs

WORKERS = 2
#: Buckets, and hashes in each: with four hashes every second cluster is wrong.
BUCKETS = (25, 5)


class Characters(WordTokenizer):
    """Every character is a word."""

    def word_tokenize(self, text: str) -> list[str]:
        return [character for character in text if not character.isspace()]

    def sent_tokenize(self, text: str) -> list[str]:
        return [text]

    def span_tokenize(self, text: str) -> list[tuple[int, int]]:
        return [(0, len(text))]


def main() -> None:
    """Pairs of paragraphs in one cluster of datatrove."""
    given = parsed(ngram=3, threshold=0.0)
    config = MinhashConfig() if given.defaults else MinhashConfig(given.ngram, *BUCKETS)
    tokenizer = "zho" if given.defaults else Characters()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = write_units(given.corpus, folder / "units")
        stages(str(folder), config, tokenizer)
        write_pairs(given.pairs, places, cluster_pairs(clusters(folder / "clusters")))


def write_units(corpus: Path, folder: Path) -> list:
    """A file for each worker, by turns: paragraph k is line k // WORKERS of file k % WORKERS."""
    folder.mkdir()
    places = []
    files = [(folder / f"{number:05}.jsonl").open("wb") for number in range(WORKERS)]
    for place, text in paragraphs(corpus):
        files[len(places) % WORKERS].write(dumps({"id": str(len(places)), "text": text}) + b"\n")
        places.append(place)
    for file in files:
        file.close()
    return places


def stages(folder: str, config: MinhashConfig, tokenizer: "str | WordTokenizer") -> None:
    """Signatures, buckets, clusters."""
    signatures = [
        JsonlReader(f"{folder}/units"),
        MinhashDedupSignature(f"{folder}/signatures", config, language=tokenizer),
    ]
    buckets = [MinhashDedupBuckets(f"{folder}/signatures", f"{folder}/buckets", config=config)]
    cluster = [MinhashDedupCluster(f"{folder}/buckets", f"{folder}/clusters", config, save_cluster_id=True)]
    for number, (stage, tasks) in enumerate(((signatures, WORKERS), (buckets, config.num_buckets), (cluster, 1))):
        LocalPipelineExecutor(stage, tasks=tasks, workers=WORKERS, logging_dir=f"{folder}/logs/{number}").run()


def clusters(folder: Path) -> list[list[int]]:
    """Paragraphs by cluster, from the pairs (line, cluster) the last stage leaves for each file."""
    found = defaultdict(list)
    for path in sorted(folder.glob("*.clusters")):
        for line, cluster in struct.iter_unpack("<2I", path.read_bytes()):
            found[cluster].append(line * WORKERS + int(path.name.split(".")[0]))
    return [sorted(members) for members in found.values()]


if __name__ == "__main__":
    main()
