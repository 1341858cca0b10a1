"""The charted metrics as a table, a row for each bucket. The grid keeps its sort, scroll and focus over refreshes; it
computes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts.course import bucket
from layouts.parts.grids import Column, figure_column, figures, grid
from layouts.parts.states import card
from livedash.analysis.metrics import DEFAULT_TREND, METRICS
from livedash.analysis.rows import Row
from livedash.locale import Words
from livedash.view import View

ROOT = "trends-rows"
GRID = f"{ROOT}-grid"
ROWS = f"{ROOT}-data"
NOTE = f"{ROOT}-note"

MOST = 2_000
"""Rows in the grid: of more, the latest. The download has them all."""
ROW_HEIGHT, HEIGHT = 30, 330
AT, RECORDED = "at", "recorded"

OUTPUTS: dict[str, Output] = {"rows": Output(ROWS, "data"), "note": Drawn(NOTE, "children")}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the grid shows. rows: the latest of all there are; keys: what stands in which place of their values."""

    keys: tuple[str, ...]
    step_ms: int
    rows: tuple[Row, ...]
    all: int


def layout(words: Words) -> Component:
    """The card, with a grid that waits for its rows."""
    table = grid(GRID, columns(DEFAULT_TREND, words), words, row_height=ROW_HEIGHT)
    table.style = {"height": HEIGHT}
    return card(
        words("As a table"), id=ROOT, note=html.Span(id=NOTE), children=[table, dcc.Store(id=ROWS)]
    )  # fmt: skip


def columns(keys: Sequence[str], words: Words) -> list[Column]:
    """When, and a column for each metric."""
    at = {
        "colId": AT,
        "field": f"values.{AT}",
        "headerName": words("From"),
        "headerTooltip": words("When the bucket begins, on the room's clock"),
        "valueFormatter": {"function": "written(params)"},
        "sort": "asc",
        "minWidth": 130,
        "flex": 1,
    }
    return [at, *(figure_column(METRICS[key], words) for key in keys)]


def show(answer: Sheet, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """The rows as values to sort by and words to read, and which buckets they are."""
    note = words("the figures of each {bucket}", bucket=bucket(answer.step_ms, words))
    if answer.all > len(answer.rows):
        latest = words("The latest {n} of {all}.", n=len(answer.rows), all=words.value(answer.all, "count"))
        note = f"{note} · {latest}"
    return {"rows": [_row(row, answer.keys, words) for row in answer.rows], "note": note}


def _row(row: Row, keys: Sequence[str], words: Words) -> dict[str, Any]:
    told = figures(dict(zip(keys, row.values, strict=True)), words)
    told["values"][AT] = row.start
    told["written"][AT] = words.clock(row.start, seconds=True)
    return {"id": str(row.start), **told}
