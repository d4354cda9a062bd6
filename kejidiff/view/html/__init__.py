"""ScanResult -> report.html: one page that needs no network, no script and no second file. markupsafe's one door."""

from kejidiff.view.html.page import pair_page, report

__all__ = ["pair_page", "report"]
