"""Answers what there is to watch of a LIVE: the stream or the recording in the room's `broadcast` folder. It looks
at names and at the playlist's text, opens no picture, and tells an address on another host but never follows it."""
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from livedash.rollup.room import RoomHeader

FOLDER = "broadcast"
STREAMS, RECORDINGS = (".m3u8",), (".mp4", ".webm")
LONGEST_PLAYLIST = 4 * 1024 * 1024

_ENDED = re.compile(r"^#EXT-X-ENDLIST", re.MULTILINE)
_CLOCK = re.compile(r"^#EXT-X-PROGRAM-DATE-TIME:(\S+)", re.MULTILINE)
_LEADS_TO_LISTS = re.compile(r"^#EXT-X-STREAM-INF:.*\n(?!#)(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """kind: "stream" (HLS), "recording" or "none"; file: its name in the room's broadcast folder; growing: whether the
    stream goes on; starts_at: epoch ms of its first picture, by its own clock or else by the LIVE's start, None if
    neither is known; live_from: epoch ms of the LIVE's start, from which its elapsed time is told; elsewhere: where the
    room says that it can be watched, a web address on another host."""

    kind: str
    file: str | None = None
    growing: bool = False
    starts_at: int | None = None
    live_from: int | None = None
    elsewhere: str | None = None


def broadcast(room: Path, header: RoomHeader) -> Broadcast:
    """What can be watched of the room: a playlist before a recording, the first by name of several, "index" before all.
    A folder or a playlist that cannot be read is nothing to watch."""
    nothing = Broadcast("none", live_from=header.started_at, elsewhere=_elsewhere(header.broadcast_url))
    files = _files(room / FOLDER)
    for file in files:
        if file.suffix.lower() in STREAMS:
            text = _playlist(file)
            growing = not _ENDED.search(text) and header.state != "ended"
            starts_at = _first_picture(text) or header.started_at
            return replace(nothing, kind="stream", file=file.name, growing=growing, starts_at=starts_at)
    for file in files:
        if file.suffix.lower() in RECORDINGS:
            return replace(nothing, kind="recording", file=file.name, starts_at=header.started_at)
    return nothing


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
    if leads and re.fullmatch(r"[\w.-]+", leads[1]):
        return _text(file.with_name(leads[1]))
    return text


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(LONGEST_PLAYLIST).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""


def _first_picture(playlist: str) -> int | None:
    told = _CLOCK.search(playlist)
    if not told:
        return None
    try:
        moment = datetime.fromisoformat(told[1])
    except ValueError:
        return None
    return round(moment.timestamp() * 1000) if moment.tzinfo else None


def _elsewhere(address: str | None) -> str | None:
    """The address if it leads to another host by the web; a path within the room is what the folder already shows."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None
