"""`listening_scan.py TEXTS ARGUMENTS...` -> what `kejidiff ARGUMENTS...` does, and the texts it compared in TEXTS.

Nothing is changed but that the result is also written down on its way from the scan to the views.
"""

import json
import sys
from pathlib import Path

import kejidiff.cli
import kejidiff.pipeline.scan as pipeline
from kejidiff.model import ScanResult, SourceText


def _write(result: ScanResult, target: Path) -> None:
    texts = {
        file.path: {"text": file.text, "marked": [[*mark.span, mark.reason] for mark in file.marked]}
        for file in result.files
        if isinstance(file, SourceText)
    }
    target.write_text(json.dumps(texts), encoding="ascii")


def main() -> int:
    target, arguments = Path(sys.argv[1]), sys.argv[2:]
    real = pipeline.scan

    def listening(*given: object, **named: object) -> ScanResult:
        result = real(*given, **named)  # type: ignore[arg-type]
        _write(result, target)
        return result

    pipeline.scan = listening
    return kejidiff.cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
