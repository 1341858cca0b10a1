"""Measures livedash against what an analyst would reach for instead, on one made log, in one run.
Nothing here gates a change: the figures are ratios on a shared machine, written to RESULTS.md by `make bench`."""
