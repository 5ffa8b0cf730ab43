"""Words of others that somebody asked to see go from everywhere when they are taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import harvest, privacy
from bot.app import Network
from bot.challenges import marks, posts, replies, reports, states
from bot.challenges.models import Challenge, MarkKind
from bot.challenges.posts import NewChallenge
from bot.delivery import DeliveryRow
from bot.members import Member, Role
from bot.messages import Channel, to_json
from bot.wording import challenges as wording
from knowledge.curation import drafts
from tests.bot.challenges.life import ROUTING
from tests.bot.challenges.town import Town, while_open
from tests.officer import Officer
from tests.schema import places

MARK = "wobble"
"""In each word of others that is shown."""
OPEN, OLD, SOLVED = (
    f"Shop owners never answer our {MARK} letters",
    f"Nobody counts our {MARK} visits",
    f"Our {MARK} lifts break down",
)
REPLY = f"Call each {MARK} shop first"
NEAR = "Shop owners never answer our letters"
INSTEAD = "Something else"


class Story:
    """Ben posted, Dev replied, Eve reported both; Mo, a moderator, reads on the web."""

    def __init__(self, network: Network, now: datetime) -> None:
        self.town = Town(network.database, ROUTING, now)
        self.ben, self.dev, self.eve = map(self.town.member, ("Ben", "Dev", "Eve"))
        self.town.member("Mo", Role.MODERATOR, Channel.WEB)
        self.mo = Officer(network, Channel.WEB, "T1:Mo", now)
        self.author = Officer(network, Channel.SLACK, "T1:Ben", now)
        self.codes = {problem: self._posts(problem) for problem in (OPEN, OLD, SOLVED)}
        self.refs = {
            problem: self.town.replies(self.dev, self.codes[problem], REPLY).ref
            for problem in (OPEN, SOLVED)
        }
        self.town.does(self.ben, marks.mark, self.refs[SOLVED], MarkKind.SOLVED, now=now)
        self._report(now)
        self.draft = self._time_goes_by(now)

    def _posts(self, problem: str) -> str:
        new = NewChallenge(problem, f"{MARK} context", f"{MARK} tried")
        town = self.town
        return town.does(self.ben, posts.post, new, key=problem, routing=ROUTING, now=town.now)

    def _report(self, now: datetime) -> None:
        does, eve = self.town.does, self.eve
        does(eve, reports.report, self.codes[OPEN], "look", routing=ROUTING, now=now)
        does(eve, reports.report_reply, self.refs[OPEN], "look", routing=ROUTING, now=now)

    def _time_goes_by(self, now: datetime) -> str:
        """One challenge becomes a draft, whose id this is; another waits for a week."""
        with self.town.database.writing() as session:
            old = update(Challenge).where(Challenge.code == self.codes[OLD])
            session.execute(old.values(posted_at=now - timedelta(days=8)))
            for challenge_id in harvest.due(session, now=now):
                harvest.bring_in(session, challenge_id, now=now)
            (draft,) = drafts.waiting(session)
            return draft.entry_id

    def edits(self, problem: str) -> None:
        new, code = NewChallenge(INSTEAD), self.codes[problem]
        self.town.does(self.ben, posts.edit, code, new, now=self.town.now)

    def corrects(self, problem: str) -> None:
        ref = self.refs[problem]
        self.town.does(self.dev, replies.correct, ref, INSTEAD, now=self.town.now)

    def kept(self) -> list[str]:
        """All deliveries."""
        with self.town.database.reading() as session:
            return list(session.scalars(select(DeliveryRow.content)))


@pytest.fixture
def story(talking: Network, now: datetime) -> Story:
    return Story(talking, now)


# Every view that shows words of others: what to type or press, one after another.

View = Callable[[Story], object]


def _says(*texts: str) -> View:
    return lambda story: [story.mo.says(text) for text in texts]


def _presses(verb: str, name: Callable[[Story], str]) -> View:
    return lambda story: story.mo.sends_button(f"{verb}:{name(story)}")


def _open(story: Story) -> str:
    return story.codes[OPEN]


def _edits_draft(story: Story) -> None:
    mo = story.mo
    mo.sends_button(f"draft:show:{story.draft}")
    edit = next(one.value for one in mo.choices if one.value.startswith("draft:edit:"))
    mo.sends_button(edit)
    mo.says("1")


VIEWS: dict[str, View] = {
    "the list": _says("challenges"),
    "a challenge": lambda story: story.mo.says(_open(story)),
    "a challenge by a button": _presses("show", _open),
    "a page of replies": _presses("thread", lambda story: f"{_open(story)}:0"),
    "a reply": _presses("replied", lambda story: story.refs[OPEN]),
    "a solved challenge": _presses("show", lambda story: story.codes[SOLVED]),
    "an answer begun": _presses("offer", _open),
    "a question begun": _presses("question", _open),
    "a reply begun in words": lambda story: story.mo.says(f"reply {_open(story)}"),
    "what looks the same": _says("post", NEAR),
    "what looks the same, in full": _says("post", NEAR, "1"),
    "a report": _says("review"),
    "the next report": _says("review", "3"),
    "a draft": lambda story: story.mo.sends_button("review-rest"),
    "a draft again": _presses("draft:show", lambda story: story.draft),
    "a part of a draft to change": _edits_draft,
    "an unanswered challenge": _presses("draft:later", lambda story: story.draft),
}


def _withdraw(story: Story) -> None:
    town = story.town
    for code in story.codes.values():
        town.does(story.ben, states.withdraw, code, now=town.now)
    for ref in story.refs.values():
        town.does(story.dev, replies.withdraw_reply, ref, routing=ROUTING, now=town.now)


def _correct(story: Story) -> None:
    town, code = story.town, story.codes[SOLVED]
    town.does(story.ben, states.reopen, code, routing=ROUTING, now=town.now)
    for problem in story.codes:
        story.edits(problem)
    for problem in story.refs:
        story.corrects(problem)


def _forget(story: Story) -> None:
    for one in (story.ben, story.dev):
        with story.town.database.writing() as session:
            privacy.forget(session, session.get_one(Member, one), now=story.town.now)


@pytest.mark.parametrize("taken_back", [_withdraw, _correct, _forget])
def test_words_that_a_third_member_looked_at_everywhere_are_nowhere_when_they_are_taken_back(
    story: Story, taken_back: Callable[[Story], None]
) -> None:
    for name, look in VIEWS.items():
        look(story)
        assert any(MARK in to_json(one) for one in story.mo.heard), (name, story.mo.told)
        story.mo.says("cancel")
    assert "participant_id" not in "".join(story.kept())  # who wrote it never leaves
    taken_back(story)
    assert places(story.town.database, MARK) == set()


def test_what_was_read_stays_while_other_words_are_taken_back(story: Story) -> None:
    read = to_json(story.mo.says(story.codes[OPEN])[0])
    story.edits(OLD)
    story.corrects(SOLVED)
    assert read in story.kept()
    story.corrects(OPEN)
    assert read not in story.kept()


def test_an_own_challenge_stays_in_what_its_author_looked_at(story: Story) -> None:
    read = to_json(story.author.says(story.codes[OLD])[0])
    story.edits(OLD)
    assert read in story.kept()


def test_words_that_are_taken_back_while_somebody_reads_them_are_not_shown(story: Story) -> None:
    """The reader waits for whoever is taking words back, and is then told that they are gone."""
    if story.town.database.url.get_backend_name() == "sqlite":
        pytest.skip("SQLite has one writer at a time")

    def corrected(session: Session) -> None:
        viewer = story.town.viewer(session, story.dev)
        replies.correct(session, viewer, story.refs[OPEN], INSTEAD, now=story.town.now)

    while_open(story.town, corrected, lambda: story.mo.says(story.codes[OPEN]))
    assert story.mo.told == [wording.WORDS_GONE]
    assert REPLY in " ".join(to_json(one) for one in story.mo.says(story.codes[SOLVED]))
