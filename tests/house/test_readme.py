"""The README says what is true: its metrics are the registry's, its files are there, its commands exist."""
from __future__ import annotations

import re

import pytest

from livedash.analysis.metrics import METRICS
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


def test_make_targets_named_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(re.findall(r"^(?:    )?`{0,3}make ([a-z-]+)|`make ([a-z-]+)", README.read_text("utf-8"), re.M))
    assert named and {first or second for first, second in named} <= targets
