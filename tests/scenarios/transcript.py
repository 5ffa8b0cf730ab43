"""Scenarios as they would be read aloud: an officer says something, the bot answers.

    asha.says("how do we measure perception?")
    bot.answers_with("perception", "1. ", "March 2023")

What the bot says is what the terminal shows: whole, rendered text. Where an expectation fails, the
transcript so far is the message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import invitations, members
from bot.app import Network
from bot.members import Role
from bot.messages import Channel, Inbound
from handlers.numbered import as_text
from handlers.terminal import Terminal


@dataclass
class Clock:
    """The time of the story."""

    time: datetime

    def __call__(self) -> datetime:
        return self.time

    def goes_on(self, time: timedelta) -> None:
        self.time += time


@dataclass
class Bot:
    """What the bot has said; `last` are its messages since somebody last spoke."""

    last: list[str] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)

    def hears(self, name: str, line: str, answers: list[str]) -> None:
        self.last = answers
        self.transcript += [f"{name}> {line}", *(f"bot> {answer}" for answer in answers)]

    def answers_with(self, *words: str) -> None:
        """All of these are in its last messages."""
        for one in words:
            assert any(one in message for message in self.last), self._missing(one)

    def does_not_say(self, *words: str) -> None:
        for one in words:
            assert not any(one in message for message in self.last), self._missing(f"no {one}")

    def says_only(self, *messages: str) -> None:
        assert self.last == list(messages), self._missing(repr(messages))

    def number_of(self, choice: str) -> str:
        """The number to type for a choice in its last messages."""
        line = re.compile(rf"^([0-9]+)(?:\.| =) {re.escape(choice)}$", re.MULTILINE)
        numbers = [number for message in self.last for number in line.findall(message)]
        assert len(numbers) == 1, self._missing(choice)
        return str(numbers[0])

    def _missing(self, what: str) -> str:
        return "\n".join((f"expected: {what}", *self.transcript))


@dataclass
class Officer:
    """Somebody at a terminal."""

    name: str
    seat: Terminal
    bot: Bot

    def says(self, line: str) -> None:
        self.bot.hears(self.name, line, self.seat.says(line))

    def picks(self, choice: str) -> None:
        """Types the number of a choice."""
        self.says(self.bot.number_of(choice))


@dataclass
class Phone:
    """Somebody on WhatsApp: a number that may or may not be invited."""

    number: str
    network: Network
    bot: Bot
    clock: Clock
    sent: int = 0

    def says(self, line: str) -> None:
        self.sent += 1
        address, now = f"whatsapp:{self.number}", self.clock()
        inbound = Inbound(Channel.WHATSAPP, f"{self.number}-{self.sent}", address, line)
        inbox_id = self.network.keep(inbound, now=now)
        self.network.handle(inbox_id, now=now)
        said = self.network.answer_here(inbox_id, now=now)
        self.bot.hears(self.number, line, [as_text(one.content) for one in said])

    def picks(self, choice: str) -> None:
        self.says(self.bot.number_of(choice))


@dataclass
class Administrator:
    """Whoever runs `als members invite`."""

    network: Network
    clock: Clock

    def invites(self, name: str) -> str:
        """The code to pass on."""
        with self.network.database.writing() as session:
            member = members.named_or_new(session, name, Role.OFFICER, now=self.clock())
            return invitations.invite(session, member, now=self.clock())
