"""python -m livedash figures: every real log shows its truths, every damaged one its account, and what cannot be read
is said in a sentence."""
from __future__ import annotations

import gzip
import json
import os
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from livedash.__main__ import main
from livedash.analysis.figures import figures, instant, plain
from livedash.analysis.metrics import METRICS
from livedash.rollup import from_folder
from tests.livedash.build import (
    START,
    at,
    clicks,
    ended,
    enter,
    event,
    lines,
    lists,
    order,
    pin,
    rollup,
    started,
    write,
)

DATA = Path(__file__).parents[2].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the real logs (../shared/data) are not there")
ROOMS = sorted(path.parent.name for path in DATA.glob("rooms/*/truth.json"))


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """What the command prints as JSON."""
    assert main(["figures", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "a-live"
    folder.mkdir()
    happened = [
        at(0, started({"title": "Autumn", "currency": "EUR", "timezone": "Europe/Berlin"})),
        at(1, lists("p", title="Cream", price="12.50", stock=9)),
        at(10, enter("a", "Search", paid=True)),
        at(20, pin("p")),
        at(30, clicks("a")),
        at(40, order("a", "12.50", quantity=2, source="Search", paid=True)),
        at(50, order("b", 7, currency="USD", order_id="usd")),
        at(90, clicks("b")),
        at(100, event("dance")),
        at(120, ended()),
    ]
    write(folder / "events.ndjson", lines(happened))
    return folder


# --- real logs


@needs_data
@pytest.mark.parametrize("name", ROOMS)
def test_a_real_log_shows_its_truths(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    truth = json.loads((DATA / "rooms" / name / "truth.json").read_text("utf-8"))
    found = ask(capsys, str(DATA / "rooms" / name))
    types = {kind: said["lines"] for kind, said in truth["per_type"].items()}
    assert found["log"]["lines"] == truth["lines"] == found["log"]["accepted"] + found["log"]["duplicates"]
    assert found["log"]["duplicates"] == truth["duplicates"]
    assert found["log"]["types"] == types
    assert found["log"]["files"]["events.ndjson"]["types"] == types
    assert_money(found, truth["paid_by_currency"])
    assert {row["source"]: row["views"] for row in found["channels"] if row["views"]} == {
        None if source == "None" else source: views for source, views in truth["views_by_source"].items()
    }
    plain_counts = {"comment": "comments", "view": "views", "share": "shares", "follow": "new_followers",
                    "product_click": "product_clicks", "product_impression": "product_impressions",
                    "add_to_cart": "add_to_cart"}  # fmt: skip
    for kind, key in plain_counts.items():
        assert found["metrics"][key] == types.get(kind), key
    if "view" in types:
        assert found["metrics"]["viewers"] == truth["per_type"]["view"]["users"]
    if "like" in types:
        assert found["metrics"]["likes"] == truth["per_type"]["like"]["count_sum"]


def assert_money(found: dict[str, Any], by_currency: dict[str, Any]) -> None:
    """The room's own currency is among the metrics, every other one stands apart."""
    for currency, said in by_currency.items():
        ours = found["metrics"] if currency == found["room"]["currency"] else found["other_currencies"][currency]
        assert (ours["orders"], ours["items_sold"]) == (said["orders"], said["items"])
        assert Decimal(ours["direct_gmv"]) == Decimal(said["gmv"])
    assert set(found["other_currencies"]) == set(by_currency) - {found["room"]["currency"]}


@needs_data
def test_real_gift_streaks_count_once() -> None:
    found = figures(from_folder(DATA / "rooms" / "tiktok-webcast"), None)
    assert (found["metrics"]["gifts"], found["metrics"]["diamonds"]) == (202, 344)


@needs_data
@pytest.mark.parametrize("name", ["twitch-vod-chat", "youtube-replay-small"])
def test_real_chats_have_their_comments_minute_by_minute(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    truth = json.loads((DATA / "rooms" / name / "truth.json").read_text("utf-8"))["comments_per_minute"]
    minutes = sorted(truth)
    for minute in {*minutes[:3], *minutes[-3:], max(truth, key=lambda m: truth[m])}:
        begin = minute.replace("Z", ":00Z")
        end = minute.replace("Z", ":59.999Z")
        found = ask(capsys, str(DATA / "rooms" / name), "--from", begin, "--to", end)
        assert found["metrics"]["comments"] == truth[minute], minute


@needs_data
@pytest.mark.parametrize("name", ["fault_crlf", "fault_dups_shuffled", "fault_torn_tail"])
def test_a_damaged_log_is_accounted_for(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = json.loads((DATA / "faults" / "expect.json").read_text("utf-8"))[name]
    shutil.copy(DATA / "faults" / f"{name}.ndjson", tmp_path / "events.ndjson")
    log = ask(capsys, str(tmp_path))["log"]
    assert log["accepted"] == expected["accepted"]
    assert log["lines"] == expected.get("lines", expected.get("lines_complete", expected["accepted"]))
    assert log["duplicates"] == expected.get("duplicates", 0)
    assert log["rejected"] == expected.get("quarantined", 0)
    assert (log["unfinished_bytes"] > 0) == (name == "fault_torn_tail")


def funnel_cases() -> list[dict[str, Any]]:
    path = DATA / "cases" / "funnel_clickhouse_cases.json"
    return json.loads(path.read_text("utf-8"))["cases"] if path.is_file() else []


@needs_data
@pytest.mark.parametrize("case", funnel_cases(), ids=lambda case: case["id"])
def test_the_ordered_funnel_is_clickhouses(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "events.ndjson", lines(at(seconds, event(name, "a")) for seconds, name in case["events"]))
    asked = ["--steps", ",".join(case["steps"]), "--within", str(case["window_s"])]
    reached = [stage["users"] for stage in ask(capsys, str(tmp_path), *asked)["user_funnel"]]
    assert reached == [int(case["default"] > place) for place in range(len(case["steps"]))]


# --- what is printed


def test_what_is_printed(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, str(room))
    assert found["room"] | {"host": None} == {
        "id": "a-live", "title": "Autumn", "host": None, "state": "ended", "started_at": "2024-11-20T19:00:00.000Z",
        "ended_at": "2024-11-20T19:02:00.000Z", "currency": "EUR", "timezone": "Europe/Berlin",
    }  # fmt: skip
    assert found["window"] == {"from": "2024-11-20T19:00:00.000Z", "to": "2024-11-20T19:02:00.001Z"}
    assert (found["log"]["lines"], found["log"]["accepted"], found["log"]["unknown_types"]) == (10, 10, {"dance": 1})
    assert set(found["log"]["files"]) == {"events.ndjson"}
    assert found["metrics"]["direct_gmv"] == "25.00" and found["metrics"]["items_sold"] == 2
    assert found["metrics"]["ctor"] == 0.5 and found["metrics"]["impressions"] is None
    assert found["missing"]["tap_through_rate"] == ["impression"]
    assert list(found["metrics"]) == list(METRICS)
    assert found["other_currencies"] == {"USD": {"orders": 1, "items_sold": 1, "direct_gmv": "7.00"}}
    assert found["funnel"][2] == {"stage": "product_clicks", "count": 2, "rate": 2.0}
    stages = {stage["stage"]: stage["users"] for stage in found["user_funnel"]}
    assert list(stages) == ["entered", "product_impression", "product_click", "add_to_cart", "order_paid"]
    assert stages["entered"] == 1 and stages["product_impression"] is None and stages["order_paid"] == 1
    [cream] = found["products"]
    assert (cream["product_id"], cream["title"], cream["product_clicks"]) == ("p", "Cream", 2)
    assert (cream["direct_gmv"], cream["avg_price"], cream["stock_left"]) == ("25.00", "12.50", 9)
    [search] = [row for row in found["channels"] if row["source"] == "Search"]
    assert search["paid"] and (search["views"], search["viewers"], search["orders"]) == (1, 1, 1)
    assert search["impressions"] is None and search["direct_gmv"] == "25.00"
    [pinned] = [marker for marker in found["markers"] if marker["kind"] == "pin"]
    assert (pinned["start"], pinned["end"]) == ("2024-11-20T19:00:20.000Z", "2024-11-20T19:02:00.000Z")


def test_ids_of_nineteen_digits_survive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, next_to_it = "1729384756019283746", "1729384756019283747"
    write(tmp_path / "events.ndjson", lines([clicks("a", one), order("a", 1, next_to_it)]))
    assert {product["product_id"] for product in ask(capsys, str(tmp_path))["products"]} == {one, next_to_it}


def test_a_window_by_either_form_of_time(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = ask(capsys, str(room), "--from", "2024-11-20T20:00:25+01:00", "--to", "2024-11-20T19:00:35Z")
    counted = ask(capsys, str(room), "--from", str(START + 25_000), "--to", str(START + 35_000))
    assert written == counted
    assert written["metrics"]["product_clicks"] == 1 and written["metrics"]["orders"] == 0
    assert written["window"] == {"from": "2024-11-20T19:00:25.000Z", "to": "2024-11-20T19:00:35.000Z"}


def test_a_window_open_at_one_end(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, str(room), "--from", str(START + 60_000))["metrics"]["product_clicks"] == 1
    assert ask(capsys, str(room), "--to", str(START + 60_000))["metrics"]["product_clicks"] == 1


def test_the_window_printed_gives_the_same_figures(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = ask(capsys, str(room))
    assert ask(capsys, str(room), "--from", whole["window"]["from"], "--to", whole["window"]["to"]) == whole


def test_every_line_of_a_growing_log_counts_once(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = ask(capsys, str(room))["metrics"]
    shutil.copy(room / "events.ndjson", room / "again.ndjson")
    log = ask(capsys, str(room))
    assert log["metrics"] == before
    assert {name: said["duplicates"] for name, said in log["log"]["files"].items()} in (
        {"events.ndjson": 0, "again.ndjson": 10}, {"events.ndjson": 10, "again.ndjson": 0},
    )  # fmt: skip


def test_steps_of_any_types(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ask(capsys, str(room), "--steps", "view,product_click,order_paid", "--within", "20")
    assert [stage["users"] for stage in asked["user_funnel"]] == [1, 1, 0]


def test_a_table_for_people(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", str(room)]) == 0
    table = capsys.readouterr().out
    assert "Autumn (a-live), ended" in table and "€25.00" in table and "needs impression" in table
    assert all(metric.label in table for metric in METRICS.values())


def test_the_table_says_what_stands_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    euros = order("b", "7.50", currency="EUR")
    write(tmp_path / "events.ndjson", lines([started({"currency": "USD"}), order("a", 10), euros, event("veiw")]))
    assert main(["figures", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "In another currency, and in no figure below: 1 orders, €7.50" in said
    assert "Types that are not in the vocabulary: veiw 1" in said


def test_a_step_that_is_no_type_is_said(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", str(room), "--json", "--steps", "view,prodct_click"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["user_funnel"][1] == {"stage": "prodct_click", "users": 0}
    assert printed.err == "prodct_click is no type of the vocabulary, and none in this log.\n"


def test_nothing_in_a_log_steers_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "events.ndjson", lines([started({"title": "\x1b[2JHa\r\n"}), lists("p", title="\x1b]0;x\x07")]))
    assert main(["figures", str(tmp_path)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_an_empty_log_has_no_figures_and_is_a_room(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "events.ndjson").touch()
    found = ask(capsys, str(tmp_path))
    assert found["room"]["state"] == "upcoming" and set(found["metrics"].values()) == {None}
    assert found["window"] == {"from": None, "to": None} and found["products"] == found["markers"] == []


# --- what cannot be done


@pytest.mark.parametrize("words", [["figures", "no-such-folder"], ["figures", "--json", "no-such-folder"]])
def test_a_folder_that_is_no_room(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert_a_sentence(capsys, "no-such-folder")


def test_a_folder_without_a_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert main(["figures", str(tmp_path)]) == 2
    assert_a_sentence(capsys, "room")


def test_a_file_instead_of_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "events.ndjson").touch()
    assert main(["figures", str(tmp_path / "events.ndjson")]) == 2
    assert_a_sentence(capsys, "events.ndjson")


@pytest.mark.parametrize("damage", ["no gzip at all", "cut gzip"])
def test_a_file_that_cannot_be_read(damage: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "events.ndjson", lines(enter(f"u{i}") for i in range(99)))
    packed = gzip.compress((tmp_path / "events.ndjson").read_bytes())
    (tmp_path / "orders.ndjson.gz").write_bytes(packed[:-20] if damage == "cut gzip" else b"this is no gzip")
    assert main(["figures", str(tmp_path)]) == 2
    assert_a_sentence(capsys, "orders.ndjson.gz")


def test_a_file_that_may_not_be_read(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (room / "events.ndjson").chmod(0)
    if os.access(room / "events.ndjson", os.R_OK):
        pytest.skip("whoever runs this may read everything")
    assert main(["figures", str(room)]) == 2
    assert_a_sentence(capsys, "events.ndjson")


@pytest.mark.parametrize("option", [
    ["--from", "yesterday"], ["--from", "2024-11-20T19:00:00"], ["--to", "99999999999999999999"], ["--within", "soon"],
    ["--within", "nan"], ["--within", "-1"], ["--within", "60"], ["--from", "9" * 5000],
    ["--from", "2024-11-20T19:01:00Z", "--to", "2024-11-20T19:01:00Z"],
])  # fmt: skip
def test_a_time_that_is_none(option: list[str], room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", str(room), *option]) == 2
    assert_a_sentence(capsys, "")


@pytest.mark.parametrize("words", [[], ["figures"], ["dance"], ["figures", "x", "--no-such-option"]])
def test_a_command_that_is_not_understood(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2 and "usage:" in capsys.readouterr().err


def assert_a_sentence(capsys: pytest.CaptureFixture[str], about: str) -> None:
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and said.err.strip().endswith(".") and about in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(("value", "written"), [
    (Decimal("100000"), "100000.00"), (Decimal("0E-8"), "0.00"), (Decimal("0.0001"), "0.0001"),
    (Decimal("1E+3"), "1000.00"), (Decimal("33.33333333"), "33.33333333"), (Decimal("12.3400"), "12.34"),
    (7, 7), (0.25, 0.25), (None, None),
])  # fmt: skip
def test_money_is_written_exactly(value: Any, written: Any) -> None:
    assert plain(value) == written


def test_moments_are_written_to_the_millisecond() -> None:
    assert instant(START + 7) == "2024-11-20T19:00:00.007Z" and instant(None) is None


def test_figures_come_from_any_rollup() -> None:
    assert figures(rollup(enter("a")), None)["metrics"]["views"] == 1
