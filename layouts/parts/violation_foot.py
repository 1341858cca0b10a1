"""The foot of a violation's card: how to appeal, or how far the appeal has come and how it was decided."""
from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts import addresses
from layouts.parts.appeal import REASONS
from layouts.parts.delivered import badge
from layouts.parts.violation_names import title
from livedash.analysis.deliveries import Delivery
from livedash.analysis.violations import NONE, REJECTED, SUBMITTED, UPHELD, Appeal, Violation
from livedash.locale import Words
from livedash.view import View


def foot(one: Violation, delivery: Delivery | None, console: str | None, view: View, words: Words) -> Component:
    """delivery: what became of the appeal on its way; console: the address of the seller's own console."""
    if one.appeal.state == NONE:
        return html.Footer(_not_appealed(one, view, words), className="violation-foot")
    return html.Footer(
        [*_submitted(one, delivery, console, view, words), *_outcome(one.appeal, words), *_by_hand(one, view, words)],
        className="violation-foot appealed",
    )


def _not_appealed(one: Violation, view: View, words: Words) -> list[Component]:
    until = _until(one, view, words)
    if view.as_of is not None:
        return [html.P(_only_now(words), className="muted"), *until]
    about = words("{what}, {time}", what=title(one, words), time=words.date_time(one.ts))
    button = html.Button(
        words("Appeal"),
        type="button",
        className="btn btn-primary appeals",
        **{
            "aria-haspopup": "dialog",
            "aria-label": words("Appeal: {what}", what=about),
            "data-ref": one.ref,
            "data-to": addresses.appeals(view.room),
            "data-about": about,
            "data-until": "" if one.until is None else str(one.until),
            "data-until-said": words("Can be appealed until {time}.", time=words.date_time(one.until)),
        },
    )
    return [button, *until]


def _only_now(words: Words) -> str:
    return words("This is how it stood then. Go back to now to appeal, or to say how an appeal was decided.")


def _until(one: Violation, view: View, words: Words) -> list[Component]:
    """Up to when it can be appealed; how long that is, is counted in the browser."""
    if one.until is None:
        return []
    left = html.Span(
        className="until-left",
        **{
            "data-until": str(one.until),
            "data-days": words("{n} days left", n="{n}"),
            "data-hours": words("{n} h left", n="{n}"),
            "data-minutes": words("{n} min left", n="{n}"),
            "data-over": words("this time is over"),
        },
    )
    said = words("Can be appealed until {time}.", time=words.date_time(one.until))
    return [html.P([said, " ", left if view.as_of is None else None], className="until")]


def _submitted(
    one: Violation, delivery: Delivery | None, console: str | None, view: View, words: Words
) -> list[Component]:
    """What was submitted: when, by whom, how it travels, its words and its evidence."""
    appeal = one.appeal
    if appeal.submitted_at is None:
        return []
    at, by = words.date_time(appeal.submitted_at), appeal.by
    when = words("Appealed {time} by {who}", time=at, who=by) if by else words("Appealed {time}", time=at)
    travels = [badge(delivery, words)] if by else []
    reason = words(REASONS[appeal.reason]) if appeal.reason in REASONS else appeal.reason
    files = [html.Li(_file(one, name, view, words)) for name in appeal.evidence]
    return [
        html.Div([html.Span(when, className="strong"), *travels], className="appeal-line"),
        html.P(html.Bdi(reason)) if reason else None,
        html.Blockquote(html.Bdi(appeal.text), className="violation-said") if appeal.text else None,
        html.Ul(files, className="evidence", **{"aria-label": words("Evidence")}) if files else None,
        html.Div(_console(one, console, words), className="appeal-line") if _is_to_copy(appeal) else None,
    ]


def _is_to_copy(appeal: Appeal) -> bool:
    """Whether somebody may still want to bring it to the platform by hand."""
    return appeal.state == SUBMITTED and bool(appeal.text)


def _file(one: Violation, name: str, view: View, words: Words) -> Component:
    """A file to download: what strangers may have made is never opened here."""
    address = addresses.evidence(view.room, one.ref, name)
    return html.A(html.Bdi(name), href=address, download=name, title=words("Download {file}", file=name))


def _console(one: Violation, console: str | None, words: Words) -> list[Component]:
    label = words("Copy and open the console") if console else words("Copy the appeal")
    return [
        html.Button(
            label,
            type="button",
            className="btn btn-quiet copies-appeal",
            **{"data-text": as_text(one, words), "data-console": console or ""},
        )
    ]


def as_text(one: Violation, words: Words) -> str:
    """The appeal as it can be put into another form: what it is about, its reason and its words."""
    appeal = one.appeal
    reason = words(REASONS[appeal.reason]) if appeal.reason in REASONS else appeal.reason
    about = words("{what}, {time}", what=title(one, words), time=words.date_time(one.ts))
    return "\n".join(filter(None, [f"{about} ({one.ref})", reason, appeal.text]))


def _outcome(appeal: Appeal, words: Words) -> list[Component]:
    """How it was decided, in the log's words where we have none."""
    if appeal.decided_at is None:
        return []
    at = words.date_time(appeal.decided_at)
    told = {
        UPHELD: words("Upheld {time}: the violation does not stand.", time=at),
        REJECTED: words("Rejected {time}: the violation stands.", time=at),
    }.get(appeal.state, words("Said {time}: {outcome}", time=at, outcome=appeal.outcome or "–"))
    return [html.P(told, className="strong")]


def _by_hand(one: Violation, view: View, words: Words) -> list[Component]:
    """To say oneself how it was decided, or that it was decided otherwise."""
    if view.as_of is not None:
        return [html.P(_only_now(words), className="muted")]
    outcomes = [(UPHELD, words("It was upheld")), (REJECTED, words("It was rejected"))]
    name = title(one, words)
    buttons = [
        html.Button(
            label,
            type="button",
            className="btn btn-quiet decides",
            **{
                "data-ref": one.ref,
                "data-outcome": outcome,
                "aria-label": words("{what}: {outcome}", what=name, outcome=label),
            },
            key=outcome,
        )
        for outcome, label in outcomes
        if outcome != one.appeal.state
    ]
    asked = words("Has it been decided?") if one.appeal.state == SUBMITTED else words("Was it decided otherwise?")
    return [html.Div([html.Span(asked, className="muted"), *buttons], className="appeal-line by-hand")]
