"""The dialog that writes the trend to a file: which metrics, which kind of file, how far it has come, and a way to stop
it. It knows nothing of how a file is written."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.states import dialog, segmented
from livedash.locale import Words

ROOT = "trends-download"
OPEN = f"{ROOT}-open"
DIALOG = f"{ROOT}-dialog"
WHICH = f"{ROOT}-which"
KIND = f"{ROOT}-kind"
START = f"{ROOT}-start"
STOP = f"{ROOT}-stop"
PROGRESS = f"{ROOT}-progress"
SAID = f"{ROOT}-said"
FILE = f"{ROOT}-file"

CHARTED, EVERY = "charted", "every"
XLSX, CSV, MARKERS = "xlsx", "csv", "markers"


def button(words: Words) -> Component:
    return html.Button(
        words("Download"), id=OPEN, type="button", className="btn btn-quiet", **{"aria-haspopup": "dialog"}
    )


def layout(words: Words) -> Component:
    """The dialog, closed."""
    which = dbc.RadioItems(
        id=WHICH,
        options=[
            {"value": CHARTED, "label": words("The charted metrics")},
            {"value": EVERY, "label": words("Every metric")},
        ],
        value=CHARTED,
    )
    kind = segmented(
        words("Kind of file"),
        id=KIND,
        options=[(XLSX, words("Excel (XLSX)")), (CSV, words("CSV")), (MARKERS, words("Markers as CSV"))],
        value=XLSX,
    )
    body = [
        html.P(
            words(
                "A row for each bucket of the stretch that is shown, in buckets as the chart has them, with times in "
                "the room's zone and in UTC. The Excel file has the markers on a second sheet."
            )
        ),
        html.Fieldset([html.Legend(words("Metrics")), which], className="download-which"),
        kind,
        html.Div(
            [
                html.Progress(id=PROGRESS, value="0", max="1", **{"aria-label": words("How far it has come")}),
                html.Span(id=SAID, role="status"),
            ],
            className="download-progress",
        ),
        dcc.Store(id=FILE),
    ]
    foot = [
        html.Button(
            words("Stop"),
            id=STOP,
            type="button",
            className="btn btn-quiet",
            disabled=True,
            **{"data-said": words("Stopped: no file was made.")},
        ),
        html.Button(
            words("Download"),
            id=START,
            type="button",
            className="btn btn-primary",
            **{"data-said": words("The file is being written …")},
        ),
    ]
    return dialog(words("Download the trend"), words, id=DIALOG, children=body, footer=foot)
