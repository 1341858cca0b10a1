"""Wires what every part is framed with: a button to the dialog it opens, in the browser alone. It fills no dialog."""
from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, State


def opens(app: Dash, button: str, dialog: str) -> None:
    """Make the button open the dialog. Call it once for each pair of ids."""
    app.clientside_callback(
        ClientsideFunction("shell", "open"), Input(button, "n_clicks"), State(dialog, "id"), prevent_initial_call=True
    )
