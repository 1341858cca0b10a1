"""Ties a recording to the LIVE's clock: which moment its first picture shows, as a person says it, kept beside the
recording in the room's `broadcast` folder. It touches no log and no picture."""
from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from livedash.places import BROADCAST, CLOCK
from livedash.problems import Problem
from livedash.words import N_

WIDEST_MS = 366 * 24 * 3600 * 1000


def tie(room: Path, file: str, starts_at: int, near: int) -> None:
    """Keep that the first picture of the file shows starts_at (epoch ms); what was said of it before is replaced. near:
    a moment of the LIVE. Raises Problem: "picture-unknown", "picture-time", "clock-not-written"."""
    folder = room / BROADCAST
    if Path(file).name != file or not (folder / file).is_file():
        raise Problem("picture-unknown", N_("There is no picture {file} in this room any more."), file=file[:80])
    if abs(starts_at - near) > WIDEST_MS:
        raise Problem("picture-time", N_("That time is more than a year away from this LIVE. Type it again."))
    try:
        _write(folder / CLOCK, _said(folder / CLOCK) | {file: starts_at})
    except OSError as error:
        raise Problem(
            "clock-not-written",
            N_(
                "Nothing was written to {file}: {reason}. Free space on the disk, or allow writing there, and try "
                "again."
            ),
            file=f"{BROADCAST}/{CLOCK}",
            reason=error.strerror or str(error),
        ) from error


def _said(path: Path) -> dict[str, int]:
    """What was said so far; a file that is damaged says nothing."""
    try:
        said = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return {name: ms for name, ms in said.items() if isinstance(ms, int)} if isinstance(said, dict) else {}


def _write(path: Path, said: dict[str, int]) -> None:
    """Whole or not at all, whatever happens meanwhile."""
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{CLOCK}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(said, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(fresh, 0o644)
        os.replace(fresh, path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
