"""What a refresh says of the parts of a tab: a part that fails keeps its picture, and the others go on."""
from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from dash import Output, html, no_update

from callbacks import panel
from callbacks.answers import Failed
from callbacks.safety import Faults
from layouts.drawn import Drawn
from livedash.locale import Words
from livedash.view import View

VIEW, WORDS = View("autumn", 1), Words("en")
Values = dict[str, Any]


def part(name: str, show: Callable[..., Values]) -> Any:
    outputs = {"said": Drawn(f"{name}-said", "children"), "rows": Output(f"{name}-rows", "data")}
    return SimpleNamespace(part=SimpleNamespace(ROOT=name, OUTPUTS=outputs, show=show), CHOICES={})


def good(answer: Any, view: View, words: Words) -> Values:
    return {"said": html.B(answer), "rows": [answer]}


def broken(answer: Any, view: View, words: Words) -> Values:
    raise RuntimeError("broken")


def forgetful(answer: Any, view: View, words: Words) -> Values:
    return {"said": None}


def undrawable(answer: Any, view: View, words: Words) -> Values:
    return {"said": html.Button(id="pressed"), "rows": []}


@pytest.mark.parametrize(
    ("show", "answered"), [(broken, 7), (forgetful, 7), (undrawable, 7), (good, Failed(RuntimeError("broken")))]
)
def test_a_part_that_fails_keeps_its_picture_and_the_others_go_on(show: Callable[..., Values], answered: Any) -> None:
    parts = {"bad": part("bad", show), "fine": part("fine", good)}
    answers = {"bad": answered, "fine": 7}
    values = {
        name: panel.shown(one, answers[name], VIEW, WORDS, Faults(), anew=False) for name, one in parts.items()
    }
    said = panel.answer(parts, values)
    assert said["drawing"] == {"fine-said": {"children": [["b", {}, "7"]]}}
    assert said["parts"]["fine"] == {"rows": [7], "trouble": None, "no_trouble": True}
    bad = said["parts"]["bad"]
    assert bad["rows"] is no_update and bad["no_trouble"] is False and "Reference" in bad["trouble"]


def test_of_parts_that_were_not_asked_nothing_is_said() -> None:
    parts = {"one": part("one", good), "other": part("other", good)}
    said = panel.answer(parts, {"one": panel.shown(parts["one"], 7, VIEW, WORDS, Faults(), anew=False)})
    assert list(said["drawing"]) == ["one-said"]
    assert set(said["parts"]["other"].values()) == {no_update}
