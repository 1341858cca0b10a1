"""Answers what there is to watch of a LIVE: the stream or the recording in the room's `broadcast` folder, and which
moment of the LIVE each picture shows. It looks at names and at the playlist's text, opens no picture, and tells an
address on another host but never follows it."""
from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from livedash.places import BROADCAST, CLOCK
from livedash.rollup.room import RoomHeader, moment

STREAMS, RECORDINGS = (".m3u8",), (".mp4", ".webm")
LONGEST_PLAYLIST = 4 * 1024 * 1024

CLOCK_JUMP_MS = 500
"""What a playlist's clock may drift from the lengths of its segments before that counts as a cut."""

_ENDED = re.compile(r"^#EXT-X-ENDLIST", re.MULTILINE)
_TIMING = re.compile(
    r"^(?:#EXT-X-PROGRAM-DATE-TIME:(\S+)|#EXTINF:(\d{1,6}(?:\.\d+)?)|([^#\s].*))", re.MULTILINE
)
"""What tells times in a playlist: the clock at the next segment and its length, in either order; and the segment."""
_LEADS_TO_LISTS = re.compile(r"^#EXT-X-STREAM-INF:.*\n(?!#)(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """kind: "stream" (HLS), "recording" or "none"; file: its name in the room's broadcast folder; growing: whether the
    stream goes on; starts_at: epoch ms of its first picture, by its own clock, else by what a person said, else by the
    LIVE's start, None if none is known; live_from: epoch ms of the LIVE's start, from which its elapsed time is told;
    elsewhere: where the room says that it can be watched, a web address on another host; path: the same as a path on
    this host; jumps: where the picture's clock does not go on evenly (seconds of the picture, epoch ms that it shows
    from there on); tied: what ties picture and clock together, "clock" (its own), "person" or "start"."""

    kind: str
    file: str | None = None
    growing: bool = False
    starts_at: int | None = None
    live_from: int | None = None
    elsewhere: str | None = None
    path: str | None = None
    jumps: tuple[tuple[float, int], ...] = ()
    tied: str = "start"


def broadcast(room: Path, header: RoomHeader) -> Broadcast:
    """What can be watched of the room: a playlist before a recording, the first by name of several, "index" before all;
    the file that the room's own address names before these. A folder or a playlist that cannot be read is nothing to
    watch."""
    address = header.broadcast_url
    nothing = Broadcast("none", live_from=header.started_at, elsewhere=_elsewhere(address))
    files = _files(room / BROADCAST)
    named = [file for file in files if address in (file.name, f"{BROADCAST}/{file.name}")]
    for file in named + files:
        if file.suffix.lower() in STREAMS:
            text = _playlist(file)
            ties = _ties(text)
            growing = not _ENDED.search(text) and header.state != "ended"
            told = replace(nothing, kind="stream", file=file.name, growing=growing)
            if ties:
                return replace(told, starts_at=ties[0][1], jumps=ties[1:], tied="clock")
            return _tied(told, room, file.name, header)
    for file in named + files:
        if file.suffix.lower() in RECORDINGS:
            return _tied(replace(nothing, kind="recording", file=file.name), room, file.name, header)
    path = _path(address)
    if path is not None:
        kind = "stream" if path.lower().endswith(STREAMS) else "recording"
        growing = kind == "stream" and header.state != "ended"
        return replace(nothing, kind=kind, path=path, growing=growing, starts_at=header.started_at)
    return nothing


def so_far(file: Path) -> str:
    """A running stream's playlist, closed where it stands: browsers seek only in what has an end."""
    text = _playlist(file)
    return text if _ENDED.search(text) else f"{text.rstrip()}\n#EXT-X-ENDLIST\n"


def _tied(told: Broadcast, room: Path, name: str, header: RoomHeader) -> Broadcast:
    """With the first picture's time as a person said it, else as if it began with the LIVE."""
    try:
        said = json.loads((room / BROADCAST / CLOCK).read_bytes())[name]
    except (OSError, ValueError, KeyError, TypeError):
        said = None
    starts_at = moment(said)
    if starts_at is not None:
        return replace(told, starts_at=starts_at, tied="person")
    return replace(told, starts_at=header.started_at)


def _files(folder: Path) -> list[Path]:
    try:
        files = [file for file in folder.iterdir() if not file.name.startswith(".") and file.is_file()]
    except OSError:
        return []
    return sorted(files, key=lambda file: (file.stem.lower() not in ("index", "master"), file.name))


def _playlist(file: Path) -> str:
    """The playlist's text; of a list of lists, that of the first one it names: that one has the segments."""
    text = _text(file)
    leads = _LEADS_TO_LISTS.search(text)
    if leads is None or not re.fullmatch(r"[\w.-]+", leads[1]):
        return text
    other = file.with_name(leads[1])
    stays = other.suffix.lower() in STREAMS and other.resolve().is_relative_to(file.parent.resolve())
    return _text(other) if stays else text


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(LONGEST_PLAYLIST).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""


def _ties(playlist: str) -> tuple[tuple[float, int], ...]:
    """The pictures (in seconds of the stream) whose time the playlist tells, with that time in epoch ms: the first, and
    those at which the clock does not go on evenly. What was before the first told time is counted back from it."""
    ties: list[tuple[float, int]] = []
    begins, length = 0.0, 0.0
    for told, lasts, segment in _TIMING.findall(playlist):
        if segment:
            begins, length = begins + length, 0.0
        elif lasts:
            length = float(lasts)
        elif (ms := _moment(told)) is not None:
            if not ties:
                ties.append((0.0, ms - round(begins * 1000)))
            elif abs(ties[-1][1] + (begins - ties[-1][0]) * 1000 - ms) > CLOCK_JUMP_MS:
                ties.append((begins, ms))
    return tuple(ties)


def _moment(told: str) -> int | None:
    try:
        when = datetime.fromisoformat(told)
    except ValueError:
        return None
    return moment(round(when.timestamp() * 1000)) if when.tzinfo else None


def _path(address: str | None) -> str | None:
    """The address if it is a path on this host that leads to a picture."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    return address if re.fullmatch(r"[\w./%-]+", address) and address.lower().endswith(STREAMS + RECORDINGS) else None


def _elsewhere(address: str | None) -> str | None:
    """The address if it leads to another host by the web."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None
