"""What is known of a file beside its text: title, place, unit, year, address, tags."""

from typing import NamedTuple


class Metadata(NamedTuple):
    """Given with `--meta` or in a sidecar file; empty where nobody said. `year` is as given, usually four digits."""

    title: str = ""
    place: str = ""
    unit: str = ""
    year: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
