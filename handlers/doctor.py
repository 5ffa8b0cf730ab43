"""What is on, what is off and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import migrations
from bot.settings import Settings
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
