"""livedash starts from the command line, answers, and leaves in good order."""
from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import app as entry
from livedash.operate.pins import Standing
from livedash.operate.pins import pin as act
from livedash.problems import Problem
from livedash.rollup.store import read_manifest
from livedash.settings import SECRET, Settings, Webhook
from tests.livedash.build import enter, lines, started, write
from tests.livedash.operate import receiver as hook

ROOT = Path(__file__).parents[1]


class Running:
    """The program, started as a user would start it."""

    def __init__(self, *arguments: str, secret: str = "") -> None:
        command = [sys.executable, str(ROOT / "app.py"), "--port", "0", *arguments]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT.parent,
            env={**os.environ, SECRET: secret},
        )  # fmt: skip
        assert self.process.stdout
        self.greeting = self.process.stdout.readline()
        address = re.search(r"http://\S+", self.greeting)
        self.address = address[0] if address else ""

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:
            return str(answer.read().decode())


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    program = Running("--data", str(tmp_path), "--no-demo")
    yield program
    program.process.kill()
    program.process.communicate()


def test_it_says_where_it_shows_and_answers_there(running: Running) -> None:
    assert running.address, running.greeting
    assert running.get("/health") == "OK"
    assert 'id="react-entry-point"' in running.get("/rooms/any/key-data")


def test_many_pages_may_be_open_at_once(running: Running) -> None:
    host, port = running.address.removeprefix("http://").split(":")
    with ExitStack() as pages:
        for _ in range(300):
            pages.enter_context(socket.create_connection((host, int(port))))
        assert running.get("/health") == "OK"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that can be caught")
def test_it_leaves_when_told_to(running: Running) -> None:
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=3 * 5) == 0, "within 5 s (three times that, for a busy machine)"


def test_a_public_address_is_refused() -> None:
    refused = subprocess.run(
        [sys.executable, "app.py", "--host", "0.0.0.0"], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert refused.returncode == 2 and "--guarded" in refused.stderr and "Traceback" not in refused.stderr


def test_a_port_that_is_taken_is_said(running: Running, tmp_path: Path) -> None:
    port = running.address.rsplit(":", 1)[1]
    command = [sys.executable, "app.py", "--port", port, "--data", str(tmp_path), "--no-demo"]
    refused = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert refused.returncode == 2 and "--port" in refused.stderr and "Traceback" not in refused.stderr


def test_the_user_s_own_rooms_take_the_place_of_the_demo(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    (settings.demo_data.rooms / "demo-live").mkdir(parents=True)
    rooms = entry.OwnOrDemo(settings)
    assert rooms.shows_demo() and rooms.ids() == ["demo-live"]
    assert rooms.folder("demo-live") == settings.demo_data.rooms / "demo-live"
    (settings.rooms / "mine").mkdir(parents=True)
    assert not rooms.shows_demo() and rooms.ids() == ["mine"]
    with pytest.raises(Problem, match="The demo has gone"):
        rooms.folder("demo-live")
    with pytest.raises(Problem, match="There is no room another here"):
        rooms.folder("another")
    assert rooms.folder("mine") == settings.rooms / "mine"


def test_without_the_demo_nothing_of_it_is_shown(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, demo=False)
    (settings.demo_data.rooms / "demo-live").mkdir(parents=True)
    rooms = entry.OwnOrDemo(settings)
    assert rooms.ids() == [] and not rooms.shows_demo()


@pytest.mark.parametrize(("own", "demo", "names"), [
    (True, True, ["reading"]), (False, True, ["reading", "demo", "reading-demo"]), (False, False, ["reading"]),
])  # fmt: skip
def test_the_demo_is_made_only_for_who_has_no_room(tmp_path: Path, own: bool, demo: bool, names: list[str]) -> None:
    settings = Settings(data=tmp_path, demo=demo)
    if own:
        (settings.rooms / "mine").mkdir(parents=True)
    assert [thread.name for thread in entry.workers(settings, threading.Event())] == names


def test_with_a_webhook_what_is_done_in_own_rooms_is_delivered_and_nothing_of_the_demo(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, webhook=Webhook("https://hooks.example/", "a secret of enough letters"))
    names = [thread.name for thread in entry.workers(settings, threading.Event())]
    assert names == ["reading", "delivering", "demo", "reading-demo"]
    assert settings.demo_data.webhook is None


def hold(free: threading.Event) -> None:
    """Answer nothing until the test lets go."""
    free.wait(60)


def test_a_receiver_that_never_answers_holds_up_neither_pages_nor_reading_nor_the_end(tmp_path: Path) -> None:
    room = tmp_path / "rooms" / "friday"
    room.mkdir(parents=True)
    begins = lines([started({"title": "Friday"}), enter("a")])
    write(room / "events.ndjson", begins)
    free = threading.Event()

    def revision() -> int:
        manifest = read_manifest(tmp_path / "cache" / "rooms" / "friday")
        return manifest.revision if manifest else 0

    with hook.Receiver(*[hook.Answering(before=lambda got: hold(free))] * 99) as receiver:
        program = Running("--data", str(tmp_path), "--webhook", receiver.address, secret=hook.SECRET)
        try:
            assert program.get("/health") == "OK"
            (line,) = act(room, "cream", Standing(frozenset({"cream"})), by="ana")
            receiver.wait()  # now it hangs
            before = revision()
            write(room / "orders.ndjson", [{**begins[1], "event_id": "late", "user_id": "b"}])
            while revision() <= before:
                assert program.process.poll() is None
                time.sleep(0.02)
            assert program.get("/health") == "OK"
            assert 'id="react-entry-point"' in program.get("/rooms/friday/key-data")
            assert receiver.keys[:1] == [line["event_id"]]
            program.process.terminate()
            assert program.process.wait(timeout=60) == 0
        finally:
            free.set()
            program.process.kill()
            told = "".join(program.process.communicate())
    assert hook.SECRET not in told and "T0KEN" not in told and "127.0.0.1" in told


def test_a_webhook_without_a_secret_is_refused_and_not_repeated() -> None:
    refused = subprocess.run(
        [sys.executable, "app.py", "--webhook", "https://hooks.example/T0KEN"],
        capture_output=True, text=True, cwd=ROOT, timeout=60, env={**os.environ, SECRET: "short"},
    )  # fmt: skip
    assert refused.returncode == 2 and SECRET in refused.stderr
    assert "T0KEN" not in refused.stderr and "Traceback" not in refused.stderr


def test_work_that_another_does_already_is_taken_over_when_that_ends() -> None:
    stop, tries = threading.Event(), []

    def work() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise Problem("ingester-running", "Another one does it.")
        stop.set()

    entry.alone(work, stop, again_s=0)
    assert len(tries) == 2


def test_work_that_a_bug_stopped_is_begun_again_and_its_traceback_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    stop, tries = threading.Event(), []

    def work() -> None:
        tries.append(1)
        if len(tries) < 4:
            raise KeyError("a bug")
        stop.set()

    entry.alone(work, stop, again_s=0)
    assert len(tries) == 4
    assert len([record for record in caplog.records if record.exc_info]) == 1, "told once"
