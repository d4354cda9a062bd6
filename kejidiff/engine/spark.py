"""A master's address -> Spark, in which functions are mapped over frames. Never knows what they do.

What is read, joined, grouped and moved between workers is said in SQL, and Spark plans it; what is done to a batch of
rows is a function of columns (`engine.columns`). Functions go to the workers by their names, so these need the same
Python packages (docs/SCALE.md).

Limitations. One session at a time in a process.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from kejidiff.engine.columns import Columns, OverBatches, OverGroup, columns_of, map_batches, map_group
from kejidiff.engine.spark_process import session

#: A table that lies with the workers, or is still to be made.
Frame = Any

#: Rows of a batch: a thousand reports are some 26 MB of text.
_BATCH_ROWS: Final = "1000"
_SETTINGS: Final = {
    "spark.app.name": "kejidiff",
    "spark.sql.execution.arrow.maxRecordsPerBatch": _BATCH_ROWS,
    "spark.ui.showConsoleProgress": "false",
}


class Spark:
    """A running session."""

    def __init__(self, running: Any) -> None:
        self._session = running

    @property
    def slots(self) -> int:
        """Tasks that run at once."""
        return int(self._session.sparkContext.defaultParallelism)

    def read(self, form: str, paths: Sequence[str], **options: str) -> Frame:
        """Files in a form that Spark reads (`text`, `parquet`), on whatever file system it knows."""
        return self._session.read.format(form).options(**options).load(list(paths))

    def doing(self, what: str) -> None:
        """Call what is done from now on so, for whoever watches Spark or reads its log."""
        self._session.sparkContext.setJobDescription(what)

    def split(self, parts: int) -> None:
        """Into how many parts what moves is divided from now on, at least; three for every task that runs at once."""
        self._session.conf.set("spark.sql.shuffle.partitions", str(max(parts, 3 * self.slots)))

    def name(self, name: str, frame: Frame, keep: bool = False) -> Frame:
        """Call the frame so in queries; `keep` it with the workers when it is made, on disk where memory is short."""
        if keep:
            frame.persist()
        frame.createOrReplaceTempView(name)
        return frame

    def sql(self, query: str, **values: Any) -> Frame:
        """What a query over named frames comes to; `:name` stands for a value."""
        return self._session.sql(query, args=values)

    @staticmethod
    def mapped(frame: Frame, function: OverBatches, schema: str) -> Frame:
        """`function` over the rows of each partition, batch by batch."""

        def over_batches(batches: Iterator[Any]) -> Iterator[Any]:
            return map_batches(batches, function, schema)

        return frame.mapInArrow(over_batches, schema)

    @staticmethod
    def grouped(frame: Frame, key: str, function: OverGroup, schema: str) -> Frame:
        """`function` over all rows with one value of `key`, for each value."""

        def over_group(rows: Any) -> Any:
            return map_group(rows, function, schema)

        return frame.groupBy(key).applyInArrow(over_group, schema)

    @staticmethod
    def columns(frame: Frame) -> Columns:
        """All rows, in this process."""
        return columns_of(frame.toArrow())

    @staticmethod
    def rows(frame: Frame) -> Iterator[Any]:
        """The rows, part by part; the frame should be one that is kept."""
        rows: Iterator[Any] = frame.toLocalIterator(prefetchPartitions=True)
        return rows


@contextmanager
def spark(master: str | None = None) -> Iterator[Spark]:
    """Spark on `master`: `local[*]` if it is None, or what `spark-submit` was told where that has started us.

    EngineError with slug `no-spark` or `no-java` where one is missing, ClusterError where Spark fails, UsageError where
    a path to read does not exist.
    """
    with session(master, _SETTINGS) as running:
        yield Spark(running)
