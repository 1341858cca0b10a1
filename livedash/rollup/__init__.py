"""Events to counters: tables on disk, the ingester that fills them, and the rollup that is read from them.
Knows no metric and no screen."""
from livedash.rollup.read import from_folder

__all__ = ["from_folder"]
