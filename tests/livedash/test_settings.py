"""What a command line asks for is understood, and what would be unsafe is refused with a way out."""
from __future__ import annotations

from pathlib import Path

import pytest

from livedash import settings
from livedash.problems import Problem
from livedash.settings import Settings


def test_the_usual_settings_show_to_this_computer_only() -> None:
    usual = settings.from_arguments([])
    assert usual.host == "127.0.0.1" and usual.port == 8050 and usual.demo
    settings.check(usual)


def test_everything_can_be_said(tmp_path: Path) -> None:
    said = settings.from_arguments(
        ["--data", str(tmp_path), "--host", "0.0.0.0", "--port", "0", "--no-demo", "--guarded", "--refresh", "2.5",
         "--threads", "4", "--embed-in", "https://a.example", "--embed-in", "https://b.example"]
    )  # fmt: skip
    expected = Settings(
        tmp_path, "0.0.0.0", 0, demo=False, guarded=True,
        frame_ancestors=("https://a.example", "https://b.example"), refresh_ms=2500, threads=4,
    )  # fmt: skip
    assert said == expected
    assert said.rooms == tmp_path / "rooms" and said.cache == tmp_path / "cache"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "dashboard.example", "2001:db8::1", ""])
def test_a_public_address_without_a_login_is_refused_with_a_way_out(host: str) -> None:
    with pytest.raises(Problem) as refused:
        settings.check(Settings(host=host))
    assert refused.value.code == "public-without-login"
    assert "--guarded" in str(refused.value)
    settings.check(Settings(host=host, guarded=True))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]"])
def test_this_computer_needs_no_login(host: str) -> None:
    settings.check(Settings(host=host))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "99999"],
        ["--refresh", "0"],
        ["--threads", "0"],
        ["--embed-in", "*"],
        ["--embed-in", "https://a.example; script-src *"],
    ],
)
def test_what_makes_no_sense_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        settings.from_arguments(arguments)
    assert left.value.code == 2 and arguments[0] in capsys.readouterr().err


def test_the_demo_lives_in_what_may_be_deleted(tmp_path: Path) -> None:
    demo = Settings(data=tmp_path).demo_data
    assert demo.rooms.is_relative_to(tmp_path / "cache") and demo.cache.is_relative_to(tmp_path / "cache")
    assert not demo.demo
