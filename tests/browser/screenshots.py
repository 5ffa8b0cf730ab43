"""`make screenshots`: the pictures that the README shows, taken of the real thing."""

from __future__ import annotations

from pathlib import Path

from tests.browser.site import Open, Site, View, log, say, sign_in

PICTURES = Path(__file__).parents[2] / "docs"
WINDOW = View("readme", 900, 1180)


def test_take_the_picture_of_the_web_chat(open_page: Open, site: Site) -> None:
    page = open_page(WINDOW)
    sign_in(page, site)
    say(page, "hello")
    log(page).get_by_text("What are you working on?").wait_for()
    say(page, "how do i get the board to actualy engage")
    log(page).get_by_role("button", name="This helped").wait_for()
    page.wait_for_timeout(500)  # the page scrolls smoothly to what is new
    page.screenshot(path=PICTURES / "web-chat.png")
