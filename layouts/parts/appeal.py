"""The dialog in which an appeal is written, looked over and submitted. It sends nothing: assets/violations.js moves it,
keeps what is typed, and hands the whole to the server at once."""
from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.states import dialog
from livedash.locale import Words
from livedash.words import N_

ROOT = "violations-appeal"
ABOUT = f"{ROOT}-about"
UNTIL = f"{ROOT}-until"
WRITE = f"{ROOT}-write"
REASON = f"{ROOT}-reason"
TEXT = f"{ROOT}-text"
COUNT = f"{ROOT}-count"
PICK = f"{ROOT}-pick"
FILES = f"{ROOT}-files"
PREVIEW = f"{ROOT}-preview"
TROUBLE = f"{ROOT}-trouble"
BACK = f"{ROOT}-back"
ON = f"{ROOT}-on"
SUBMIT = f"{ROOT}-submit"
PHRASES = f"{ROOT}-phrases"

REASONS = {
    "did_not_happen": N_("It did not happen"),
    "corrected_on_air": N_("It was already corrected on air"),
    "product_information": N_("The product information proves it"),
    "other": N_("Another reason"),
}
"""What an appeal may rest on, by the code that stands in the log."""
ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".pdf", ".txt", ".mp4", ".webm")
LONGEST_TEXT, MOST_FILES, LARGEST_MB = 1000, 5, 10


def layout(words: Words) -> Component:
    """The dialog, closed: one for all violations, filled when it is opened."""
    buttons = [
        html.Button(words("Cancel"), type="button", className="btn btn-quiet closes"),
        html.Button(words("Back"), id=BACK, type="button", className="btn btn-quiet", hidden=True),
        html.Button(words("Look it over"), id=ON, type="button", className="btn btn-primary"),
        html.Button(words("Submit the appeal"), id=SUBMIT, type="button", className="btn btn-primary", hidden=True),
    ]
    return html.Div(
        [
            dcc.Store(id=PHRASES, data=_phrases(words)),
            dialog(
                words("Appeal"),
                words,
                id=ROOT,
                children=[
                    html.P(id=ABOUT, className="strong"),
                    html.P(id=UNTIL, className="muted"),
                    html.Div(_write(words), id=WRITE, className="appeal-write"),
                    html.Div(id=PREVIEW, className="appeal-preview", hidden=True, tabIndex=-1),
                    html.P(id=TROUBLE, className="state failed", role="alert", hidden=True),
                ],
                footer=buttons,
            ),
        ]
    )


def _write(words: Words) -> list[Component]:
    reasons = [{"value": code, "label": words(label)} for code, label in REASONS.items()]
    types = ", ".join(ending.removeprefix(".") for ending in ENDINGS)
    return [
        html.Fieldset(
            [
                html.Legend(words("What the appeal rests on")),
                dbc.RadioItems(id=REASON, options=reasons, value="did_not_happen", name=REASON),
            ]
        ),
        html.Div(
            [
                html.Label(words("In your own words"), htmlFor=TEXT),
                html.Span(id=COUNT, className="muted small", role="status"),
            ],
            className="appeal-label",
        ),
        html.Textarea(id=TEXT, rows=6, maxLength=LONGEST_TEXT, className="form-control", required=True),
        html.Div(
            [
                html.Span(words("Evidence")),
                html.Span(
                    words(
                        "up to {n} files of {mb} MB: {types}", n=MOST_FILES, mb=LARGEST_MB, types=types
                    ),
                    className="muted small",
                ),
            ],
            className="appeal-label",
        ),
        html.Div(id=PICK, className="appeal-pick"),
        html.Ul(id=FILES, className="evidence"),
    ]


def _phrases(words: Words) -> dict[str, object]:
    """What the script says itself; {n}, {file} and {most} are filled in there."""
    return {
        "reasons": {code: words(label) for code, label in REASONS.items()},
        "endings": list(ENDINGS),
        "longest": LONGEST_TEXT,
        "most": MOST_FILES,
        "largest": LARGEST_MB,
        "count": words("{n} of {most} characters", n="{n}", most="{most}"),
        "pick": words("Add files"),
        "remove": words("Take {file} away", file="{file}"),
        "empty": words("Say in a sentence or two why the violation is wrong."),
        "kind": words("{file} cannot be added: it must be one of {kinds}.", file="{file}", kinds="{kinds}"),
        "large": words("{file} is too large: {most} MB at most. Cut it, or save it smaller.", file="{file}",
                       most="{most}"),
        "many": words("{n} files are too many: add {most} at most.", n="{n}", most="{most}"),
        "noFiles": words("No evidence is added."),
        "evidence": words("Evidence"),
        "check": words(
            "This is recorded as it stands here, once. It goes to your webhook where one is set; else copy it into "
            "your console afterwards."
        ),
        "sending": words("Submitting …"),
        "away": words("The dashboard's server did not answer. What you wrote is kept here: try again in a moment."),
        "late": words("The time to appeal is over: the platform may refuse it."),
        "size": words("{n} MB", n="{n}"),
        "small": words("{n} KB", n="{n}"),
    }  # fmt: skip
