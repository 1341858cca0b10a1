"""What a command line asks for is understood, and what would be unsafe is refused with a way out."""
from __future__ import annotations

from pathlib import Path

import pytest

from livedash import settings
from livedash.problems import Problem
from livedash.settings import SECRET, Settings, Webhook, check, from_arguments, is_readable_on_the_way


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


ENOUGH = "a secret of enough letters"


@pytest.mark.parametrize(
    "address",
    [
        "hooks.example/x", "ftp://hooks.example/x", "https://", "https:///x", "https://ana:word@hooks.example/x",
        "https://hooks.example/a b", "https://hooks.example/\r\nX: 1", "https://hooks.example:no/x", "javascript:x",
        "https://hooks.example/" + "x" * 3000, "https://höoks.example/", "https://[::1/x",
    ],
)  # fmt: skip
def test_a_webhook_is_a_plain_web_address_and_its_refusal_does_not_repeat_it(address: str) -> None:
    with pytest.raises(Problem) as problem:
        check(Settings(webhook=Webhook(address, ENOUGH)))
    assert problem.value.code == "webhook-address" and set(problem.value.sentence.params) == set()
    with pytest.raises(Problem) as problem:
        check(Settings(console=address))
    assert problem.value.code == "console-address"


@pytest.mark.parametrize("address", ["https://hooks.example/x?y=1", "http://127.0.0.1:9000/", "http://[::1]:9/x"])
def test_a_good_webhook_is_taken(address: str) -> None:
    check(Settings(webhook=Webhook(address, ENOUGH), console=address))


def test_without_a_secret_nothing_is_delivered() -> None:
    with pytest.raises(Problem, match=SECRET) as problem:
        check(Settings(webhook=Webhook("https://hooks.example/", "short")))
    assert problem.value.code == "webhook-secret" and "short" not in str(problem.value)


def test_the_secret_comes_from_the_environment_or_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRET, ENOUGH)
    found = from_arguments(["--webhook", "https://hooks.example/"]).webhook
    assert found is not None and found.secret == ENOUGH
    file = tmp_path / "secret"
    file.write_text("another secret, with a newline\n", encoding="utf-8")
    found = from_arguments(["--webhook", "https://hooks.example/", "--webhook-secret-file", str(file)]).webhook
    assert found is not None and found.secret == "another secret, with a newline"
    with pytest.raises(Problem) as problem:
        from_arguments(["--webhook", "https://hooks.example/", "--webhook-secret-file", str(tmp_path / "none")])
    assert problem.value.code == "webhook-secret-file"


def test_settings_that_are_printed_show_no_secret() -> None:
    settings = Settings(webhook=Webhook("https://hooks.example/T0KEN", ENOUGH))
    assert ENOUGH not in repr(settings) and "T0KEN" not in repr(settings)
    assert settings.webhook is not None and settings.webhook.host == "https://hooks.example"


def test_the_demo_is_delivered_nowhere() -> None:
    assert Settings(webhook=Webhook("https://hooks.example/", ENOUGH)).demo_data.webhook is None


@pytest.mark.parametrize(
    ("address", "readable"),
    [("https://hooks.example/", False), ("http://127.0.0.1:1/", False), ("http://192.168.1.2/", True)],
)
def test_it_is_known_where_a_delivery_can_be_read_on_its_way(address: str, readable: bool) -> None:
    assert is_readable_on_the_way(Webhook(address, ENOUGH)) is readable
