"""The sparkline: the course of a figure as a small line without axes. It is a mask, so its colour is the stylesheet's
and follows the theme, and it needs no script and no markup of the page's own."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

HEIGHT = 20


def spark(values: Sequence[float | None]) -> Component:
    """The line, as wide as its place (class "spark"), broken where there is no value. It is decoration: the figures
    stand beside it."""
    return html.Span(className="spark", style={"maskImage": f'url("{picture(values)}")'} if line(values) else {})


def line(values: Sequence[float | None]) -> str:
    """The path of an SVG: x counts the points, y goes from HEIGHT - 1 for the least to 1 for the greatest value."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    least, reach = min(known), max(known) - min(known)
    path, pen = [], "M"
    for x, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        y = HEIGHT / 2 if reach == 0 else HEIGHT - 1 - (value - least) / reach * (HEIGHT - 2)
        alone = pen == "M" and (x + 1 == len(values) or values[x + 1] is None)
        path.append(f"{pen}{x} {y:.1f}" + ("h0" if alone else ""))
        pen = "L"
    return "".join(path)


def picture(values: Sequence[float | None]) -> str:
    """The SVG as an address that holds it whole."""
    width = max(len(values) - 1, 1)
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {HEIGHT}' preserveAspectRatio='none'>"
        f"<path d='{line(values)}' fill='none' stroke='#000' stroke-width='1.5' stroke-linecap='round' "
        "stroke-linejoin='round' vector-effect='non-scaling-stroke'/></svg>"
    )
    return "data:image/svg+xml," + quote(svg, safe=" =:/'")
