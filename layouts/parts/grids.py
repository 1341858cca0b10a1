"""What every AG Grid of the product is built from: our theme, our words, columns of figures. It knows no rows and makes
no ids; assets/grids.js holds the functions that are named here."""
from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import dash_ag_grid as dag

from livedash.analysis.metrics import METRICS, Metric
from livedash.locale import Words

Column = dict[str, Any]

HEADER_HEIGHT = 44
LATIN_WIDTH, WIDE_WIDTH = 7.2, 12
"""Pixels that a letter and an ideograph of a column's head take."""
LEAST_WIDTH, PADDING = 56, 14
GREAT_AMOUNTS = (Decimal("888.88"), Decimal(888_888))
"""The longest that amounts get: beyond, they are written short."""
LAST_NARROW = 0x2E7F
"""The code of the last letter before the ideographs."""
LATIN_WORD = re.compile(rf"[^\s{chr(LAST_NARROW + 1)}-\uffff]+")


def grid(name: str, columns: Sequence[Column], words: Words, *, row_height: int, **options: Any) -> dag.AgGrid:
    """An empty grid; name: its id. Rows are put in by assets/grids.js (`fill`), each with an `id`, its `values` by
    column for sorting, and the same `written` for the reader."""
    return dag.AgGrid(
        id=name,
        className="grid",
        columnDefs=list(columns),
        defaultColDef={
            "sortable": True,
            "resizable": False,
            "suppressHeaderMenuButton": True,
            "wrapHeaderText": True,
            "comparator": {"function": "emptyLast"},
            "getQuickFilterText": {"function": "''"},
            "suppressKeyboardEvent": {"function": "buttonKeys(params)"},
        },
        getRowId="params.data.id",
        dashGridOptions={
            "theme": {"function": "gridTheme(themeQuartz)"},
            "localeText": grid_locale(words),
            "rowHeight": row_height,
            "headerHeight": HEADER_HEIGHT,
            "animateRows": False,
            "enableCellTextSelection": True,
            "suppressColumnVirtualisation": True,
            "suppressMovableColumns": True,
            "tooltipShowDelay": 400,
            "accentedSort": True,
            **options,
        },
    )


def figure_column(metric: Metric, words: Words) -> Column:
    """A column of one metric of the registry: sorted as numbers, read as words, greatest first."""
    wide = metric.unit.startswith("money")
    least = _money_width(metric, words) if wide else LEAST_WIDTH
    return number_column(metric.key, words(metric.label), words(metric.help), least)


def number_column(key: str, label: str, about: str, least: int = LEAST_WIDTH) -> Column:
    return {
        "colId": key,
        "field": f"values.{key}",
        "headerName": label,
        "headerTooltip": about,
        "type": "rightAligned",
        "valueFormatter": {"function": "written(params)"},
        "sortingOrder": ["desc", "asc"],
        "minWidth": max(least, _head_width(label)),
        "flex": 1,
    }


def figures(metrics: dict[str, Any], words: Words) -> dict[str, dict[str, Any]]:
    """The `values` and the `written` of a row, from metrics by their keys."""
    return {
        "values": {key: None if value is None else short(value) for key, value in metrics.items()},
        "written": {key: written(value, METRICS[key].unit, words, short=True) for key, value in metrics.items()},
    }


def short(value: Any) -> float:
    """A number to sort by, with no more digits than that takes: every refresh sends it."""
    kept = float(f"{value:.9g}")
    return int(kept) if kept.is_integer() else round(kept, 6)


def written(value: Any, unit: str, words: Words, *, short: bool = False) -> str:
    """Words.value, remembered: a table of hundreds of figures is written at every refresh and few of them have
    changed. (No times: they depend on the room's zone.)"""
    return _written(words.language, words.currency, value, unit, short)


@lru_cache(maxsize=50_000)
def _written(language: str, currency: str | None, value: Any, unit: str, short: bool) -> str:
    return Words(language, currency=currency).value(value, unit, short=short)


def grid_locale(words: Words) -> dict[str, str]:
    """AG Grid's own words, as far as a grid without menus, filters and editing has any."""
    return {
        "noRowsToShow": words("Nothing to show"),
        "noMatchingRows": words("Nothing has these letters in it"),
        "loadingOoo": words("Loading"),
        "ariaSortableColumn": words("Press Enter to sort"),
        "ariaSortableColumnWithCellSelection": words("Press Alt and Enter to sort"),
        "ariaLabelTooltip": words("What this column says"),
    }


def _money_width(metric: Metric, words: Words) -> int:
    """What the longest amount in the room's currency needs: US$ takes more than $."""
    written = [words.value(amount, metric.unit, short=True) for amount in GREAT_AMOUNTS]
    return round(max(sum(map(_letter_width, amount)) for amount in written)) + PADDING


def _head_width(label: str) -> int:
    """What a head of two lines needs, with its padding: half of it, and no less than its longest word. (Ideographs are
    parted anywhere.)"""
    whole = sum(map(_letter_width, label))
    words = (len(word) * LATIN_WIDTH for word in LATIN_WORD.findall(label))
    return max(LEAST_WIDTH, round(max(whole / 2, *words, 0)) + PADDING)


def _letter_width(letter: str) -> float:
    return WIDE_WIDTH if ord(letter) > LAST_NARROW else LATIN_WIDTH
