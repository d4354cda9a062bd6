"""Archives too large for one machine -> what is found in them, by the kernels of a large scan on many."""
