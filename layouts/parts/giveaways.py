"""The list of giveaways: each with its state and countdown, what is given away, how one enters, who did, and what can
be done with it. It computes nothing; countdowns run in the browser."""
from __future__ import annotations

from dash import Output, dcc, html
from dash.development.base_component import Component

from layouts import addresses
from layouts.drawn import Drawn
from layouts.figures.spark import spark
from layouts.parts.delivered import badge, console_link
from layouts.parts.states import card, dialog, loading, nothing_yet
from livedash.analysis.giveaways import CALLED_OFF, ENDED, RUNNING, SCHEDULED, Giveaway, Giveaways
from livedash.locale import Words
from livedash.view import View
from livedash.words import N_

ROOT = "giveaways-list"
LIST = f"{ROOT}-all"
COUNT = f"{ROOT}-count"
CONSOLE = f"{ROOT}-console"
CREATE = f"{ROOT}-create"
WHY_NONE = f"{ROOT}-why-none"
SAID = f"{ROOT}-said"
CHOSEN = f"{ROOT}-chosen"
STANDING = f"{ROOT}-standing"
ENDING = f"{ROOT}-ending"
END_DIALOG = f"{ROOT}-end-dialog"
END_NAME = f"{ROOT}-end-name"
END = f"{ROOT}-end"

MOST = 100
"""Giveaways shown; of more, the latest."""

OUTPUTS: dict[str, Output] = {
    "list": Drawn(LIST, "children"),
    "count": Drawn(COUNT, "children"),
    "create": Output(CREATE, "disabled"),
    "why_none": Drawn(WHY_NONE, "children"),
    "console": Drawn(CONSOLE, "children"),
    "standing": Output(STANDING, "data"),
}

STATES = {SCHEDULED: N_("Planned"), RUNNING: N_("Running"), ENDED: N_("Ended"), CALLED_OFF: N_("Called off")}


def layout(words: Words) -> Component:
    """The card in its loading state, and the question that is asked before a giveaway is ended. CHOSEN: the giveaway
    whose doing is told; STANDING: how each stands."""
    create = html.Button(
        words("Create a giveaway"), id=CREATE, type="button", className="btn btn-primary", disabled=True,
        **{"aria-haspopup": "dialog", "aria-describedby": WHY_NONE},
    )  # fmt: skip
    return card(
        words("Giveaways"),
        id=ROOT,
        note=html.Span(id=COUNT),
        actions=[html.Span(id=WHY_NONE), html.Span(id=CONSOLE), create],
        children=[
            html.P(id=SAID, className="giveaway-said", role="status"),
            html.Div(loading(words, 5), id=LIST),
            dcc.Store(id=CHOSEN),
            dcc.Store(id=STANDING),
            dcc.Store(id=ENDING),
            _end_dialog(words),
        ],
    )


def _end_dialog(words: Words) -> Component:
    body = [
        html.P(id=END_NAME, className="strong"),
        html.P(words("Nobody can enter it any more then. Draw its winners where your platform has it run.")),
    ]
    foot = [
        html.Button(words("Let it be"), type="button", className="btn btn-quiet closes"),
        html.Button(words("End it"), id=END, type="button", className="btn btn-primary closes"),
    ]
    return dialog(words("End this giveaway?"), words, id=END_DIALOG, children=body, footer=foot)


def show(answer: tuple[Giveaways, str | None], view: View, words: Words) -> dict[str, object]:
    """answer: the giveaways, newest first, with whether another can be created; the address of the console."""
    found, console = answer
    shown, why = found.giveaways[:MOST], found.why_none
    why_none = words.sentence(why) if why else ""
    if not why and view.as_of is not None:
        why_none = words("What is shown is past: go back to now to create one.")
    more = words("The latest {n} of {all}.", n=MOST, all=words.value(len(found.giveaways), "count"))
    return {
        "list": html.Ol([_giveaway(one, view, words) for one in shown], className="giveaway-list")
        if shown
        else _nothing(why_none, view, words),
        "count": more if len(found.giveaways) > len(shown) else words.value(len(shown), "count") if shown else "",
        "create": bool(why_none),
        "why_none": why_none,
        "console": console_link(console, words),
        "standing": [[one.id, one.state] for one in shown],
    }


def _nothing(why_none: str, view: View, words: Words) -> Component:
    if view.window is not None:
        return nothing_yet(words, words("No giveaway in this stretch of the LIVE."))
    if why_none:
        return nothing_yet(words, words("There was no giveaway in this LIVE."), ("giveaway_started",))
    said = words("No giveaway yet. Create one here, or start it in your console: a giveaway_started line in the log.")
    return nothing_yet(words, said)


def _giveaway(one: Giveaway, view: View, words: Words) -> Component:
    """One card of the list; its key lets a refresh keep what stands."""
    return html.Li(
        html.Article(
            [
                html.Header([_state(one, words), html.H3(_name(one, view)), _left(one, words)]),
                _how(one, words),
                html.Dl(_facts(one, words), className="giveaway-facts"),
                _course(one, words),
                html.Footer(_actions(one, view, words), key="acts"),
            ],
            className=f"giveaway {one.state.replace(' ', '-')}",
            **{"aria-label": one.name},
        ),
        key=one.id,
    )


def _state(one: Giveaway, words: Words) -> Component:
    return html.Span(words(STATES[one.state]), className="badge giveaway-state")


def _name(one: Giveaway, view: View) -> Component | str:
    """The product's page, where it has one."""
    if one.product is None or one.product_id is None:
        return html.Span(one.name, className="name")
    return html.A(one.name, href=addresses.product(view.room, one.product_id), className="soft name")


def _how(one: Giveaway, words: Words) -> Component | None:
    """What a viewer must do; where only the log's own words say it, those."""
    if one.how is None:
        return None
    said = html.Span(one.how, className="name") if isinstance(one.how, str) else words("To enter: {rule}", rule=one.how)
    return html.P(said, className="giveaway-how")


def _left(one: Giveaway, words: Words) -> Component | None:
    """How long until it starts or ends; assets/giveaways.js fills it in and counts it down."""
    until = {SCHEDULED: one.start, RUNNING: one.end}.get(one.state)
    if until is None:
        return None
    said, over = (
        (words("starts in {left}", left="{left}"), words("starts now"))
        if one.state == SCHEDULED
        else (words("ends in {left}", left="{left}"), words("its time is over"))
    )
    return html.Span(
        className="giveaway-left",
        role="timer",
        **{"data-until": str(until), "data-said": said, "data-over": over},
    )


def _facts(one: Giveaway, words: Words) -> list[Component]:
    known: list[tuple[str, str | None]] = [
        (words("Time"), _time(one, words)),
        (words("Prizes"), words.value(one.prizes, "count") if one.prizes is not None else None),
        (words("Left in stock"), _stock(one, words)),
        (words("Entries"), words.value(one.entries, "count") if one.entries is not None else None),
        (words("Winners"), _winners(one, words)),
        (words("Created by"), one.by),
    ]
    return [
        html.Div([html.Dt(label), html.Dd(value, className="name" if label == words("Winners") else "")])
        for label, value in known
        if value
    ]


def _time(one: Giveaway, words: Words) -> str:
    start = words.clock(one.start)
    if one.state == CALLED_OFF:
        return words("was planned for {time}", time=start)
    if one.end is None:
        return words("since {time}", time=start)
    told = words("{start} – {end} ({length})", start=start, end=words.clock(one.end),
                 length=words.span((one.end - one.start) / 1000))  # fmt: skip
    return words("{time}, ended early", time=told) if one.early else told


def _stock(one: Giveaway, words: Words) -> str | None:
    known = one.product is not None and one.product.stock is not None and one.state in (SCHEDULED, RUNNING)
    return words.value(one.product.stock, "count") if known and one.product else None


def _winners(one: Giveaway, words: Words) -> str | None:
    if one.winner_names:
        return ", ".join(one.winner_names[:20]) + (" …" if len(one.winner_names) > 20 else "")
    if one.winners is not None:
        return words.value(one.winners, "count")
    return words("not told in the log") if one.state == ENDED else None


def _course(one: Giveaway, words: Words) -> Component | None:
    """Entries over time: the line, and in words what it shows."""
    if not one.course:
        return None
    most = max(one.course)
    at = words.clock(one.start + one.course.index(most) * one.step_ms, seconds=True)
    said = words("Entries over time: most at {time}, {n} in {length}", time=at, n=words.value(most, "count"),
                 length=words.span(one.step_ms / 1000))  # fmt: skip
    return html.Div([spark([0, *one.course]), html.Span(said, className="small muted")], className="giveaway-course")


def _actions(one: Giveaway, view: View, words: Words) -> list[Component]:
    found: list[Component] = []
    if one.state in (RUNNING, ENDED):
        at = words.clock(one.start, seconds=True)
        play = html.Button(
            [html.Span(className="play-sign", **{"aria-hidden": "true"}), words("Play")],
            type="button",
            className="btn btn-quiet plays",
            **{"aria-label": words("Play from {time}: {what}", time=at, what=one.name), "data-ms": str(one.start)},
            key="play",
        )  # fmt: skip
        found.append(play)
        did = html.Button(
            words("What it did"),
            type="button",
            className="btn btn-quiet giveaway-asks",
            **{"aria-label": words("What it did: {what}", what=one.name), "data-id": one.id, "data-into": CHOSEN},
            key="did",
        )  # fmt: skip
        found.append(did)
    if one.state in (RUNNING, SCHEDULED) and view.as_of is None:
        off = one.state == SCHEDULED
        asks = words("Call off: {what}", what=one.name) if off else words("End: {what}", what=one.name)
        end = html.Button(
            words("Call off") if off else words("End now"),
            type="button",
            className="btn btn-quiet giveaway-ends",
            **{"aria-label": asks, "aria-haspopup": "dialog", "data-id": one.id, "data-name": one.name,
               "data-into": ENDING, "data-dialog": END_DIALOG, "data-name-into": END_NAME},
            key=one.state,
        )  # fmt: skip
        found.append(end)
    if one.delivery is not None:
        found.append(badge(one.delivery, words))
    return found


def created(name: str, starts_at: int | None, words: Words) -> str:
    """What is said once a giveaway has been created."""
    if starts_at is not None:
        return words("Giveaway created for {time}: {name}", name=name, time=words.clock(starts_at))
    return words("Giveaway created: {name}", name=name)


