"""Writes the registry's metrics into README.md, between two marks. Run by `make readme`; a test holds the two equal."""
from __future__ import annotations

from livedash.analysis.metrics import GROUPS, METRICS
from tests.house.trees import ROOT

README = ROOT / "README.md"
START = "<!-- metrics: written by `make readme` -->\n"
END = "<!-- end of metrics -->\n"


def table() -> str:
    """The metrics as a Markdown table, in the registry's groups and order."""
    lines = ["| metric | key | computed as | needs |", "|---|---|---|---|"]
    for group, label in GROUPS.items():
        lines.append(f"| **{label}** | | | |")
        for metric in METRICS.values():
            if metric.group == group:
                needs = (" or " if metric.either else ", ").join(f"`{kind}`" for kind in metric.needs)
                lines.append(f"| {metric.label} | `{metric.key}` | {metric.formula.replace('|', '/')} | {needs} |")
    return "\n".join(lines) + "\n"


def with_table(text: str) -> str:
    """The README's text with the table of today. Raises ValueError where the marks are missing."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    if not rest or END not in rest:
        raise ValueError(f"README.md needs the two marks {START.strip()} and {END.strip()}")
    return before + START + table() + END + after


def main() -> None:
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
