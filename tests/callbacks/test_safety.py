"""Every answer carries the rules, other sites are refused, and a bug is told by its reference alone."""
from __future__ import annotations

import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest

import app as entry
from callbacks.safety import Faults, content_policy
from livedash.problems import Problem
from livedash.settings import Settings
from tests.callbacks.conftest import House

ADDRESSES = [
    "/",
    "/rooms/a/key-data",
    "/manual",
    "/_dash-layout",
    "/_dash-dependencies",
    "/health",
    "/assets/theme.css",
    "/media/a/b.mp4",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_rules(house: House, address: str) -> None:
    headers = house.client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_scripts_are_our_files_and_nothing_written_into_the_page(house: House) -> None:
    answer = house.client.get("/")
    scripts = re.search(r"script-src ([^;]*)", answer.headers["Content-Security-Policy"])
    assert scripts and "unsafe" not in scripts[1] and "*" not in scripts[1] and "http" not in scripts[1]
    sources = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]*)"', answer.text)
    assert sources and all(source.startswith("/") and not source.startswith("//") for source in sources)


def test_an_origin_that_is_named_may_embed() -> None:
    assert content_policy([], ("https://a.example", "https://b.example")).endswith(
        "frame-ancestors https://a.example https://b.example"
    )


def test_another_site_cannot_act(house: House) -> None:
    for origin in ("https://evil.example", "null", "http://localhost:9999"):
        assert house.client.post("/_dash-update-component", json={}, headers={"Origin": origin}).status_code == 403
    assert house.client.get("/health", headers={"Origin": "https://evil.example"}).status_code == 200


def test_another_name_for_this_computer_leads_nowhere(house: House) -> None:
    assert house.client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert house.client.get("/", headers={"Host": "127.0.0.1:8050"}).status_code == 200


def test_behind_a_login_any_name_will_do(tmp_path: Path) -> None:
    app = entry.create_app(Settings(data=tmp_path, host="0.0.0.0", guarded=True, demo=False))
    assert app.server.test_client().get("/", headers={"Host": "livedash.example"}).status_code == 200


def test_a_body_that_is_too_large_is_refused(house: House) -> None:
    answer = house.client.post("/_dash-update-component", data=b"x" * 5_000_000, content_type="application/json")
    assert answer.status_code == 413


def test_it_answers_for_its_health(house: House) -> None:
    assert house.client.get("/health").text == "OK"


def test_nothing_that_helps_developers_is_open_to_all(house: House) -> None:
    assert house.server.debug is False
    for address in ("/_mcp", "/_reload-hash", "/_alive"):
        assert house.client.get(address).mimetype in ("text/html", "application/json")
    assert house.client.post("/_mcp", json={}).status_code in (404, 405)


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_a_bug_is_told_by_its_reference_alone(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with house.server.test_request_context(), caplog.at_level(logging.ERROR):
        said = Faults().text(raised(ZeroDivisionError("the inside of it")))
    reference = re.search(r"Reference (\w+)", said)
    assert reference and "the inside of it" not in said and "ZeroDivisionError" not in said
    assert reference[1] in caplog.text and "the inside of it" in caplog.text and "Traceback" in caplog.text


def test_a_bug_that_repeats_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    faults, error = Faults(), raised(ValueError("again"))
    with caplog.at_level(logging.ERROR):
        assert len({faults.reference(error) for _ in range(50)}) == 1
    assert len(caplog.records) == 1


def test_expected_trouble_is_told_in_words_and_not_as_a_bug(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with house.server.test_request_context(headers={"Accept-Language": "en"}), caplog.at_level(logging.ERROR):
        said = Faults().text(Problem("disk-full", "The disk of {name} is full.", name="this room"))
    assert said == "The disk of this room is full." and not caplog.records


def test_a_bug_behind_an_address_shows_no_insides(house: House) -> None:
    @house.server.get("/broken")
    def broken() -> str:
        raise RuntimeError("the inside of it")

    answer = house.client.get("/broken")
    assert answer.status_code == 500 and "Reference" in answer.text and "inside of it" not in answer.text


def test_frames_are_told_by_settings(tmp_path: Path) -> None:
    settings = replace(Settings(data=tmp_path, demo=False), frame_ancestors=("https://intranet.example",))
    headers = entry.create_app(settings).server.test_client().get("/").headers
    assert (
        "X-Frame-Options" not in headers
        and "frame-ancestors https://intranet.example" in headers["Content-Security-Policy"]
    )
