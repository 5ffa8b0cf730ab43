"""Forms on the web: filled in whole, wrong, twice, late, with scripts and without."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import members
from bot.app import Network
from bot.delivery import Delivery, DeliveryStatus
from bot.inbox import InboxMessage
from bot.messages import Channel, Form, Inbound
from bot.wording import forms as words
from handlers import clock
from handlers.webchat_render import as_html
from knowledge.database import DatabaseUnavailable
from tests.handlers.golden import FORM, WRONG, same
from tests.handlers.webchat.driver import Browser, new_id, rows
from tests.sample_form import TRIED, posted

pytestmark = pytest.mark.usefixtures("post_form")

Fields = dict[str, str | list[str]]
GIVEN: Fields = {"answer:title": "R&D <b>", "answer:tried": "", "answer:soon": ["", "none"]}
BOTH: Fields = {"answer:touches": ["", "skills", "data"]}
DONE = posted(soon="none", title="R&amp;D &lt;b&gt;", touches="skills+data", tried="")
CLOSED = words.COPY_CLOSED


def begun(asha: Browser) -> str:
    """Begins the form. Its reference."""
    asha.says("hello")
    found = re.search(r'name="form" value="(\w+)"', asha.says("post").html)
    assert found is not None
    return found[1]


def filled(ref: str, **more: str | list[str]) -> Fields:
    changed = {f"answer:{name}": value for name, value in more.items()}
    return {"form": ref, "label": "I have filled it in.", **GIVEN, **BOTH, **changed}


def hands_in(asha: Browser, fields: Fields, message_id: str = "", accept: str = "") -> str:
    """What the page's script is told, or with another `accept` the page that a browser gets."""
    sent = asha.client.post(
        "/chat/messages",
        data={"id": message_id or new_id(), **fields},
        headers={"Accept": accept or "application/json"},
        follow_redirects=True,
    )
    return str(sent.json()["html"]) if not accept else sent.text


def forms(page: str) -> list[str]:
    """The references of the forms on a page that can be filled in."""
    return re.findall(r'data-form="(\w+)"', page)


@pytest.mark.parametrize(("name", "form"), [("empty", FORM), ("wrong", WRONG), ("closed", None)])
def test_the_form_looks_as_it_did(name: str, form: Form | None) -> None:
    delivery = Delivery(
        id=1,
        ref="d1",
        channel=Channel.WEB,
        address="member:1",
        place="",
        content=form or FORM,
        prompt="post",
        part=0,
        created_at=datetime(2026, 11, 23, 10, 0, tzinfo=UTC),
        via=None,
        status=DeliveryStatus.SENT,
    )
    shown = as_html([delivery], ZoneInfo("Europe/London"), [form] if form else [])
    page = re.sub(r'value="[0-9a-f-]{36}"', 'value="(a new id)"', shown)
    assert same(f"web_form_{name}.html", page)


def test_a_form_has_labels_hints_and_groups_of_choices(asha: Browser) -> None:
    ref = begun(asha)
    page = asha.client.get("/").text
    assert forms(page) == [ref]
    form = page[page.index("data-form") :]
    for box, label in re.findall(r'<label for="([^"]+)">([^<]+)</label>', form):
        assert f'id="{box}"' in form, label
    assert "<legend>How soon do you need an answer?</legend>" in form
    assert "What have you tried so far? (optional)</label>" in form
    hint = re.search(r'aria-describedby="([^" ]+-title-hint)"', form)
    assert hint is not None
    assert f'id="{hint[1]}">Leave out names. Up to 100 characters.</p>' in form
    assert "aria-invalid" not in form


def test_a_form_is_handed_in_and_closed(asha: Browser) -> None:
    ref = begun(asha)
    answer = hands_in(asha, filled(ref))
    assert DONE in answer
    assert "I have filled it in." in answer
    page = asha.client.get("/").text
    assert forms(page) == []
    assert CLOSED in page


@pytest.mark.parametrize("accept", ["", "text/html"], ids=["scripts", "no scripts"])
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(asha: Browser, accept: str) -> None:
    ref = begun(asha)
    long = "<long> " * 80
    page = hands_in(asha, filled(ref, title=" ", tried=long, soon=["", "month"]), accept=accept)
    assert forms(page) == [ref]
    form = page[page.index("data-form") :]
    assert words.look_again(2) in html.unescape(page)
    summary = re.search(r'<div class="problems".*?</div>', form, re.S)
    assert summary is not None
    links = re.findall(r'<a href="#([^"]+)">', summary[0])
    assert len(links) == 2
    for box in links:
        assert re.search(
            rf'id="{box}"[^>]* aria-describedby="[^"]*{box}-problem" aria-invalid="true"', form
        )
        assert f'id="{box}-problem"' in form
    assert html.escape(long.strip()) in form
    assert re.search(r'value="month" checked', form)
    assert len(re.findall(r'value="(?:skills|data)" checked', form)) == 2
    assert DONE in hands_in(asha, filled(ref))


def test_a_wrong_date_is_shown_as_it_was_typed(asha: Browser) -> None:
    ref = begun(asha)
    page = hands_in(asha, filled(ref, soon=["", "week"]))
    assert 'type="date"' in page
    page = hands_in(asha, filled(ref, soon=["", "week"], by="some day"))
    assert re.search(r'type="text" id="[^"]+-by"[^>]* value="some day"', page)
    assert words.NOT_A_DATE in page


def test_only_the_last_copy_of_a_form_can_be_filled_in(asha: Browser) -> None:
    ref = begun(asha)
    asha.says("Footfall")
    page = asha.client.get("/").text
    assert forms(page) == [ref]
    assert page.count(CLOSED) == 2, "one copy, and what the page's script says"
    assert 'value="Footfall"' in page
    assert TRIED in page


def test_what_was_typed_wrong_is_told_at_its_field(asha: Browser) -> None:
    begun(asha)
    answer = asha.says("a" * 101)
    assert answer.html.count(words.too_long(101, 100)) == 2, "in the summary and at the field"
    assert words.too_long(101, 100) in asha.client.get("/").text


def test_a_form_shows_what_was_answered_elsewhere_since(asha: Browser, network: Network) -> None:
    ref = begun(asha)
    with network.database.writing() as session:
        member = session.get_one(members.Member, asha.member.id)
        members.connect(session, member, Channel.SLACK, "T1:U1", now=clock.now())
    for number, line in enumerate(("carry on", "From Slack")):
        inbound = Inbound(Channel.SLACK, f"Ev{number}", "T1:U1", line)
        network.handle(network.keep(inbound, now=clock.now()), now=clock.now())
    page = asha.client.get("/").text
    assert forms(page) == [ref]
    assert 'value="From Slack"' in page


def test_a_press_on_drop_closes_it(asha: Browser) -> None:
    ref = begun(asha)
    told = asha.posts({"choice": f"form:drop:{ref}", "label": words.DROP})
    assert words.dropped("your post") in told.html
    assert forms(asha.client.get("/").text) == []


def test_the_script_is_told_which_forms_are_open(asha: Browser) -> None:
    ref = begun(asha)
    looked = asha.client.get("/chat/updates", headers={"Accept": "application/json"}).json()
    assert looked["forms"] == [ref]
    hands_in(asha, filled(ref))
    looked = asha.client.get("/chat/updates", headers={"Accept": "application/json"}).json()
    assert looked["forms"] == []


def test_the_same_page_sent_twice_is_one_message_and_with_other_words_another(
    asha: Browser, network: Network
) -> None:
    ref = begun(asha)
    before, same = rows(network, InboxMessage), new_id()
    first = hands_in(asha, filled(ref), same)
    assert hands_in(asha, filled(ref), same) == first
    assert rows(network, InboxMessage) == before + 1
    other = hands_in(asha, filled(ref, title="Other words"), same)
    assert words.already_sent("Post a challenge") in html.unescape(other)


def test_a_form_that_lapsed_is_closed_and_says_so(
    asha: Browser, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = begun(asha)
    now = clock.now()
    inbound = Inbound(Channel.WEB, "late", f"member:{asha.member.id}", choice=f"form:on:{ref}")
    assert network.open_forms(inbound.channel, inbound.address, now=now) != ()
    later = now + timedelta(hours=73)
    assert network.open_forms(inbound.channel, inbound.address, now=later) == ()
    inbox_id = network.keep(inbound, now=later)
    network.handle(inbox_id, now=later)
    (answer,) = network.answers(inbox_id)
    assert [choice.label for choice in answer.content.choices] == [words.START_AGAIN]


BAD = [
    {"form": ""},
    {"form": "a" * 33},
    {"form": ["a", "b"]},
    {"label": "a" * 5_000},
]


@pytest.mark.parametrize("change", BAD, ids=str)
def test_a_form_that_no_page_of_ours_sends_is_refused(asha: Browser, change: Fields) -> None:
    ref = begun(asha)
    sent = asha.client.post(
        "/chat/messages",
        data={"id": new_id(), **filled(ref), **change},
        headers={"Accept": "application/json"},
    )
    assert sent.status_code == 400


def test_a_form_that_could_not_be_sent_can_be_sent_again(
    asha: Browser, monkeypatch: pytest.MonkeyPatch, network: Network
) -> None:
    ref = begun(asha)

    def gone(*_: object, **__: object) -> int:
        raise DatabaseUnavailable

    with monkeypatch.context() as without:
        without.setattr(network, "keep", gone)
        page = hands_in(asha, filled(ref), accept="text/html")
    assert "Not sent yet" in page
    again = [
        (html.unescape(name), html.unescape(value))
        for name, value in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page)
    ]
    fields: dict[str, list[str]] = {}
    for name, value in again:
        fields.setdefault(name, []).append(value)
    sent = asha.client.post("/chat/messages", data=fields, follow_redirects=True)
    assert DONE in sent.text
