"""Officers who post challenges, and what is there of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot import members
from bot.app import Network
from bot.challenges import posts
from bot.challenges.models import Challenge, ChallengeTheme, ChallengeWords, Visibility
from bot.challenges.posts import NewChallenge
from bot.delivery import DeliveryRow
from bot.learning_sets import sets
from bot.members import Role
from bot.messages import Channel, Form, from_json
from bot.wording import posting as words
from tests.bot.challenges.life import ROUTING
from tests.officer import Officer

PROBLEM = "Shop owners never answer our letters"


@dataclass(frozen=True)
class Kept:
    """A challenge as it is kept."""

    code: str
    problem: str
    context: str
    tried: str
    themes: frozenset[str]
    set_only: bool


def kept(network: Network) -> list[Kept]:
    """All challenges, oldest first."""
    with network.database.reading() as session:
        rows = session.execute(
            select(Challenge, ChallengeWords)
            .join(ChallengeWords, ChallengeWords.challenge_id == Challenge.id)
            .order_by(Challenge.id)
        ).all()
        themes = session.execute(select(ChallengeTheme.challenge_id, ChallengeTheme.theme_id)).all()
        return [
            Kept(
                one.code,
                said.problem,
                said.context,
                said.tried,
                frozenset(theme for about, theme in themes if about == one.id),
                one.visibility is Visibility.SET,
            )
            for one, said in rows
        ]


def posted(network: Network, name: str, problem: str, now: datetime) -> str:
    """Somebody else posts. The code."""
    with network.database.writing() as session:
        member = members.named_or_new(session, name, Role.OFFICER, now=now)
        viewer = sets.viewer(session, member)
        new = NewChallenge(problem, "Since the summer")
        return posts.post(session, viewer, new, key=problem, routing=ROUTING, now=now)


def in_set(network: Network, set_name: str, *names: str, now: datetime) -> None:
    with network.database.writing() as session:
        made = sets.create(session, set_name, now=now)
        for name in names:
            member = members.named_or_new(session, name, Role.OFFICER, now=now)
            sets.add_member(session, made.id, member.id, now=now)


def crowd(network: Network, size: int, now: datetime) -> None:
    """Others who can be asked, on Slack."""
    with network.database.writing() as session:
        for number in range(size):
            member = members.add(session, f"Zed{number}", Role.OFFICER, now=now)
            member.welcomed_at = now
            members.connect(session, member, Channel.SLACK, f"T1:Z{number}", now=now)


def to_the_look(officer: Officer, problem: str = PROBLEM, *answers: str) -> None:
    """Types a post as far as the last look: the problem, then skips what can be skipped."""
    officer.says("post")
    officer.says(problem)
    for answer in answers:
        officer.says(answer)
    while officer.form.asked.question != words.LAST_LOOK:
        before = officer.form.asked.name
        officer.says("skip")
        assert officer.form.asked.name != before, officer.told


def told(network: Network, address: str) -> list[str]:
    """What was sent or waits to be sent to an address, in short."""
    with network.database.reading() as session:
        rows = session.scalars(
            select(DeliveryRow).where(DeliveryRow.address == address).order_by(DeliveryRow.id)
        )
        contents = [from_json(row.content) for row in rows]
        return [one.asked.question if isinstance(one, Form) else str(one) for one in contents]
