"""Who may come into the console, and what of it they see."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.requests import Request

from bot.learning_sets import keepers, session_views, sets
from bot.learning_sets.session_errors import NoSuchSession
from bot.learning_sets.session_views import SessionView
from bot.learning_sets.sets import SetView
from bot.members import Role
from handlers import sessions
from handlers.refusals import NotForYou, NotSignedIn, NotThere

_MODERATE = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
_TOO_LARGE = 2**31
"""No set has such a number, and no database takes it."""


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
    if not keepers.looks_after(session, member):
        raise NotForYou
    theirs = frozenset(one.id for one in sets.facilitated_by(session, member.id))
    return Visitor(member.id, member.role, theirs)


def set_keeper(request: Request, session: Session) -> Visitor:
    """Whoever may look after sets. Raises NotSignedIn, NotForYou."""
    found = visitor(request, session)
    if not found.runs_sets:
        raise NotForYou
    return found


def own_set(request: Request, session: Session) -> tuple[Visitor, SetView]:
    """The set in the address, for those who look after it.

    Raises NotThere for all others, as for a set that does not exist.
    """
    found, number = visitor(request, session), int(request.path_params["set_id"])
    view = sets.view(session, number) if number < _TOO_LARGE and found.runs(number) else None
    if view is None:
        raise NotThere
    return found, view


def own_session(request: Request, session: Session) -> tuple[Visitor, SessionView]:
    """The session in the address, for those who look after its set. Raises NotThere."""
    found = visitor(request, session)
    try:
        view = session_views.view(session, found.member_id, str(request.path_params["code"]))
    except NoSuchSession as error:
        raise NotThere from error
    if not view.facilitates:
        raise NotThere
    return found, view
