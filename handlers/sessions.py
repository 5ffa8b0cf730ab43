"""Who is signed in on a browser: a signed cookie with the member's number and when they joined."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request

from bot.members import Member
from bot.settings import Settings

COOKIE = "officer_network"
LASTS = 30 * 24 * 60 * 60
_MEMBER = "member"
_JOINED = "joined"


def cookies(settings: Settings, secret: str) -> Middleware:
    """The middleware that reads and signs the cookie. `secret` outlives a restart."""
    return Middleware(
        SessionMiddleware,
        secret_key=secret,
        session_cookie=COOKIE,
        max_age=LASTS,
        same_site="lax",
        https_only=settings.address.startswith("https://"),
    )


def signed_in(request: Request, session: Session) -> Member | None:
    """The member at this browser, as long as there is such a member."""
    number = request.session.get(_MEMBER)
    member = session.get(Member, number) if isinstance(number, int) else None
    # SQLite gives the number of a member who was forgotten to the next one who joins.
    if member is None or request.session.get(_JOINED) != _joined(member):
        return None
    return member


def sign_in(request: Request, member: Member) -> None:
    request.session.clear()
    request.session.update({_MEMBER: member.id, _JOINED: _joined(member)})


def sign_out(request: Request) -> None:
    request.session.clear()


def _joined(member: Member) -> str:
    return member.created_at.isoformat()
