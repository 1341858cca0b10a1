"""Wires the table of all products: its columns, its filters, and its downloads. Acting is left to the products card,
whose stores are there on every tab; it computes nothing."""
from __future__ import annotations

import time
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx

from callbacks import exports
from callbacks.answers import words_for
from callbacks.parts.chooser import wire
from callbacks.parts.product_asked import nothing
from layouts import addresses, shell
from layouts.parts import product_table as part
from layouts.parts.chooser import chosen_id
from layouts.parts.product_asked import ASKED, Asked, filters, letters, product
from layouts.parts.product_table import Shown
from livedash import export
from livedash.analysis.product_table import table
from livedash.locale import Words
from livedash.rollup.fold import Rollup
from livedash.rollup.past import as_of
from livedash.rooms import Rooms
from livedash.view import View, Window

CHOICES = {"asked": Input(ASKED, "data"), "columns": Input(chosen_id(part.ROOT), "data")}


def question(asked: Asked, columns: Any) -> tuple[Any, ...]:
    """What to ask for what the address says and the columns that are seen; nothing while a product's page is open."""
    return (nothing,) if product(asked) else (shown, part.keys(columns), filters(asked), letters(asked))


def shown(
    rollup: Rollup, window: Window | None, keys: tuple[str, ...], chips: tuple[str, ...], text: str
) -> Shown:  # fmt: skip
    """What the table shows of the window."""
    return Shown(keys, table(rollup, window, chips, text))


def register(app: Dash, rooms: Rooms) -> None:
    """Make the table's controls work; its rows are filled by the tab."""
    wire(app, part.ROOT)

    @app.callback(
        Output(part.GRID, "columnDefs"), Input(chosen_id(part.ROOT), "data"), State(shell.VIEW, "data")
    )  # fmt: skip
    def choose(stored: Any, view: dict[str, Any]) -> list[dict[str, Any]]:
        return part.columns(stored, words_for(rooms, View.from_json(view)))

    @app.callback(
        Output(part.FILE, "data"),
        Input(part.CSV, "n_clicks"),
        Input(part.XLSX, "n_clicks"),
        State(ASKED, "data"),
        State(shell.VIEW, "data"),
        prevent_initial_call=True,
    )
    def write(csv: int | None, xlsx: int | None, asked: Asked, view: dict[str, Any]) -> str:
        return written(rooms, View.from_json(view), asked, "xlsx" if ctx.triggered_id == part.XLSX else "csv")

    _in_the_browser(app)


def _in_the_browser(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("product", "fill"),
        Input(part.ROWS, "data"),
        Input(part.TOTALS, "data"),
        State(part.GRID, "id"),
    )
    app.clientside_callback(
        ClientsideFunction("product", "shown"),
        Output(part.CHIPS, "value"),
        Output(part.SEARCH, "value"),
        Input(ASKED, "data"),
        State(part.SEARCH, "id"),
    )
    app.clientside_callback(
        ClientsideFunction("product", "choose"),
        Input(part.CHIPS, "value"),
        Input(part.SEARCH, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("trends", "save"), Input(part.FILE, "data"), prevent_initial_call=True
    )


def written(rooms: Rooms, view: View, asked: Asked, kind: str) -> str:
    """Write the products that are shown to a file, with every fact and metric. Returns its address."""
    token, folder = exports.place(rooms.cache_dir)
    with rooms.reading(view.room) as now:
        rollup = as_of(now, view.as_of)
        words = Words(view.language, rollup.room.timezone, rollup.room.currency)
        of = table(rollup, view.window, filters(asked), letters(asked))
        at = round(time.time() * 1000)
        path = folder / export.file_name(rollup, "products", kind, at)
        if kind == "xlsx":
            export.write_products_xlsx(path, rollup, of, view.window, words, at)
        else:
            export.write_products_csv(path, rollup, of, words)
    return addresses.export(token, path.name)
