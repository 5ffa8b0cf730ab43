"""A member who fills in the sample form, and what is kept of it."""

from __future__ import annotations

from sqlalchemy import select

from bot import members
from bot.app import Network
from bot.delivery import DeliveryRow
from bot.drafts import DraftStatus, FormDraft
from bot.messages import Channel
from tests.officer import Officer
from tests.sample_form import posted

ALL = (("title", "Footfall"), ("tried", ""), ("soon", "none"), ("touches", "data"))
DONE = posted(soon="none", title="Footfall", touches="data", tried="")


def begun(officer: Officer, *answers: str) -> str:
    """Begins the form and answers the first questions. Its reference."""
    officer.says("post")
    ref = officer.form.ref
    for answer in answers:
        officer.says(answer)
    return ref


def elsewhere(officer: Officer, channel: Channel) -> Officer:
    """The same member on another channel."""
    with officer.network.database.writing() as session:
        member = members.at(session, officer.channel, officer.address)
        assert member is not None
        members.connect(session, member, channel, f"{channel}:{member.id}", now=officer.time)
        return Officer(officer.network, channel, f"{channel}:{member.id}", officer.time)


def kept(officer: Officer, ref: str) -> tuple[DraftStatus, dict[str, list[str]]]:
    with officer.network.database.reading() as session:
        row = session.get_one(FormDraft, ref)
        return row.status, row.answers


def said(network: Network, text: str) -> int:
    with network.database.reading() as session:
        contents = session.scalars(select(DeliveryRow.content))
        return sum(text in content for content in contents)
