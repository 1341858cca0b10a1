"""The user manual: how to read the screens, what every figure means, and how to feed livedash. Figures and event
types are taken from where they are declared, so the manual cannot fall behind them."""
from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts import addresses, shell
from livedash.analysis.metrics import GROUPS, METRICS, Metric
from livedash.locale import Words
from livedash.words import N_

SEARCH = "manual-search"
FIGURES = "manual-figures"

EVENT_GROUPS = {
    "room": N_("The LIVE itself"),
    "audience": N_("Who watches"),
    "interaction": N_("What viewers do"),
    "commerce": N_("Products and orders"),
    "operations": N_("What the seller and the platform do"),
    "platform": N_("The platform's own figures"),
}

FIELDS = {
    "live_started": "title host currency timezone category target_gmv broadcast_url several_pins appeal_days",
    "host_changed": "host",
    "recording_gap": "from to",
    "impression": "user_id source sub_source paid",
    "view": "user_id source sub_source paid",
    "leave": "user_id",
    "viewers": "count",
    "profile": "user_id gender age follower country",
    "audience_snapshot": "dimension group who count",
    "like": "user_id count",
    "comment": "user_id name text language product_id ref_id",
    "share": "user_id",
    "follow": "user_id",
    "gift": "user_id ref_id count diamonds",
    "product_listed": "product_id sku_id title price stock image text",
    "product_delisted": "product_id",
    "stock": "product_id sku_id count",
    "price_changed": "product_id sku_id price",
    "product_impression": "user_id product_id",
    "product_click": "user_id product_id",
    "add_to_cart": "user_id product_id sku_id quantity",
    "order_created": "user_id order_id product_id sku_id price quantity currency",
    "order_paid": "user_id order_id product_id sku_id price quantity currency",
    "order_cancelled": "order_id product_id sku_id price quantity",
    "order_refunded": "order_id product_id sku_id price quantity",
    "pin": "product_id",
    "unpin": "product_id",
    "promotion_started": "ref_id title kind product_id",
    "promotion_ended": "ref_id",
    "giveaway_started": "ref_id product_id title prizes entry_rule keyword watch_seconds text length starts_at ends_at",
    "giveaway_entered": "ref_id user_id",
    "giveaway_ended": "ref_id entries winners",
    "violation": "ref_id reason severity points scheme product_id text remediation appeal_until appeal_days",
    "appeal_submitted": "ref_id reason text evidence by at",
    "appeal_decided": "ref_id outcome by at",
    "question_answered": "ref_id",
    "ad_cost": "price source",
    "caption": "text",
    "delivery": "ref_id state attempts reason status text",
    "snapshot": "metric value",
}
"""The fields that a type is read for, besides event_id, ts and type, which every line has."""

SIGNS = (
    ("pin", N_("a product is pinned")),
    ("violation", N_("a violation")),
    ("promotion", N_("a promotion")),
    ("giveaway", N_("a giveaway")),
    ("listed", N_("a product is listed")),
    ("sold_out", N_("a product is sold out")),
    ("price", N_("a price changes")),
    ("host", N_("the host changes")),
    ("pause", N_("a pause")),
    ("gap", N_("nothing was recorded")),
)
"""Every kind of event that is marked, with what its sign stands for."""


def page(groups: Mapping[str, Sequence[str]], theme: str, words: Words) -> Component:
    """groups: the event types that livedash knows, by group."""
    back = html.A(["‹ ", words("LIVE rooms")], href=addresses.home(), className="back soft")
    sections = [
        ("screens", words("What is on the screen"), _screens(words)),
        ("figures", words("What each figure means"), _figures(words)),
        ("log", words("How to feed livedash"), _log(groups, words)),
        ("trouble", words("When something looks wrong"), _trouble(words)),
        ("keys", words("By keyboard"), _keys(words)),
    ]
    contents = html.Ul([html.Li(html.A(title, href=f"#{anchor}")) for anchor, title, _ in sections])
    return html.Div(
        [
            shell.header([back, html.H1(words("User manual"))], shell.tools(words, theme, manual=False)),
            shell.main(
                [
                    html.Nav(contents, className="card contents", **{"aria-label": words("Contents")}),
                    *[
                        html.Section([html.H2(title), *body], id=anchor, className="card chapter")
                        for anchor, title, body in sections
                    ],
                ],
                narrow=True,
            ),
        ]
    )


def _paragraphs(*texts: str) -> list[Component]:
    return [html.P(text) for text in texts]


def _terms(pairs: Sequence[tuple[Component | str, str]]) -> Component:
    return html.Dl([part for name, text in pairs for part in (html.Dt(name), html.Dd(text))], className="terms")


def _screens(words: Words) -> list[Component]:
    tabs = {
        "key-data": words(
            "How it is going at one glance: figures, trend, funnel, traffic, products, audience, broadcast and "
            "comments."
        ),
        "trends": words(
            "How figures move over the LIVE, in any stretch of it, and what each event did to them. Compare lays "
            "another stretch or an earlier LIVE behind the lines, Worth a look names spikes and dips, and Download "
            "writes it all to a file."
        ),
        "products": words(
            "Every product in one table, with filters and downloads; each opens to a page of its own: its funnel, its "
            "trend, what its minutes on screen went together with, what viewers say about it, its price and stock."
        ),
        "violations": words("What the platform objected to, what to do about it, and the appeal against it."),
        "giveaways": words(
            "Each giveaway: who enters, who won, and what it did to every product. New ones are created here."
        ),
        "broadcast": words(
            "The broadcast from any moment, with what happened and what was said then. The time machine shows every "
            "tab as of the moment that is played."
        ),
    }
    signs = [html.Li([html.Span(className=f"sign {kind}"), " ", words(meaning)]) for kind, meaning in SIGNS]
    return [
        *_paragraphs(
            words(
                "The list of LIVE rooms shows LIVEs that run first, then those that ended. Open one to see its "
                "tabs."
            ),
        ),
        _terms([(words(shell.TAB_NAMES[key]), text) for key, text in tabs.items()]),
        *_paragraphs(
            words(
                "The header says whether the LIVE runs, for how long, and when the last data came. While a LIVE "
                "runs the page follows by itself; what you read, sorted or zoomed stays as it is."
            ),
            words(
                "A change beside a figure compares the last minutes with the minutes before them. Every figure "
                "opens to its formula, its parts and the events it is made of."
            ),
            words("Events are marked on a trend by shape as well as by colour:"),
        ),
        html.Ul(signs, className="signs"),
    ]


def _figures(words: Words) -> list[Component]:
    field = dbc.Input(id=SEARCH, type="search", placeholder=words("Search the figures"))
    return [
        *_paragraphs(
            words(
                "A rate over any stretch is the sum of its upper part over the sum of its lower part, never a "
                "mean of rates. A dash means that there is no value, because nothing was counted below the line "
                "or because the log lacks the events: missing is not zero."
            ),
            words(
                "Viewers and customers are persons and counted afresh for every stretch; views, clicks and orders "
                "are counted each time. Amounts in different currencies are never added."
            ),
        ),
        html.Label([html.Span(words("Search the figures"), className="visually-hidden"), field]),
        html.Div(figures("", words), id=FIGURES),
    ]


def figures(search: str, words: Words) -> list[Component]:
    """The glossary: the metrics whose name, key or meaning has what is searched for, by group."""
    wanted = search.strip().casefold()
    parts: list[Component] = []
    for group, label in GROUPS.items():
        found = [metric for metric in METRICS.values() if metric.group == group and wanted in _text(metric, words)]
        if found:
            parts += [
                html.H3(words(label)),
                html.Div([_figure(metric, words) for metric in found], className="glossary"),
            ]
    return parts or [html.P(words("No figure has that in its name or meaning."), className="muted")]


def _text(metric: Metric, words: Words) -> str:
    return f"{words(metric.label)}\n{metric.key}\n{words(metric.help)}".casefold()


def _figure(metric: Metric, words: Words) -> Component:
    types = ", ".join(metric.needs)
    fed = words("one of: {types}", types=types) if metric.either else types
    return html.Div(
        [
            html.Div(
                [html.Span(words(metric.label), className="strong"), " ", html.Code(metric.key, className="muted")]
            ),
            html.P(words(metric.help)),
            html.P([words("Formula"), ": ", words(metric.formula)], className="muted"),
            html.P([words("Fed by"), ": ", html.Code(fed)], className="muted") if fed else None,
        ],
        className="glossary-entry",
    )


def _log(groups: Mapping[str, Sequence[str]], words: Words) -> list[Component]:
    parts = _paragraphs(
        words(
            "A LIVE is a folder, its log all .ndjson files in it (.gz too). Several programs may write, each its "
            "own file. Every line is one JSON object with event_id (unique in the room), ts (a time with its "
            "zone, or epoch milliseconds) and type; what else it may hold depends on the type."
        ),
        words(
            "The order of lines does not matter, a line that comes twice counts once, and a line may come late: "
            "the figures are always those of all lines. Types that are not listed here are kept and counted as "
            "unknown; fields that are not listed are passed over."
        ),
        words(
            "Ids are texts, also where they are numbers. price is what one piece was paid for, a decimal number or "
            "text; count, quantity, prizes, entries and points are whole numbers; length and watch_seconds are "
            "seconds; paid is true or false; times in fields are written as ts is. severity is low, medium, high or "
            "critical; outcome is upheld or rejected; entry_rule is everyone, comment, follow, watch_time or purchase; "
            "who is viewers or customers; dimension is gender, gender_of_followers, age, follower or country."
        ),
    )
    for group, types in groups.items():
        rows = [
            html.Tr(
                [
                    html.Th(html.Code(name), scope="row"),
                    html.Td(html.Code(FIELDS.get(name, ""))),
                    html.Td(_fed_by(name, words)),
                ]
            )
            for name in types
        ]
        head = html.Tr([html.Th(title, scope="col") for title in (words("Type"), words("Fields"), words("Feeds"))])
        table = html.Table([html.Thead(head), html.Tbody(rows)], className="table")
        parts += [html.H3(words(EVENT_GROUPS[group])), html.Div(table, className="table-scroll")]
    return parts


def _fed_by(event: str, words: Words) -> str:
    """The figures that cannot do without this type; the longest lists are cut."""
    fed = [words(metric.label) for metric in METRICS.values() if event in metric.needs]
    return ", ".join(fed[:4]) + (f" … ({len(fed)})" if len(fed) > 4 else "")


def _trouble(words: Words) -> list[Component]:
    dash = words(
        "The log lacks the events that it needs, or there is nothing to divide by. Open the figure: it names what is "
        "missing."
    )
    quiet = words(
        "The LIVE runs, but no event has come for more than 30 seconds. Check the program that writes the log. What is "
        "shown is as of the time in the bar."
    )
    unreadable = words(
        "Lines that are no valid event are set aside and never counted. Click the count in the header to see each with "
        "its file, its line and what is wrong."
    )
    viewers = words(
        "They are the platform's samples where the log has them, else entries less leaves. If neither is logged there "
        "is no value."
    )
    undelivered = words(
        "The webhook did not take it, and the reason stands beside. What is delivered again is sent for 24 hours (a "
        "pin for one), in order; what has failed is not sent again, but stands in the log: do it in your seller "
        "console."
    )
    reference = words(
        "You met a bug. The reference stands in the program's log with the details; please send both to whoever looks "
        "after livedash."
    )
    return [
        _terms(
            [
                (words("A figure shows a dash"), dash),
                (words("No new data"), quiet),
                (words("Unreadable lines"), unreadable),
                (words("Current viewers do not add up"), viewers),
                (words("Delivering again, or failed"), undelivered),
                (words("A reference in a message"), reference),
            ]
        )
    ]


def _keys(words: Words) -> list[Component]:
    return [
        _terms(
            [
                (html.Kbd("Tab"), words("goes to the next control, with Shift to the one before")),
                (html.Kbd("Enter"), words("opens what has the focus: a figure, a tab, a dialog")),
                (html.Kbd("Esc"), words("closes a dialog or leaves full screen")),
                (html.Kbd("← →"), words("changes a choice in a frame, such as Viewers and Customers")),
                (html.Kbd("Ctrl Z"), words("takes back the pin or unpin just made, as long as the bar offers it")),
                (html.Kbd("Alt ↑ ↓"), words("moves a chosen figure or column while customising")),
                (html.Kbd("K"), words("plays or stops the broadcast, as the space bar does")),
                (html.Kbd("J L"), words("go ten seconds back or on in the broadcast, the arrow keys five")),
                (html.Kbd("← → Home End"), words("move the ends of the timeline below a chart, Page keys by more")),
            ]
        )
    ]
