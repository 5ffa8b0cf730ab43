"""Talking on the web, as a browser without scripts and as the page's own script do it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot import outbox
from bot.app import Network
from bot.delivery import DeliveryRow, Recipient
from bot.inbox import InboxMessage
from bot.messages import Channel, Inbound, Text
from handlers import clock
from knowledge.entries import entry
from knowledge.evidence import Outcome, record_trial
from tests.handlers.webchat.driver import BOARD, Answer, Browser, link, new_id, nudge, rows


def test_a_question_is_answered_with_a_card(asha: Browser) -> None:
    answer = asha.says(BOARD)
    assert (answer.status, answer.pending) == (200, False)
    assert '<span class="hidden">You said: </span>' in answer.html
    assert BOARD in answer.html
    assert "<ol>" in answer.html
    assert answer.html.count('<li value="') == 6
    assert "Meet face to face" in answer.html
    assert "Source: " in answer.html
    assert re.search(
        r"<article class=\"card\" aria-labelledby=\"(p-\w+)\">.*<h2 id=\"\1\">", answer.html, re.S
    )


def test_a_card_shows_what_came_of_a_solution_under_its_own_number(
    asha: Browser, network: Network
) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    with network.database.writing() as session:
        board = entry(session, "partnership-board")
        assert board is not None
        for voice in "abc":
            third = board.numbered[2].id
            record_trial(
                session, third, voice, Outcome.WORKED, learnt="<b>Cake.</b>", shown=True, now=now
            )
    answer = asha.says(BOARD)
    assert answer.html.index('<li value="3">') < answer.html.index('<li value="1">')
    assert "Tried by 3: 3 worked. One of them learnt: “&lt;b&gt;Cake." in answer.html
    assert answer.html.count('class="tried"') == 1


def test_the_conversation_is_there_again_after_a_reload(asha: Browser) -> None:
    answer = asha.says(BOARD)
    page = asha.client.get("/").text
    assert answer.last in page
    assert f'data-last="{answer.last}"' in page
    assert page.index(BOARD) < page.index("Meet face to face")
    assert page.count('id="latest"') == 1


def test_a_browser_without_scripts_posts_a_form_and_comes_back(asha: Browser) -> None:
    page = asha.client.get("/").text
    given = re.search(r'id="composer".*?name="id" value="([^"]+)"', page, re.S)
    assert given is not None
    response = asha.client.post("/chat/messages", data={"id": given[1], "text": BOARD})
    assert (response.status_code, response.headers["location"]) == (303, "/#latest")
    assert "Meet face to face" in asha.client.get("/").text


def test_a_button_is_a_form_of_its_own_and_says_its_label(asha: Browser) -> None:
    asha.says(BOARD)
    page = asha.client.get("/").text
    value = re.search(r'name="choice" value="(helped:[^"]+)"', page)
    assert value is not None
    form = {"choice": value[1], "label": "This helped"}
    assert "Good to know" in asha.posts(form).html
    assert "This helped" in asha.looks().html
    assert "Good to know" in asha.posts(form).html, "an old button works again"


def test_the_same_message_id_is_answered_alike_and_changes_nothing(
    network: Network, asha: Browser
) -> None:
    first = asha.says(BOARD, "1b4e28ba-2fa1-41d2-883f-0016d3cca427")
    before = rows(network, InboxMessage), rows(network, DeliveryRow)
    again = asha.says(BOARD, "1B4E28BA-2FA1-41D2-883F-0016D3CCA427")
    assert again.last == first.last
    assert re.sub(r'name="id" value="[^"]+"', "", again.html) == re.sub(
        r'name="id" value="[^"]+"', "", first.html
    )
    assert (rows(network, InboxMessage), rows(network, DeliveryRow)) == before


def test_other_words_under_an_old_id_are_not_lost(asha: Browser) -> None:
    same = new_id()
    asha.says(BOARD, same)
    assert asha.says("something else", same).status == 409
    page = asha.client.post("/chat/messages", data={"id": same, "text": "something else"})
    assert page.status_code == 409
    assert "something else</textarea>" in page.text
    fresh = re.search(r'name="id" value="([^"]+)"', page.text)
    assert fresh is not None
    assert fresh[1] != same


def test_two_members_may_happen_on_one_id(network: Network, asha: Browser) -> None:
    same = new_id()
    asha.says("themes", same)
    _, token = link(network, "Bryn")
    asha.client.post(f"/sign-in/{token}")
    answer = asha.says("help", same)
    assert answer.status == 200
    assert "Answers: themes, why" in answer.html


def test_words_are_shown_as_words_and_not_as_markup(asha: Browser) -> None:
    answer = asha.says('<script>alert("x")</script> & <b>bold</b>')
    for html in (answer.html, asha.client.get("/").text):
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


@pytest.mark.parametrize(
    "text", ["", "   ", "🙂🙂", "x" * 20_000, "\x00\x07", "Sut mae mesur canfyddiad?"]
)
def test_odd_messages_get_a_fitting_reply(asha: Browser, text: str) -> None:
    answer = asha.says(text)
    assert answer.status == 200
    assert "The bot said" in answer.html
    assert asha.client.get("/").status_code == 200


def test_what_is_in_welsh_says_so_to_screen_readers(asha: Browser) -> None:
    html = asha.says("Sut mae mesur canfyddiad trigolion o'u hardal?").html
    assert re.search(r'<p lang="cy">Mae&#39;n ddrwg gen i', html)
    assert "<p>I am sorry" in html


def test_times_are_local_and_british(network: Network, asha: Browser) -> None:
    to = Recipient(Channel.WEB, f"member:{asha.member.id}", member_id=asha.member.id)
    with network.database.writing() as session:
        at = datetime(2026, 7, 6, 13, 5, tzinfo=UTC)
        outbox.enqueue(session, [Text("A summer's day")], to, now=at)
    network.tick(at)
    page = asha.client.get("/").text
    assert '<time datetime="2026-07-06T14:05:00+01:00">Monday 6 July, 14:05</time>' in page


def test_the_page_fetches_what_is_new_and_only_that(network: Network, asha: Browser) -> None:
    known = asha.says("help").last
    assert asha.looks(known) == Answer(200, "", known, False)
    nudge(network, asha.member, "Your session is tomorrow.")
    assert asha.looks(known).html == ""
    network.tick(clock.now())
    news = asha.looks(known)
    assert "Your session is tomorrow." in news.html
    assert "themes: what" not in news.html
    assert asha.looks(news.last).html == ""


def test_the_worker_counts_what_the_page_fetches_as_sent(network: Network, asha: Browser) -> None:
    nudge(network, asha.member, "Your session is tomorrow.")
    network.tick(clock.now())
    with network.database.reading() as session:
        assert session.scalars(select(DeliveryRow.status)).all() == ["sent"]
    assert "Your session is tomorrow." in asha.looks().html


def test_a_message_behind_one_that_failed_is_pending_and_then_answered(
    network: Network, asha: Browser
) -> None:
    address = f"member:{asha.member.id}"
    now = clock.now()
    older = network.keep(Inbound(Channel.WEB, "older", address, "help"), now=now)
    with network.database.writing() as session:
        session.get_one(InboxMessage, older).retry_at = now.replace(year=now.year + 1)
    same = new_id()
    assert asha.says(BOARD, same).pending
    form = {"id": same, "text": BOARD}
    waits = asha.client.post("/chat/messages", data=form)
    assert waits.headers["location"] == "/?waiting=1#waiting"
    assert "will be answered in its turn" in asha.client.get("/?waiting=1").text
    with network.database.writing() as session:
        session.get_one(InboxMessage, older).retry_at = None
    answer = asha.says(BOARD, same)
    assert not answer.pending
    assert "Meet face to face" in answer.html


def test_whoever_had_themselves_forgotten_reads_the_last_word_and_is_signed_out(
    asha: Browser,
) -> None:
    offered = asha.says("forget me").html
    value = re.search(r'name="choice" value="([^"]+)"', offered)
    assert value is not None
    form = {"id": new_id(), "choice": value[1], "label": "Yes, forget me"}
    page = asha.client.post("/chat/messages", data=form)
    assert page.status_code == 200
    assert "Everything about you has been deleted" in page.text
    assert "How to sign in" in asha.client.get("/").text
