"""The chat in a terminal: text alone, numbers for buttons, the thread picked up again."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select

from bot import members, wording
from bot.app import Network
from bot.members import BadName, Member
from handlers.terminal import Terminal

BOARD = "how do we work better with our partnership board?"


def seat(network: Network, now: datetime, name: str = "Asha") -> Terminal:
    return Terminal(network, name, lambda: now)


def test_a_card_is_plain_text_with_numbered_solutions_and_choices(
    network: Network, now: datetime
) -> None:
    asha = seat(network, now)
    asha.says("hello")
    (card,) = asha.says(BOARD)
    lines = card.splitlines()
    assert "partnership board" in lines[0]
    assert [line[:3] for line in lines if line[:1].isdigit()] == [
        *(f"{number}. " for number in range(1, 7)),
        *(f"{number} =" for number in range(1, 6)),  # so that nobody takes a solution for a choice
    ]
    assert f"1 = {wording.HELPED}" in lines
    assert "\x1b" not in card


def test_a_number_takes_a_choice(network: Network, now: datetime) -> None:
    asha = seat(network, now)
    asha.says(BOARD)
    assert asha.says("1") == [wording.GLAD]


def test_sitting_down_again_shows_what_was_said_last(network: Network, now: datetime) -> None:
    first = seat(network, now)
    assert first.earlier() == []
    (*_welcome, card) = first.says(BOARD)
    again = seat(network, now)
    assert again.earlier() == [card]
    assert again.says("1") == [wording.GLAD]


def test_one_name_is_one_member_and_another_is_another(network: Network, now: datetime) -> None:
    seat(network, now).says("hello")
    seat(network, now).says("hello")
    assert wording.WELCOME in seat(network, now, "Ben").says("hello")
    with network.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Member)) == 2
        assert members.named(session, "Asha").welcomed_at == now


def test_whoever_was_forgotten_is_a_stranger_at_the_same_seat(
    network: Network, now: datetime
) -> None:
    asha = seat(network, now)
    for line in ("hello", "forget me", "yes"):
        said = asha.says(line)
    assert said == [wording.FORGOTTEN]
    assert asha.says(BOARD) == [wording.INVITATION_NEEDED]
    assert asha.earlier() == []


def test_a_seat_needs_a_name(network: Network, now: datetime) -> None:
    with pytest.raises(BadName):
        seat(network, now, "  ")
