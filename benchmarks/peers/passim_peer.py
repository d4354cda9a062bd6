"""passim (seriatim): character n-grams that may start anywhere, n = 15, four matches, gaps of 150; aligned pairs.

It needs Java 17. Its last stage clusters the pairs, which no score here needs: the run ends when the aligned pairs are
written.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from units import dumps, parsed

#: Without more than Spark's usual 1 GB, its joins die at 1,000 documents.
MEMORY = "8g"
#: Some of its functions return generators, which Arrow does not take; Spark 4 calls by Arrow where it is there.
PLAIN_CALLS = "--conf spark.sql.execution.pythonUDF.arrow.enabled=false"
BEST = ["--floating-ngrams", "-n", "15", "-m", "4", "-g", "150"]


class AlignmentsWrittenError(Exception):
    """All that is wanted is there."""


def main() -> None:
    """Pairs of passages by passim."""
    given = parsed(ngram=15, threshold=0.0)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"--master local[2] --driver-memory {MEMORY} {PLAIN_CALLS} pyspark-shell"
    with tempfile.TemporaryDirectory() as name:
        align(["--pairwise", *([] if given.defaults else BEST), str(given.corpus), f"{name}/out"])
        with given.pairs.open("wb") as lines:
            for pair in pairs(Path(name) / "out" / "align.json"):
                lines.write(dumps(pair) + b"\n")


def align(arguments: list[str]) -> None:
    """passim up to its clustering."""
    from passim import seriatim

    def stop(_extents: object, _config: object) -> None:
        raise AlignmentsWrittenError

    seriatim.DataFrame.clusterExtents = stop
    try:
        seriatim.main(arguments)
    except AlignmentsWrittenError:
        seriatim.SparkSession.builder.getOrCreate().stop()


def pairs(folder: Path) -> Iterator[dict[str, object]]:
    """Each aligned pair of passages."""
    for path in sorted(folder.glob("part-*")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield {
                "left": {"id": row["id"], "span": [row["begin"], row["end"]]},
                "right": {"id": row["id2"], "span": [row["begin2"], row["end2"]]},
            }


if __name__ == "__main__":
    main()
