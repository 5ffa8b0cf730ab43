"""What is kept about a member, and how it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot import attribution, days, drafts, interests, learning
from bot.challenges import leaving
from bot.delivery import DeliveryRow
from bot.drafts import Draft
from bot.learning_sets import invitations, sets  # noqa: F401 - a table whose rows go with a member
from bot.learning_sets import leaving as shared
from bot.members import ChannelIdentity, Consent, ConsentKind, Member
from bot.messages import Channel
from bot.nudges.record import NudgeRow
from bot.nudges.stopped import stopped_kinds
from bot.questions import Question, Rating
from bot.wording import forms, nudges
from bot.wording import my_data as wording
from knowledge import evidence, state
from knowledge.curation import revisions

Said = Callable[[Draft], Iterable[str]]

LATEST_QUESTIONS = 10
LONGEST_QUOTE = 120

_DID = {
    ConsentKind.JOINED: "agreed to what I keep",
    ConsentKind.STOPPED: "asked me to stop",
    ConsentKind.STARTED: "asked me to start again",
}


def _as_kept(draft: Draft) -> Iterator[str]:
    yield from (value for values in draft.answers.values.values() for value in values)


def kept(session: Session, member_id: int, said: Said = _as_kept) -> tuple[str, ...]:
    """All that is kept about a member, a sentence a thing, for the member alone.

    `said` gives the answers in a draft as a person would read them.
    """
    member = session.get_one(Member, member_id)
    identities = session.scalars(
        select(ChannelIdentity)
        .where(ChannelIdentity.member_id == member_id)
        .order_by(ChannelIdentity.id)
    )
    consents = session.scalars(
        select(Consent).where(Consent.member_id == member_id).order_by(Consent.id)
    )
    asked = session.scalar(
        select(func.count()).select_from(Question).where(Question.member_id == member_id)
    )
    rated = session.scalar(
        select(func.count())
        .select_from(Rating)
        .join(Question, Question.id == Rating.question_id)
        .where(Question.member_id == member_id)
    )
    words = session.scalars(
        select(Question.text)
        .where(Question.member_id == member_id)
        .order_by(Question.id.desc())
        .limit(LATEST_QUESTIONS)
    )
    return (
        f"Your name: {member.name or 'none'}. Your role: {member.role}.",
        *(f"You write from {_where(one)}." for one in identities),
        *(f"You {_DID[one.kind]} on {one.given_at:%-d %B %Y}." for one in consents),
        wording.kept_questions(asked or 0, rated or 0),
        *(_quoted(text) for text in words),
        *(line for draft in drafts.words(session, member_id) for line in _begun(draft, said)),
        *_among_peers(session, member_id),
        "I also keep what I sent you in the last 30 days, and in the web chat what you wrote, so "
        "that the page can show it again.",
    )


def _among_peers(session: Session, member_id: int) -> Iterator[str]:
    yield from leaving.kept(session, member_id)
    said = interests.of(session, member_id)
    if said != interests.NOTHING_SAID:
        names = interests.theme_names(session, member_id)
        yield wording.kept_interests(said.job, names, said.muted_until, said.weekly_limit)
    yield from _nudged(session, member_id)
    inside = sets.sets_of(session, member_id)
    if inside:
        yield wording.kept_sets(tuple(one.name for one in inside))
    leads = sets.facilitated_by(session, member_id)
    if leads:
        yield wording.kept_facilitated(tuple(one.name for one in leads))
    yield from shared.kept(session, member_id)
    credits = attribution.credits(session, member_id)
    if credits:
        yield wording.kept_credits(len(credits), sum(credits.values()))
    if attribution.has_voice(session, member_id):
        yield wording.KEPT_VOICE


def _nudged(session: Session, member_id: int) -> Iterator[str]:
    """Of what they want to hear no more, and what became of the nudges for them."""
    stopped = stopped_kinds(session, (member_id,)).get(member_id, frozenset())
    if stopped:
        yield wording.kept_stopped([nudges.NAMES[kind] for kind in sorted(stopped)])
    decided = session.scalars(
        select(func.count()).select_from(NudgeRow).where(NudgeRow.member_id == member_id)
    ).one()
    if decided:
        yield wording.kept_nudges(decided)


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())[:LONGEST_QUOTE]}”"


def _begun(draft: Draft, said: Said) -> tuple[str, ...]:
    """A form that is not handed in, with the answers so far."""
    if draft.expires_at is None:
        return ()
    answers = [answer for answer in said(draft) if answer]
    until = draft.expires_at.astimezone(days.HOME)
    begun = forms.kept(draft.title, until, anything=bool(answers))
    return (begun, *(_quoted(answer) for answer in answers))


def _where(identity: ChannelIdentity) -> str:
    """A member knows their own number; an address that we made up tells nobody anything."""
    match identity.channel:
        case Channel.WHATSAPP:
            return f"WhatsApp, {identity.address.removeprefix('whatsapp:')}"
        case Channel.SLACK:
            return "Slack"
        case Channel.WEB:
            return "the web chat"
        case Channel.TERMINAL:
            return "a terminal"


def forget(session: Session, member: Member, *, now: datetime) -> None:
    """Deletes the member and all that hangs from it. Every link to a member cascades.

    Their words in challenges go too; who follows an open one of theirs is told once.
    """
    # First, because it locks the member's threads: whoever writes in one takes that lock before
    # they touch what was sent, and so must whoever leaves.
    sets.leave(session, member.id, now=now)
    leaving.leave(session, member.id, now=now)
    identities = session.scalars(
        select(ChannelIdentity).where(ChannelIdentity.member_id == member.id)
    ).all()
    for identity in identities:  # answers from before they joined hang from no member
        session.execute(
            delete(DeliveryRow).where(
                DeliveryRow.channel == identity.channel, DeliveryRow.address == identity.address
            )
        )
    learning.withdraw(session, member.id)
    shared.hold(session, member.id)  # before the knowledge, as whoever makes a draft of it does
    # Whoever publishes holds the knowledge and then tells those who took part: this way round,
    # neither waits for the other.
    state.hold(session)
    if attribution.has_voice(session, member.id):
        voice = attribution.voice(session, member.id)
        evidence.forget_voice(session, voice)
        revisions.unname(session, voice)
    shared.leave(session, member.id)  # last, as it lets nobody point at the member any more
    session.delete(member)
    session.flush()
