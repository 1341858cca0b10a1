"""What is done in the dashboard reaches the webhook: signed, in order, at least once; whatever the receiver does."""
from __future__ import annotations

import errno
import gzip
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from livedash.hosted import deliver
from livedash.operate import appeals, delivery, journal, outbox
from livedash.operate.delivery import Deliverer, backoff, begun
from livedash.operate.outbox import Outbox
from livedash.operate.pins import Standing, pin, unpin
from livedash.operate.questions import answered
from livedash.operate.webhook import Answer, Post, key_of
from livedash.problems import Problem
from livedash.settings import SECRET as VARIABLE
from tests.house.trees import ROOT
from tests.livedash.operate.receiver import SECRET, Answering, Receiver

PRODUCTS = Standing(products=frozenset({"cream", "serum", "cleanser"}))
DAY_MS = 24 * 3600 * 1000
DOWN, BUSY, GONE = Answering(500), Answering(429), Answering(410)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "rooms" / "friday"
    folder.mkdir(parents=True)
    return folder


def deliverer(room: Path, receiver: Receiver, since: int = 0, patience_s: float = 5.0, **more: Any) -> Deliverer:
    """One that waits for nothing between its attempts."""
    post = Post(receiver.webhook, threading.Event(), patience_s)
    return Deliverer(lambda: sorted(room.parent.iterdir()), since, post, **{"wait": lambda attempts: 0.0, **more})


def all_of_it(one: Deliverer) -> None:
    while one.look():
        pass


def said(room: Path) -> list[dict[str, Any]]:
    """The lines that the deliverer wrote."""
    path = room / outbox.NAME
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def states(room: Path) -> list[tuple[str, str]]:
    return [(line["ref_id"], line["state"]) for line in said(room)]


def write(room: Path, *lines: dict[str, Any]) -> None:
    with journal.held(room) as log:
        log.append(lines)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


# ------------------------------------------------------------------------------------------------------- what is sent


def test_a_pin_is_sent_as_its_line_with_the_room_and_a_signature_that_fits(room: Path) -> None:
    (line,) = pin(room, "cream", PRODUCTS, by="ana 晚上好")
    with Receiver() as receiver:
        all_of_it(deliverer(room, receiver))
    (got,) = receiver.received
    assert got.genuine and got.key == line["event_id"] and got.path == "/hook/T0KEN?in=1"
    assert got.body == {**line, "room": "friday"}
    assert abs(got.timestamp - time.time()) < 60
    (outcome,) = said(room)
    assert (outcome["type"], outcome["ref_id"], outcome["state"]) == ("delivery", line["event_id"], "delivered")
    assert (outcome["attempts"], outcome["status"]) == (1, 200)


def test_every_kind_of_action_is_sent_and_nothing_else(room: Path) -> None:
    kinds = [*sorted(outbox.ACTIONS), "appeal_decided", "comment", "poll"]
    write(room, *({"event_id": f"op-{kind}", "ts": now_ms(), "type": kind} for kind in kinds))
    with (room / journal.NAME).open("ab") as file:
        file.write(b'noise\n[1]\n{"type":"pin","ts":1}\n{"event_id":"x","type":"pin"}\n{"event_id":7,"ts":7,"type":"pin"}\n')
    with Receiver() as receiver:
        all_of_it(deliverer(room, receiver))
    assert [got.body["type"] for got in receiver.received] == sorted(outbox.ACTIONS)


def test_two_lines_with_one_id_are_one_action(room: Path) -> None:
    write(room, *({"event_id": "op-1", "ts": now_ms(), "type": "pin", "product_id": "cream"} for _ in range(2)))
    with Receiver() as receiver:
        all_of_it(deliverer(room, receiver))
    assert receiver.keys == ["op-1"]


def test_an_id_that_cannot_stand_in_a_header_becomes_a_key_that_can(room: Path) -> None:
    hostile = "op\r\nX-Evil: 1"
    write(room, {"event_id": hostile, "ts": now_ms(), "type": "pin", "product_id": "晚上好"})
    with (room / journal.NAME).open("ab") as file:  # half a letter, which the log takes for no text
        file.write(b'{"event_id":"\\ud800","ts":%d,"type":"pin","product_id":"cream"}\n' % now_ms())
    with Receiver() as receiver:
        all_of_it(deliverer(room, receiver))
    (got,) = receiver.received
    assert got.key == key_of(hostile) and got.key.isalnum() and got.genuine
    assert got.body["event_id"] == hostile and states(room) == [(hostile, "delivered")]


def test_a_receiver_that_confirms_is_believed(room: Path) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    unpin(room, "cream", PRODUCTS, by="ana")
    pin(room, "serum", PRODUCTS, by="ana")
    bodies = (b'{"state":"confirmed"}', b'{"state":"thinking"}', b"\xff" * 100_000)
    with Receiver(*(Answering(202, body) for body in bodies)) as receiver:
        all_of_it(deliverer(room, receiver))
    assert [state for _, state in states(room)] == ["confirmed", "delivered", "delivered"]


# ------------------------------------------------------------------------------------------- again, in order, given up


def test_what_fails_is_sent_again_with_the_same_key_and_said_once(room: Path) -> None:
    (line,) = pin(room, "cream", PRODUCTS, by="ana")
    with Receiver(*[DOWN] * 20, BUSY, Answering(408), Answering(425)) as receiver:
        all_of_it(deliverer(room, receiver))
    assert set(receiver.keys) == {line["event_id"]} and len(receiver.keys) == 24
    assert all(got.genuine for got in receiver.received)
    assert [(line["state"], line["attempts"]) for line in said(room)] == [("retrying", 1), ("delivered", 24)]
    assert said(room)[0]["reason"] == "status" and said(room)[0]["status"] == 500


def test_a_later_pin_never_overtakes_an_earlier_one(room: Path) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    with Receiver(*[DOWN] * 3) as receiver:
        one = deliverer(room, receiver)
        one.look()
        pin(room, "serum", PRODUCTS, by="ben")  # ends the first pin and begins another while that one still waits
        all_of_it(one)
    acts = [(got.body["type"], got.body["product_id"]) for got in receiver.received]
    assert acts == [("pin", "cream")] * 4 + [("unpin", "cream"), ("pin", "serum")]


def test_rooms_do_not_wait_for_each_other(room: Path) -> None:
    other = room.parent / "saturday"
    other.mkdir()
    pin(room, "cream", PRODUCTS, by="ana")
    pin(other, "serum", PRODUCTS, by="ana")
    with Receiver(DOWN) as receiver:
        all_of_it(deliverer(room, receiver, wait=lambda attempts: 3600.0))
    assert [got.body["room"] for got in receiver.received] == ["friday", "saturday"]
    assert [state for _, state in states(room) + states(other)] == ["retrying", "delivered"]


def test_what_the_receiver_will_never_take_has_failed_with_its_reason_and_the_next_goes_on(room: Path) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    unpin(room, "cream", PRODUCTS, by="ana")
    with Receiver(GONE) as receiver:
        all_of_it(deliverer(room, receiver))
    assert [state for _, state in states(room)] == ["failed", "delivered"]
    assert said(room)[0]["status"] == 410 and "410" in said(room)[0]["text"]


def test_a_redirect_is_not_followed(room: Path) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    with Receiver() as elsewhere, Receiver(Answering(307, headers={"Location": elsewhere.address})) as receiver:
        deliverer(room, receiver).look()
    assert elsewhere.received == [] and len(receiver.received) == 1
    assert (said(room)[0]["state"], said(room)[0]["reason"]) == ("retrying", "redirect")


def test_the_receiver_may_ask_to_be_left_alone_for_a_while(room: Path) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    clock = [1000.0]
    with Receiver(Answering(503, headers={"Retry-After": "90"})) as receiver:
        one = deliverer(room, receiver, steady=lambda: clock[0])
        all_of_it(one)
        clock[0] += 89
        all_of_it(one)
        assert len(receiver.received) == 1
        clock[0] += 2
        all_of_it(one)
    assert len(receiver.received) == 2


def test_waits_grow_are_spread_and_have_an_end() -> None:
    for attempts, longest in ((1, 1.0), (2, 2.0), (5, 16.0), (9, 256.0), (10, 300.0), (10_000, 300.0)):
        waits = [backoff(attempts) for _ in range(50)]
        assert all(longest / 2 <= wait <= longest for wait in waits) and len(set(waits)) > 1


def test_an_action_is_given_up_after_a_day(room: Path) -> None:
    answered(room, ("c1",), by="ana")
    clock = [time.time()]
    with Receiver(*[DOWN] * 2) as receiver:
        one = deliverer(room, receiver, clock=lambda: clock[0])
        one.look()
        clock[0] += 24 * 3600 - 60
        one.look()
        clock[0] += 120
        all_of_it(one)
    assert len(receiver.received) == 2
    assert [(line["state"], line["reason"]) for line in said(room)] == [("retrying", "status"), ("failed", "given_up")]


def test_what_is_more_than_a_day_old_when_it_is_first_seen_is_not_sent(room: Path) -> None:
    write(room, {"event_id": "op-1", "ts": now_ms() - DAY_MS - 60_000, "type": "question_answered", "ref_id": "c1"})
    with Receiver() as receiver:
        all_of_it(deliverer(room, receiver))
    assert receiver.received == []
    assert (said(room)[0]["state"], said(room)[0]["reason"], said(room)[0]["attempts"]) == ("failed", "too_old", 0)


def test_a_pin_is_not_replayed_after_an_hour_and_what_else_waits_is_sent(room: Path) -> None:
    (first,) = pin(room, "cream", PRODUCTS, by="ana")
    (second,) = unpin(room, "cream", PRODUCTS, by="ana")
    (third,) = answered(room, ("c1",), by="ana")
    clock = [time.time()]
    with Receiver(*[DOWN] * 2) as receiver:
        one = deliverer(room, receiver, clock=lambda: clock[0])
        one.look()
        clock[0] += 3600 - 60
        one.look()
        clock[0] += 120
        all_of_it(one)
    assert receiver.keys == [first["event_id"], first["event_id"], third["event_id"]]
    assert [(line["ref_id"], line["state"], line.get("reason")) for line in said(room)] == [
        (first["event_id"], "retrying", "status"),
        (first["event_id"], "failed", "pin_late"),
        (second["event_id"], "failed", "pin_late"),
        (third["event_id"], "delivered", None),
    ]


def test_an_answer_given_today_in_a_live_of_last_week_is_sent(room: Path) -> None:
    answered(room, ("c1",), "ana", ts=now_ms() - 7 * DAY_MS)
    with Receiver() as receiver:
        all_of_it(deliverer(room, receiver))
    assert [got.body["ref_id"] for got in receiver.received] == ["c1"]


@pytest.mark.parametrize("name", ["recorded", "at"])
def test_an_appeal_written_today_about_a_live_of_yesterday_is_sent(room: Path, name: str) -> None:
    over = appeals.Standing(frozenset({"v1"}), over_at=now_ms() - 30 * 3600 * 1000)
    (line,) = appeals.submit(room, "v1", "other", "It was one stream.", (), over, by="ana")
    path = room / journal.NAME
    path.write_text(path.read_text("utf-8").replace('"recorded"', f'"{name}"'), encoding="utf-8")  # as older lines say
    with Receiver() as receiver:
        all_of_it(deliverer(room, receiver, since=now_ms() - 3600 * 1000))
    assert receiver.keys == [line["event_id"]] and states(room) == [(line["event_id"], "delivered")]


def test_what_was_done_before_there_was_a_webhook_stays_what_it_was(room: Path) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    with Receiver() as receiver:
        one = deliverer(room, receiver, since=now_ms() + 1)
        all_of_it(one)
    assert receiver.received == [] and said(room) == []


def test_the_first_webhook_s_moment_is_kept(tmp_path: Path) -> None:
    assert begun(tmp_path, 5) == 5
    assert begun(tmp_path, 9) == 5
    (tmp_path / delivery.SINCE).write_text("{", encoding="ascii")
    assert begun(tmp_path, 12) == 12 and begun(tmp_path, 20) == 12


# --------------------------------------------------------------------------------------------- receivers that misbehave


def test_what_cannot_be_sent_is_kept_and_sent_when_the_receiver_is_back(room: Path) -> None:
    with Receiver() as gone:
        port = gone.port
    (line,) = pin(room, "cream", PRODUCTS, by="ana")
    one = deliverer(room, gone)
    for _ in range(30):
        one.look()
    assert [(line["state"], line["reason"]) for line in said(room)] == [("retrying", "unreachable")], "it fills no log"
    with Receiver(port=port) as back:
        all_of_it(one)
    assert back.keys == [line["event_id"]] and states(room)[-1] == (line["event_id"], "delivered")


def test_a_receiver_that_never_answers_is_left_in_time_and_asked_again(room: Path) -> None:
    (line,) = pin(room, "cream", PRODUCTS, by="ana")
    free = threading.Event()
    with Receiver(Answering(before=lambda got: hold(free))) as receiver:
        all_of_it(deliverer(room, receiver, patience_s=0.2))
        free.set()
    assert receiver.keys == [line["event_id"]] * 2
    assert [line["state"] for line in said(room)] == ["retrying", "delivered"] and said(room)[0]["reason"] == "timeout"


def hold(free: threading.Event) -> None:
    """Answer nothing until the test lets go."""
    free.wait(60)


def trickle(port_of: list[int], stop: threading.Event, head: bytes) -> threading.Thread:
    """A server that answers with a head and then a letter from time to time, without an end."""
    listening = socket.create_server(("127.0.0.1", 0))
    port_of.append(listening.getsockname()[1])

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, listening:
            connection.recv(65536)
            connection.sendall(head)
            while not stop.wait(0.02):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("head", "state"), [(b"HTTP/1.1 200 OK\r\nX-Long: ", "retrying"), (b"HTTP/1.1 200 OK\r\n\r\n", "delivered")]
)
def test_a_receiver_that_drips_cannot_hold_the_deliverer(room: Path, head: bytes, state: str) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    stop = threading.Event()
    port: list[int] = []
    dripping = trickle(port, stop, head)
    with Receiver() as receiver:
        receiver.port = port[0]
        deliverer(room, receiver, patience_s=0.3).look()
    dripping.join(60)
    assert not dripping.is_alive(), "the connection was ended, not only forgotten"
    stop.set()
    assert [state for _, state in states(room)] == [state]


def test_a_receiver_that_speaks_no_http_is_asked_again(room: Path) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    stop = threading.Event()
    port: list[int] = []
    stop.set()
    trickle(port, stop, b"SSH-2.0-OpenSSH\r\n")
    with Receiver() as receiver:
        receiver.port = port[0]
        deliverer(room, receiver).look()
    assert [(line["state"], line["reason"]) for line in said(room)] == [("retrying", "answer")]


def test_who_stops_waits_for_no_receiver(room: Path) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    free, stop = threading.Event(), threading.Event()
    with Receiver(Answering(before=lambda got: hold(free))) as receiver:
        one = Deliverer(lambda: [room], 0, Post(receiver.webhook, stop, patience_s=3600))
        running = threading.Thread(target=one.run, args=(stop,), daemon=True)
        running.start()
        receiver.wait()
        stop.set()
        running.join(30)
        assert not running.is_alive()
        free.set()
    assert said(room) == [], "nobody knows what came of it: it will be sent again"


# --------------------------------------------------------------------------------------- restarts, crashes, full disks


def test_a_new_deliverer_goes_on_where_the_one_before_was(room: Path) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    with Receiver() as receiver:
        all_of_it(deliverer(room, receiver))
        pin(room, "serum", PRODUCTS, by="ana")
        receiver.answers = [DOWN]
        deliverer(room, receiver).look()
        all_of_it(deliverer(room, receiver))
    assert [got.body["product_id"] for got in receiver.received] == ["cream", "cream", "cream", "serum"]
    assert [(line["state"], line["attempts"]) for line in said(room)] == [
        ("delivered", 1), ("retrying", 1), ("delivered", 2), ("delivered", 1)
    ]  # fmt: skip


def test_only_what_is_new_is_read_and_the_journal_is_never_touched(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    read: list[int] = []
    real = outbox._lines

    def lines(path: Path, start: int) -> Iterator[tuple[bytes, int]]:
        read.append(start)
        return real(path, start)

    monkeypatch.setattr(outbox, "_lines", lines)
    with Receiver() as receiver:
        one = deliverer(room, receiver)
        all_of_it(one)
        before, size = (room / journal.NAME).read_bytes(), (room / journal.NAME).stat().st_size
        looks = len(read)
        all_of_it(one)
        assert len(read) == looks, "nothing new: not opened"
        pin(room, "serum", PRODUCTS, by="ana")
        all_of_it(one)
    assert read[looks:] == [size]
    assert (room / journal.NAME).read_bytes().startswith(before)
    assert len(receiver.received) == 3


def test_an_unfinished_line_waits_and_a_rotated_journal_is_read_to_its_end(room: Path) -> None:
    path = room / journal.NAME
    whole = json.dumps({"event_id": "op-1", "ts": now_ms(), "type": "pin", "product_id": "cream"}).encode() + b"\n"
    path.write_bytes(b"x" * 200_000 + b"\n" + whole[:20])
    with Receiver() as receiver:
        one = deliverer(room, receiver)
        all_of_it(one)
        assert receiver.received == []
        with path.open("ab") as file:
            file.write(whole[20:])
        path.rename(room / "operator.1.ndjson")
        pin(room, "serum", PRODUCTS, by="ana")
        all_of_it(one)
    assert [got.body["product_id"] for got in receiver.received] == ["cream", "serum"]


def pack(path: Path) -> None:
    """As gzip does: beside it, then in its place."""
    Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()


@pytest.mark.parametrize("goes_on", [True, False])
def test_what_waits_in_a_packed_part_outlives_a_restart(room: Path, goes_on: bool) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    with Receiver(DOWN) as receiver:
        deliverer(room, receiver).look()
        rotated = room / "operator.1.ndjson"
        (room / journal.NAME).rename(rotated)
        pack(rotated)
        if goes_on:
            pin(room, "serum", PRODUCTS, by="ana")
        all_of_it(deliverer(room, receiver))
    assert [got.body["product_id"] for got in receiver.received] == ["cream", "cream", *["serum"] * goes_on]
    assert (room / journal.NAME).exists() == goes_on, "it makes no journal of its own"


def test_a_part_that_is_packed_meanwhile_is_sent_once(room: Path) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    with Receiver() as receiver:
        one = deliverer(room, receiver)
        all_of_it(one)
        rotated = room / "operator.1.ndjson"
        (room / journal.NAME).rename(rotated)
        pack(rotated)
        pin(room, "serum", PRODUCTS, by="ana")
        all_of_it(one)
    assert [got.body["product_id"] for got in receiver.received] == ["cream", "serum"]


@pytest.mark.parametrize("damaged", [b"", b"no gzip at all", gzip.compress(b"x" * 99_999)[:-20]])
def test_a_damaged_part_holds_up_nothing(room: Path, caplog: pytest.LogCaptureFixture, damaged: bytes) -> None:
    (room / "operator.1.ndjson.gz").write_bytes(damaged)
    with Receiver() as receiver:
        one = deliverer(room, receiver)
        for product in ("cream", "serum"):
            write(room, {"event_id": product, "ts": now_ms(), "type": "pin", "product_id": product})
            all_of_it(one)
    assert receiver.keys == ["cream", "serum"]
    assert caplog.text.count("is damaged") == bool(damaged)


def test_a_new_journal_that_has_the_number_of_one_that_is_gone_is_read_from_its_start(room: Path) -> None:
    def line(name: str) -> bytes:
        return json.dumps({"event_id": name, "ts": now_ms(), "type": "pin", "product_id": "cream"}).encode() + b"\n"

    path = room / journal.NAME
    with Receiver() as receiver:
        one = deliverer(room, receiver)
        path.write_bytes(line("op-1"))
        all_of_it(one)
        with path.open("r+b") as file:  # in the same inode, as where a system gives it to the next file
            file.truncate()
            file.write(line("op-2") + line("op-3") + b"\n")
        all_of_it(one)
    assert receiver.keys == ["op-1", "op-2", "op-3"]


@pytest.mark.parametrize("failing", ["write", "fsync"])
def test_with_a_full_disk_nothing_is_sent_twice_and_nothing_goes_on_unsaid(
    room: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    pin(room, "cream", PRODUCTS, by="ana")
    unpin(room, "cream", PRODUCTS, by="ana")
    clock = [0.0]

    def full(*args: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Receiver() as receiver:
        one = deliverer(room, receiver, steady=lambda: clock[0])
        with monkeypatch.context() as broken:
            broken.setattr(journal.os, failing, full)
            for _ in range(5):
                all_of_it(one)
                clock[0] += 60
        assert len(receiver.received) == 1 and (room / outbox.NAME).read_bytes() == b""
        all_of_it(one)
    assert len(receiver.received) == 2
    assert [state for _, state in states(room)] == ["delivered", "delivered"]


def test_a_room_that_goes_away_is_forgotten_and_one_with_a_fault_holds_up_no_other(
    room: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = room.parent / "saturday"
    other.mkdir()
    pin(room, "cream", PRODUCTS, by="ana\nX")
    pin(other, "serum", PRODUCTS, by="ana")
    real = Outbox.look

    def faulty(box: Outbox) -> None:
        if box.room == room:
            raise RuntimeError("words that\nwere data")
        real(box)

    monkeypatch.setattr(Outbox, "look", faulty)
    with Receiver() as receiver, caplog.at_level(logging.INFO):
        one = deliverer(room, receiver)
        all_of_it(one)
        for file in room.iterdir():
            file.unlink()
        room.rmdir()
        all_of_it(one)
    assert [got.body["room"] for got in receiver.received] == ["saturday"]
    assert "RuntimeError in" in caplog.text and "were data" not in caplog.text


def start(data: Path, receiver: Receiver) -> subprocess.Popen[bytes]:
    """The deliverer as a hosted instance runs it, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "livedash", "ingest", str(data), "--webhook", receiver.address],
        cwd=ROOT, env={**os.environ, VARIABLE: SECRET}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def until(what: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    while not what():
        assert process.poll() is None, "the deliverer ended"
        time.sleep(0.02)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process at once")
def test_killed_between_sending_and_saying_so_it_sends_again_with_the_same_key(tmp_path: Path, room: Path) -> None:
    running: list[subprocess.Popen[bytes]] = []

    def kill() -> None:
        running[-1].kill()
        running[-1].wait()

    begun(tmp_path, 0)
    (first,) = pin(room, "cream", PRODUCTS, by="ana")
    with Receiver(Answering(before=lambda got: kill())) as receiver:
        port = receiver.port
        running.append(start(tmp_path, receiver))
        receiver.wait()
        running[-1].wait()
        assert said(room) == [], "sent, and not said"
        running.append(start(tmp_path, receiver))
        until(lambda: states(room) == [(first["event_id"], "delivered")], running[-1])
    # The receiver is away while something is done, and comes back; and so does the deliverer.
    (second,) = unpin(room, "cream", PRODUCTS, by="ana")
    until(lambda: states(room)[-1] == (second["event_id"], "retrying"), running[-1])
    kill()
    (third,) = pin(room, "serum", PRODUCTS, by="ana")
    with Receiver(port=port) as back:
        running.append(start(tmp_path, back))
        until(lambda: states(room)[-1] == (third["event_id"], "delivered"), running[-1])
        running[-1].terminate()
        assert running[-1].wait() == 0
    assert receiver.keys == [first["event_id"]] * 2
    assert back.keys == [second["event_id"], third["event_id"]]
    assert all(got.genuine for got in receiver.received + back.received)


def test_one_deliverer_serves_a_data_directory(tmp_path: Path, room: Path) -> None:
    begun(tmp_path, 0)
    stop = threading.Event()
    with Receiver() as receiver:
        first = threading.Thread(target=deliver, args=(tmp_path, receiver.webhook, stop), daemon=True)
        first.start()
        pin(room, "cream", PRODUCTS, by="ana")
        receiver.wait()
        with pytest.raises(Problem, match=f"process {os.getpid()}") as problem:
            deliver(tmp_path, receiver.webhook, stop)
        assert problem.value.code == "deliverer-running"
        stop.set()
        first.join()


# ------------------------------------------------------------------------------------------------------------- secrets


def test_neither_the_secret_nor_the_address_nor_an_answer_stands_in_log_or_lines(
    room: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(room, {"event_id": "op\n\x1b[31m1", "ts": now_ms(), "type": "pin", "product_id": "a\r\nb", "by": "\x1b[0m"})
    answers = [
        Answering(500, b"secret words"), Answering(302, headers={"Location": "http://elsewhere.example/"}), GONE
    ]  # fmt: skip
    with Receiver(*answers) as receiver, caplog.at_level(logging.DEBUG):
        all_of_it(deliverer(room, receiver))
    lines = (room / outbox.NAME).read_text("utf-8")
    assert caplog.messages and len(said(room)) == 2
    for told in (caplog.text.removesuffix("\n"), lines):
        for hidden in (SECRET, "T0KEN", "secret words", "elsewhere"):
            assert hidden not in told
    assert not any(letter in message for message in caplog.messages for letter in "\r\n\x1b")


def test_what_is_printed_of_the_sender_shows_no_secret() -> None:
    with Receiver() as receiver:
        assert SECRET not in repr(Post(receiver.webhook, threading.Event()))
    assert repr(Answer("failed", "status", 410))
