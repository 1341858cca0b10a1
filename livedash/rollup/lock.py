"""One ingester per data directory: a lock file that names its holder. The operating system holds the lock itself, so
that a killed ingester's is free at once."""
from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from livedash.log.lock import try_lock, unlock
from livedash.problems import Problem


@contextlib.contextmanager
def only_one(
    path: Path,
    code: str = "ingester-running",
    sentence: str = "Another ingester already reads this data directory ({who}). Stop it first, or let it do the work.",
) -> Iterator[None]:
    """Hold the lock while the block runs. Raises Problem(code, sentence) that names the holder as {who}."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+b") as file:
        if not try_lock(file.fileno()):
            holder = path.with_suffix(".holder")
            who = holder.read_text() if holder.exists() else "unknown"
            raise Problem(code, sentence, who=who)
        holder = path.with_suffix(".holder")
        holder.write_text(f"process {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S %z')}")
        try:
            yield
        finally:
            holder.unlink(missing_ok=True)
            unlock(file.fileno())
