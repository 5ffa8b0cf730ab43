"""Who may come into the console, and what of it they see."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.requests import Request

from bot.learning_sets import sets
from bot.members import Role
from handlers import sessions
from handlers.refusals import NotForYou, NotSignedIn

_MODERATE = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Visitor:
    """Somebody in the console. `facilitates`: the ids of the sets they run."""

    member_id: int
    role: Role
    facilitates: frozenset[int]

    @property
    def moderates(self) -> bool:
        return self.role in _MODERATE

    @property
    def administers(self) -> bool:
        return self.role is Role.ADMINISTRATOR

    @property
    def runs_sets(self) -> bool:
        """Whoever is a facilitator may make their first set."""
        return bool(self.facilitates) or self.role is Role.FACILITATOR or self.administers

    def runs(self, set_id: int) -> bool:
        return self.administers or set_id in self.facilitates


def visitor(request: Request, session: Session) -> Visitor:
    """Raises NotSignedIn, and NotForYou for those who neither moderate nor run a set."""
    member = sessions.signed_in(request, session)
    if member is None:
        raise NotSignedIn
    theirs = frozenset(one.id for one in sets.facilitated_by(session, member.id))
    found = Visitor(member.id, member.role, theirs)
    if not (found.moderates or found.runs_sets):
        raise NotForYou
    return found
