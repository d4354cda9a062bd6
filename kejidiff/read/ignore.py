"""`.kejidiffignore` -> whether a path below the folder it lies in is to be passed over.

One shell pattern a line (`*`, `?`, `[...]`); blank lines and lines beginning with `#` count for nothing. A pattern
without `/` is held against every name, one with `/` against the path from the folder down; a final `/` restricts it
to folders. Case counts. What is passed over with a folder cannot be called back: `!` has no meaning. Patterns of more
than 1,000 characters count for nothing either.

Source. The syntax is git's, without `!` and `**`; `*` also matches `/`, as fnmatch has it.
"""

import fnmatch
import os
import re
import stat
from pathlib import Path
from typing import Final, NamedTuple

NAME: Final = ".kejidiffignore"

#: More than anyone writes by hand; a file that large is a mistake, and its first part is as good as the whole.
LIMIT: Final = 1 << 16

#: Characters of a pattern; a longer one counts for nothing. Translating a thousand `[` takes fnmatch 50 ms, and four
#: times that for twice as many: a file of nothing else would keep a scan waiting for hours.
LONGEST: Final = 1000


class Ignored(NamedTuple):
    """Compiled patterns: held against names, against paths, and both again for folders only."""

    names: tuple[re.Pattern[str], ...] = ()
    paths: tuple[re.Pattern[str], ...] = ()
    folder_names: tuple[re.Pattern[str], ...] = ()
    folder_paths: tuple[re.Pattern[str], ...] = ()

    def covers(self, path: str, *, folder: bool) -> bool:
        """True where a pattern matches; `path` is relative, with `/`, and lies in no folder that is passed over."""
        name = path.rpartition("/")[2]
        if any(pattern.match(name) for pattern in self.names) or any(pattern.match(path) for pattern in self.paths):
            return True
        return folder and (
            any(pattern.match(name) for pattern in self.folder_names)
            or any(pattern.match(path) for pattern in self.folder_paths)
        )


def parse(content: str) -> Ignored:
    """The patterns of a file's content."""
    kinds: dict[tuple[bool, bool], list[re.Pattern[str]]] = {
        (folder, anchored): [] for folder in (False, True) for anchored in (False, True)
    }
    for line in content.splitlines():
        pattern = line.strip()
        if not pattern.strip("/") or pattern.startswith("#") or len(pattern) > LONGEST:
            continue
        bare = pattern.rstrip("/")
        kinds[bare != pattern, "/" in bare].append(re.compile(fnmatch.translate(bare.lstrip("/"))))
    return Ignored(*(tuple(kinds[kind]) for kind in ((False, False), (False, True), (True, False), (True, True))))


def patterns_in(folder: str) -> Ignored:
    """The patterns a folder brings along, none if it has no such file; raises OSError where it cannot be read.

    Only a regular file counts: a pipe of that name would keep the scan waiting.
    """
    path = Path(folder, NAME)
    try:
        regular = stat.S_ISREG(path.lstat().st_mode)
    except OSError:  # not there, or the folder cannot be entered, which its listing will tell
        return Ignored()
    if not regular:
        return Ignored()
    with path.open("rb") as file:
        return parse(os.fsdecode(file.read(LIMIT).removeprefix(b"\xef\xbb\xbf")))
