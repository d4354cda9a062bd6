"""ScanResult -> text for a terminal: the page after a scan, two documents side by side, errors, progress.

The only room that knows rich, and it imports rich only to paint (`paint`) and to show progress (`progress`).
"""

from kejidiff.view.terminal.check import render_check
from kejidiff.view.terminal.errors import render_error
from kejidiff.view.terminal.progress import progress
from kejidiff.view.terminal.scan import render_scan
from kejidiff.view.terminal.show import render_show

__all__ = ["progress", "render_check", "render_error", "render_scan", "render_show"]
