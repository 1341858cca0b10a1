"""Real logs that others recorded come out as DuckDB counted them, damaged ones as was expected of them."""
from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from livedash.rollup import from_folder
from livedash.rollup.fold import Rollup
from livedash.view import Window
from tests.house.trees import ROOT
from tests.livedash.rollup.watched import Watched, adds_up, figures, total

DATA = ROOT.parent / "shared" / "data"
ROOMS = ("snowplow-ecom", "tiktok-webcast", "twitch-vod-chat", "youtube-replay-small")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")


def truth(name: str) -> dict[str, Any]:
    return json.loads((DATA / "rooms" / name / "truth.json").read_text("utf-8"))


def raw(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / "rooms" / name / "events.ndjson").read_bytes().splitlines()]


@pytest.fixture(scope="module")
def rooms() -> dict[str, Rollup]:
    return {name: from_folder(DATA / "rooms" / name) for name in ROOMS if DATA.is_dir()}


def ms(stamp: str) -> int:
    when = datetime.fromisoformat(stamp).replace(tzinfo=UTC)
    return int(when.timestamp()) * 1000 + when.microsecond // 1000


@pytest.mark.parametrize("name", ROOMS)
def test_every_line_is_accounted_for(rooms: dict[str, Rollup], name: str) -> None:
    room, true = rooms[name], truth(name)
    adds_up(room)
    assert total(room) == {"lines": true["lines"], "accepted": true["lines"] - true["duplicates"]} | (
        {"duplicates": true["duplicates"]} if true["duplicates"] else {}
    )
    assert room.types == {kind: said["lines"] for kind, said in true["per_type"].items()}
    assert (room.first_ts, room.last_ts) == (ms(true["first_ts"]), ms(true["last_ts"]))


@pytest.mark.parametrize("name", ROOMS)
def test_users_of_every_type_are_those_of_the_truth(rooms: dict[str, Rollup], name: str) -> None:
    for kind, said in truth(name)["per_type"].items():
        assert rooms[name].ordered_funnel([kind]) == [said["users"]], kind


@pytest.mark.parametrize("name", ROOMS)
def test_money_is_that_of_the_truth_currency_by_currency(rooms: dict[str, Rollup], name: str) -> None:
    room, true = rooms[name], truth(name)["paid_by_currency"]
    if true:
        mine = true[room.currency]
        sums = room.sums(None)
        assert sums["gmv"] == round(float(mine["gmv"]) * 10_000) and f"{sums['gmv'] / 10_000:.4f}" == mine["gmv"]
        assert (room.distinct("orders", None), sums["items"]) == (mine["orders"], mine["items"])
    apart = room.other_currencies(None)
    assert {code: row["orders"] for code, row in apart.items()} == {
        code: said["orders"] for code, said in true.items() if code != room.currency
    }


@pytest.mark.parametrize("name", ROOMS)
def test_comments_of_every_minute_are_those_of_the_truth(rooms: dict[str, Rollup], name: str) -> None:
    room, minutes = rooms[name], truth(name)["comments_per_minute"]
    if not minutes:
        return
    for stamp, count in minutes.items():
        start = ms(stamp.removesuffix("Z"))
        seen = Window(start, start + 60_000)
        assert room.sums(seen)["comments"] == count == len(room.comments(seen))
        assert room.series("comments", seen, 60_000).tolist() == [count]
    assert sum(minutes.values()) == room.sums(None)["comments"]


def test_views_of_every_channel_are_those_of_the_truth(rooms: dict[str, Rollup]) -> None:
    for name in ROOMS:
        table = rooms[name].channels(None)
        seen = table.groupby("source", dropna=False)["views"].sum()
        assert Counter(seen[seen > 0].tolist()) == Counter(truth(name)["views_by_source"].values())


def test_gift_streaks_count_once(rooms: dict[str, Rollup]) -> None:
    sums = rooms["tiktok-webcast"].sums(None)
    assert (sums["gifts"], sums["diamonds"]) == (202, 344)
    assert sums["likes"] == truth("tiktok-webcast")["per_type"]["like"]["count_sum"]


def test_samples_are_read_and_never_added(rooms: dict[str, Rollup]) -> None:
    gauge = rooms["tiktok-webcast"].gauge(None)
    said = [row["count"] for row in raw("tiktok-webcast") if row["type"] == "viewers"]
    assert gauge.kind == "sample" and Counter(gauge.count.tolist()) == Counter(said)


def test_long_ids_and_many_scripts_survive(rooms: dict[str, Rollup]) -> None:
    for name in ROOMS:
        said = {row["event_id"]: row["text"] for row in raw(name) if row["type"] == "comment"}
        assert {c.event_id: c.text for c in rooms[name].comments(None, None)} == said


def test_a_room_of_two_months_costs_little(rooms: dict[str, Rollup]) -> None:
    room = rooms["snowplow-ecom"]
    assert room.width >= 60_000 and room.nbytes < 8_000_000


@pytest.mark.parametrize("name", ROOMS)
def test_portion_by_portion_each_room_comes_out_the_same(tmp_path: Path, rooms: dict[str, Rollup], name: str) -> None:
    data = (DATA / "rooms" / name / "events.ndjson").read_bytes()
    room = Watched(tmp_path)
    for at in range(0, len(data), 60_011):
        room.append(data[at : at + 60_011])
        room.read()
    whole = rooms[name]
    seen = [Window(whole.first_ts or 0, whole.last_ts or 0)]
    grown, once = figures(room.read(), seen), figures(room.scratch(), seen)
    assert grown == once


@pytest.mark.parametrize("name", ["fault_dups_shuffled", "fault_torn_tail", "fault_crlf"])
def test_damaged_files_come_out_as_expected(tmp_path: Path, name: str) -> None:
    expected = json.loads((DATA / "faults" / "expect.json").read_text("utf-8"))[name]
    shutil.copy(DATA / "faults" / f"{name}.ndjson", tmp_path)
    account = from_folder(tmp_path).log.total
    assert account.accepted == expected["accepted"] and account.rejected == 0
    assert account.lines == expected.get("lines", expected.get("lines_complete", account.lines))
    assert account.duplicates == expected.get("duplicates", 0)
    assert (account.unfinished_bytes > 0) == (name == "fault_torn_tail")


def test_a_torn_tail_completed_is_a_line_more(tmp_path: Path) -> None:
    room = Watched(tmp_path)
    data = (DATA / "faults" / "fault_torn_tail.ndjson").read_bytes()
    room.write(data)
    assert room.read().log.total.accepted == 999
    last = data.rpartition(b"\n")[2]
    recorded = b"".join(path.read_bytes() for path in (DATA / "rooms").rglob("events.ndjson"))
    whole = next(line for line in recorded.splitlines() if line.startswith(last))
    room.append(whole[len(last) :] + b"\n")
    assert room.read().log.total.accepted == 1000
