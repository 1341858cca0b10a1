"""What is counted down is counted by the server's clock, on a computer whose own is wrong as well."""
from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest

from tests.house.trees import ROOT

NODE = next((Path(playwright.__file__).parent / "driver").glob("node*"))
"""Playwright brings its own."""
PAGE = """
const spans = [];
const deaf = { addEventListener: () => {} };
globalThis.document = { ...deaf, querySelectorAll: () => spans, querySelector: () => null, getElementById: () => null };
globalThis.window = { setInterval: () => {}, setTimeout: () => {}, location: { search: "", pathname: "/" } };
const timers = [];
globalThis.setInterval = (act) => timers.push(act);
globalThis.requestAnimationFrame = (act) => act();
Date.now = () => 1_000_000_000;
"""
HOUR = 3_600_000


def ran(script: str, *assets: str) -> Any:
    """What the script answers in a page that has these assets and whose clock stands still."""
    code = "\n".join([PAGE, *((ROOT / "assets" / name).read_text("utf-8") for name in assets)])
    said = subprocess.run(
        [str(NODE), "-"], input=f"{code}\nconsole.log(JSON.stringify((() => {{{script}}})()));",
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def test_now_is_the_server_s_and_what_is_said_again_does_not_move_it() -> None:
    script = """
        const { hear, now, asOf } = window.livedashClock;
        const said = [now()];
        hear({ now: 1_000_005_000 });
        said.push(now(), asOf());
        Date.now = () => 1_000_060_000;
        hear({ now: 1_000_005_000, gone: "No room.", asOf: 7 });
        return [...said, now(), asOf()];
    """
    assert ran(script, "clock.js") == [1_000_000_000, 1_000_005_000, None, 1_000_065_000, 7]


@pytest.mark.parametrize(
    ("asset", "draw", "left"),
    [
        ("violations.js", "window.dash_clientside.violations.shown()", "90 min left"),
        ("giveaways.js", "timers.forEach((act) => act())", "1:30:00 min left"),
    ],
)
def test_countdowns_go_by_the_server_s_clock(asset: str, draw: str, left: str) -> None:
    script = """
        window.livedashClock.hear({ now: 1_000_000_000 - 3_600_000 }); // ours is an hour ahead
        const dataset = { until: "1001800000", days: "{n} days left", hours: "{n} h left", minutes: "{n} min left" };
        const acts = { setAttribute() {}, classList: { toggle() {} } };
        spans.push({ ...acts, dataset: { ...dataset, said: "{left} min left", over: "over" } });
        DRAW;
        return spans[0].textContent;
    """
    assert ran(script.replace("DRAW", draw), "clock.js", asset) == left
