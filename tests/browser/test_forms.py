"""A form on the page: by keyboard, wrong and right, small, dark, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.wording import forms as words
from tests.browser.site import PHONE, Open, Site, View, box, log, say, sign_in
from tests.browser.test_webchat_for_everyone import VIEWS, assert_accessible, tab_to
from tests.sample_form import BY, SOON, TITLE, TOUCHES, TRIED, posted

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("post_form")]

CLOSED = words.COPY_CLOSED


def begin(page: Page, site: Site) -> Locator:
    """A signed-in member with the form before them."""
    sign_in(page, site)
    say(page, "hello")
    say(page, "post")
    form = page.locator("[data-form]")
    expect(form).to_be_visible()
    return form


def field(page: Page, question: str, *, optional: bool = False) -> Locator:
    name = f"{question} ({words.OPTIONAL})" if optional else question
    return page.locator("[data-form]").get_by_label(name, exact=True)


def test_the_keyboard_alone_fills_in_a_form_and_mends_what_was_wrong(
    site: Site, open_page: Open
) -> None:
    page = open_page()
    begin(page, site)
    page.get_by_role("link", name="Officer network").focus()
    tab_to(page, field(page, TITLE))
    page.keyboard.type("Footfall, asha@example.org")
    page.keyboard.press("Tab")
    expect(field(page, TRIED, optional=True)).to_be_focused()
    page.keyboard.type("A market.")
    page.keyboard.press("Enter")
    page.keyboard.type("It rained.")
    page.keyboard.press("Tab")
    expect(page.get_by_label("This week")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("No hurry")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Post it"))
    page.keyboard.press("Enter")

    problems = page.get_by_role("group", name=words.PLEASE_LOOK_AGAIN)
    expect(problems).to_be_focused()
    expect(page.locator("[data-form]")).to_have_count(1)
    expect(log(page).get_by_text(CLOSED)).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field(page, TITLE)).to_be_focused()
    expect(field(page, TITLE)).to_have_value("Footfall, asha@example.org")
    expect(field(page, TITLE)).to_have_accessible_description(
        "Leave out names. Up to 100 characters. Problem: Please leave e-mail addresses out."
    )
    expect(field(page, TRIED, optional=True)).to_have_value("A market.\nIt rained.")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Footfall")
    page.keyboard.press("Enter")

    done = posted(
        soon="none", title="Footfall", touches="skills+data", tried="A market.\nIt rained."
    )
    expect(log(page).get_by_text(done)).to_be_visible()
    expect(page.locator("[data-form]")).to_have_count(0)
    expect(page.locator(".turn:focus")).to_contain_text("Posted: ")
    page.reload()
    expect(page.locator("[data-form]")).to_have_count(0)


def test_a_form_works_without_scripts(site: Site, open_page: Open) -> None:
    page = open_page(scripts=False)
    sign_in(page, site)
    for text in ("hello", "post"):
        box(page).fill(text)
        page.get_by_role("button", name="Send").click()
    field(page, TITLE).fill("Footfall")
    page.get_by_role("button", name="Post it").click()
    expect(page.get_by_role("group", name=words.PLEASE_LOOK_AGAIN)).to_be_visible()
    expect(field(page, TITLE)).to_have_value("Footfall")
    page.get_by_label("This week").check()
    page.get_by_role("button", name="Post it").click()
    field(page, BY).fill("2026-12-03")
    page.get_by_role("button", name="Post it").click()
    done = posted(by="2026-12-03", soon="week", title="Footfall", touches="", tried="")
    expect(log(page).get_by_text(done)).to_be_visible()
    expect(page.locator("[data-form]")).to_have_count(0)


def test_a_typed_answer_moves_the_form_down_and_closes_the_copy_above(
    site: Site, open_page: Open
) -> None:
    page = open_page(PHONE)
    begin(page, site)
    say(page, "Footfall")
    expect(log(page).get_by_text(CLOSED)).to_have_count(1)
    expect(field(page, TITLE)).to_have_value("Footfall")
    page.get_by_role("button", name=words.DROP).click()
    expect(log(page).get_by_text(words.dropped("your post"))).to_be_visible()
    expect(page.locator("[data-form]")).to_have_count(0)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_form_is_accessible_empty_wrong_and_closed(
    site: Site, open_page: Open, view: View
) -> None:
    page = open_page(view)
    begin(page, site)
    for group in (SOON, f"{TOUCHES} ({words.OPTIONAL})"):
        expect(page.get_by_role("group", name=group)).to_be_visible()
    assert_accessible(page)
    field(page, TRIED, optional=True).fill("w" * 600)
    page.get_by_role("button", name="Post it").click()
    expect(page.get_by_role("group", name=words.PLEASE_LOOK_AGAIN)).to_be_visible()
    assert_accessible(page)
    say(page, "cancel")
    expect(page.locator("[data-form]")).to_have_count(0)
    assert_accessible(page)
