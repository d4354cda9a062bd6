"""The C files beside this one -> kernel.so, where there is a C compiler; without one kejidiff works, more slowly.

Building or installing the package runs it (`wheel`), and so does `python kejidiff/kernel/build.py`. CC names a
compiler, CFLAGS what it is told besides.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent
LIBRARY: Final = FOLDER / "kernel.so"
#: No flag for this machine's own processor: a wheel is for others, too; what gains by wider registers says so itself.
#: Multiplying and adding stay two operations: joined, as on ARM, they round once, and plain functions round twice.
_FLAGS: Final = (
    "-std=gnu11", "-O3", "-fPIC", "-shared", "-fvisibility=hidden", "-ffp-contract=off", "-Wall", "-Wextra",
)  # fmt: skip


def build(target: Path = LIBRARY, flags: tuple[str, ...] = ()) -> str | None:
    """Compile; None where that was done, or why not."""
    compiler = os.environ.get("CC") or next(filter(shutil.which, ("cc", "gcc", "clang")), None)
    if compiler is None:
        return "no C compiler"
    temporary = target.with_name(target.name + ".part")
    sources = sorted(map(str, FOLDER.glob("*.c")))
    given = shlex.split(os.environ.get("CFLAGS", ""))
    try:
        done = subprocess.run(
            [*shlex.split(compiler), *_FLAGS, *given, *flags, *sources, "-o", str(temporary)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode == 0:
            temporary.replace(target)
            return None
        return done.stderr.strip() or f"{compiler} ended with {done.returncode}"
    except OSError as error:
        return str(error)
    finally:
        temporary.unlink(missing_ok=True)


if __name__ == "__main__":
    problem = build()
    print(problem or f"{LIBRARY} is built", file=sys.stderr if problem else sys.stdout)
    sys.exit(problem is not None)
