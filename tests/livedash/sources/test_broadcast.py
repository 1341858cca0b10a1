"""The demo broadcast grows with the LIVE, closes with it, and plays."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from livedash.sources.broadcast import HEADER, PLAYLIST, Broadcast, furnish, playlist
from livedash.sources.script import DURATION, MINUTE, SECOND, plan

from .conftest import EVENING

LIVE = plan(5, EVENING)


def test_a_playlist_only_grows_and_is_closed_at_the_end() -> None:
    stages = [playlist(LIVE, until) for until in (0, 4_999, 5_000, 70 * MINUTE, DURATION - 1, DURATION)]
    assert all(later.startswith(earlier) for earlier, later in pairwise(stages))
    assert [stage.count("#EXTINF:5.000,") for stage in stages] == [0, 0, 1, 840, 1439, 1440]
    assert [stage.endswith("#EXT-X-ENDLIST\n") for stage in stages] == [False] * 5 + [True]


def test_every_file_named_is_in_the_room(tmp_path: Path) -> None:
    furnish(tmp_path)
    furnish(tmp_path)
    named = {line for line in playlist(LIVE, DURATION).splitlines() if line.endswith(".m4s")}
    assert all((tmp_path / "broadcast" / name).stat().st_size > 1000 for name in named | {"pause-0.m4s"})
    assert (tmp_path / "broadcast" / HEADER).is_file()
    assert all((tmp_path / product.image).read_text().startswith("<svg") for product in LIVE.products)


def test_the_picture_shows_the_product_that_is_pinned() -> None:
    shown = [line.rpartition("-")[0] for line in playlist(LIVE, DURATION).splitlines() if line.endswith(".m4s")]
    for pin in LIVE.pins:
        middle = (pin.start + pin.end) // 2
        if not LIVE.pause.holds(middle):
            assert shown[middle // (5 * SECOND)] == LIVE.products[pin.product].skus[0].sku_id
    assert shown[(LIVE.pause.start + LIVE.pause.end) // 2 // (5 * SECOND)] == "pause"


def test_each_clip_starts_with_a_discontinuity_and_its_time() -> None:
    elapsed, tags, before = 0, set[str](), ("", -1)
    for line in playlist(LIVE, DURATION).splitlines():
        if line.startswith("#EXT-X-PROGRAM-DATE-TIME:"):
            assert line.partition(":")[2] == LIVE.moment(elapsed)
        if line.endswith(".m4s"):
            starts = line.endswith("-0.m4s")
            assert ("#EXT-X-DISCONTINUITY" in tags) == (starts and elapsed > 0)
            assert ("#EXT-X-PROGRAM-DATE-TIME" in tags) == starts
            clip, _, part = line.removesuffix(".m4s").rpartition("-")
            assert starts or (clip, int(part)) == (before[0], before[1] + 1)
            elapsed, tags, before = elapsed + 5 * SECOND, set(), (clip, int(part))
        else:
            tags.add(line.partition(":")[0])
    assert elapsed == DURATION


def test_segments_are_released_as_they_end(tmp_path: Path) -> None:
    furnish(tmp_path)
    broadcast = Broadcast(tmp_path, LIVE)
    path = tmp_path / "broadcast" / PLAYLIST
    for until, segments in ((0, 0), (9_999, 1), (10_000, 2), (DURATION + 1, 1440)):
        assert broadcast.advance(until)
        assert path.read_text().count("#EXTINF") == segments
    assert sorted(tmp_path.glob("broadcast/*.new")) == []
