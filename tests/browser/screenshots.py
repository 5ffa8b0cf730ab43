"""`make screenshots`: the pictures that the README shows, taken of the real thing."""

from __future__ import annotations

from pathlib import Path

from bot.learning_sets.commitment import Outcome, Sharing
from tests.browser.console_site import come_in
from tests.browser.site import Open, Site, View, log, say, sign_in
from tests.handlers.console.north import north

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


def test_take_the_picture_of_a_sets_page(open_page: Open, site: Site) -> None:
    page = open_page(View("readme", 1100, 1500))
    ours = north(site.network, come_in(page, site, "Fay"))
    for number, code in enumerate(("M2X", "M3X", "M4X", "M5X")):
        ours.meets(code, 28 * number - 100, came=(5, 6, 4, 7)[number])
    for number, code in enumerate(("K2M", "K3M")):
        ours.meets(code, 28 * number + 14)
    ours.tries("Asha Wren", "Ring three partners", Sharing.SET, Outcome.WORKED)
    page.goto(f"{site.url}{ours.path}")
    page.screenshot(path=PICTURES / "set-page.png")
