"""A sparkline rises where its figure rises, breaks where there is none, and carries nothing but its own path."""

from __future__ import annotations

from urllib.parse import unquote

from layouts.figures.spark import HEIGHT, line, picture, spark


def test_the_least_is_at_the_bottom_and_the_greatest_at_the_top() -> None:
    assert line([10, 20, 15]) == f"M0 {HEIGHT - 1:.1f}L1 1.0L2 {HEIGHT / 2:.1f}"


def test_a_gap_breaks_the_line() -> None:
    assert line([1, 2, None, 2, 1]).count("M") == 2


def test_a_value_between_two_gaps_is_still_seen() -> None:
    assert "M1 10.0h0" in line([None, 5, None])


def test_what_never_changes_is_a_level_line_in_the_middle() -> None:
    assert line([7, 7, 7]) == "M0 10.0L1 10.0L2 10.0"


def test_nothing_known_draws_nothing() -> None:
    assert line([None, None]) == "" == line([])
    assert spark([None]).style == {}


def test_the_picture_is_whole_and_cannot_leave_its_quotes() -> None:
    address = picture([1.5, -2, 3])
    assert unquote(address).startswith("data:image/svg+xml,<svg") and unquote(address).endswith("</svg>")
    assert not set('"()<>#') & set(address)
    assert spark([1, 2]).style["maskImage"] == f'url("{picture([1, 2])}")'
