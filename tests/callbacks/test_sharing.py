"""Those who watch the same get the same answer, made once; nobody gets another's, an old one, or one past the rules."""
from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask, Response, abort, request
from werkzeug.test import TestResponse

from callbacks import files, sharing
from callbacks.reader import LANGUAGE_COOKIE
from tests.callbacks.conftest import House

ADDRESS = "/_dash-update-component"
REFRESH = '{"inputs":[{"revision":%d}],"changedPropIds":["key-data-view.data"]}'
CHOICE = '{"inputs":[{"revision":1}],"changedPropIds":["key-data-trend-first.value"]}'


class Server:
    """A server that counts how often it has to write an answer. held: set while it may."""

    def __init__(self) -> None:
        self.flask = Flask("shared")
        self.written = 0
        self.fails = False
        self.asked, self.held = threading.Event(), threading.Event()
        self.held.set()
        sharing.share(self.flask)
        files.compress(self.flask)

        @self.flask.post(ADDRESS)
        def answer() -> Response:
            self.written += 1
            number, fails = self.written, self.fails
            self.asked.set()
            self.held.wait(60)
            if fails:
                abort(500)
            return Response(f'{{"number":{number},"for":{request.get_data(as_text=True)},"long":"{"x" * 3000}"}}',
                            mimetype="application/json")  # fmt: skip

    def ask(self, body: str, **headers: str) -> TestResponse:
        return self.flask.test_client(use_cookies=False).post(ADDRESS, data=body, headers=headers)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setattr(sharing, "KEEP_S", 60.0)  # nothing grows old while a busy machine gets to it
    return Server()


def test_the_same_question_has_one_answer_packed_once(server: Server) -> None:
    packed = {"Accept-Encoding": "gzip"}
    first, second = (server.ask(REFRESH % 1, **packed) for _ in range(2))
    assert first.data == second.data and server.written == 1
    for answer in (first, second):
        assert answer.headers["Content-Encoding"] == "gzip" and answer.mimetype == "application/json"
        assert answer.headers["Content-Length"] == str(len(answer.data)) and "Vary" in answer.headers


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (REFRESH % 2, {}),
        (REFRESH % 1, {"Cookie": f"{LANGUAGE_COOKIE}=zh"}),
        (REFRESH % 1, {"Accept-Encoding": "gzip"}),
    ],
)
def test_another_question_has_another_answer(server: Server, body: str, headers: dict[str, str]) -> None:
    assert server.ask(REFRESH % 1).json["number"] == 1  # type: ignore[index]
    server.ask(body, **headers)
    assert server.written == 2


def test_what_somebody_chose_is_answered_to_them_alone(server: Server) -> None:
    assert [server.ask(CHOICE).json["number"] for _ in range(2)] == [1, 2]  # type: ignore[index]


def test_those_who_ask_meanwhile_wait_for_the_one_answer(server: Server) -> None:
    server.held.clear()
    with ThreadPoolExecutor(8) as viewers:
        asked = [viewers.submit(server.ask, REFRESH % 1) for _ in range(8)]
        assert server.asked.wait(60)
        server.held.set()
        answers = {answer.result(60).data for answer in asked}
    assert len(answers) == 1 and server.written == 1


def test_where_the_one_fails_the_others_are_answered_all_the_same(server: Server) -> None:
    server.held.clear()
    server.fails = True
    with ThreadPoolExecutor(2) as viewers:
        first = viewers.submit(server.ask, REFRESH % 1)
        assert server.asked.wait(60)
        server.fails = False
        second = viewers.submit(server.ask, REFRESH % 1)
        server.held.set()
        assert (first.result(60).status_code, second.result(60).status_code) == (500, 200)
    assert server.ask(REFRESH % 1).status_code == 200


def test_an_answer_grows_old(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.ask(REFRESH % 1)
    monkeypatch.setattr(sharing, "KEEP_S", -1.0)
    assert server.ask(REFRESH % 1).json["number"] == 2  # type: ignore[index]


def test_only_so_many_are_kept(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "MOST", 3)
    for revision in (*range(9), 0):
        server.ask(REFRESH % revision)
    assert server.written == 10


def test_what_is_shared_is_behind_the_rules_too(house: House) -> None:
    written: list[str] = []

    def answer() -> Response:
        written.append("once")
        return Response("{}", mimetype="application/json")

    [endpoint] = {rule.endpoint for rule in house.server.url_map.iter_rules() if rule.rule == ADDRESS}
    house.server.view_functions[endpoint] = answer

    def ask(**headers: str) -> Any:
        return house.client.post(ADDRESS, data=REFRESH % 1, content_type="application/json", headers=headers)

    for shared in (ask(), ask()):
        assert shared.data == b"{}" and "Content-Security-Policy" in shared.headers
    assert ask(Origin="http://evil.example").status_code == 403
    assert written == ["once"]
