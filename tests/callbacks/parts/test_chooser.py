"""A customise dialog is wired in the browser alone, and each root has its own."""

from __future__ import annotations

from dash import Dash

from callbacks.parts.chooser import wire
from layouts.parts.chooser import button_id, chosen_id, dialog_id, options_id


def test_the_button_opens_the_dialog_of_its_own_root() -> None:
    app = Dash()
    wire(app, "fruit")
    wire(app, "bread")
    for wired, root in zip(app._callback_list, ("fruit", "bread"), strict=True):
        assert wired["clientside_function"] == {"namespace": "chooser", "function_name": "open"}
        assert [source["id"] for source in wired["inputs"]] == [button_id(root)]
        assert [source["id"] for source in wired["state"]] == [dialog_id(root), options_id(root), chosen_id(root)]
        assert wired["prevent_initial_call"], "a dialog must not open by itself"
