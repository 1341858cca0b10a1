"""The traffic card: the sources that bring most, told apart by what was paid for, and all of them in two levels."""
from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from layouts.parts import traffic as part
from livedash.analysis.traffic import Channel, Traffic
from livedash.locale import Words
from livedash.view import View
from tests.layouts.pages import walk
from tests.layouts.parts.text import text

WORDS = Words("en", "UTC", "USD")
FEED = Channel("for_you", None, False, 10_947, 2_042, 1_873, 0.187, 501, 22, 0.044, Decimal("672.90"), 0.4, 0.3)
ADS = replace(FEED, source="LIVE ads", paid=True, views=1_300, view_share=0.2)
UNNAMED = replace(FEED, source=None, views=0, view_share=0.0)
PREVIEW = replace(FEED, sub_source="live_preview", views=1_500)


def fills(shown: Any) -> list[Any]:
    """The filled parts of bars."""
    return [one for one in walk(shown) if "bar-fill" in (getattr(one, "className", None) or "")]


def show(*channels: Channel, words: Words = WORDS, **rest: Any) -> dict[str, Any]:
    return part.show(Traffic(channels, rest.get("parts", {}), rest.get("missing", ())), View("room", 1), words)


def test_what_is_shown_is_exactly_what_is_promised() -> None:
    assert set(show(FEED)) == set(show()) == set(part.OUTPUTS)


def test_the_first_five_sources_are_bars_against_the_greatest() -> None:
    shown = show(FEED, *[replace(ADS, source=f"source {number}") for number in range(6)])["list"]
    assert len(shown.children) == part.MOST
    assert [fill.style["width"] for fill in fills(shown)] == ["100.0%"] + ["50.0%"] * 4


def test_paid_sources_are_marked_by_a_word_and_a_colour() -> None:
    feed, ads = show(FEED, ADS)["list"].children
    assert (text(feed), text(ads)) == ("For You feed40.0%", "LIVE adspaid20.0%")
    assert [fill.className for fill in fills([feed, ads])] == ["bar-fill", "bar-fill paid"]


def test_what_brought_no_view_is_only_in_the_table() -> None:
    shown = show(FEED, UNNAMED)
    assert text(shown["list"]) == "For You feed40.0%"
    assert [row["name"] for row in shown["rows"]] == ["For You feed", "Not named in the log"]


def test_impressions_alone_are_something_to_show() -> None:
    assert text(show(UNNAMED)["list"]) == "Not named in the log0.0%"


def test_the_table_has_every_figure_as_number_and_in_words() -> None:
    [row] = show(FEED)["rows"]
    assert row["values"]["tap_through_rate"] == 0.187 and row["written"]["tap_through_rate"] == "18.7%"
    assert row["values"]["view_share"] == 0.4 and row["written"]["direct_gmv"] == "$672.90"
    assert row["written"]["gmv_share"] == "30.0%" and set(row["values"]) == {*part.FIGURES, *part.BESIDES}


def test_what_advertising_cost_is_told_where_it_is_known() -> None:
    feed, ads = show(FEED, replace(ADS, ad_cost=Decimal("12.30")))["rows"]
    assert (feed["values"]["ad_cost"], feed["written"]["ad_cost"]) == (None, "–")
    assert (ads["values"]["ad_cost"], ads["written"]["ad_cost"]) == (12.3, "$12.30")


def test_the_table_has_the_columns_that_a_seller_asks_for() -> None:
    heads = [column["headerName"] for column in part._columns(WORDS)]
    assert heads == [
        "Source", "Impressions", "Views", "Viewers", "Tap-through rate", "Product clicks", "Orders", "CTOR",
        "Direct GMV", "Share of views", "Share of GMV", "Ad cost",
    ]  # fmt: skip


def test_parts_follow_their_channel() -> None:
    rows = show(FEED, ADS, parts={("for_you", False): (PREVIEW, FEED)})["rows"]
    assert [(row["name"], row["parent"], row["parts"]) for row in rows] == [
        ("For You feed", None, True), ("LIVE preview", rows[0]["id"], False), ("LIVE ads", None, False)
    ]  # fmt: skip
    assert len({row["id"] for row in rows}) == 3


def test_the_same_name_paid_and_organic_are_two_channels() -> None:
    rows = show(FEED, replace(FEED, paid=True))["rows"]
    assert rows[0]["id"] != rows[1]["id"]


@pytest.mark.parametrize("source", ["for_you", "For You Feed", "FYP", "for-you feed"])
def test_a_known_name_is_said_in_the_readers_words(source: str) -> None:
    assert part.source_name(source, Words("en")) == "For You feed" != part.source_name(source, Words("zh"))


@pytest.mark.parametrize("source", ["My newsletter", "<b>mine</b>", "{n}", ""])
def test_any_other_name_stays_as_the_log_has_it(source: str) -> None:
    assert part.source_name(source, Words("zh")) == source


def test_without_traffic_the_card_says_what_is_missing() -> None:
    shown = show(missing=("impression", "view"))
    assert shown["more"] and shown["rows"] == [] and "impression, view" in text(shown["list"])


def test_what_is_missing_is_said_above_the_table() -> None:
    assert "impression" in show(FEED, missing=("impression",))["lacks"]
