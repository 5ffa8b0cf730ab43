"""The console, running beside the web chat, and a facilitator at it."""

from __future__ import annotations

from playwright.sync_api import Page

from bot import invitations, members
from bot.members import Role
from handlers import clock
from tests.browser.site import Site


def come_in(page: Page, site: Site, name: str, role: Role = Role.FACILITATOR) -> int:
    """Signs in as that member, made now where there is none. Their id."""
    now = clock.now()
    with site.network.database.writing() as session:
        member = members.named_or_new(session, name, role, now=now)
        token = invitations.sign_in_link(session, member, now=now)
    page.goto(f"{site.url}/sign-in/{token}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}/")
    return member.id
