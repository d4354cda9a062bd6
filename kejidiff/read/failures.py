"""An operating system's error -> the reason code and the words for it: a file that fails is data, not the scan's end.

Source. errno values of POSIX; `too-deep` stands for paths longer than the system takes (ENAMETOOLONG).
"""

import errno
from typing import Final

from kejidiff.errors import state_of
from kejidiff.model import Skipped

#: By errno: reason code and message. Every other error counts as `damaged`, with the system's words.
REASONS_BY_ERRNO: Final[dict[int, tuple[str, str]]] = {
    errno.EACCES: ("permission", "may not be read"),
    errno.EPERM: ("permission", "may not be read"),
    errno.ENOENT: ("vanished", "was there when the scan began, and is gone"),
    errno.ENOTDIR: ("vanished", "was there when the scan began, and is gone"),
    errno.ESTALE: ("vanished", "was there when the scan began, and is gone"),
    errno.ELOOP: ("symlink", "a link; links are not followed"),
    errno.ENAMETOOLONG: ("too-deep", "its path is longer than the system can open"),
    errno.ENXIO: ("special-file", "a socket or a device without data"),
    errno.ENOMEM: ("memory", "does not fit into memory"),
}


def skipped(path: str, reason: str, message: str, location: str) -> Skipped:
    """A `Skipped` whose state is that of its reason."""
    return Skipped(path, reason, message, state_of(reason), location)


def failure_of(error: OSError) -> tuple[str, str]:
    """Reason code and message of an error of the file system; the message names no path."""
    known = REASONS_BY_ERRNO.get(error.errno or 0)
    return known or ("damaged", f"could not be read: {error.strerror or 'unknown error'}")
