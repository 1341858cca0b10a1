"""Wires a customise dialog: its button opens it, and what is applied goes to its store. All of it happens in the
browser; nothing is computed here."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, State

from layouts.parts.chooser import button_id, chosen_id, dialog_id, options_id


def wire(app: Dash, root: str) -> None:
    """Make the chooser with this root id work. Call it once for each root."""
    app.clientside_callback(
        ClientsideFunction("chooser", "open"),
        Input(button_id(root), "n_clicks"),
        State(dialog_id(root), "id"),
        State(options_id(root), "data"),
        State(chosen_id(root), "data"),
        prevent_initial_call=True,
    )
