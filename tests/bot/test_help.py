"""`help` is short, and says where there is more."""

from __future__ import annotations

import pytest

from bot import members
from bot.flows.meaning import Command, command
from bot.members import Role
from bot.wording import help as words
from knowledge.search import Decision
from tests.bot.conftest import Settle
from tests.officer import Officer

LONGEST = 900


def becomes(officer: Officer, role: Role) -> None:
    with officer.network.database.writing() as session:
        member = members.at(session, officer.channel, officer.address)
        assert member is not None
        member.role = role


def test_help_fits_a_phone_and_names_the_ways_out_of_a_form(asha: Officer) -> None:
    asha.says("help")
    assert asha.told == [words.HELP]
    assert len(words.HELP) <= LONGEST
    for way in ("back", "skip", "later", "carry on", "cancel"):
        assert way in words.HELP


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("help forms", words.FORMS),
        ("Help with forms?", words.FORMS),
        ("help challenges", words.CHALLENGES),
        ("help answers", words.ANSWERS),
        ("HELP ME", words.ME),
        ("help review", words.REVIEW),
        ("help sets", words.SETS),
        ("help facilitators", words.FACILITATE),
    ],
)
def test_there_is_more_of_each_part(asha: Officer, typed: str, told: str) -> None:
    asha.says(typed)
    assert asha.told == [told]
    assert len(told) <= LONGEST


def test_whoever_looks_after_others_gets_a_line_of_their_own(asha: Officer) -> None:
    for role, line in (
        (Role.FACILITATOR, words.FACILITATORS),
        (Role.MODERATOR, words.MODERATORS),
        (Role.ADMINISTRATOR, f"{words.FACILITATORS}\n\n{words.MODERATORS}"),
    ):
        becomes(asha, role)
        asha.says("help")
        assert asha.told == [f"{words.HELP}\n\n{line}"]


def test_every_command_that_somebody_may_need_is_named_in_some_help() -> None:
    told = " ".join((words.HELP, words.MODERATORS, *words.TOPICS.values()))
    for known in set(Command) - {Command.JOIN, Command.HELP, Command.CHALLENGE}:
        assert known.value in told, known


def test_a_question_that_begins_with_help_is_a_question(asha: Officer, settle: Settle) -> None:
    settle(Decision.MISS)
    asha.says("help to measure perception")
    assert "measure perception" in asha.told[0]
    assert command("help to measure perception") is None
