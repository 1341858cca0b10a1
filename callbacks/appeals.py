"""Takes appeals with their evidence, and gives evidence back as downloads. Files travel through a route of their own
with a limit of its own; what is kept is decided by livedash.operate, and nothing outside a room's evidence is given
out."""
from __future__ import annotations

from typing import Any, cast

from flask import Flask, Response, abort, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge

from callbacks import reader
from callbacks.acting import of_now
from callbacks.files import FROZEN, inside
from callbacks.parts.violation_cards import standing
from livedash.operate.appeals import submit
from livedash.operate.evidence import FOLDER, KINDS, LARGEST, MOST_FILES, File, folder_name
from livedash.problems import Problem
from livedash.rooms import Rooms
from livedash.view import View

LARGEST_APPEAL = MOST_FILES * LARGEST + 256 * 1024
"""Bytes of an appeal with all that belongs to it."""
LONGEST_REF = 64 * 1024
TYPES = {ending: media_type for ending, (media_type, _) in KINDS.items()}


def serve(server: Flask, rooms: Rooms) -> None:
    """Add the routes. Requests of other sites are refused before they come here (callbacks/safety.py)."""

    @server.post("/appeals/<room>")
    def appeal(room: str) -> tuple[dict[str, Any], int]:
        request.max_content_length = LARGEST_APPEAL
        words = reader.words()
        try:
            return taken(rooms, room)
        except RequestEntityTooLarge:
            said = words("The files are too large together: {most} MB at most.", most=LARGEST_APPEAL // 1024 // 1024)
            return {"code": "appeal-large", "said": said}, 413
        except Problem as problem:
            return {"code": problem.code, "said": words.sentence(problem.sentence)}, 400

    @server.get("/evidence/<room>/<name>")
    def evidence(room: str, name: str) -> Response:
        try:
            folder = rooms.folder(room)
        except Problem:
            abort(404)
        ref = request.args.get("violation", "")[:LONGEST_REF]
        file, media_type = inside(folder / FOLDER / folder_name(ref), name, TYPES)
        answer = send_file(file, mimetype=media_type, as_attachment=True, download_name=file.name, max_age=0)
        answer.headers["Content-Security-Policy"] = FROZEN
        answer.headers["Cache-Control"] = "no-store"
        return answer


def taken(rooms: Rooms, room: str) -> tuple[dict[str, Any], int]:
    """Submit the appeal that the request holds. Raises Problem, RequestEntityTooLarge."""
    folder = rooms.folder(room)
    form = request.form
    of_now(View(room, 0, as_of=0 if form.get("as_of") else None))  # whichever moment it is: not now
    ref = form.get("violation", "")
    files = [
        File(file.filename, cast(Any, file.stream)) for file in request.files.getlist("evidence") if file.filename
    ]
    known = standing(rooms, room, ref)
    written = submit(folder, ref, form.get("reason", ""), form.get("text", ""), files, known, reader.name())
    words = reader.words()
    if not written:
        return {"before": True, "said": words("This appeal was submitted before: nothing was sent again.")}, 200
    return {"before": False, "said": words("The appeal is recorded.")}, 200
