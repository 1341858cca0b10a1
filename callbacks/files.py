"""Serves what a page needs besides Dash's own parts: Bootstrap's style, a room's broadcast, its products' pictures.
Nothing outside a room's folder is ever given out, and nothing is fetched from anywhere."""
from __future__ import annotations

import gzip
from pathlib import Path

import flask_bootstrap
from flask import Flask, Response, abort, request, send_file
from werkzeug.security import safe_join

from layouts import addresses
from livedash.analysis.broadcast import so_far
from livedash.operate.evidence import FOLDER
from livedash.places import BROADCAST
from livedash.problems import Problem
from livedash.rooms import Rooms

BOOTSTRAP = "/vendor/bootstrap.css"

WORTH_PACKING = 2000
"""Bytes; what is smaller goes as it is."""

VIDEO = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".ts": "video/mp2t",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
}
FROZEN = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""The policy of files that strangers may have made: opened by themselves they run nothing."""


def serve(server: Flask, rooms: Rooms) -> None:
    """Add the routes."""

    @server.get(BOOTSTRAP)
    def bootstrap() -> Response:
        style = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
        return send_file(style, mimetype="text/css", max_age=86400)

    @server.get("/media/<room>/<path:path>")
    def media(room: str, path: str) -> Response:
        file, kind = inside(_folder(rooms, room) / BROADCAST, path, VIDEO)
        is_playlist = file.suffix.lower() == ".m3u8"
        if is_playlist and addresses.SO_FAR in request.args:
            answer = Response(so_far(file), mimetype=kind)
        else:
            answer = send_file(file, mimetype=kind, conditional=True, max_age=3600)
        if is_playlist:
            answer.headers["Cache-Control"] = "no-cache"
        answer.headers["Content-Security-Policy"] = FROZEN
        return answer

    @server.get("/images/<room>/<path:path>")
    def images(room: str, path: str) -> Response:
        folder = _folder(rooms, room)
        file, kind = inside(folder, path, PICTURES)
        if file.relative_to(folder.resolve()).parts[0].casefold() == FOLDER:
            abort(404)  # evidence is given out as downloads that nobody keeps, and in no other way
        answer = send_file(file, mimetype=kind, conditional=True, max_age=3600)
        answer.headers["Content-Security-Policy"] = FROZEN
        return answer


def compress(server: Flask) -> None:
    """Send answers to callbacks compressed, where that is worth it and the browser takes it."""

    @server.after_request
    def pack(response: Response) -> Response:
        size = response.content_length or 0
        fits = response.mimetype == "application/json" and response.status_code == 200 and size > WORTH_PACKING
        if fits and request.accept_encodings["gzip"] and "Content-Encoding" not in response.headers:
            response.set_data(gzip.compress(response.get_data(), compresslevel=5, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
            response.headers.add("Vary", "Accept-Encoding")
        return response


def inside(folder: Path, path: str, kinds: dict[str, str]) -> tuple[Path, str]:
    """The file of that path under the folder and its media type; 404 for anything else, links that lead out
    included."""
    joined = None if "\0" in path or "\\" in path else safe_join(str(folder), path)
    kind = kinds.get(Path(path).suffix.lower())
    if joined is None or kind is None:
        abort(404)
    try:
        file, root = Path(joined).resolve(), folder.resolve()
    except OSError:
        abort(404)
    if not file.is_relative_to(root) or not file.is_file():
        abort(404)
    return file, kind


def _folder(rooms: Rooms, room: str) -> Path:
    try:
        return rooms.folder(room)
    except Problem:
        abort(404)
