"""The picture of a simulated LIVE: an HLS playlist made of the few short clips in data/demo/broadcast, the product
pinned at each moment being the one on show. Clips are named again and again, never copied for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from livedash.sources.catalogue import DEMO
from livedash.sources.script import DURATION, SECOND, Plan

SEGMENT_SECONDS, CLIP_SECONDS = 5, 20
HEADER, HOST, PAUSE = "header.mp4", "host", "pause"
PLAYLIST = "playlist.m3u8"


def segment_name(clip: str, part: int) -> str:
    """The file of one segment of a clip."""
    return f"{clip}-{part}.m4s"


def furnish(room: Path) -> None:
    """Put the files that a simulated LIVE shows into its room: clips and product pictures. Linked where that works."""
    for folder, pattern in (("broadcast", "*.m*"), ("products", "*.svg")):
        (room / folder).mkdir(parents=True, exist_ok=True)
        for source in sorted((DEMO / folder).glob(pattern)):
            _link(source, room / folder / source.name)


def playlist(plan: Plan, until: int) -> str:
    """The playlist as it stands at a moment (ms from the start): all whole segments so far, closed once the LIVE is
    over.

    Growing and never sliding, so that second n of the ended broadcast is second n of the LIVE. Each clip begins at time
    0 in its file, hence the discontinuities; the date at each of them ties picture and clock together."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{SEGMENT_SECONDS}", "#EXT-X-MEDIA-SEQUENCE:0"]
    lines += ["#EXT-X-PLAYLIST-TYPE:EVENT", f'#EXT-X-MAP:URI="{HEADER}"']
    for number, (clip, part) in enumerate(_segments(plan)):
        start = number * SEGMENT_SECONDS * SECOND
        if start + SEGMENT_SECONDS * SECOND > until:
            break
        if part == 0:
            lines += ["#EXT-X-DISCONTINUITY"] if number else []
            lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{plan.moment(start)}")
        lines += [f"#EXTINF:{SEGMENT_SECONDS:.3f},", segment_name(clip, part)]
    if until >= DURATION:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join(lines) + "\n"


class Broadcast:
    """Keeps the playlist of one room up to the moment; a segment is released when it is over."""

    def __init__(self, room: Path, plan: Plan) -> None:
        self._path, self._plan, self._released = room / "broadcast" / PLAYLIST, plan, -1

    def advance(self, until: int) -> bool:
        """Release what is due, by atomic rename, so that a player never reads half a list; says whether that went
        well."""
        due = min(until, DURATION) // (SEGMENT_SECONDS * SECOND)
        if due == self._released:
            return True
        fresh = self._path.with_suffix(".new")
        fresh.write_text(playlist(self._plan, until), encoding="utf-8", newline="\n")
        try:
            os.replace(fresh, self._path)
        except PermissionError:  # Windows, while a player reads it: the next time will do
            return False
        self._released = due
        return True


def _segments(plan: Plan) -> Iterator[tuple[str, int]]:
    """Clip and part of each segment of the whole LIVE: a clip goes round until another is due, which begins at its
    start."""
    clip, part = "", 0
    for number in range(DURATION // SECOND // SEGMENT_SECONDS):
        due = _on_show(plan, number * SEGMENT_SECONDS * SECOND)
        clip, part = due, (part + 1) % (CLIP_SECONDS // SEGMENT_SECONDS) if due == clip else 0
        yield clip, part


def _on_show(plan: Plan, ms: int) -> str:
    if plan.pause.holds(ms):
        return PAUSE
    product = plan.pinned(ms)
    return HOST if product is None else plan.products[product].skus[0].sku_id


def _link(source: Path, target: Path) -> None:
    if target.exists():
        return
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)
