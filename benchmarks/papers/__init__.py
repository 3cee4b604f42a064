"""A labelled corpus of invented papers, made anew from a seed, for `benchmarks/reading.py`."""
