"""A master's address -> Spark's session in a Java process of our own, which is gone when the work is over.

The process belongs to no terminal, so that an interrupt reaches this one only; what it says goes to a log in the
scratch folder, with all else that it writes on this machine, and the folder is removed. On `local` masters it has no
page and no address but that of the machine to itself.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from kejidiff.errors import ClusterError, EngineError

#: The package that brings Java on Debian and Ubuntu; Spark 4 runs on 17 and later.
_JAVA_PACKAGE: Final = "openjdk-17-jre-headless"
_NEEDED: Final = ("pyspark", "pandas", "pyarrow")
#: Seconds in which a Java process told to end has removed its files; then it is killed.
_PATIENCE: Final = 0.6
#: Where Spark works on this machine alone.
_LOCAL: Final = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
}


@contextmanager
def session(master: str | None, settings: Mapping[str, str]) -> Iterator[Any]:
    """A `SparkSession` on `master` (`local[*]` if None), or in the process that `spark-submit` has started for us.

    EngineError where pyspark or Java is missing, ClusterError where Spark does not start.
    """
    _check_python()
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        yield from _submitted(settings)
        return
    _check_java()
    scratch = tempfile.mkdtemp(prefix="kejidiff-spark-")
    try:
        yield from _started(master or "local[*]", settings, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _check_python() -> None:
    from importlib.util import find_spec

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        message = f"Spark needs {' and '.join(missing)}"
        raise EngineError("--engine spark", message, "pip install 'kejidiff[spark]'", slug="no-spark")


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if shutil.which(Path(home, "bin", "java") if home else "java") is None:
        where = f"none at JAVA_HOME={home}" if home else "there is none"
        advice = f"apt-get install {_JAVA_PACKAGE}, or set JAVA_HOME"
        raise EngineError("--engine spark", f"Spark needs Java 17 or newer, and {where}", advice, slug="no-java")


def _submitted(settings: Mapping[str, str]) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    for name, value in settings.items():
        builder = builder.config(name, value)
    running = builder.getOrCreate()
    try:
        yield running
    finally:
        running.stop()


def _started(master: str, settings: Mapping[str, str], scratch: str) -> Iterator[Any]:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    conf = SparkConf(loadDefaults=False).setMaster(master).setAll(list(settings.items()))
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers' Python; no setting says it here
        conf.setAll([*_LOCAL.items(), ("spark.local.dir", scratch)])
        conf.set("spark.driver.extraJavaOptions", f"-Djava.io.tmpdir={scratch}")
        conf.set("spark.sql.warehouse.dir", str(Path(scratch, "warehouse")))
    process = _Process(conf, scratch)
    try:
        context = SparkContext(conf=conf, gateway=process.gateway)
        process.undo_handler()
        yield SparkSession(context)
        context.stop()
    finally:
        process.end()
        SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None
        SparkSession._instantiatedSession = SparkSession._activeSession = None


class _Process:
    """Spark's Java process: a group of its own, without our streams."""

    def __init__(self, conf: Any, scratch: str) -> None:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.java_gateway import launch_gateway

        self._handler = signal.getsignal(signal.SIGINT)
        with (Path(scratch) / "log").open("wb") as log:
            try:
                how = {"stdout": log, "stderr": log, "start_new_session": True}
                self.gateway = launch_gateway(conf, how)  # type: ignore[no-untyped-call]
            except PySparkRuntimeError as error:
                raise ClusterError("--engine spark", "Spark does not start", "is Java 17 or newer?") from error
        self._child: subprocess.Popen[bytes] = self.gateway.proc

    def undo_handler(self) -> None:
        """Let an interrupt end the work at once again: Spark's own answer waits for its tasks."""
        with suppress(ValueError):  # no main thread, where neither set one
            signal.signal(signal.SIGINT, self._handler)

    def end(self) -> None:
        """Tell the process to end, and kill it if it takes its time; its workers end when it does."""
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGTERM)
        try:
            self._child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
        if self._child.stdin is not None:
            self._child.stdin.close()
