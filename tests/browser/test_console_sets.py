"""The facilitator's pages in a real browser: for everyone, by keyboard, on a Friday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from bot.learning_sets.commitment import Outcome, Sharing
from handlers import clock
from tests.browser.console_site import come_in
from tests.browser.site import DESKTOP, PHONE, Open, Site, View
from tests.browser.test_webchat_for_everyone import VIEWS, assert_accessible, tab_to
from tests.handlers.console.north import North, north, workday

pytestmark = pytest.mark.browser

_numbers: Iterator[int] = count(1)


def shown(page: Page, site: Site) -> North:
    """A facilitator who is signed in, and their set with all that a page can have to show."""
    number = next(_numbers)
    ours = north(site.network, come_in(page, site, f"Fay{number} Lark"), called=f"-{number}")
    ours.meets(ours.code("M2X"), -30, came=5)
    ours.meets(ours.code("M3X"), -2)
    ours.meets(ours.code("K7M"), 20)
    ours.tries(ours.first, "Ring three partners", Sharing.SET, Outcome.WORKED)
    ours.reflects(ours.first, "Listening took us further", Sharing.SET)
    return ours


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_page_is_accessible(site: Site, open_page: Open, view: View) -> None:
    page = open_page(view)
    ours = shown(page, site)
    old, ahead = (f"/console/sessions/{ours.code(code)}" for code in ("M3X", "K7M"))
    for path in (
        "/console",
        "/console/sets",
        "/console/sets/new",
        ours.path,
        f"{ours.path}/edit",
        f"{ours.path}/sessions/new",
        ahead,
        f"{ahead}/change",
        f"{ahead}/cancel",
        f"{ahead}/agenda",
        f"{ahead}/digest",
        f"{ahead}/guide",
        f"{old}/attendance",
        f"{old}/write-up",
        "/console/sets/4711",
    ):
        page.goto(f"{site.url}{path}")
        assert_accessible(page)


@pytest.mark.parametrize("view", [DESKTOP, PHONE, VIEWS[1]], ids=lambda view: view.name)
def test_what_is_wrong_is_told_accessibly(site: Site, open_page: Open, view: View) -> None:
    page = open_page(view)
    ours = shown(page, site)
    page.goto(f"{site.url}/console/sets/new")
    page.get_by_label("Members", exact=True).fill("Nobody Known")
    page.get_by_role("button", name="Make the set").click()
    expect(page.get_by_role("alert")).to_contain_text("I know nobody called")
    assert_accessible(page)
    page.get_by_role("link", name="Members: Line 1").click()
    page.goto(f"{site.url}{ours.path}/sessions/new")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("This one needs an answer.")
    assert_accessible(page)
    page.goto(f"{site.url}/console/sessions/{ours.code('M3X')}/write-up")
    page.get_by_label("What was explored?").fill("What Kent County Council tried")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("mark")).to_have_text("Kent County Council")
    assert_accessible(page)


def test_a_set_and_a_series_are_made_with_the_keyboard_alone(site: Site, open_page: Open) -> None:
    page = open_page(DESKTOP)
    ours = shown(page, site)
    tab_to(page, page.get_by_role("link", name="Console"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Sets", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/sets")
    tab_to(page, page.get_by_role("link", name="New set"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/new")
    tab_to(page, page.get_by_label("Name", exact=True))
    page.keyboard.type(f"By keyboard {ours.set_id}")
    tab_to(page, page.get_by_label("Members", exact=True))
    for name in ours.people:
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Make the set"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="By keyboard")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Plan a session"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions/new")
    day = workday(clock.now().date(), 30)
    tab_to(page, page.get_by_label("On which day?"))
    page.keyboard.type(f"{day:%m%d%Y}")
    tab_to(page, page.get_by_label("At what time"))
    page.keyboard.type("10:00")
    tab_to(page, page.get_by_label("Once, or a series?"))
    page.keyboard.type("Every week")
    tab_to(page, page.get_by_label("how many times"))
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Are these the right days?")).to_be_visible()
    second = page.get_by_role("checkbox").nth(1)
    tab_to(page, second)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Plan these sessions"))
    page.keyboard.press("Enter")
    table = page.get_by_role("table", name="Sessions to come")
    expect(table.get_by_role("row")).to_have_count(3)
    last = day + timedelta(weeks=2)
    expect(table).to_contain_text(f"{last.day} {last:%B %Y}")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_friday_of_a_facilitator(site: Site, open_page: Open, scripts: bool) -> None:
    page = open_page(PHONE, scripts=scripts)
    ours = shown(page, site)
    page.goto(f"{site.url}/console/sets")
    page.get_by_role("link", name=ours.name, exact=True).click()
    page.get_by_role("link", name="Take attendance").click()
    page.get_by_role("button", name="All were there").click()
    expect(page.get_by_role("table", name="7 invited")).to_contain_text("Came")
    page.get_by_role("link", name="Change attendance").click()
    page.get_by_label("Hal").uncheck()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Write it up").click()
    page.get_by_label("What was explored?").fill("How to bring partners to the table")
    page.get_by_label("Which ideas were offered?").fill("Meet them where they work")
    page.get_by_label("No, it stays in the set").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It stays in the set.")).to_be_visible()
    page.get_by_role("link", name=ours.name, exact=True).click()
    picture = page.get_by_alt_text("A bar for each session")
    expect(picture).to_be_visible()
    page.wait_for_load_state("load")
    if scripts:
        assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    page.get_by_text("The figures of this picture").first.click()
    row = page.get_by_role("table", name="Who came to each session").get_by_role("row").last
    expect(row).to_contain_text("6")
    expect(row).to_contain_text("1")


def test_nothing_of_a_page_comes_from_elsewhere(site: Site, open_page: Open) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ours = shown(page, site)
    page.goto(f"{site.url}{ours.path}")
    page.goto(f"{site.url}{ours.path}/rhythm.svg")
    assert any(url.endswith("rhythm.svg") for url in asked)
    assert [url for url in asked if not url.startswith(f"{site.url}/")] == []


def test_the_picture_opened_by_itself_keeps_its_colours(site: Site, open_page: Open) -> None:
    for dark in (False, True):
        page = open_page(View("alone", dark=dark))
        ours = shown(page, site)
        page.goto(f"{site.url}{ours.path}/rhythm.svg")
        colour = page.evaluate(
            "getComputedStyle(document.querySelector('.bars rect, .series rect')).fill"
        )
        assert colour == ("rgb(127, 212, 202)" if dark else "rgb(11, 107, 102)")


def test_on_paper_there_are_the_tables_and_no_buttons(site: Site, open_page: Open) -> None:
    page = open_page()
    ours = shown(page, site)
    page.goto(f"{site.url}{ours.path}")
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name="Attendance")).to_be_visible()
    for unwanted in (page.get_by_role("link", name="Plan a session"), page.locator(".bar")):
        expect(unwanted).to_be_hidden()
