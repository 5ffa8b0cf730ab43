"""The web chat as people meet it in Chromium, with scripts and without, and on a bad line."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, Route, expect
from sqlalchemy import func, select

from bot import outbox
from bot.delivery import Recipient
from bot.inbox import InboxMessage
from bot.members import Member
from bot.messages import Channel, Text
from handlers import clock
from tests.browser.site import (
    BOARD,
    PHONE,
    SEND,
    SOLUTION,
    Open,
    Site,
    abort,
    box,
    log,
    say,
    sign_in,
)

pytestmark = pytest.mark.browser


def kept(site: Site, member: Member) -> int:
    with site.network.database.reading() as session:
        return (
            session.scalar(
                select(func.count()).where(InboxMessage.provider_id.startswith(f"{member.id}:"))
            )
            or 0
        )


def ids_of(page: Page) -> list[str]:
    """The message ids that the page will have posted."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/chat/messages"):
            seen.append(parse_qs(request.post_data or "")["id"][0])

    page.on("request", note)
    return seen


# Talking


def test_a_question_is_answered_and_the_cursor_stays_in_the_box(
    site: Site, open_page: Open
) -> None:
    page = open_page()
    sign_in(page, site)
    say(page, BOARD)
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    expect(log(page).get_by_text(BOARD)).to_have_count(1)
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    assert page.get_by_role("article").get_by_role("listitem").count() == 6


def test_the_members_words_and_the_bots_writing_show_at_once(site: Site, open_page: Open) -> None:
    page = open_page()
    sign_in(page, site)
    waiting: list[Route] = []
    page.route(SEND, lambda route: waiting.append(route))
    say(page, BOARD)
    expect(log(page).get_by_text(BOARD)).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("The bot is writing")
    waiting[0].continue_()
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    expect(page.get_by_role("status")).to_be_empty()


def test_several_messages_in_a_row_are_answered_in_their_order(site: Site, open_page: Open) -> None:
    page = open_page()
    sign_in(page, site)
    for text in ("help", "thanks", BOARD):
        say(page, text)
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    expect(log(page).locator(".mine")).to_contain_text(["help", "thanks", BOARD])
    expect(log(page).locator(".unsent")).to_have_count(0)


def test_shift_and_enter_start_a_new_line(site: Site, open_page: Open) -> None:
    page = open_page()
    sign_in(page, site)
    box(page).press_sequentially("help")
    box(page).press("Shift+Enter")
    expect(box(page)).to_have_value("help\n")
    expect(log(page).locator(".turn")).to_have_count(0)


def test_an_old_button_still_works_after_a_reload(site: Site, open_page: Open) -> None:
    page = open_page()
    sign_in(page, site)
    say(page, BOARD)
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    page.reload()
    page.get_by_role("button", name="This helped").click()
    expect(log(page).get_by_text("Good to know")).to_be_visible()
    expect(log(page).locator(".mine").last).to_contain_text("This helped")


def test_a_reload_keeps_the_conversation_and_the_words_not_sent_yet(
    site: Site, open_page: Open
) -> None:
    page = open_page()
    sign_in(page, site)
    say(page, BOARD)
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    box(page).press_sequentially("and who should")
    page.reload()
    expect(log(page).get_by_text(BOARD)).to_have_count(1)
    expect(log(page).get_by_text(SOLUTION)).to_have_count(1)
    expect(box(page)).to_have_value("and who should")


def test_what_the_bot_says_later_comes_by_itself(site: Site, open_page: Open) -> None:
    page = open_page()
    page.clock.install()
    member = sign_in(page, site)
    to = Recipient(Channel.WEB, f"member:{member.id}", member_id=member.id)
    with site.network.database.writing() as session:
        outbox.enqueue(session, [Text("Your session is tomorrow.")], to, now=clock.now())
    site.network.tick(clock.now())
    page.clock.run_for(5_000)
    expect(log(page).get_by_text("Your session is tomorrow.")).to_be_visible()
    page.clock.run_for(5_000)
    expect(log(page).get_by_text("Your session is tomorrow.")).to_have_count(1)


def test_everything_works_without_scripts(site: Site, open_page: Open) -> None:
    page = open_page(PHONE, scripts=False)
    sign_in(page, site)
    box(page).fill(BOARD)
    page.get_by_role("button", name="Send").click()
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    expect(log(page).locator(".mine").last).to_be_in_viewport()
    page.get_by_role("button", name="This helped").click()
    expect(log(page).get_by_text("Good to know")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="How to sign in")).to_be_visible()


# A bad line


def lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def overloaded(route: Route) -> None:
    route.fulfill(status=503, json={"error": "The network cannot be reached at the moment."})


@pytest.mark.parametrize("failure", [abort, lose_the_answer, overloaded])
def test_a_message_that_fails_is_kept_and_sent_again_under_the_same_id(
    site: Site, open_page: Open, failure: Callable[[Route], None]
) -> None:
    page = open_page()
    member = sign_in(page, site)
    ids = ids_of(page)
    page.route(SEND, failure)
    say(page, BOARD)
    expect(page.get_by_role("alert")).to_contain_text("The network cannot be reached")
    expect(log(page).get_by_text(BOARD)).to_be_visible()
    page.unroute(SEND)
    page.get_by_role("button", name="Try again").click()
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    expect(page.get_by_role("alert")).to_be_empty()
    expect(box(page)).to_be_focused()
    expect(log(page).get_by_text(BOARD)).to_have_count(1)
    assert len(ids) == 2
    assert ids[0] == ids[1]
    assert kept(site, member) == 1


def test_a_message_that_failed_outlives_a_reload(site: Site, open_page: Open) -> None:
    page = open_page()
    member = sign_in(page, site)
    page.route(SEND, abort)
    say(page, BOARD)
    expect(page.get_by_role("alert")).to_contain_text("Not sent yet.")
    page.unroute(SEND)
    page.reload()
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    expect(log(page).get_by_text(BOARD)).to_have_count(1)
    assert kept(site, member) == 1


def test_a_message_that_is_refused_goes_back_into_the_box(site: Site, open_page: Open) -> None:
    page = open_page()
    member = sign_in(page, site)
    long = "é" * 20_000
    box(page).fill(long)
    box(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("That message is too long.")
    expect(box(page)).to_have_value(long)
    expect(log(page).locator(".turn")).to_have_count(0)
    say(page, "help")
    expect(log(page).get_by_text("Answers: themes, why")).to_be_visible()
    assert kept(site, member) == 1


def test_whoever_is_signed_out_meanwhile_loses_no_words(site: Site, open_page: Open) -> None:
    page = open_page()
    member = sign_in(page, site)
    page.context.clear_cookies()
    say(page, BOARD)
    expect(page.get_by_role("alert")).to_contain_text("You are signed out.")
    expect(log(page).get_by_text(BOARD)).to_be_visible()
    assert kept(site, member) == 0


def test_whoever_is_forgotten_sees_nothing_of_the_conversation_any_more(
    site: Site, open_page: Open
) -> None:
    page = open_page()
    sign_in(page, site)
    say(page, BOARD)
    expect(log(page).get_by_text(SOLUTION)).to_be_visible()
    say(page, "forget me")
    page.get_by_role("button", name="Yes, forget me").click()
    expect(log(page).get_by_text("Everything about you has been deleted.")).to_be_visible()
    expect(log(page).get_by_text(SOLUTION)).to_have_count(0)
    expect(box(page)).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
