"""The colours of the charts are those of the stylesheet, and can be read on what they stand on."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from layouts import look
from livedash.locale import LANGUAGES, Words

STYLE = (Path(__file__).parents[2] / "assets" / "theme.css").read_text("utf-8")
THEMES = ("light", "dark")
TEXTS = ("ink", "muted", "accent", "good", "bad", "danger", "warn")


def tokens(theme: str) -> dict[str, str]:
    block = re.search(rf'\[data-bs-theme="{theme}"\] {{\n  color-scheme(.*?)}}', STYLE, re.S)
    assert block
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_charts_have_the_colours_of_the_stylesheet(theme: str) -> None:
    style = tokens(theme)
    assert look.COLOURS[theme] == {name: style[name] for name in look.COLOURS[theme]}


@pytest.mark.parametrize("theme", THEMES)
def test_both_themes_have_the_same_tokens(theme: str) -> None:
    assert set(tokens(theme)) == set(tokens("light"))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["bg", "card"])
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_can_be_read(theme: str, ground: str, text: str) -> None:
    assert contrast(tokens(theme)[text], tokens(theme)[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [("on-accent", "accent"), ("on-danger", "danger"), ("accent", "accent-soft"), ("ink", "danger-soft")],
)
def test_text_on_a_colour_can_be_read(theme: str, text: str, ground: str) -> None:
    assert contrast(tokens(theme)[text], tokens(theme)[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("marker", ["pin", "violation", "promotion", "giveaway"])
def test_every_marker_can_be_seen(theme: str, marker: str) -> None:
    assert contrast(tokens(theme)[marker], tokens(theme)["card"]) >= 3


def test_no_colour_is_written_outside_the_tokens() -> None:
    rules = STYLE.split("/* ------------------------------------------------------------------ ground */")[1]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?!-)", re.sub(r"#[a-z]+-[a-z-]+", "", rules)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_chart_offers_to_send_itself_away(language: str) -> None:
    config = look.plotly_config(Words(language))
    assert config["showSendToCloud"] is False and config["displaylogo"] is False
    assert config["locale"] == language and language in config["locales"]


def test_charts_say_dates_in_the_reader_s_language() -> None:
    words = look.plotly_config(Words("zh"))["locales"]["zh"]["format"]
    assert words["days"][0] == "星期日" and words["months"][0] == "一月"
