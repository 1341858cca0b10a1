"""What was read of a room's log: an account of every file that adds up, and the lines that could not be read."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from livedash.locale import Words


def show(account: Any, quarantine: Sequence[Mapping[str, Any]], words: Words) -> list[Component]:
    """What was read of a room's log: an account of every file that adds up, unknown types, and the lines not read."""
    columns = [
        words("File"),
        words("Lines"),
        words("Accepted"),
        words("Duplicates"),
        words("of them conflicts"),
        words("Rejected lines"),
        words("Blank"),
        words("Unfinished"),
    ]
    files = [_account_row(name, file, words) for name, file in account.files.items()]
    if len(files) > 1:
        files.append(_account_row(words("All files"), account.total, words))
    parts: list[Component] = [
        html.P(
            words(
                "Every line is accounted for: lines = accepted + duplicates + rejected + blank. A conflict says "
                "something else under the id of an earlier line, which counts."
            ),
            className="muted",
        ),
        _table(columns, files, first_numbers=1),
    ]
    if account.notes:
        parts += [
            html.P(
                words(
                    "A file no longer held what had been read from it: it was deleted, cut or rewritten. The room was "
                    "read again from what there is; put the file back, and what it holds counts again."
                ),
                className="danger",
            ),
            html.Ul([html.Li([words.date_time(note.ts), " ", html.Code(note.sentence)]) for note in account.notes]),
        ]
    if account.unknown_types:
        kept = ", ".join(f"{name} ({words.value(n, 'count')})" for name, n in account.unknown_types.items())
        parts.append(html.P(words("Kept, but of a type that livedash does not know: {types}", types=kept)))
    if quarantine:
        parts += [
            html.H3(words("Lines that could not be read")),
            html.P(
                words("The latest {n} of {all}.", n=len(quarantine), all=words.value(account.total.rejected, "count")),
                className="muted",
            )
            if account.total.rejected > len(quarantine)
            else html.P(
                words("Mend them in the file, or at the program that wrote them; the rest of the log is not touched."),
                className="muted",
            ),
            _table(
                [words("File"), words("Line"), words("Byte"), words("What is wrong"), words("How it begins")],
                [_quarantine_row(line, words) for line in quarantine],
                first_numbers=None,
                kind="set-aside",
            ),
        ]
    return parts


def _account_row(name: str, file: Any, words: Words) -> list[Any]:
    unfinished = words("{n} bytes", n=words.value(file.unfinished_bytes, "count")) if file.unfinished_bytes else "0"
    counts = (file.lines, file.accepted, file.duplicates, file.conflicts, file.rejected, file.blank)
    return [name, *[words.value(count, "count") for count in counts], unfinished]


def _quarantine_row(line: Mapping[str, Any], words: Words) -> list[Any]:
    sentence = line["sentence"]
    said = sentence if isinstance(sentence, str) else words.sentence(sentence)
    return [
        line["file"],
        words.value(line["line"], "count"),
        words.value(line["offset"], "count"),
        [said, html.Br(), html.Span(line["reason"], className="muted small")],
        html.Code(line["head"]),
    ]


def _table(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], first_numbers: int | None, kind: str = ""
) -> Component:
    """first_numbers: the column from which on cells are numbers; kind: a class of the table."""

    def cell(place: int) -> str:
        return "num" if first_numbers is not None and place >= first_numbers else ""

    return html.Div(
        html.Table(
            [
                html.Thead(
                    html.Tr([html.Th(name, className=cell(place), scope="col") for place, name in enumerate(columns)])
                ),
                html.Tbody(
                    [html.Tr([html.Td(said, className=cell(place)) for place, said in enumerate(row)]) for row in rows]
                ),
            ],
            className=f"table {kind}".strip(),
        ),
        className="table-scroll",
    )
