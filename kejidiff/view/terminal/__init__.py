"""ScanResult -> text for a terminal: the page after a scan, two documents side by side, errors, progress.

The only room that knows rich, and it imports rich only to paint (`paint`) and to show progress (`progress`). Each page
is a module of its own (`scan`, `show`, `check`, …): nobody who prints one loads what another needs.
"""
