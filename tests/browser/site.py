"""The web chat, running, and what a person does on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, Route

from bot import invitations, members
from bot.app import Network
from bot.members import Member, Role
from handlers import clock

BOARD = "how do we get the partnership board members to engage?"
SOLUTION = "Meet face to face"
SEND = "**/chat/messages"


@dataclass(frozen=True)
class View:
    """How a person looks at the page. Sizes in pixels of the screen."""

    name: str
    width: int = 1280
    height: int = 800
    dark: bool = False
    zoom: int = 1


DESKTOP = View("desktop")
PHONE = View("phone", 390, 844)

Open = Callable[..., Page]
"""Opens a window: `open_page(view, scripts=True)`."""


@dataclass
class Site:
    """The web chat, running, and the network behind it."""

    url: str
    network: Network
    _names: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def link(self) -> tuple[Member, str]:
        """A new member and the address of a sign-in link."""
        now = clock.now()
        with self.network.database.writing() as session:
            name = f"Officer {next(self._names)}"
            member = members.add(session, name, Role.OFFICER, now=now)
            token = invitations.sign_in_link(session, member, now=now)
        return member, f"{self.url}/sign-in/{token}"


def sign_in(page: Page, site: Site) -> Member:
    member, link = site.link()
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}/")
    return member


def box(page: Page) -> Locator:
    return page.get_by_label("Your message")


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Conversation")


def say(page: Page, text: str) -> None:
    box(page).fill(text)
    box(page).press("Enter")


def abort(route: Route) -> None:
    route.abort()
