"""A small network for the tests of challenges: members, what they do, and what they are told."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot import members, messages
from bot.challenges import circle, posts, replies
from bot.challenges.gate import Viewer
from bot.challenges.models import Asking, Challenge, ReplyKind
from bot.challenges.posts import NewChallenge
from bot.challenges.replies import Given
from bot.challenges.routing import Routing
from bot.delivery import DeliveryRow, DeliveryStatus
from bot.learning_sets import sets
from bot.members import Member, Role
from bot.messages import Channel
from knowledge.database import Database
from knowledge.models import Base

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Verb = Callable[Concatenate[Session, Viewer, Arguments], Result]

PROBLEM = "Our grant recipients never send their monitoring returns"
WORDS = "We ring them a week before the date"
_keys = itertools.count(1)


class Town:
    """Every verb runs in a transaction of its own, as it does in the conversation."""

    def __init__(self, database: Database, routing: Routing, now: datetime) -> None:
        self.database = database
        self.routing = routing
        self.now = now

    def member(self, name: str, role: Role = Role.OFFICER, channel: Channel = Channel.SLACK) -> int:
        with self.database.writing() as session:
            member = members.add(session, name, role, now=self.now)
            member.welcomed_at = self.now
            members.connect(session, member, channel, f"T1:{name}", now=self.now)
            return member.id

    def crowd(self, size: int) -> list[int]:
        return [self.member(f"Peer {number}") for number in range(size)]

    def learning_set(self, name: str, *inside: int) -> int:
        with self.database.writing() as session:
            made = sets.create(session, name, now=self.now)
            for one in inside:
                sets.add_member(session, made.id, one, now=self.now)
            return made.id

    def does(
        self,
        member_id: int,
        verb: Verb[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        with self.database.writing() as session:
            return verb(session, self.viewer(session, member_id), *args, **kwargs)

    def viewer(self, session: Session, member_id: int) -> Viewer:
        return sets.viewer(session, session.get_one(Member, member_id))

    def posts(
        self,
        member_id: int,
        problem: str = PROBLEM,
        *,
        themes: tuple[str, ...] = (),
        set_id: int | None = None,
        named: bool = False,
        context: str = "",
        tried: str = "",
        key: str = "",
    ) -> str:
        new = NewChallenge(problem, context, tried, themes, set_id, named)
        return self.does(
            member_id, posts.post, new, key=key or _key(), routing=self.routing, now=self.now
        )

    def replies(
        self,
        member_id: int,
        code: str,
        words: str = WORDS,
        kind: ReplyKind = ReplyKind.OFFER,
        *,
        public: bool = False,
        named: bool = False,
        key: str = "",
    ) -> Given:
        return self.does(
            member_id,
            replies.reply,
            code,
            words,
            kind=kind,
            key=key or _key(),
            public=public,
            named=named,
            now=self.now,
        )

    def told(self, member_id: int) -> list[str]:
        """All that was enqueued for a member and not dropped, oldest first."""
        with self.database.reading() as session:
            rows = session.scalars(
                select(DeliveryRow)
                .where(
                    DeliveryRow.member_id == member_id,
                    DeliveryRow.status != DeliveryStatus.DROPPED,
                )
                .order_by(DeliveryRow.id)
            ).all()
        contents = [messages.from_json(row.content) for row in rows]
        return [one.text for one in contents if isinstance(one, messages.Text)]

    def asked(self, code: str) -> set[int]:
        """The members who were asked for help with a challenge."""
        with self.database.reading() as session:
            from bot.attribution import Participant

            return set(
                session.scalars(
                    select(Participant.member_id)
                    .join(Asking, Asking.participant_id == Participant.id)
                    .join(Challenge, Challenge.id == Participant.thread_id)
                    .where(Challenge.code == code)
                )
            )

    def challenge(self, code: str) -> Challenge:
        with self.database.reading() as session:
            return session.scalars(select(Challenge).where(Challenge.code == code)).one()

    def progress(self, code: str) -> circle.Progress:
        with self.database.reading() as session:
            found = session.scalars(select(Challenge).where(Challenge.code == code)).one()
            return circle.progress(session, found)

    def later(self, **time: float) -> None:
        """Time goes by, and the worker looks now and then."""
        until = self.now + timedelta(**time)
        while self.now < until:
            self.now = min(self.now + timedelta(hours=6), until)
            self.widens()

    def widens(self) -> None:
        more = True
        while more:
            with self.database.writing() as session:
                more = circle.widen_next(session, self.routing, now=self.now)

    def rows(self, table: type[Base]) -> int:
        with self.database.reading() as session:
            return len(session.scalars(select(table)).all())


def _key() -> str:
    return f"message {next(_keys)}"


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Does all of these at the same moment; what each gave back or raised, in the same order."""
    start = threading.Barrier(len(deeds))
    results: list[object] = [None] * len(deeds)

    def run(number: int, deed: Callable[[], object]) -> None:
        start.wait()
        try:
            results[number] = deed()
        except Exception as error:
            results[number] = error

    _join([threading.Thread(target=run, args=each, daemon=True) for each in enumerate(deeds)])
    return results


def _join(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "they wait for each other"


def while_open(
    town: Town, first: Callable[[Session], object], then: Callable[[], object]
) -> object:
    """`then` begins while `first` is done and not committed; what it gave back or raised."""
    results: list[object] = []

    def run() -> None:
        try:
            results.append(then())
        except Exception as error:
            results.append(error)

    thread = threading.Thread(target=run, daemon=True)
    with town.database.writing() as session:
        first(session)
        session.flush()
        thread.start()
        _until_it_waits(town, thread)
    thread.join(60)
    assert not thread.is_alive(), "it waits for ever"
    return results[0]


def _until_it_waits(town: Town, thread: threading.Thread) -> None:
    """Until the other transaction stands at a lock, or has ended. On SQLite it waits anyway."""
    if town.database.engine.dialect.name != "postgresql":
        return
    waits = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while thread.is_alive():
        with town.database.reading() as session:
            if session.execute(waits).scalar_one():
                return
