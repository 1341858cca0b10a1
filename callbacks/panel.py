"""What the refresh of every tab is made of: one question and one answer for all of its parts. It computes nothing; a
part that fails keeps its last good picture and says so, and the others go on."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from callbacks.answers import Failed, ask_all, words_for
from callbacks.safety import Faults
from layouts import shell
from layouts.drawn import Drawn, sent
from layouts.panel import drawing
from layouts.parts.states import trouble_id
from livedash.locale import Words
from livedash.problems import Problem
from livedash.rooms import Rooms
from livedash.view import View


class Part(Protocol):
    """A module of callbacks.parts. part: its layout; CHOICES: what a person may choose in it, by name; question: from
    what is chosen to the function of the analysis, with its arguments, that answers it; register: the rest of its
    wiring."""

    @property
    def part(self) -> Any: ...

    @property
    def CHOICES(self) -> Mapping[str, Input]: ...  # noqa: N802

    @property
    def question(self) -> Callable[..., tuple[Any, ...]]: ...

    @property
    def register(self) -> Callable[[Dash, Rooms], None]: ...


Known = Callable[[View, Mapping[str, Mapping[str, Any]]], Mapping[str, Mapping[str, Any]]]
"""From the View and the choices (by part, by name) to what questions are told besides: by part, by the name of the
argument."""


def register(
    app: Dash, rooms: Rooms, faults: Faults, tab_view: str, parts: Mapping[str, Part], known: Known | None = None
) -> None:
    """Wire the parts of a tab and their refresh. tab_view: the store of the View as far as the tab is open."""
    for part in parts.values():
        part.register(app, rooms)

    app.clientside_callback(
        ClientsideFunction("shell", "forward"),
        Output(tab_view, "data"),
        Input(tab_view, "id"),
        State(shell.VIEW, "data"),
        State(shell.ADDRESS, "pathname"),
    )

    draws(app, drawing(tab_view))

    @app.callback(
        output=outputs(parts, drawing(tab_view)),
        inputs={"view": Input(tab_view, "data"), "choices": {name: part.CHOICES for name, part in parts.items()}},
        state={"calm": {name: State(trouble_id(part.part.ROOT), "hidden") for name, part in parts.items()}},
    )
    def refresh(
        view: dict[str, Any] | None, choices: dict[str, dict[str, Any]], calm: dict[str, bool]
    ) -> dict[str, Any]:
        """All parts where the View is new, else those in which something was chosen."""
        if view is None:
            raise PreventUpdate
        seen = View.from_json(view)
        triggers = {trigger.split(".")[0] for trigger in ctx.triggered_prop_ids}
        chosen = {
            name for name, part in parts.items() if triggers & {said.component_id for said in part.CHOICES.values()}
        }
        asked = set(parts) if tab_view in triggers or not chosen else chosen
        try:
            told = known(seen, choices) if known else {}
            questions = {name: parts[name].question(**choices[name], **told.get(name, {})) for name in asked}
            answers = ask_all(rooms, seen, questions, apart=True)
            words = words_for(rooms, seen)
        except Problem:
            raise PreventUpdate from None  # the header says it
        values = {
            name: unless_calm(shown(part, answers[name], seen, words, faults, name in chosen), calm[name])
            for name, part in parts.items()
            if name in asked
        }
        return answer(parts, values)


def draws(app: Dash, store: str) -> None:
    """Let assets/draw.js draw what comes into the store."""
    app.clientside_callback(ClientsideFunction("draw", "all"), Input(store, "data"))


def outputs(parts: Mapping[str, Part], store: str) -> dict[str, Any]:
    """The outputs of a callback that refreshes these parts. store: of what is drawn."""
    return {"drawing": Output(store, "data"), "parts": {name: _set_by_dash(part) for name, part in parts.items()}}


def answer(parts: Mapping[str, Part], values: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Values for these outputs, of the parts that have any."""
    drawn: dict[str, dict[str, Any]] = {}
    for name, found in values.items():
        for key, output in _said(parts[name]).items():
            if isinstance(output, Drawn) and found[key] is not no_update:
                drawn.setdefault(output.component_id, {})[output.component_property] = found[key]
    return {
        "drawing": drawn,
        "parts": {
            name: {key: values[name][key] if name in values else no_update for key in _set_by_dash(part)}
            for name, part in parts.items()
        },
    }


def _said(part: Part) -> dict[str, Output]:
    """What is said of a part: its own outputs, and the words that stand above it where its refresh failed."""
    trouble = trouble_id(part.part.ROOT)
    return part.part.OUTPUTS | {"trouble": Output(trouble, "children"), "no_trouble": Output(trouble, "hidden")}


def _set_by_dash(part: Part) -> dict[str, Output]:
    return {key: output for key, output in _said(part).items() if not isinstance(output, Drawn)}


def _as_sent(output: Output, value: Any) -> Any:
    """The value as it is sent."""
    return sent(output, value) if isinstance(output, Drawn) and value is not no_update else value


def unless_calm(values: dict[str, Any], calm: bool) -> dict[str, Any]:
    """The values for a part's outputs, without saying again that nothing is wrong: the browser pays for each."""
    still = calm and values["no_trouble"]
    return values | dict.fromkeys(("trouble", "no_trouble"), no_update) if still else values


def shown(part: Part, answer: Any, view: View, words: Words, faults: Faults, anew: bool) -> dict[str, Any]:
    """Values for a part's outputs. anew: something else was chosen, so nothing of the picture before needs to stay."""
    try:
        if isinstance(answer, Failed):
            raise answer.error
        said = part.part.show(answer, view, words, **({"anew": anew} if part.CHOICES else {}))
        values = {key: _as_sent(output, said[key]) for key, output in part.part.OUTPUTS.items()}
    except Exception as error:
        return dict.fromkeys(_said(part), no_update) | {"trouble": faults.text(error), "no_trouble": False}
    return values | {"trouble": None, "no_trouble": True}
