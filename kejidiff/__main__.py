"""`python -m kejidiff` -> the command line's exit code."""

import sys

from kejidiff.cli import main

if __name__ == "__main__":
    sys.exit(main())
