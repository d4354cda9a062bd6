"""Display paths: as short as told, and no two alike."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kejidiff.read.naming import display_paths

PARTS = st.lists(st.sampled_from("ab"), min_size=1, max_size=4).map(lambda names: ("/", *names))


def test_what_differs_stays_short() -> None:
    """A name of its own needs no folder before it; what lies under a scanned folder shows the way from there."""
    assert display_paths({("/", "in", "a.txt"): 1, ("/", "in", "sub", "b.txt"): 2}) == {
        ("/", "in", "a.txt"): "a.txt",
        ("/", "in", "sub", "b.txt"): "sub/b.txt",
    }


def test_what_is_alike_grows_until_it_differs() -> None:
    """Both of two alike show more, also when the name they grow into is a third one's."""
    names = display_paths({("/", "x", "p", "a"): 1, ("/", "y", "p", "a"): 1, ("/", "z", "p", "a"): 2})
    assert names == {("/", "x", "p", "a"): "x/p/a", ("/", "y", "p", "a"): "y/p/a", ("/", "z", "p", "a"): "z/p/a"}


def test_a_whole_path_is_the_last_resort() -> None:
    """One path can be the tail of another: the shorter then shows that it begins at the root."""
    names = display_paths({("/", "a"): 1, ("/", "b", "a"): 1, ("-",): 1})
    assert names == {("/", "a"): "/a", ("/", "b", "a"): "b/a", ("-",): "-"}


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(PARTS, unique=True, max_size=12), st.integers(1, 3))
def test_names_are_unique_and_independent_of_order(places: list[tuple[str, ...]], shown: int) -> None:
    """Different files never share a name, every name is a tail of its path, and order plays no part."""
    counts = {parts: min(shown, len(parts)) for parts in places}
    names = display_paths(counts)
    assert len(set(names.values())) == len(places)
    assert names == display_paths(dict(reversed(counts.items())))
    for parts, name in names.items():
        whole = "/" + "/".join(parts[1:])
        assert whole == name or whole.endswith("/" + name)
        assert name.count("/") >= counts[parts] - 1
