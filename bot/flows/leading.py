"""What a flow may look up for somebody who looks after sets. It only reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from bot.learning_sets import editions, naming, proposals, sets, upcoming
from bot.learning_sets.editions import Standing
from bot.learning_sets.models import NoSuchSet
from bot.learning_sets.naming import Named, Names
from bot.learning_sets.sets import SetView
from bot.learning_sets.size import SetError
from bot.learning_sets.suggesting import Person


class Leading:
    """Bound to one transaction and one member."""

    def __init__(self, session: Session, member_id: int) -> None:
        self._session = session
        self.member_id = member_id

    def sets(self) -> tuple[SetView, ...]:
        """The sets that the member facilitates, by name."""
        return sets.facilitated_by(self._session, self.member_id)

    def named(self, name: str) -> SetView | None:
        """The set of that name, in any case, if the member may look after it."""
        found = [
            one
            for one in sets.listed(self._session)
            if naming.plain(one.name) == naming.plain(name)
        ]
        may = (one for one in found if self.may_edit(one.id))
        return next(may, None)

    def set_called(self, name: str) -> int | None:
        """The id of whatever set has this name."""
        try:
            return sets.named(self._session, name).id
        except SetError:
            return None

    def next_sessions(self, set_ids: Collection[int], *, now: datetime) -> Mapping[int, datetime]:
        """When each of these sets meets next, in local time."""
        return upcoming.next_sessions(self._session, set_ids, now=now)

    def may_edit(self, set_id: int) -> bool:
        return sets.facilitates(self._session, self.member_id, set_id)

    def standing(self, set_id: int) -> Standing | None:
        """The set as it is now, for whoever looks after it."""
        try:
            return editions.standing(self._session, set_id) if self.may_edit(set_id) else None
        except NoSuchSet:
            return None

    @cached_property
    def _names(self) -> Names:
        return Names(self._session)

    def find(self, typed: str) -> Named:
        return self._names.find(typed)

    def names_of(self, member_ids: Collection[int]) -> Mapping[int, str]:
        return naming.names_of(self._session, member_ids)

    def seatable(self) -> frozenset[int]:
        """All officers who are in no set yet."""
        return proposals.seatable(self._session, without_set=True)

    def people(self, member_ids: Collection[int]) -> tuple[Person, ...]:
        return proposals.people(self._session, member_ids)

    def met(self, member_ids: Collection[int]) -> frozenset[frozenset[str]]:
        return proposals.met(self._session, member_ids)

    def free_names(self, number: int) -> tuple[str, ...]:
        return proposals.free_names(self._session, number)
