"""What is installed is said exactly, and nothing is used that is not said."""
from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.house.trees import LAYERS, ROOT, modules

PINNED = re.compile(r"[a-z0-9.-]+(\[[a-z]+\])?==[0-9][0-9a-z.]*( ; .+)?")
NOT_IMPORTED = {
    "tzdata": "zoneinfo reads it where the system has no time zones",
    "plotly": "dash draws with it",
}


def unpinned(text: str) -> list[str]:
    """Lines that leave a version open."""
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-r ")) and not PINNED.fullmatch(line)]


def named(text: str) -> set[str]:
    return {line.split("==")[0].split("[")[0] for line in text.splitlines() if "==" in line}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt", "benchmarks/requirements.txt"])
def test_every_requirement_is_pinned(file: str) -> None:
    assert unpinned((ROOT / file).read_text("utf-8")) == []


def test_an_open_version_is_found() -> None:
    assert unpinned("dash>=4\nplotly\n# a remark\nflask==3.1.3") == ["dash>=4", "plotly"]


def _imported() -> set[str]:
    tops = {name.split(".")[0] for module in modules() for _, name in module.imports()}
    owners = packages_distributions()
    foreign = tops - set(sys.stdlib_module_names) - set(LAYERS)
    return {owner.lower().replace("_", "-") for top in foreign for owner in owners.get(top, [f"{top} (not installed)"])}


def test_what_is_imported_is_required_by_name() -> None:
    said = (ROOT / "requirements.txt").read_text("utf-8").split("# What those bring along.")[0]
    assert _imported() - named(said) == set()


def test_what_is_required_by_name_is_used() -> None:
    said = (ROOT / "requirements.txt").read_text("utf-8").split("# What those bring along.")[0]
    assert named(said) - _imported() - set(NOT_IMPORTED) == set()
