"""The page in a browser: the style sheet applies under the page's own policy, and nothing breaks that policy."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from large_result import large
from made_result import hostile
from sample_result import sample

from kejidiff.model import ScanResult
from kejidiff.view.html import report
from kejidiff.view.html.bulk import bulk_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

#: Headless, with a profile of its own, nothing fetched in the background.
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-logging=stderr", "--window-size=1280,1000",
)  # fmt: skip


def opened(html: str, folder: Path) -> tuple[str, str]:
    """(the document as the browser understood it, what it logged)"""
    page = folder / "report.html"
    page.write_text(html, encoding="utf-8")
    done = subprocess.run(
        [str(CHROMIUM), *OPTIONS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True, encoding="utf-8", errors="replace", timeout=60, check=False,
    )  # fmt: skip
    if not done.stdout:
        pytest.skip("Chromium does not start here")
    return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)


def of_any(scan: ScanResult) -> str:
    return report(scan, lang="zh")


def of_large(scan: ScanResult) -> str:
    return bulk_report(large(scan), lang="zh")


@pytest.mark.parametrize("page", [of_any, of_large])
@pytest.mark.parametrize("made", [sample, hostile])
def test_a_browser_has_nothing_to_complain_of(
    made: "type[ScanResult]", page: Callable[[ScanResult], str], tmp_path: Path
) -> None:
    """No message on the console, and the browser's document has the structure that was written."""
    html = page(made())
    dom, console = opened(html, tmp_path)
    assert console == ""
    for tag in ("section", "article", "details", "tr", "i", "mark", "svg", "rect"):
        assert len(re.findall(f"<{tag}[ >]", dom)) == len(re.findall(f"<{tag}[ >]", html))


def test_the_policy_holds(tmp_path: Path) -> None:
    """The same page with a script, a style attribute and a picture slipped in: the browser refuses each of them."""
    slipped = '<p style="color:red"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><script>x</script></main>'
    _, console = opened(report(sample(), lang="zh").replace("</main>", slipped), tmp_path)
    assert console.count("Content Security Policy") >= 3
