"""The look in a real browser: accessible, inside its window, obedient to keys."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .conftest import LOOKS, Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def gallery(visit: Open, path: str = "/gallery/", **how: object) -> Page:
    """The page, with everything the browser complained of in `complaints`."""
    page = visit(**how).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path)
    assert complaints == []
    return page


@LOOKS
def test_the_gallery_is_accessible_and_fits(visit: Open, width: int, dark: bool) -> None:
    page = gallery(visit, width=width, dark=dark)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@LOOKS
def test_wrong_pages_are_accessible(visit: Open, width: int, dark: bool) -> None:
    page = visit(width=width, dark=dark, signed_in=False).new_page()
    page.goto("/no-such-page/")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_would_notice(visit: Open) -> None:
    page = gallery(visit)
    page.evaluate("document.querySelector('label').remove(); document.title = ''")
    assert Axe().run(page).violations_count > 0


def test_icons_come_from_the_sprite(visit: Open) -> None:
    page = gallery(visit)
    box = page.locator(".icons .icon use").first.bounding_box()
    assert box
    assert box["width"] > 5


def test_keys_walk_the_queue_and_press_what_stands_in_the_row(visit: Open) -> None:
    page = gallery(visit)
    here = "document.activeElement.getAttribute('href')"
    for key, href in (
        ("j", "#row-1"),
        ("j", "#row-2"),
        ("j", "#row-3"),
        ("j", "#row-3"),
        ("k", "#row-2"),
    ):
        page.keyboard.press(key)
        assert page.evaluate(here) == href
    assert page.locator(".queue-row[aria-current]").count() == 1
    page.keyboard.press("k")
    page.evaluate(
        "document.addEventListener('click', ({ target }) => {"
        "  window.pressed = target.closest('.queue-row, .actions')?.className; })"
    )
    page.keyboard.press("p")
    assert page.evaluate("window.pressed") == "queue-row"
    page.keyboard.press("j")
    page.keyboard.press("p")
    assert page.evaluate("window.pressed") == "actions"


def test_a_question_mark_lists_the_keys_of_this_page(visit: Open) -> None:
    page = gallery(visit)
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    text = page.locator("#keys").inner_text()
    assert all(word in text for word in ("批示", "转办", "退回", "搜索"))
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_a_letter_typed_is_a_letter(visit: Open) -> None:
    page = gallery(visit)
    field = page.locator("#id_opinion")
    field.fill("")
    field.press_sequentially("jkp?/")
    assert field.input_value() == "jkp?/"


def test_a_dialog_opens_and_closes(visit: Open) -> None:
    page = gallery(visit)
    page.locator("[data-opens=send-back]").click()
    assert page.locator("#send-back").is_visible()
    page.locator("#send-back [data-closes]").click()
    assert not page.locator("#send-back").is_visible()


def test_a_phrase_is_written_where_one_is(visit: Open) -> None:
    page = gallery(visit)
    page.locator("#id_opinion").fill("")
    page.locator("[data-phrase]").first.click()
    assert page.locator("#id_opinion").input_value() == "同意，请供水科办理"


def test_night_is_switched_and_stays(visit: Open) -> None:
    page = gallery(visit)
    ground = "getComputedStyle(document.body).backgroundColor"
    day = page.evaluate(ground)
    page.locator("[data-theme-switch] button").click()
    night = page.evaluate(ground)
    assert night != day
    page.reload()
    assert page.evaluate(ground) == night
    page.locator("[data-theme-switch] button").click()
    assert page.evaluate(ground) == day


def test_switches_work_without_a_script(visit: Open) -> None:
    page = visit(script=False).new_page()
    page.goto("/gallery/")
    page.locator("[data-theme-switch] button").click()
    assert page.locator("#night").get_attribute("media") == "screen"
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_printed_it_is_paper(visit: Open) -> None:
    page = gallery(visit, dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".rail").is_visible()
    assert not page.locator(".actions").is_visible()
    assert page.locator(".slip-name").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
