"""Locks on open files between processes, alike on Unix and on Windows. The operating system lets go of them when their
holder ends, however it ends."""
from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt

    _BEYOND = 1 << 40  # Windows forbids reading a locked byte, so one is locked that no file will ever reach

    def try_lock(file: int) -> bool:
        """Lock an open file (its descriptor) for this process alone; False if another one holds it."""
        os.lseek(file, _BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def unlock(file: int) -> None:
        """Let go of a file that try_lock gave."""
        os.lseek(file, _BEYOND, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(file: int) -> bool:
        """Lock an open file (its descriptor) for this process alone; False if another one holds it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(file: int) -> None:
        """Let go of a file that try_lock gave."""
        fcntl.flock(file, fcntl.LOCK_UN)
