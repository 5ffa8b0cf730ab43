"""Stopping, starting, seeing what is kept and being forgotten: the member is in charge."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot import members, wording
from bot.app import Network
from bot.cursor import CURSOR_LASTS, Cursor
from bot.members import Consent, ConsentKind, Member
from bot.messages import Channel
from tests.bot.conftest import welcomed
from tests.officer import Officer

BOARD = "how do we work better with our partnership board?"


def there(officer: Officer) -> bool:
    with officer.network.database.reading() as session:
        return members.at(session, officer.channel, officer.address) is not None


def stopped(officer: Officer) -> bool:
    with officer.network.database.reading() as session:
        return session.scalars(select(Member.stopped_at)).one() is not None


def consents(officer: Officer) -> list[tuple[ConsentKind, str, datetime]]:
    with officer.network.database.reading() as session:
        rows = session.scalars(select(Consent).order_by(Consent.id))
        return [(row.kind, row.wording, row.given_at) for row in rows]


def test_stop_is_obeyed_at_once_and_kept(asha: Officer, now: datetime) -> None:
    asha.says("stop")
    assert asha.told == [wording.STOPPED]
    assert stopped(asha)
    assert consents(asha) == [(ConsentKind.STOPPED, wording.STOPPED, now)]


def test_after_stop_only_the_ways_back_and_out_are_open(asha: Officer) -> None:
    asha.says(BOARD)
    helped = asha.value_of(wording.HELPED)
    asha.says("stop")
    for text in (BOARD, "help", "themes", "hello", "", "1"):
        asha.says(text)
        assert asha.told == [wording.STILL_STOPPED]
    asha.sends_button(helped)
    assert asha.told == [wording.STILL_STOPPED]
    asha.says("my data")
    assert asha.told[0].startswith(wording.kept(()))
    asha.says("stop")
    assert asha.told == [wording.STOPPED]
    assert stopped(asha)


def test_a_stopped_member_asks_to_be_forgotten_and_is(asha: Officer) -> None:
    asha.says("stop")
    asha.says("forget me")
    asha.says("yes")
    assert asha.told == [wording.FORGOTTEN]
    assert not there(asha)


def test_start_brings_the_bot_back(asha: Officer) -> None:
    asha.says("stop")
    asha.says("start")
    assert asha.told == [wording.STARTED]
    assert not stopped(asha)
    asha.says(BOARD)
    assert asha.card.entry_id == "partnership-board"


def test_start_when_nothing_was_stopped_changes_nothing(asha: Officer) -> None:
    asha.says("start")
    assert asha.told == [wording.NOT_STOPPED]
    assert consents(asha) == []


def test_my_data_tells_all_that_is_kept(asha: Officer, now: datetime) -> None:
    asha.says("stop")
    asha.says("start")
    asha.says(BOARD)
    asha.presses(wording.HELPED)
    asha.says("my data")
    (told,) = asha.told
    for part in ("Your name: Asha. Your role: officer.", "a terminal", BOARD, "30 days"):
        assert part in told
    assert re.search(r"\bstop\b.* 23 November 2026", told)
    assert re.search(r"\bstart again\b.* 23 November 2026", told)
    assert re.search(r"\b1 question.*\b1 answer", told)


@pytest.mark.usefixtures("post_form")
def test_my_data_tells_what_was_answered_in_a_form_in_words(asha: Officer) -> None:
    asha.says("my data")
    (told,) = asha.told
    assert "You have asked no questions yet." in told
    asha.says("post")
    asha.says("Footfall")
    asha.says("skip")
    asha.says("2")
    asha.says("my data")
    told = asha.told[-1]
    assert "You answered:\n“Footfall”\n“This month”" in told
    assert "“month”" not in told
    assert "“”" not in told
    asha.says("cancel")
    asha.says(BOARD)
    asha.says("my data")
    assert "1 question and rated 0 answers. Your question:" in asha.told[-1]


def test_forgetting_is_asked_about_first(asha: Officer) -> None:
    asha.says("forget me")
    assert asha.told == [wording.FORGET_SURE]
    assert asha.labels == [wording.YES_FORGET, wording.NO_KEEP]
    assert there(asha)


def test_yes_forgets_however_it_is_said(talking: Network, now: datetime) -> None:
    ways = ("yes", "YES!", "y", "Yes please.", "1", "yes, forget me", "Yes forget me", "option 1")
    for number, yes in enumerate(ways):
        officer = welcomed(talking, f"Officer {number}", now)
        officer.says("forget me")
        officer.says(yes)
        assert officer.told == [wording.FORGOTTEN]
        assert not there(officer)


def test_no_keeps_everything_however_it_is_said(asha: Officer) -> None:
    for no in ("no", "No.", "n", "no thanks", "2", "No, keep everything", "cancel", "back", "skip"):
        asha.says("forget me")
        asha.says(no)
        assert asha.told == [wording.CANCELLED]
        asha.says("yes")
        assert asha.told == [wording.ACKNOWLEDGED]
    assert there(asha)


def test_the_buttons_do_the_same(asha: Officer) -> None:
    asha.says("forget me")
    asha.presses(wording.NO_KEEP)
    assert asha.told == [wording.CANCELLED]
    asha.says("forget me")
    asha.presses(wording.YES_FORGET)
    assert asha.told == [wording.FORGOTTEN]
    assert not there(asha)


def test_a_command_is_obeyed_and_the_forgetting_is_dropped(asha: Officer) -> None:
    asha.says("forget me")
    forget = asha.value_of(wording.YES_FORGET)
    asha.says("themes")
    assert asha.told == [wording.THEMES]
    asha.says("yes")
    assert asha.told == [wording.ACKNOWLEDGED]
    asha.sends_button(forget)
    assert asha.told == [wording.OLD_BUTTON]
    assert there(asha)


def test_a_yes_that_comes_too_late_forgets_nothing(asha: Officer) -> None:
    for yes, answer in (("yes", wording.ACKNOWLEDGED), ("1", wording.OLD_BUTTON)):
        asha.says("forget me")
        asha.waits(CURSOR_LASTS)
        asha.says(yes)
        assert asha.told == [answer]
    assert there(asha)


def test_a_yes_just_in_time_still_counts(asha: Officer) -> None:
    asha.says("forget me")
    asha.waits(CURSOR_LASTS - timedelta(seconds=1))
    asha.says("yes")
    assert asha.told == [wording.FORGOTTEN]


def test_a_number_nobody_offered_does_not_forget_and_may_be_mended(asha: Officer) -> None:
    asha.says("forget me")
    asha.says("3")
    assert asha.told == [f"{wording.YES_OR_NO}\n\n{wording.FORGET_SURE}"]
    assert there(asha)
    asha.says("1")
    assert asha.told == [wording.FORGOTTEN]


def test_one_channel_may_ask_and_another_answer(
    asha: Officer, talking: Network, now: datetime
) -> None:
    with talking.database.writing() as session:
        member = members.named(session, "Asha")
        members.connect(session, member, Channel.SLACK, "T1:U1", now=now)
    slack = Officer(talking, Channel.SLACK, "T1:U1", now)
    asha.says("forget me")
    slack.says("yes")
    assert slack.told == [wording.FORGOTTEN]
    assert not there(asha)


def test_there_is_nothing_to_cancel_when_nothing_was_begun(asha: Officer) -> None:
    for text in ("back", "skip", "cancel"):
        asha.says(text)
        assert asha.told == [wording.NOTHING_TO_CANCEL]


def test_no_half_finished_exchange_is_left_behind(asha: Officer) -> None:
    asha.says("forget me")
    asha.says("no")
    with asha.network.database.reading() as session:
        assert session.scalars(select(Cursor)).all() == []


def test_whoever_was_forgotten_in_an_open_workspace_starts_anew(newcomer: Officer) -> None:
    newcomer.says("hello")
    newcomer.says("forget me")
    newcomer.says("yes")
    assert newcomer.told == [wording.FORGOTTEN]
    newcomer.says("hello")
    assert newcomer.told == [wording.WELCOME, wording.FIRST_STEP]
