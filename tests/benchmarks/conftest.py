"""The benchmarks stand beside the package and not in it: their folder is made known here."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
