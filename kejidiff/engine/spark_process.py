"""A master's address -> Spark's session in a Java process of our own, which is gone when the work is over.

The process is a group of its own, so that an interrupt typed at a terminal reaches this one only. What it says goes to
a log in a scratch folder, with all else that it writes on this machine, and the folder is removed. On `local` masters
it has no page, and no address but that of the machine to itself.

Source. Spark's own `pyspark.java_gateway`, which starts the process in the same way and cannot be told to end it.
"""

import logging
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from kejidiff.errors import ClusterError, EngineError, KejidiffError, UsageError

#: The package that brings Java on Debian and Ubuntu; Spark 4 runs on 17 and later.
_JAVA_PACKAGE: Final = "openjdk-17-jre-headless"
_NEEDED: Final = ("pyspark", "pandas", "pyarrow")
#: Seconds between looks whether the process is up, which takes some three.
_PAUSE: Final = 0.05
#: Seconds in which a process that speaks to a cluster can take its leave; one that works here is killed at once.
_PATIENCE: Final = 0.5
#: What spark-submit tells a program that it starts, and we the library, about the process that is up already.
_PORT, _SECRET = "PYSPARK_GATEWAY_PORT", "PYSPARK_GATEWAY_SECRET"
#: Signals that end a run.
_ENDS: Final = (signal.SIGINT, signal.SIGTERM)
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
    if _PORT in os.environ:
        yield from _submitted(master, settings)
        return
    _check_java()
    scratch = Path(tempfile.mkdtemp(prefix="kejidiff-spark-"))
    try:
        yield from _started(master or "local[*]", settings, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def failure_of(error: Exception) -> KejidiffError | None:
    """One of Spark's failures as ours, by its kind: its words may quote a row. None for any other."""
    # py4j comes without types.
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    if isinstance(error, PySparkException):
        kind = str(error.getCondition() or type(error).__name__)
        told = error.getMessageParameters() or {}
        if kind == "PATH_NOT_FOUND":
            return UsageError(told.get("path", "PATH..."), "no such file or folder", "check it", slug="no-such-path")
        place = told.get("path", "")
    elif isinstance(error, Py4JError):
        kind, place = type(error).__name__, ""
    else:
        return None
    return ClusterError(place or "--engine spark", f"Spark failed: {kind}", "--debug says more")


def _check_python() -> None:
    from importlib.util import find_spec

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        message = f"Spark needs {' and '.join(missing)}"
        raise EngineError("--engine spark", message, "pip install 'kejidiff[spark]'", slug="no-spark")


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if shutil.which(Path(home, "bin", "java") if home else "java") is None:
        where = f"there is none in JAVA_HOME={home}" if home else "there is none"
        advice = f"apt-get install {_JAVA_PACKAGE}, or set JAVA_HOME"
        raise EngineError("--engine spark", f"Spark needs Java 17 or newer, and {where}", advice, slug="no-java")


def _submitted(master: str | None, settings: Mapping[str, str]) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    if master is not None:
        raise UsageError("--master", "spark-submit has been told it", "leave it out here")
    builder = SparkSession.builder
    for name, value in settings.items():
        builder = builder.config(name, value)
    running = builder.getOrCreate()
    try:
        yield running
    finally:
        running.stop()


def _started(master: str, settings: Mapping[str, str], scratch: Path) -> Iterator[Any]:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    options = {"spark.master": master, **settings}
    # The first: or the system keeps a file on the process in a folder of its own choice.
    java = [f"-Djava.io.tmpdir={scratch}", "-XX:-UsePerfData"]
    if master.startswith("local"):
        options |= _LOCAL | {"spark.local.dir": str(scratch), "spark.sql.warehouse.dir": str(scratch / "warehouse")}
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers'; no setting says it in every release
    options["spark.driver.extraJavaOptions"] = " ".join(java)
    process = _Process(options, scratch)
    handlers = {number: signal.getsignal(number) for number in _ENDS}
    try:
        _hush()
        gateway = process.gateway()
        conf = SparkConf(loadDefaults=True, _jvm=gateway.jvm)
        context = SparkContext(conf=conf, gateway=gateway)
        process.ends_by(handlers)
        counts: Any = context._accumulatorServer
        counts.handle_error = _say_nothing
        yield SparkSession(context)
        context.stop()
    except Exception as error:
        if process.ended is not None:  # what was waited for failed because the process is gone
            raise process.ended from None
        told = failure_of(error)
        if told is None:
            raise
        raise told from RuntimeError(str(error))  # its words now: they come from the Java process
    finally:
        _set(handlers)
        process.end(0.0 if master.startswith("local") else _PATIENCE)
        SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None
        SparkSession._instantiatedSession = None


def _hush() -> None:
    """What the library logs is told by exceptions, too; with no handler Python prints it on stderr."""
    if not logging.root.handlers:
        logging.root.addHandler(logging.NullHandler())


def _say_nothing(_request: Any, _address: Any) -> None:
    """In place of a traceback on stderr when the process ends while it speaks to us."""


def _set(handlers: Mapping[signal.Signals, Any]) -> None:
    with suppress(ValueError):  # in a thread, which has none
        for number, handler in handlers.items():
            if handler is not None:
                signal.signal(number, handler)


class _Process:
    """Spark's Java process: a group of its own, without our streams.

    ended   what a signal raised
    """

    ended: BaseException | None = None

    def __init__(self, options: Mapping[str, str], scratch: Path) -> None:
        from pyspark.find_spark_home import _find_spark_home

        self._told = scratch / "gateway"
        command = [str(Path(_find_spark_home(), "bin", "spark-submit"))]
        for name, value in options.items():
            command += ["--conf", f"{name}={value}"]
        variables = {**os.environ, "SPARK_CONNECT_MODE": "0", "_PYSPARK_DRIVER_CONN_INFO_PATH": str(self._told)}
        with (scratch / "log").open("wb") as log:
            # Its end of the pipe closes when this process dies, however it does, and then it ends, too.
            self._child = subprocess.Popen(
                [*command, "pyspark-shell"],
                stdin=subprocess.PIPE, stdout=log, stderr=log, env=variables, process_group=0,
            )  # fmt: skip

    def gateway(self) -> Any:
        """The library's connection to the process, when it is up."""
        from pyspark.java_gateway import launch_gateway

        while not self._told.exists():
            if self._child.poll() is not None:
                raise ClusterError("--engine spark", "Spark does not start", "is Java 17 or newer?")
            time.sleep(_PAUSE)
        told = self._told.read_bytes()
        port, length = struct.unpack(">ii", told[:8])
        os.environ[_PORT], os.environ[_SECRET] = str(port), told[8 : 8 + length].decode()
        try:
            # pyspark gives this one no types.
            return launch_gateway()  # type: ignore[no-untyped-call]
        finally:
            del os.environ[_PORT], os.environ[_SECRET]

    def ends_by(self, handlers: Mapping[signal.Signals, Any]) -> None:
        """Let signals kill the process before their handlers are called: a wait for its answer, of which the library
        has some that no exception ends, is over then, and Spark's own handler would wait for its tasks."""

        def kill(number: int, frame: Any) -> None:
            self._send(signal.SIGKILL)
            try:
                handlers[signal.Signals(number)](number, frame)
            except BaseException as ended:
                self.ended = ended
                raise

        _set({number: kill if callable(handler) else handler for number, handler in handlers.items()})

    def end(self, patience: float) -> None:
        """Tell the process to end, and kill it if it takes longer; its workers end when it does."""
        self._send(signal.SIGTERM)
        try:
            self._child.wait(patience)
        except subprocess.TimeoutExpired:
            self._send(signal.SIGKILL)
            self._child.wait()
        if self._child.stdin is not None:
            self._child.stdin.close()

    def _send(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, number)
