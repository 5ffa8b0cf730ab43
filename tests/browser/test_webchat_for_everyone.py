"""The web chat for everyone: by keyboard, large, small, dark, on paper, through a screen reader."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from bot.wording.trying import TRY_ONE
from tests.browser.site import (
    BOARD,
    DESKTOP,
    PHONE,
    SEND,
    SOLUTION,
    Open,
    Site,
    View,
    abort,
    box,
    log,
    say,
    sign_in,
)

pytestmark = pytest.mark.browser

VIEWS = (
    DESKTOP,
    View("dark", dark=True),
    PHONE,
    View("phone in the dark", 390, 844, dark=True),
    View("320 pixels", 320, 640),
    View("zoomed to 200 %", zoom=2),
)


def tab_to(page: Page, target: Locator, most: int = 60) -> None:
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            assert_in_sight(target)
            return
        page.keyboard.press("Tab")
    raise AssertionError("not reachable with the Tab key")


def assert_in_sight(target: Locator) -> None:
    """Wholly on the screen, and not under the message box that stays at the bottom."""
    seen = target.evaluate(
        """element => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          const x = (left + right) / 2;
          return [top + 2, bottom - 2].every((y) => element.contains(
            document.elementFromPoint(x, y)));
        }"""
    )
    assert seen, "what has the focus is hidden"


@pytest.mark.parametrize(
    "view", [DESKTOP, PHONE, View("on its side", 740, 360)], ids=lambda v: v.name
)
def test_the_keyboard_alone_can_do_everything(site: Site, open_page: Open, view: View) -> None:
    page = open_page(view)
    _, link = site.link()
    page.goto(link)
    tab_to(page, page.get_by_role("button", name="Sign in"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to your message")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.type(BOARD)
    page.keyboard.press("Enter")
    expect(log(page).get_by_text(SOLUTION)).to_be_attached()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name=TRY_ONE)).to_be_focused()
    assert_in_sight(page.get_by_role("button", name=TRY_ONE))
    page.reload()
    tab_to(page, page.get_by_role("button", name="This helped"))
    page.keyboard.press("Space")
    expect(log(page).get_by_text("Good to know")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Send"))
    page.keyboard.press("Shift+Tab")
    expect(box(page)).to_be_focused()


@pytest.mark.parametrize("view", [DESKTOP, PHONE], ids=lambda v: v.name)
def test_whatever_the_keyboard_reaches_is_in_sight(site: Site, open_page: Open, view: View) -> None:
    page = open_page(view)
    sign_in(page, site)
    for text in ("themes", BOARD, "themes"):
        say(page, text)
    expect(log(page).locator(".choices")).to_have_count(3)
    page.get_by_role("link", name="Officer network").focus()
    page.evaluate("window.scrollTo(0, 0)")
    reached = 0
    while not box(page).evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
        assert_in_sight(page.locator(":focus"))
        reached += 1
    assert reached > 15


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, "the page scrolls sideways"
    for button in page.get_by_role("button").all():
        shape = button.bounding_box()
        assert shape is not None
        assert shape["height"] >= 44


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_state_of_every_page_is_accessible(site: Site, open_page: Open, view: View) -> None:
    page = open_page(view)
    page.goto(site.url)
    assert_accessible(page)
    _, link = site.link()
    page.goto(link)
    assert_accessible(page)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}/")
    assert_accessible(page)
    for text in (BOARD, "themes", "w" * 300):
        say(page, text)
    expect(log(page).locator(".mine").last).to_contain_text("www")
    expect(log(page).locator(".unsent")).to_have_count(0)
    assert_accessible(page)
    page.route(SEND, abort)
    say(page, "help")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{site.url}/?waiting=1")
    expect(page.get_by_text("will be answered in its turn")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_what_is_refused_is_refused_accessibly(site: Site, open_page: Open, view: View) -> None:
    page = open_page(view)
    page.goto(f"{site.url}/sign-in/used")
    expect(page.get_by_text("has been used or has run out")).to_be_visible()
    assert_accessible(page)
    sign_in(page, site)
    same = page.locator("#composer [name=id]").input_value()
    for text in ("help", "something else"):
        page.evaluate(
            """([id, text]) => {
              const form = document.getElementById("composer").cloneNode(true);
              form.elements.id.value = id;
              form.elements.text.value = text;
              document.body.append(form);
              form.submit();
            }""",
            [same, text],
        )
        page.wait_for_load_state()
        page.wait_for_url("**/#latest" if text == "help" else "**/chat/messages")
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Try again").click()
    expect(log(page).locator(".mine").last).to_contain_text("something else")


def test_text_at_twice_its_size_still_fits(site: Site, open_page: Open) -> None:
    page = open_page(PHONE)
    sign_in(page, site)
    say(page, BOARD)
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert_accessible(page)


def test_nothing_is_loaded_from_elsewhere(site: Site, open_page: Open) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, site)
    say(page, BOARD)
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith(f"{site.url}/")] == []


def test_a_page_on_paper_is_the_conversation_alone(site: Site, open_page: Open) -> None:
    page = open_page()
    sign_in(page, site)
    say(page, BOARD)
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    page.emulate_media(media="print")
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    for unwanted in (box(page), page.get_by_role("button").first):
        expect(unwanted).to_be_hidden()
