"""What stands above a product's page: its picture and facts, what can be done with it, and every product metric of the
stretch. It computes nothing."""
from __future__ import annotations

from typing import Any

from dash import Output, html, no_update
from dash.development.base_component import Component

from layouts.drawn import Drawn
from layouts.parts import pinning
from layouts.parts.product_table import run_out
from layouts.parts.products import action_words, look, pinned_facts
from layouts.parts.states import loading, trouble_id
from livedash.analysis.metrics import DEFAULT_PRODUCT_COLUMNS, METRICS
from livedash.analysis.product import Known
from livedash.analysis.products import TOLD, Product
from livedash.locale import NO_VALUE, Words
from livedash.view import View
from livedash.words import N_

ROOT = "products-head"
BODY = f"{ROOT}-body"
ACTIONS = f"{ROOT}-actions"
TILES = f"{ROOT}-tiles"
TITLE = f"{ROOT}-name"

TILED = (*DEFAULT_PRODUCT_COLUMNS, *(metric.key for metric in TOLD if metric.key not in DEFAULT_PRODUCT_COLUMNS))

OUTPUTS: dict[str, Output] = {
    "title": Drawn(TITLE, "children"),
    "body": Drawn(BODY, "children"),
    "actions": Drawn(ACTIONS, "children"),
    "tiles": Drawn(TILES, "children"),
}


def layout(words: Words) -> Component:
    """The way back, and the card in its loading state."""
    back = html.A(words("← All products"), href="", className="product-back", **{"data-product": ""})
    title = html.H2(words("Loading"), id=TITLE, tabIndex=-1, className="product-name")
    named = html.Div([title, html.Div(loading(words, 2), id=BODY)])
    top = html.Div([named, html.Div(id=ACTIONS)], className="product-top")
    trouble = html.P(id=trouble_id(ROOT), className="state failed", hidden=True, role="status")
    return html.Div(
        [back, html.Section([trouble, top, html.Div(id=TILES, className="tiles")], id=ROOT, className="card",
                            **{"aria-labelledby": TITLE})],
        className="product-head",
    )  # fmt: skip


def show(answer: Known | str | None, view: View, words: Words, anew: bool = False) -> dict[str, Any]:
    """answer: the product; the id that was asked for where the room has none; None while the table is open."""
    if answer is None:
        return dict.fromkeys(OUTPUTS, no_update)
    if isinstance(answer, str):
        sentence = N_("This LIVE has no product {product}. The address may have been copied wrongly.")
        return {
            "title": words("No such product"),
            "body": html.Div(
                [
                    html.P(words(sentence, product=answer)),
                    html.P(html.A(words("Show all products"), href="", **{"data-product": ""})),
                ],
                className="state empty",
            ),
            "actions": None,
            "tiles": None,
        }
    return {
        "title": answer.product.title,
        "body": _facts(answer, view, words),
        "actions": _actions(answer, view, words),
        "tiles": [_tile(key, answer, words) for key in TILED],
    }


def _facts(known: Known, view: View, words: Words) -> Component:
    product = known.product
    seen = look(product, view)
    picture: Component = html.Span(
        seen["letter"], className=f"product-picture letter tone-{seen['tone']}", **{"aria-hidden": "true"}
    )
    if seen["image"]:
        picture = html.Img(src=seen["image"], alt="", className="product-picture")
    rows = [
        (words("Product ID"), product.product_id),
        (words("SKU"), ", ".join(product.sku_ids) or NO_VALUE),
        (words("Price"), NO_VALUE if product.price is None else words.money(product.price)),
        (words("Stock left"), words.value(product.stock, "count")),
        (words("Runs out in"), run_out(known.run_out, words, product.stock)),
        (words("Listed"), words.clock(known.listed_at)),
        (words("Pinned"), " · ".join(text for _, text in pinned_facts(product, words)) or NO_VALUE),
    ]
    if product.delisted:
        rows.append((words("State"), words("delisted")))
    facts = [html.Div([html.Dt(label), html.Dd(value)]) for label, value in rows]
    return html.Div([picture, html.Dl(facts, className="product-known")], className="product-facts-row")


def _actions(known: Known, view: View, words: Words) -> list[Component]:
    """The same as in the table, told to the same store. In the past nothing can be done."""
    if not known.pinnable or view.as_of is not None:
        return []
    product, said = known.product, action_words(words)
    acts = ("script", "unpin" if product.pinned_since is not None else "pin")
    return [_button(act, product, said) for act in acts]


def _button(act: str, product: Product, said: dict[str, str]) -> Component:
    about = {
        "data-act": act, "data-of": product.product_id, "data-into": pinning.PRESSED,
        "aria-label": said[f"{act}Of"].replace("{product}", product.title),
    }  # fmt: skip
    if act == "script":
        about["aria-haspopup"] = "dialog"
    return html.Button(
        said[act], type="button", className=f"btn {'btn-primary' if act == 'pin' else 'btn-quiet'}", **about
    )


def _tile(key: str, known: Known, words: Words) -> Component:
    metric = METRICS[key]
    value = words.value(known.product.metrics[key], metric.unit, short=True)
    return html.Div(
        [
            html.Div(words(metric.label), className="tile-label", title=words(metric.help)),
            html.Div(value, className="tile-value"),
        ],
        className="tile",
    )


