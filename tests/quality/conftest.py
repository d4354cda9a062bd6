"""The measurement stands beside the project's package and not in it: its folder is made known here."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
