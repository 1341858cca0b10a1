"""Keeps the files that people asked to download: each in a folder whose name nobody can guess, in the cache, for an
hour. It writes none of them and gives out nothing else."""
from __future__ import annotations

import re
import secrets
import shutil
import time
from pathlib import Path

import diskcache
from dash import DiskcacheManager
from flask import Flask, Response, abort, send_file

from livedash.rooms import Rooms

KEPT_S = 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def serve(server: Flask, rooms: Rooms) -> None:
    """Add the route of the files, streamed and never kept by anybody on the way."""

    @server.get("/exports/<token>/<name>")
    def exported(token: str, name: str) -> Response:
        path = folder(rooms.cache_dir) / token / name
        known = TOKEN.fullmatch(token) and Path(name).name == name and path.suffix in KINDS
        if not known or path.is_symlink() or not path.is_file():
            abort(404)
        answer = send_file(path, mimetype=KINDS[path.suffix], as_attachment=True, download_name=name)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def place(cache: Path) -> tuple[str, Path]:
    """A new folder for one file, with its token; what is older than an hour goes."""
    kept = _own(folder(cache))
    for old in kept.iterdir():
        if time.time() - old.stat().st_mtime > KEPT_S:
            shutil.rmtree(old, ignore_errors=True)
    token = secrets.token_urlsafe(16)
    return token, _own(kept / token)


def folder(cache: Path) -> Path:
    return cache / "exports"


def manager(cache: Path) -> DiskcacheManager:
    """Runs jobs in processes of their own. What they tell lies where only this user can write: it is unpickled."""
    return DiskcacheManager(diskcache.Cache(str(_own(cache / "jobs"))))


def _own(path: Path) -> Path:
    """The directory, for this user alone."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path
