"""What takes the time of a large scan, in C: each function beside a plain one in the room it belongs to.

The rooms' own functions say what is meant, run where nothing could be compiled, and are what tests hold these to.
`build` makes the library, `loading` gives its functions. Every other module stands before one C file: it makes room
for what comes out, and gives None where nothing is compiled. A C function takes addresses and sizes, frees all it
allocates, and trusts its caller: what arrays must be like is looked at in Python.
"""

from kejidiff.kernel.loading import is_compiled, without

__all__ = ["is_compiled", "without"]
