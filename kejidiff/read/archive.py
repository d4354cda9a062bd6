"""A zip archive -> its members as files: each with its bytes, or with the reason why it is not read.

What the archive was packed from is passed over as a folder's would be: hidden files, and what systems leave behind.
"""

import stat
import zipfile
from collections import Counter
from typing import Final

from kejidiff.read.containers import Container, written_name
from kejidiff.read.discover import passed_over
from kejidiff.read.extracted import Member, Members, UnparsableError

#: Where a Mac keeps what only a Mac needs.
_MAC: Final = "__MACOSX"


def members_of(container: Container, member_bytes: int, total_bytes: int) -> Members:
    """Every member but folders, by name; what comes when `total_bytes` are reached is not inflated any more."""
    named = sorted(((_path(written_name(member)), member) for member in container.members), key=lambda one: one[0])
    bearers = Counter(name for name, _ in named)
    found: list[Member] = []
    container.left = total_bytes
    for name, member in named:
        if bearers[name] > 1:
            twins = Member(name, reason="ambiguous-parts", message="several members of the archive bear this name")
            if not found or found[-1].name != name:
                found.append(twins)
            continue
        found.append(_member(container, name, member, member_bytes))
    if not found:
        raise UnparsableError("no-text", "an archive without a file in it")
    return Members(tuple(found))


def _path(name: str) -> str:
    """The name as a path below the archive, never out of it: `.`, `..` and empty parts count for nothing, as for unzip.

    Records carry it, and whoever reads them may make files of these names.
    """
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")) or "?"


def _member(container: Container, name: str, member: zipfile.ZipInfo, member_bytes: int) -> Member:
    reason, message = _not_wanted(name, member)
    if reason:
        return Member(name, reason=reason, message=message)
    try:
        if member.file_size > member_bytes:
            return Member(name, reason="too-large", message=_too_large(member_bytes))
        return Member(name, container.inflated(member, member_bytes))
    except UnparsableError as error:
        return Member(name, reason=error.reason, message=error.message)


def _not_wanted(name: str, member: zipfile.ZipInfo) -> tuple[str, str]:
    parts = name.split("/")
    if _MAC in parts:
        return "ignored", "left behind by another program"
    for number, part in enumerate(parts, start=1):
        if message := passed_over(part, number < len(parts)):
            return "ignored", message
    kind = stat.S_IFMT(member.external_attr >> 16)
    if stat.S_ISLNK(kind):
        return "symlink", "a link; links are not followed"
    if kind and not stat.S_ISREG(kind):
        return "special-file", "a pipe, a socket or a device"
    return "", ""


def _too_large(member_bytes: int) -> str:
    return f"at most {member_bytes:,} bytes of a file are read"
