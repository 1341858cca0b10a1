"""What the address asks the Products tab for besides the stretch of time: the product whose page is open, what its page
shows, and what the table is filtered by. It reads and checks what anybody may have typed."""
from __future__ import annotations

from collections.abc import Mapping

from dash import dcc
from dash.development.base_component import Component

from layouts import addresses
from livedash.analysis.metrics import DEFAULT_PRODUCT_LINE
from livedash.analysis.product import CHARTED
from livedash.analysis.product_table import FILTERS, MOST_LETTERS

ASKED = "products-asked"
LONGEST_ID = 256

Asked = Mapping[str, str] | None
"""The parameters of the address by name, as they are written there."""


def layout() -> Component:
    """The parameters, for whichever parts follow them."""
    return dcc.Store(id=ASKED)


def product(asked: Asked) -> str | None:
    """The product whose page is open; None for the table of all."""
    return (asked or {}).get(addresses.PRODUCT, "")[:LONGEST_ID] or None


def metric(asked: Asked) -> str:
    """The metric to chart: the usual one where none is asked for that a product has over time."""
    wanted = (asked or {}).get("metric", "")
    return wanted if wanted in CHARTED else DEFAULT_PRODUCT_LINE


def filters(asked: Asked) -> tuple[str, ...]:
    """The filters that are on, in their own order."""
    wanted = (asked or {}).get("only", "").split(",")
    return tuple(name for name in FILTERS if name in wanted)


def letters(asked: Asked) -> str:
    """What is searched for in titles, ids and SKUs."""
    return (asked or {}).get("find", "")[:MOST_LETTERS].strip()
