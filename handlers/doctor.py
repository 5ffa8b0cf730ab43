"""What is on, what is off and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import Enum

import migrations
from bot.boards import posts
from bot.settings import Settings
from handlers import slack_board
from handlers.matching import embedder
from knowledge.database import Database, DatabaseUnavailable


class Condition(Enum):
    ON = "on"
    OFF = "off"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """How one part stands. Off is a choice; bad needs mending."""

    what: str
    state: Condition
    why: str

    @property
    def sound(self) -> bool:
        return self.state is not Condition.BAD

    def as_json(self) -> dict[str, str]:
        return {"state": self.state.value, "why": self.why}


def examine(settings: Settings) -> tuple[Finding, ...]:
    return (
        _database(settings),
        _matching(settings),
        Finding("web chat", Condition.ON, settings.address),
        _whatsapp(settings),
        _slack(settings),
        *_challenges_channel(settings),
    )


def _database(settings: Settings) -> Finding:
    try:
        database = Database(settings.database_url)
        kind = database.engine.dialect.name
        state = migrations.state(database)
        database.close()
    except (DatabaseUnavailable, OSError):
        return Finding("database", Condition.BAD, "cannot be reached: check DATABASE_URL")
    if state is migrations.State.CURRENT:
        return Finding("database", Condition.ON, f"{kind}, up to date")
    mend = "update the software" if state is migrations.State.NEWER else "run: als db upgrade"
    return Finding("database", Condition.BAD, f"{kind}, {state.value}: {mend}")


def _matching(settings: Settings) -> Finding:
    model, why = embedder(settings)
    if model is None:
        return Finding("matching", Condition.BAD, f"by words alone. {why}")
    return Finding("matching", Condition.ON, "by meaning and by words")


def _whatsapp(settings: Settings) -> Finding:
    if not settings.whatsapp_on:
        return Finding("WhatsApp", Condition.OFF, "no TWILIO_ACCOUNT_SID")
    return Finding(
        "WhatsApp",
        Condition.ON,
        f"set, not tried; Twilio posts to {settings.address}/whatsapp/messages",
    )


def _slack(settings: Settings) -> Finding:
    if not settings.slack_on:
        return Finding("Slack", Condition.OFF, "no SLACK_BOT_TOKEN")
    where = (
        "through Socket Mode"
        if settings.slack_app_token
        else f"Slack posts to {settings.address}/slack/events"
    )
    return Finding("Slack", Condition.ON, f"set, not tried; {where}")


def _challenges_channel(settings: Settings) -> Iterator[Finding]:
    """Nothing where there is none, for it is never required."""
    what, channel = "challenges channel", settings.slack_challenges_channel
    if channel is None:
        return
    if not settings.slack_on:
        yield Finding(what, Condition.OFF, "no SLACK_BOT_TOKEN")
        return
    trouble = _trouble(settings, slack_board.address_of(channel))
    if trouble in slack_board.NOT_THERE:
        mend = f"invite the bot to {channel} with /invite, or check SLACK_CHALLENGES_CHANNEL"
        yield Finding(what, Condition.BAD, f"the bot cannot post there ({trouble}): {mend}")
    elif trouble:
        yield Finding(what, Condition.ON, f"{channel}; the last try ended with {trouble}")
    else:
        yield Finding(what, Condition.ON, f"open challenges go to {channel}")


def _trouble(settings: Settings, board: str) -> str:
    """What the worker met when it last tried; nothing where the database cannot be read."""
    try:
        with closing(Database(settings.database_url)) as database:
            if migrations.state(database) is not migrations.State.CURRENT:
                return ""
            with database.reading() as session:
                return posts.trouble(session, board)
    except (DatabaseUnavailable, OSError):
        return ""
