"""A file goes out only to who has its name, and nothing but such files goes out at all."""
from __future__ import annotations

import os
import stat
import sys
import time

import pytest

from callbacks import exports
from layouts import addresses
from tests.callbacks.conftest import House


def written(house: House, name: str = "trend.csv") -> tuple[str, str]:
    token, folder = exports.place(house.settings.cache)
    (folder / name).write_text("a,b\n")
    return token, addresses.export(token, name)


def test_a_file_is_sent_to_be_saved_and_kept_nowhere(house: House) -> None:
    _, address = written(house)
    answer = house.client.get(address)
    assert answer.status_code == 200 and answer.data == b"a,b\n"
    assert "attachment" in answer.headers["Content-Disposition"] and answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/exports/{token}/..%2f..%2fheartbeat.json",
        "/exports/{token}/../../heartbeat.json",
        "/exports/..%2f{token}/trend.csv",
        "/exports/../exports/trend.csv",
        "/exports/{short}/trend.csv",
        "/exports/{token}/other.csv",
        "/exports/{token}/",
        "/exports/",
    ],
)
def test_nothing_else_is_given_out(house: House, path: str) -> None:
    house.read()
    token, _ = written(house)
    answer = house.client.get(path.format(token=token, short=token[:-1]))
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
    assert b"a,b" not in answer.data and b'"at"' not in answer.data


def test_neither_another_kind_nor_a_link_is_given_out(house: House) -> None:
    _, script = written(house, "page.html")
    assert house.client.get(script).status_code == 404
    token, folder = exports.place(house.settings.cache)
    secret = house.settings.data / "secret.csv"
    secret.write_text("x")
    (folder / "link.csv").symlink_to(secret)
    assert house.client.get(addresses.export(token, "link.csv")).status_code == 404


def test_what_is_old_goes_when_a_new_file_comes(house: House) -> None:
    token, address = written(house)
    old = time.time() - exports.KEPT_S - 60
    os.utime(exports.folder(house.settings.cache) / token, (old, old))
    written(house)
    assert house.client.get(address).status_code == 404


@pytest.mark.skipif(sys.platform == "win32", reason="there the data directory's own rights hold")
def test_only_this_user_can_look_into_files_and_jobs(house: House) -> None:
    written(house)
    for name in ("exports", "jobs"):
        assert stat.S_IMODE((house.settings.cache / name).stat().st_mode) == 0o700
