"""A wheel that hatchling is about to make -> kernel.so in it, or beside its sources where only a link is installed.

hatchling runs this file by itself: the table `hooks.custom` of pyproject.toml names it.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import sys_tags


class KernelHook(BuildHookInterface[Any]):
    """Compiles; a machine without a compiler gets a wheel for every machine."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del version
        script = Path(self.root) / "kejidiff" / "kernel" / "build.py"
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
        if done.returncode:
            self.app.display_warning(f"no compiled kernels, large scans take longer: {done.stderr.strip()}")
            script.with_name("kernel.so").unlink(missing_ok=True)
            return
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{next(sys_tags()).platform}"
