"""Where the story is played: a throw-away network, people on two channels, time that is told.

Everything but the channels and the clock is the real thing. What the bot sends is shown as it
leaves, and where it does not say what the story needs the play ends with `StoryBroken`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.markup import escape

import knowledge.starter
import migrations
from bot import members
from bot.app import Network
from bot.delivery import Delivery, Receipt
from bot.members import Role
from bot.messages import Channel, Choice, Inbound, Outgoing
from bot.rules import Rules
from handlers.numbered import as_text, paragraphs
from knowledge.database import Database
from knowledge.search import Engine
from knowledge.semantic import Embedder

BEGINS = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday morning, in no holiday and no clock change."""
STEP = timedelta(days=1)
"""How often the worker looks while days go by: at the same hour, when people work."""
_CALLED = {Channel.WHATSAPP: "WhatsApp", Channel.SLACK: "Slack"}
_COLOURS = {Channel.WHATSAPP: "green", Channel.SLACK: "magenta"}
_MOST_LINES = 12


class StoryBroken(Exception):
    """The bot did not say what the story needs; the message names it."""


@dataclass(frozen=True)
class Heard:
    """A message as it reached somebody."""

    text: str
    choices: tuple[Choice, ...]


@dataclass
class Person:
    """Somebody at one address. `heard` is what reached them since they last did something."""

    name: str
    channel: Channel
    address: str
    stage: Stage
    heard: list[Heard] = field(default_factory=list)

    def says(self, line: str) -> None:
        """Types a line."""
        self.stage.show(self, f"{self.name} types", line)
        self._sends(Inbound(self.channel, self.stage.id(), self.address, line))

    def picks(self, label: str) -> None:
        """Takes a choice: its button on Slack, its number on WhatsApp."""
        number, choice = self._choice(label)
        if self.channel is Channel.SLACK:
            self.stage.show(self, f"{self.name} presses", choice.label)
            inbound = Inbound(
                self.channel, self.stage.id(), self.address, choice.label, choice.value
            )
            self._sends(inbound)
        else:
            self.stage.show(self, f"{self.name} types", f"{number}   ({choice.label})")
            self._sends(Inbound(self.channel, self.stage.id(), self.address, str(number)))

    def hears(self, *parts: str) -> None:
        """All of these have reached them. Raises StoryBroken."""
        for part in parts:
            if not any(part in one.text for one in self.heard):
                raise StoryBroken(f"{self.name} was to read “{part}”, and did not.")

    def reads(self, pattern: str) -> str:
        """The first group of a pattern in what reached them. Raises StoryBroken."""
        for one in self.heard:
            found = re.search(pattern, one.text)
            if found is not None:
                return found[1]
        raise StoryBroken(f"{self.name} was to read “{pattern}”, and did not.")

    def _choice(self, label: str) -> tuple[int, Choice]:
        """On the table is what the latest message with choices offers."""
        for one in reversed(self.heard):
            for number, choice in enumerate(one.choices, 1):
                if choice.label.startswith(label):
                    return number, choice
        raise StoryBroken(f"{self.name} was to be offered “{label}”, and was not.")

    def _sends(self, inbound: Inbound) -> None:
        self.heard.clear()
        network, now = self.stage.network, self.stage.now
        inbox_id = network.keep(inbound, now=now)
        network.handle(inbox_id, now=now)
        network.deliver(inbox_id, now=now)
        self.stage.goes_by(timedelta(minutes=1))


class Stage:
    """`out` None plays without showing anything."""

    def __init__(self, database: Database, model: Embedder | None, out: Console | None) -> None:
        self.now = BEGINS
        self._out = out
        self._people: dict[str, Person] = {}
        self._ids = itertools.count(1)
        self._shown_last = ""
        senders = {channel: _Shown(self) for channel in _CALLED}
        self.network = Network(database, Engine(model), senders, Rules())

    def id(self) -> str:
        return f"demo-{next(self._ids)}"

    def person(self, name: str, channel: Channel, role: Role = Role.OFFICER) -> Person:
        """A member who has been welcomed."""
        address = f"{channel.value}:{name}"
        with self.network.database.writing() as session:
            member = members.add(session, name, role, now=self.now)
            member.welcomed_at = self.now
            members.connect(session, member, channel, address, now=self.now)
        self._people[address] = Person(name, channel, address, self)
        return self._people[address]

    def tells(self, line: str) -> None:
        """What happens off stage."""
        if self._out is not None:
            self._out.print(f"\n[bold]{escape(line)}[/bold]\n")

    def later(self, time: timedelta, told: str) -> None:
        """Time goes by, and is told aloud; the worker looks now and then."""
        self.tells(f"--- {told} ---")
        until = self.now + time
        while self.now < until:
            self.goes_by(min(STEP, until - self.now))

    def goes_by(self, time: timedelta) -> None:
        self.now += time
        self.network.tick(self.now)

    def reached(self, delivery: Delivery) -> None:
        person = self._people[delivery.address]
        text = as_text(delivery.content)
        person.heard.append(Heard(text, delivery.content.choices))
        same, self._shown_last = text == self._shown_last, text
        shown = "(the same)" if same else _on_screen(person.channel, delivery.content)
        self.show(person, f"bot to {person.name}", shown)

    def show(self, person: Person, who: str, text: str) -> None:
        if self._out is None:
            return
        colour = _COLOURS[person.channel]
        prefix = f"[{colour}]{_CALLED[person.channel]:<8}[/{colour}] [dim]{escape(who)}:[/dim]"
        lines = text.splitlines()
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], "…"]
        said = "\n".join(f"           {escape(line)}" if line else "" for line in lines)
        self._out.print(f"{prefix}\n{said}", soft_wrap=True)


def _on_screen(channel: Channel, content: Outgoing) -> str:
    """Numbers to type on WhatsApp, and buttons on Slack."""
    if channel is not Channel.SLACK or not content.choices:
        return as_text(content)
    buttons = "  ".join(f"[{choice.label}]" for choice in content.choices)
    return "\n\n".join((*paragraphs(content), buttons))


class _Shown:
    """Sends to the stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def send(self, delivery: Delivery) -> Receipt:
        self._stage.reached(delivery)
        return Receipt("")

    def find(self, delivery: Delivery) -> Receipt | None:  # noqa: ARG002
        return None


@contextmanager
def stage(model: Embedder | None, out: Console | None = None) -> Iterator[Stage]:
    """A stage on a database that is gone afterwards, with the starter knowledge in it."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'demo.db'}")
        try:
            migrations.upgrade(database)
            with database.writing() as session:
                knowledge.starter.load(session, model, now=BEGINS)
            made = Stage(database, model, out)
            with database.reading() as session:
                made.network.engine.refresh(session)
            yield made
        finally:
            database.close()
