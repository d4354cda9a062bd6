"""All bad inputs, by kind: the folders a scan is set on."""

from functools import cache

import bad_archives
import bad_docx
import bad_evasion
import bad_files
import bad_html
import bad_office
import bad_packages
import bad_pdf
import bad_plain
from bad_input import BadInput

KINDS = {
    "plain": bad_plain.inputs,
    "evasion": bad_evasion.inputs,
    "docx": bad_docx.inputs,
    "packages": bad_packages.inputs,
    "office": bad_office.inputs,
    "pdf": bad_pdf.inputs,
    "html": bad_html.inputs,
    "archives": bad_archives.inputs,
    "files": bad_files.inputs,
}


@cache
def inputs_of(kind: str) -> tuple[BadInput, ...]:
    """Every input of one kind; names are unique within it."""
    found = tuple(KINDS[kind]())
    names = [one.name for one in found]
    assert len(set(names)) == len(names), sorted(name for name in names if names.count(name) > 1)
    return found
