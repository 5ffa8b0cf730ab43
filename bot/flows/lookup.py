"""What a flow may look up: the network's knowledge, and the member's own things. It only reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime

from sqlalchemy.orm import Session

from bot import drafts, entry_words, interests, learning, members, privacy, publishing, questions
from bot.challenges import views
from bot.challenges.gate import Viewer
from bot.challenges.views import ChallengeView, Line
from bot.drafts import Draft
from bot.flows.leading import Leading
from bot.flows.likeness import Likeness
from bot.flows.meetings import Meetings
from bot.flows.nudged import Nudged
from bot.flows.rhythm import Rhythm
from bot.flows.threads import Threads
from bot.last_card import last_card
from bot.learning import Gap
from bot.learning_sets import sets
from bot.learning_sets.sets import SetView
from bot.messages import Whose
from bot.questions import QuestionView
from knowledge import entries as shelf
from knowledge import themes as shelves
from knowledge.curation import drafts as entry_drafts
from knowledge.curation.content import Content
from knowledge.curation.drafts import DraftView
from knowledge.curation.identities import MarkedText
from knowledge.entries import EntryView
from knowledge.errors import DraftUnknown
from knowledge.phrases import Proposal
from knowledge.redaction import Span, find_identifiers
from knowledge.search import Engine, Match
from knowledge.themes import ThemeView


class Lookup:
    """Bound to one transaction and one member."""

    def __init__(
        self,
        session: Session,
        near: Callable[[str], tuple[Match, ...]],
        member_id: int,
        likeness: Likeness,
        engine: Engine,
    ) -> None:
        self._session = session
        self._near = near
        self._member_id = member_id
        self.likeness = likeness
        self._identifiers: dict[str, tuple[Span, ...]] = {}
        self.threads = Threads(session, member_id)
        self.meetings = Meetings(session, member_id)
        self.rhythm = Rhythm(session, member_id)
        self.nudged = Nudged(session, member_id)
        self.leading = Leading(session, member_id)
        self._engine = engine

    def entry(self, entry_id: str) -> EntryView | None:
        return shelf.entry(self._session, entry_id)

    def last_card(self) -> EntryView | None:
        """The entry whose card the member was shown last."""
        entry_id = last_card(self._session, self._member_id)
        return self.entry(entry_id) if entry_id is not None else None

    def entries(self, entry_ids: Iterable[str]) -> tuple[EntryView, ...]:
        """Those that are still there, in the order given; two that were merged are one."""
        found = shelf.entries_by_id(self._session, entry_ids)
        return tuple({entry.id: entry for entry in found.values()}.values())

    def near(self, entry_id: str) -> tuple[Match, ...]:
        return self._near(entry_id)

    def themes(self) -> tuple[ThemeView, ...]:
        return shelves.themes(self._session)

    def theme_named(self, text: str) -> ThemeView | None:
        return shelves.theme_named(self._session, text)

    def entries_of_theme(self, theme_id: str) -> tuple[EntryView, ...]:
        return shelf.entries_of_theme(self._session, theme_id)

    def own_question(self, ref: str) -> QuestionView | None:
        return questions.own(self._session, self._member_id, ref)

    def latest_question(self) -> QuestionView | None:
        return questions.latest(self._session, self._member_id)

    def proposals(self) -> tuple[Proposal, ...]:
        return learning.waiting(self._session)

    def gaps(self) -> tuple[Gap, ...]:
        return learning.gaps(self._session)

    def draft_entries(self) -> tuple[str, ...]:
        """The drafts of entries that wait for a moderator, by their ids, the oldest first."""
        return tuple(one.entry_id for one in entry_drafts.waiting(self._session))

    def draft_entry(self, entry_id: str) -> DraftView | None:
        """A draft of an entry that waits, with what may say the same."""
        with suppress(DraftUnknown):
            return entry_drafts.draft(self._session, self._engine, entry_id)
        return None

    def whose(self, entry_id: str) -> tuple[Whose, ...]:
        """Whose words a draft carries."""
        return entry_words.whose(self._session, entry_id)

    def found_in(self, said: Content) -> tuple[MarkedText, ...]:
        """What in a draft may give somebody away."""
        return publishing.found_in(self._session, said)

    def unanswered(self, now: datetime) -> tuple[Line, ...]:
        """Challenges for the moderators: a week without a reply."""
        return views.gaps(self._session, now=now)

    def nearest(self, text: str, limit: int) -> tuple[EntryView, ...]:
        """The entries whose problem is nearest to a text."""
        return self.entries(one.entry_id for one in self._engine.nearest(text, limit))

    def draft(self, ref: str) -> Draft | None:
        """A form of this member's, open or not."""
        return drafts.find(self._session, self._member_id, ref)

    def drafts(self, now: datetime) -> tuple[Draft, ...]:
        """The member's open forms, the one last touched first."""
        return drafts.open_drafts(self._session, self._member_id, now=now)

    def kept(self, said: privacy.Said) -> tuple[str, ...]:
        """All that is kept about this member, a sentence a thing."""
        return privacy.kept(self._session, self._member_id, said)

    def identifiers(self, text: str) -> tuple[Span, ...]:
        """What in a text may give a member, another person or a council away."""
        if text not in self._identifiers:  # a form reads the same text several times in a turn
            self._identifiers[text] = find_identifiers(text, members.names(self._session))
        return self._identifiers[text]

    def own_name(self) -> str:
        """What the member is called by name; "" for one whose name nobody knows."""
        return members.name_of(self._session, self._member_id) or ""

    def other_members(self) -> int:
        return members.count(self._session) - 1

    def sets(self) -> tuple[SetView, ...]:
        """The sets that the member is in, by name."""
        return sets.sets_of(self._session, self._member_id)

    def followers(self, theme_ids: Collection[str]) -> Mapping[str, int]:
        """How many others follow each of these themes."""
        return interests.followers(self._session, theme_ids, without=self._member_id)

    def challenge(self, code: str) -> ChallengeView:
        """A challenge as this member sees it. Raises NoSuchChallenge."""
        return views.view(self._session, self._viewer(), code)

    def challenges(self, limit: int) -> tuple[Line, ...]:
        """Open challenges of others that this member may see, newest first."""
        return views.listed(self._session, self._viewer(), limit=limit)

    def own_challenges(self) -> tuple[Line, ...]:
        """The member's own, newest first."""
        return views.own(self._session, self._viewer())

    def _viewer(self) -> Viewer:
        """For reading: nothing is locked."""
        return Viewer(self._member_id, sets.rooms_of(self._session, self._member_id))
