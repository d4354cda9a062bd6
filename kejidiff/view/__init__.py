"""ScanResult -> what a person or a program reads: text for the terminal, pages, records, tables.

Views import only the nouns and this room's own pieces (`messages`, `visible`, `numbers`, `segments`, `labels`). They
measure nothing, change nothing in the text, and pass whatever a document or a file name holds through `visible`.
"""
