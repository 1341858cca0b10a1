"""The README says what is true: its metrics are the registry's, its files are there, its commands exist."""
from __future__ import annotations

import hashlib
import hmac
import re
import time
from typing import Any

import pytest

from livedash.analysis.metrics import METRICS
from livedash.operate.webhook import headers
from livedash.settings import Webhook
from tests.house.readme_table import END, README, START, with_table
from tests.house.trees import ROOT


def test_the_metric_table_is_the_registrys() -> None:
    text = README.read_text("utf-8")
    assert text == with_table(text), "run `make readme`"
    for key in METRICS:
        assert f"`{key}`" in text


def test_a_stale_table_is_found() -> None:
    stale = f"before\n{START}| old |\n{END}after\n"
    assert with_table(stale) != stale
    with pytest.raises(ValueError, match="marks"):
        with_table("no marks")


def test_pictures_and_linked_files_are_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)|src=\"([^\":]+)\"", README.read_text("utf-8"))
    files = [first or second for first, second in links]
    assert files and [file for file in files if not (ROOT / file).exists()] == []


def test_the_lines_that_check_a_webhook_s_signature_do_so() -> None:
    """Those who copy them take what livedash sends, and nothing that was changed or sent long ago."""
    code = re.search(r"```python\n(def is_genuine.*?)```", README.read_text("utf-8"), re.S)
    assert code is not None
    names: dict[str, Any] = {"hmac": hmac, "hashlib": hashlib, "time": time}
    exec(code[1], names)
    is_genuine, secret, body = names["is_genuine"], "a secret of enough letters", b'{"type":"pin"}'
    sent = headers(Webhook("https://hooks.example/", secret), "op-1", body, time.time())
    assert is_genuine(secret, sent, body)
    assert not is_genuine(secret, sent, body + b" ") and not is_genuine("another secret", sent, body)
    old = headers(Webhook("https://hooks.example/", secret), "op-1", body, time.time() - 3600)
    assert not is_genuine(secret, old, body)


def test_make_targets_named_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(re.findall(r"^(?:    )?`{0,3}make ([a-z-]+)|`make ([a-z-]+)", README.read_text("utf-8"), re.M))
    assert named and {first or second for first, second in named} <= targets
