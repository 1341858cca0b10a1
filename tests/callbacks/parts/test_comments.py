"""The wiring of the comments card: a choice asks for its own comments."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from callbacks.parts import comments as wiring
from layouts.parts import comments as part
from livedash.rollup import from_folder

ROOMS: Any = object()
SAID = ("so nice", "how much is it?")


@pytest.mark.parametrize(("chosen", "asked"), [("all", part.ALL), ("questions", part.QUESTIONS), (None, part.ALL)])
def test_the_choice_is_what_is_asked_for(chosen: Any, asked: str) -> None:
    assert wiring.question(chosen) == (wiring.chosen_conversation, asked)
    assert wiring.CHOICES["which"].component_id == part.FILTER


@pytest.mark.parametrize(("which", "texts"), [(part.ALL, SAID), (part.QUESTIONS, SAID[1:])])
def test_the_answer_holds_the_comments_of_the_choice(tmp_path: Path, which: str, texts: tuple[str, ...]) -> None:
    lines = [
        {"event_id": str(place), "ts": 1_795_435_800_000 + place, "type": "comment", "user_id": "mia", "text": text}
        for place, text in enumerate(SAID)
    ]
    (tmp_path / "events.ndjson").write_text("".join(json.dumps(line) + "\n" for line in lines))
    said, answer = wiring.chosen_conversation(from_folder(tmp_path), None, which)
    assert said == which and tuple(remark.text for remark in answer.remarks) == texts


def test_the_list_takes_in_what_came_in_the_browser() -> None:
    app = Dash()
    wiring.register(app, ROOMS)
    [takes] = app._callback_list
    assert [source["id"] for source in takes["inputs"]] == [part.REMARKS, part.NEW]
