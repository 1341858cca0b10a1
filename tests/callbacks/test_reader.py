"""The page is in the reader's language and theme."""
from __future__ import annotations

import pytest

from callbacks import reader
from tests.callbacks.conftest import House


@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [
        ("zh", "en", "zh"),
        ("en", "zh-CN", "en"),
        ("", "zh-CN,zh;q=0.9", "zh"),
        ("xx", "fr", "en"),
        ("../..", None, "en"),
    ],
)
def test_a_choice_goes_before_the_browser(house: House, cookie: str, header: str | None, language: str) -> None:
    headers = {"Cookie": f"livedash-language={cookie}"} | ({"Accept-Language": header} if header else {})
    with house.server.test_request_context(headers=headers):
        assert reader.language() == language


@pytest.mark.parametrize(
    ("cookie", "choice", "theme"),
    [
        ("system-dark", "system", "dark"),
        ("dark-dark", "dark", "dark"),
        ("light-light", "light", "light"),
        ("", "system", "light"),
        ("x-y", "system", "light"),
    ],
)
def test_the_theme_is_the_one_that_is_painted(house: House, cookie: str, choice: str, theme: str) -> None:
    with house.server.test_request_context(headers={"Cookie": f"livedash-theme={cookie}"}):
        assert (reader.theme_choice(), reader.theme()) == (choice, theme)


@pytest.mark.parametrize(("language", "lang"), [("en", "en"), ("zh", "zh-Hans")])
def test_the_document_names_its_language(house: House, language: str, lang: str) -> None:
    page = house.client.get("/", headers={"Cookie": f"livedash-language={language}"}).text
    assert f'<html lang="{lang}"' in page and "Loading..." not in page


def test_the_theme_comes_before_the_first_paint(house: House) -> None:
    page = house.client.get("/").text
    head = page.split("</head>")[0]
    assert head.index("early.js") < head.index("theme.css") and page.count("early.js") == 1


def test_a_part_s_style_may_differ_from_the_general_one(house: House) -> None:
    styles = [line for line in house.client.get("/").text.splitlines() if "stylesheet" in line]
    assert "bootstrap" in styles[0] and "theme.css" in styles[1] and sum("theme.css" in line for line in styles) == 1


@pytest.mark.parametrize(
    ("cookie", "name"),
    [
        ("", "dashboard"), ("Ana", "Ana"), ("Ana%20%E6%99%9A", "Ana 晚"), ("%20%0A%1B", "dashboard"),
        ("a%0D%0Ab%1B%5B31m", "a b[31m"), ("%E2%80%AEevil", "evil"), ("x" * 500, "x" * 60), ("%ff%fe", "��"),
    ],
)  # fmt: skip
def test_the_name_is_one_clean_line_or_that_of_the_dashboard(house: House, cookie: str, name: str) -> None:
    with house.server.test_request_context(headers={"Cookie": f"livedash-name={cookie}"}):
        assert reader.name() == name
