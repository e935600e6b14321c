"""Measures of speed against other ways to do the same: `python -m tests.benchmarks`, or `make bench`."""
